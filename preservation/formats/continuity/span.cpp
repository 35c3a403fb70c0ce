#include "preservation/formats/continuity/span.h"

#include <cmath>

namespace anjuan::formats {

namespace {

constexpr int kReducedWidth = 320;
constexpr int kThumbWidth = 80;
constexpr std::uint8_t kBlackLevel = 38;  ///< a tenth of the range above black

/// `value * part / whole`, rounded down. A picture may be so long that the product needs 64 bits.
int share(int value, int part, int whole) {
  return static_cast<int>(std::int64_t{value} * part / std::max(whole, 1));
}

/// `rect` of a picture that is `from` wide in one that is `to` wide, with a border.
Rect reduced_rect(const Rect& rect, const Luma& from, const Luma& to) {
  if (rect.empty() || from.empty()) return {};
  const std::int64_t across = to.width;
  const std::int64_t down = to.height;
  const auto left = static_cast<int>(rect.left * across / from.width - 1);
  const auto top = static_cast<int>(rect.top * down / from.height - 1);
  const auto right = static_cast<int>((rect.right() * across + from.width - 1) / from.width + 1);
  const auto bottom = static_cast<int>((rect.bottom() * down + from.height - 1) / from.height + 1);
  return clipped({left, top, right - left, bottom - top}, to.width, to.height);
}

double dark_part(const Luma& picture, const Rect& without) {
  std::size_t dark = 0;
  std::size_t all = 0;
  for (int y = 0; y < picture.height; ++y) {
    const std::uint8_t* row = picture.row(y);
    const bool crosses = y >= without.top && y < without.bottom();
    for (int x = 0; x < picture.width; ++x) {
      if (crosses && x >= without.left && x < without.right()) continue;
      ++all;
      if (row[x] <= kBlackLevel) ++dark;
    }
  }
  return all == 0 ? 0 : static_cast<double>(dark) / static_cast<double>(all);
}

}  // namespace

SpanCollector::SpanCollector(double from_s, double to_s, const ClockFace* face)
    : from_s_(from_s), to_s_(std::min(to_s, from_s + kSpanSecondsMax)), face_(face) {}

bool SpanCollector::take(const Picture& picture) {
  if (full_) return false;
  if (picture.pts_s < from_s_ - 1e-6) return true;
  full_ = picture.pts_s > to_s_;
  if (full_) return false;
  const Luma& luma = picture.luma;
  const int height = std::max(1, share(luma.height, kReducedWidth, luma.width));
  Luma reduced = thumbnail(luma, kReducedWidth, height);
  Watched watched;
  watched.at_s = picture.pts_s;
  watched.print = fingerprint(reduced.pixels.data(), reduced.pixels.size());
  watched.thumb =
      thumbnail(reduced, kThumbWidth, std::max(1, share(height, kThumbWidth, kReducedWidth)));
  const Rect clock = face_ == nullptr ? Rect{} : reduced_rect(face_->strip, luma, reduced);
  watched.moved = previous_.empty() ? 0 : difference(previous_, reduced, clock);
  watched.dark = dark_part(reduced, clock);
  if (face_ != nullptr) {
    span_.clock_in_thumb = reduced_rect(face_->strip, luma, watched.thumb);
    const bool fits = face_->strip.right() <= luma.width && face_->strip.bottom() <= luma.height;
    span_.lines.push_back({picture.pts_s, fits ? cropped(luma, face_->strip)
                                               : Luma(face_->strip.width, face_->strip.height)});
  }
  span_.pictures.push_back(std::move(watched));
  previous_ = std::move(reduced);
  full_ = span_.pictures.size() == kSpanPicturesMax;
  return !full_;
}

Span SpanCollector::finish() {
  span_.reached_end = !full_;
  return std::move(span_);
}

Span watch(AvInput& input, double from_s, double to_s, const ClockFace* face,
           const std::function<void(double at_s)>& on_picture) {
  if (!input.seek(from_s)) return {};
  input.choose(DecodeWhat::kAll);
  SpanCollector collector(from_s, to_s, face);
  Picture picture;
  while (input.decode(picture) && collector.take(picture)) {
    if (on_picture) on_picture(picture.pts_s);
  }
  return collector.finish();
}

double apart(const Span& span, std::size_t one, std::size_t other) {
  return difference(span.pictures[one].thumb, span.pictures[other].thumb, span.clock_in_thumb);
}

}  // namespace anjuan::formats
