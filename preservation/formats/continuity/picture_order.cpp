#include "preservation/formats/continuity/picture_order.h"

#include <map>

namespace anjuan::formats {

namespace {

constexpr std::size_t kNumberedMax = 4'000'000;
constexpr std::int64_t kReorderMax = 16;  ///< pictures that may wait for others (H.264 A.3.1)
constexpr std::size_t kHabit = 100;       ///< an odd step in so many pictures is the encoder's own

}  // namespace

void PictureOrder::restart(double at_s) {
  ++sequence_;
  anchor_ = 0;
  if (pictures_.size() < kNumberedMax) pictures_.push_back({sequence_, 0, at_s});
}

void PictureOrder::add(std::uint32_t low, unsigned bits, bool anchors, double at_s) {
  const std::int64_t range = std::int64_t{1} << bits;
  // The number with these low bits that is nearest to the last anchor, which may be negative.
  std::int64_t ahead = (low - anchor_) & (range - 1);
  if (ahead > range / 2) ahead -= range;
  const std::int64_t number = anchor_ + ahead;
  if (pictures_.size() < kNumberedMax) pictures_.push_back({sequence_, number, at_s});
  if (anchors) anchor_ = number;
}

void PictureOrder::finish(std::vector<StreamEvent>& events) const {
  auto sorted = pictures_;
  std::sort(sorted.begin(), sorted.end(), [](const Numbered& a, const Numbered& b) {
    return std::pair{a.sequence, a.number} < std::pair{b.sequence, b.number};
  });
  std::map<std::int64_t, std::size_t> steps;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i].sequence == sorted[i - 1].sequence)
      ++steps[sorted[i].number - sorted[i - 1].number];
  }
  steps.erase(0);  // the second field of a picture
  if (steps.empty()) return;
  const std::int64_t usual =
      std::max_element(steps.begin(), steps.end(), [](const auto& a, const auto& b) {
        return a.second < b.second;
      })->first;
  std::vector<StreamEvent> found;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const std::int64_t step = sorted[i].number - sorted[i - 1].number;
    if (sorted[i].sequence != sorted[i - 1].sequence || step <= usual) continue;
    const bool at_end = sorted[i].sequence == sequence_ &&
                        sorted.back().number - sorted[i - 1].number <= kReorderMax * usual;
    if (at_end) continue;
    found.push_back({"poc", sorted[i].at_s, static_cast<double>(step / usual - 1), 0});
  }
  if (found.size() * kHabit > sorted.size()) return;
  events.insert(events.end(), found.begin(), found.end());
}

}  // namespace anjuan::formats
