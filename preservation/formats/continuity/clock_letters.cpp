#include "preservation/formats/continuity/clock_letters.h"

#include <cmath>

namespace anjuan::formats {

namespace {

constexpr double kWidthHeights = 7.4;  ///< eight letters of the widest usual font
constexpr int kLetterPixels = 36;      ///< height that OCR likes
constexpr int kBorderPixels = 14;
constexpr double kTallPart = 0.6;      ///< of the digit's height
constexpr double kHighPart = 1.5;
constexpr double kWidePart = 1.5;

std::uint8_t percentile(std::vector<std::uint8_t> values, double part) {
  const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

bool is_letter(const InkPart& part, int digit_height) {
  return !part.at_border && part.pixels >= 3 && part.box.height <= kHighPart * digit_height &&
         part.box.width <= kWidePart * digit_height;
}

/// Parts one above the other (a broken digit) are one.
std::vector<Rect> joined(std::vector<Rect> boxes) {
  std::sort(boxes.begin(), boxes.end(),
            [](const Rect& a, const Rect& b) { return a.left < b.left; });
  std::vector<Rect> out;
  for (const Rect& box : boxes) {
    if (!out.empty() && box.left < out.back().right() - 1) {
      Rect& last = out.back();
      const int right = std::max(last.right(), box.right());
      const int bottom = std::max(last.bottom(), box.bottom());
      last.top = std::min(last.top, box.top);
      last.width = right - last.left;
      last.height = bottom - last.top;
    } else {
      out.push_back(box);
    }
  }
  return out;
}

/// Soft letters, dark on white: what is no letter is white.
Luma clean_line(const Luma& picture, const InkParts& parts, const Ink& ink,
                int digit_height) {
  const double width = std::max(8.0, 0.6 * std::abs(ink.level - ink.threshold));
  Luma line(picture.width, picture.height, 255);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      bool near = false;
      for (int ny = std::max(0, y - 1); ny <= std::min(picture.height - 1, y + 1); ++ny) {
        for (int nx = std::max(0, x - 1); nx <= std::min(picture.width - 1, x + 1); ++nx) {
          const int label = parts.label(nx, ny);
          near = near ||
                 (label > 0 &&
                  is_letter(parts.parts()[static_cast<std::size_t>(label - 1)], digit_height));
        }
      }
      if (!near) continue;
      double inkness = (picture.row(y)[x] - ink.threshold) / width;
      if (!ink.bright) inkness = -inkness;
      line.row(y)[x] = static_cast<std::uint8_t>(std::clamp(127.5 - 127.5 * inkness, 0.0, 255.0));
    }
  }
  return line;
}

Luma framed(const Luma& line, int digit_height) {
  const double zoom = static_cast<double>(kLetterPixels) / std::max(digit_height, 1);
  const Luma large = scaled(line, std::clamp(static_cast<int>(line.width * zoom), 1, 4000),
                            std::clamp(static_cast<int>(line.height * zoom), 1, 400));
  Luma out(large.width + 2 * kBorderPixels, large.height + 2 * kBorderPixels, 255);
  for (int y = 0; y < large.height; ++y) {
    std::copy(large.row(y), large.row(y) + large.width,
              out.row(y + kBorderPixels) + kBorderPixels);
  }
  return out;
}

}  // namespace

std::vector<Ink> ink_levels(const std::vector<Second>& seconds, const Rect& place) {
  constexpr std::uint8_t kStill = 16;
  std::vector<std::uint8_t> still;
  std::vector<std::uint8_t> all;
  for (const Second& second : seconds) {
    for (int y = place.top; y < place.bottom(); ++y) {
      for (int x = place.left; x < place.right(); ++x) {
        const std::uint8_t level = second.mean.row(y)[x];
        all.push_back(level);
        if (second.deviation.row(y)[x] <= kStill) still.push_back(level);
      }
    }
  }
  if (still.size() < 20) return {};
  const double bright = percentile(still, 0.93);
  const double dark = percentile(still, 0.07);
  const double low = percentile(all, 0.2);
  const double high = percentile(all, 0.8);
  std::vector<Ink> levels;
  if (bright - low >= 24) levels.push_back({bright, (bright + low) / 2, true});
  if (high - dark >= 24) levels.push_back({dark, (dark + high) / 2, false});
  return levels;
}

Letters letters_before(const Luma& mean, const Rect& place, const Ink& ink) {
  Letters letters;
  const int height = place.height;
  const int right = place.right() + std::max(3, height * 3 / 10);
  const int left = right - static_cast<int>(kWidthHeights * height) - height / 2;
  const int margin = std::max(3, height / 4);
  letters.area = clipped({left, place.top - margin, right - left, height + 2 * margin}, mean.width,
                         mean.height);
  if (letters.area.empty()) return letters;
  const Luma part = cropped(mean, letters.area);
  const InkParts parts(part, ink);
  std::vector<Rect> tall;
  for (const InkPart& piece : parts.parts()) {
    if (!is_letter(piece, height) || piece.box.height < kTallPart * height) continue;
    tall.push_back({piece.box.left + letters.area.left, piece.box.top + letters.area.top,
                    piece.box.width, piece.box.height});
  }
  letters.tall = joined(std::move(tall));
  letters.clean = framed(clean_line(part, parts, ink, height), height);
  return letters;
}

}  // namespace anjuan::formats
