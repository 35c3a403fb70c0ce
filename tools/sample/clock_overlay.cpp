#include "tools/sample/clock_overlay.h"

#include <cairo.h>

#include "tools/sample/text_draw.h"

namespace anjuan::sample {

namespace {

constexpr int kLettersPerHeight = 24;  ///< a letter is 1/24 of the picture: 30 px at 720 lines

/// `text` in white with a black edge, in a picture of the given width.
Sprite outlined(const std::string& text, int width, int letter_px) {
  Bitmap bitmap(width, (letter_px * 3 / 2) & ~1);
  {
    const Pen pen(bitmap);
    TextStyle style{Face::kMono, static_cast<double>(letter_px), true, 0, 0, 0};
    for (int dx = -2; dx <= 2; ++dx) {
      for (int dy = -2; dy <= 2; ++dy) {
        if (dx * dx + dy * dy <= 5) draw_line(pen.get(), text, style, 2 + dx, dy);
      }
    }
    style.red = style.green = style.blue = 1;
    draw_line(pen.get(), text, style, 2, 0);
  }
  return to_sprite(bitmap);
}

double measured(const std::string& text, int letter_px) {
  Bitmap scratch(2, 2);
  const Pen pen(scratch);
  return line_width(pen.get(), text, {Face::kMono, static_cast<double>(letter_px), true, 0, 0, 0});
}

}  // namespace

std::string clock_text(Instant instant) {
  std::string text = to_text(instant).substr(0, 19);
  text[10] = ' ';
  return text;
}

ClockOverlay::ClockOverlay(const std::string& device, int frame_height) {
  const int letter_px = frame_height / kLettersPerHeight;
  // Even, so that every cell shows its digit on the same chroma grid.
  pitch_px_ = (static_cast<int>(measured("0", letter_px)) + 2) & ~1;
  margin_px_ = letter_px & ~1;
  for (const char letter : std::string("0123456789-: ")) {
    glyphs_[letter] = outlined(std::string(1, letter), (pitch_px_ + 5) & ~1, letter_px);
  }
  device_ = outlined(device, (static_cast<int>(measured(device, letter_px)) + 7) & ~1, letter_px);
}

void ClockOverlay::draw(Instant wall_clock, YuvImage& target) const {
  int left = margin_px_;
  for (const char letter : clock_text(wall_clock)) {
    lay_over(glyphs_.at(letter), left, margin_px_, target);
    left += pitch_px_;
  }
  lay_over(device_, margin_px_, target.height - margin_px_ - device_.image.height, target);
}

}  // namespace anjuan::sample
