#include "preservation/formats/continuity/content_scan.h"

#include <unordered_map>

namespace anjuan::formats {

namespace {

constexpr double kStillLevels = 0.255;  ///< -60 dB
constexpr double kBlackPart = 0.98;
constexpr double kShortestSeconds = 2;

/// Runs of pictures for which `holds` is true and that last long enough.
template <typename Holds>
void add_runs(const Span& span, double picture_s, const char* kind, Holds holds,
              std::vector<StreamEvent>& events) {
  const auto& pictures = span.pictures;
  for (std::size_t i = 0; i < pictures.size();) {
    std::size_t end = i;
    while (end < pictures.size() && holds(pictures[end], end)) ++end;
    if (end > i) {
      const double lasts = pictures[end - 1].at_s - pictures[i].at_s + picture_s;
      if (lasts >= kShortestSeconds) events.push_back({kind, pictures[i].at_s, lasts, 0});
    }
    i = end + 1;
  }
}

/// A moving stretch, all of whose pictures were there before in the same order.
void add_repeats(const Span& span, double picture_s, std::vector<StreamEvent>& events) {
  const auto& pictures = span.pictures;
  std::unordered_map<std::uint64_t, std::size_t> seen;
  std::size_t begin = 0;
  std::size_t lag = 0;
  std::size_t moving = 0;
  const auto end_run = [&](std::size_t end) {
    const double lasts = static_cast<double>(end - begin) * picture_s;
    if (lag > 0 && lasts >= kShortestSeconds && moving * 2 > end - begin &&
        static_cast<double>(lag) * picture_s >= 1) {
      events.push_back(
          {"repeat_pictures", pictures[begin].at_s, lasts, pictures[begin - lag].at_s});
    }
  };
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const auto [found, fresh] = seen.try_emplace(pictures[i].print, i);
    const std::size_t now = fresh ? 0 : i - found->second;
    found->second = i;
    if (now != lag || now == 0) {
      end_run(i);
      begin = i;
      lag = now;
      moving = 0;
    }
    if (pictures[i].moved > kStillLevels) ++moving;
  }
  end_run(pictures.size());
}

}  // namespace

void scan_content(const Span& span, double picture_s, std::vector<StreamEvent>& events) {
  add_runs(
      span, picture_s, "freeze",
      [](const Watched& picture, std::size_t index) {
        return index > 0 && picture.moved < kStillLevels;
      },
      events);
  add_runs(
      span, picture_s, "black",
      [](const Watched& picture, std::size_t) { return picture.dark >= kBlackPart; }, events);
  add_repeats(span, picture_s, events);
}

}  // namespace anjuan::formats
