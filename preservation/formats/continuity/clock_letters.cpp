#include "preservation/formats/continuity/clock_letters.h"

#include <algorithm>
#include <cmath>

#include "preservation/formats/continuity/clock_sights.h"

namespace anjuan::formats {

namespace {

constexpr double kWidthHeights = 7.4;  ///< eight letters of the widest usual font
constexpr int kLetterPixels = 36;      ///< height that OCR likes
constexpr int kBorderPixels = 14;
constexpr double kTallPart = 0.6;  ///< of the digit's height
constexpr double kHighPart = 1.5;
constexpr double kWidePart = 1.9;  ///< two digits that touch
constexpr std::size_t kTimeDigits = 6;

bool is_letter(const InkPart& part, int digit_height) {
  return !part.at_border && part.pixels >= 3 && part.box.height <= kHighPart * digit_height &&
         part.box.width <= kWidePart * digit_height;
}

/// As high as a digit, and no bare line.
bool is_tall(const InkPart& part, int digit_height) {
  return is_letter(part, digit_height) && part.box.height >= kTallPart * digit_height &&
         !is_line(part.box);
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

/// Digits are equally wide: two that touch are parted in the middle.
std::vector<Rect> parted(const std::vector<Rect>& boxes, int digit_height) {
  std::vector<Rect> out;
  for (const Rect& box : boxes) {
    const Rect right = last_digit(box, digit_height);
    if (right.left > box.left) out.push_back({box.left, box.top, right.width, box.height});
    out.push_back(right);
  }
  return out;
}

/// Soft letters, dark on white: what is no letter is white.
Luma clean_line(const Luma& picture, const std::vector<bool>& letters, const Ink& ink) {
  const double width = std::max(8.0, 0.6 * std::abs(ink.level - ink.threshold));
  Luma line(picture.width, picture.height, 255);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      bool near = false;
      for (int ny = std::max(0, y - 1); ny <= std::min(picture.height - 1, y + 1); ++ny) {
        for (int nx = std::max(0, x - 1); nx <= std::min(picture.width - 1, x + 1); ++nx) {
          near = near || letters[static_cast<std::size_t>(ny * picture.width + nx)];
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
    std::copy(large.row(y), large.row(y) + large.width, out.row(y + kBorderPixels) + kBorderPixels);
  }
  return out;
}

struct Shape {
  Rect box;
  std::vector<std::pair<int, int>> pixels;
};

/// What one second shows, and those of its letters that are as high as digits.
struct Seen {
  Luma picture;
  InkParts parts;
  std::vector<Shape> tall;
};

Seen see(Luma picture, const Ink& ink, int digit_height) {
  InkParts parts(picture, ink);
  std::vector<Shape> tall;
  std::vector<std::size_t> number(parts.parts().size());  // of the shape, from 1
  for (std::size_t i = 0; i < number.size(); ++i) {
    const InkPart& part = parts.parts()[i];
    if (!is_tall(part, digit_height)) continue;
    tall.push_back({part.box, {}});
    number[i] = tall.size();
  }
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const int label = parts.label(x, y);
      const std::size_t shape = label > 0 ? number[static_cast<std::size_t>(label - 1)] : 0;
      if (shape > 0) tall[shape - 1].pixels.emplace_back(x, y);
    }
  }
  return {std::move(picture), std::move(parts), std::move(tall)};
}

/// True if a letter of that shape stands there, though it may touch what is behind it: it is ink,
/// and little of what hangs together with it near by is not its own. A bright wall would be every
/// letter, an 8 would be a 3.
bool stands_in(const Seen& seen, const Shape& shape, const Ink& ink) {
  constexpr double kInkPart = 0.93;
  constexpr double kForeignPart = 0.2;
  const Rect around =
      clipped({shape.box.left - 1, shape.box.top - 1, shape.box.width + 2, shape.box.height + 2},
              seen.picture.width, seen.picture.height);
  const InkParts parts(cropped(seen.picture, around), ink);
  std::vector<bool> touched(parts.parts().size());
  double own = 0;
  for (const auto& [x, y] : shape.pixels) {
    const int label = parts.label(x - around.left, y - around.top);
    if (label == 0) continue;
    ++own;
    touched[static_cast<std::size_t>(label - 1)] = true;
  }
  double all = 0;
  for (std::size_t i = 0; i < touched.size(); ++i) all += touched[i] ? parts.parts()[i].pixels : 0;
  const auto pixels = static_cast<double>(shape.pixels.size());
  return own >= kInkPart * pixels && all - own <= kForeignPart * pixels;
}

/// Letters that touch what is behind them in this second and stand apart in another.
std::vector<const Shape*> touching_letters(const Seen& seen, const std::vector<Seen>& all,
                                           const Ink& ink) {
  std::vector<const Shape*> shapes;
  for (const Seen& other : all) {
    for (const Shape& shape : other.tall) shapes.push_back(&shape);
  }
  std::stable_sort(shapes.begin(), shapes.end(), [](const Shape* a, const Shape* b) {
    return a->pixels.size() > b->pixels.size();
  });
  std::vector<Rect> taken;
  for (const Shape& shape : seen.tall) taken.push_back(shape.box);
  std::vector<const Shape*> found;
  for (const Shape* shape : shapes) {
    const bool free = std::none_of(taken.begin(), taken.end(),
                                   [&](const Rect& box) { return overlap(box, shape->box) > 0; });
    if (!free || !stands_in(seen, *shape, ink)) continue;
    taken.push_back(shape->box);
    found.push_back(shape);
  }
  return found;
}

/// The pixels that are letters. Where enough digits are whole, what is none is a colon or what
/// shows between them, and OCR does without; else it may be a piece of a digit.
std::vector<bool> letter_pixels(const Seen& seen, const std::vector<const Shape*>& touching,
                                int digit_height) {
  const bool whole = seen.tall.size() + touching.size() >= kTimeDigits;
  std::vector<bool> kept;
  for (const InkPart& part : seen.parts.parts()) {
    kept.push_back(whole ? is_tall(part, digit_height) : is_letter(part, digit_height));
  }
  const int width = seen.picture.width;
  std::vector<bool> letters(seen.picture.pixels.size());
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const int label = seen.parts.label(static_cast<int>(i) % width, static_cast<int>(i) / width);
    letters[i] = label > 0 && kept[static_cast<std::size_t>(label - 1)];
  }
  for (const Shape* shape : touching) {
    for (const auto& [x, y] : shape->pixels)
      letters[static_cast<std::size_t>(y * width + x)] = true;
  }
  return letters;
}

Letters letters_in(const Seen& seen, const std::vector<Seen>& all, const Rect& area, const Ink& ink,
                   int digit_height) {
  const auto touching = touching_letters(seen, all, ink);
  std::vector<Rect> boxes;
  for (const Shape& shape : seen.tall) boxes.push_back(shape.box);
  for (const Shape* shape : touching) boxes.push_back(shape->box);
  for (Rect& box : boxes) box = {box.left + area.left, box.top + area.top, box.width, box.height};
  const auto letters = letter_pixels(seen, touching, digit_height);
  return {area, parted(joined(std::move(boxes)), digit_height),
          framed(clean_line(seen.picture, letters, ink), digit_height)};
}

}  // namespace

std::vector<Letters> letters_before(const std::vector<Second>& seconds, const Rect& place,
                                    const Ink& ink) {
  if (seconds.empty()) return {};
  const Luma& strip = seconds.front().mean;
  const int height = place.height;
  const int right = place.right() + std::max(3, height * 3 / 10);
  const int left = right - static_cast<int>(kWidthHeights * height) - height / 2;
  const int margin = std::max(3, height / 4);
  const Rect area = clipped({left, place.top - margin, right - left, height + 2 * margin},
                            strip.width, strip.height);
  if (area.empty()) return std::vector<Letters>(seconds.size());
  std::vector<Seen> all;
  for (const Second& second : seconds) all.push_back(see(cropped(second.mean, area), ink, height));
  std::vector<Letters> found;
  for (const Seen& seen : all) found.push_back(letters_in(seen, all, area, ink, height));
  return found;
}

}  // namespace anjuan::formats
