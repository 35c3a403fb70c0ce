#include "tools/sample/figures.h"

#include <cmath>

#include <cairo.h>

#include "tools/sample/texture.h"

namespace anjuan::sample {

namespace {

struct Rgb {
  double red, green, blue;
};

void paint(cairo_t* c, Rgb colour) {
  cairo_set_source_rgb(c, colour.red, colour.green, colour.blue);
}

/// A round-ended stroke: limbs and machine arms.
void limb(cairo_t* c, double x1, double y1, double x2, double y2, double width, Rgb colour) {
  cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width(c, width);
  paint(c, colour);
  cairo_move_to(c, x1, y1);
  cairo_line_to(c, x2, y2);
  cairo_stroke(c);
}

void ellipse(cairo_t* c, double x, double y, double rx, double ry, Rgb colour) {
  cairo_save(c);
  cairo_translate(c, x, y);
  cairo_scale(c, rx, ry);
  cairo_arc(c, 0, 0, 1, 0, 2 * M_PI);
  cairo_restore(c);
  paint(c, colour);
  cairo_fill(c);
}

struct Outfit {
  Rgb coat, trousers, hat;
  bool hard_hat;
};

Outfit outfit_of(Clothes clothes) {
  switch (clothes) {
    case Clothes::kUniform:
      return {{0.16, 0.22, 0.36}, {0.10, 0.13, 0.22}, {0.12, 0.16, 0.28}, false};
    case Clothes::kWorker:
      return {{0.45, 0.40, 0.30}, {0.24, 0.24, 0.26}, {0.90, 0.72, 0.12}, true};
    case Clothes::kPlain:
      return {{0.56, 0.30, 0.26}, {0.20, 0.22, 0.28}, {0.10, 0.09, 0.08}, false};
    case Clothes::kSuit:
      break;
  }
  return {{0.22, 0.22, 0.24}, {0.16, 0.16, 0.18}, {0.09, 0.08, 0.08}, false};
}

void draw_head(cairo_t* c, double x, double y, double size, const Outfit& outfit) {
  const Rgb skin{0.80, 0.62, 0.50};
  ellipse(c, x, y + size * 0.9, size * 0.32, size * 0.4, {0.72, 0.54, 0.43});
  ellipse(c, x, y, size * 0.62, size * 0.82, skin);
  cairo_save(c);
  cairo_rectangle(c, x - size, y - size * 1.1, size * 2, size * 0.85);
  cairo_clip(c);
  ellipse(c, x, y - size * 0.12, size * 0.70, size * 0.86, outfit.hat);
  cairo_restore(c);
  if (outfit.hard_hat)
    limb(c, x - size * 0.8, y - size * 0.26, x + size * 0.8, y - size * 0.26, size * 0.14,
         outfit.hat);
  ellipse(c, x - size * 0.24, y + size * 0.05, size * 0.07, size * 0.05, {0.15, 0.1, 0.1});
  ellipse(c, x + size * 0.24, y + size * 0.05, size * 0.07, size * 0.05, {0.15, 0.1, 0.1});
  limb(c, x - size * 0.14, y + size * 0.45, x + size * 0.14, y + size * 0.45, size * 0.06,
       {0.6, 0.36, 0.32});
}

void draw_body(cairo_t* c, double x, double h, double sway, const Outfit& outfit, bool sitting) {
  const double shoulder = h * 0.235;
  const double hip = h * (sitting ? 0.72 : 0.53);
  if (!sitting) {
    const double knee = h * 0.74;
    limb(c, x - h * 0.045, hip, x - h * 0.06, knee, h * 0.085, outfit.trousers);
    limb(c, x - h * 0.06, knee, x - h * 0.055, h * 0.95, h * 0.07, outfit.trousers);
    limb(c, x + h * 0.045, hip, x + h * 0.06, knee, h * 0.085, outfit.trousers);
    limb(c, x + h * 0.06, knee, x + h * 0.065, h * 0.95, h * 0.07, outfit.trousers);
    limb(c, x - h * 0.055, h * 0.965, x - h * 0.09, h * 0.97, h * 0.035, {0.1, 0.1, 0.1});
    limb(c, x + h * 0.065, h * 0.965, x + h * 0.1, h * 0.97, h * 0.035, {0.1, 0.1, 0.1});
  }
  paint(c, outfit.coat);
  cairo_move_to(c, x - h * 0.115, shoulder);
  cairo_curve_to(c, x - h * 0.06, shoulder - h * 0.04, x + h * 0.06, shoulder - h * 0.04,
                 x + h * 0.115, shoulder);
  cairo_line_to(c, x + h * 0.095, hip);
  cairo_line_to(c, x - h * 0.095, hip);
  cairo_close_path(c);
  cairo_fill(c);
  limb(c, x - h * 0.02, shoulder - h * 0.012, x, shoulder + h * 0.05, h * 0.016,
       {0.88, 0.88, 0.86});
  limb(c, x + h * 0.02, shoulder - h * 0.012, x, shoulder + h * 0.05, h * 0.016,
       {0.88, 0.88, 0.86});
  if (!sitting)
    limb(c, x - h * 0.088, hip - h * 0.01, x + h * 0.088, hip - h * 0.01, h * 0.018,
         {0.08, 0.08, 0.08});
  const Rgb sleeve{outfit.coat.red * 0.8, outfit.coat.green * 0.8, outfit.coat.blue * 0.8};
  const double elbow = h * 0.38;
  limb(c, x - h * 0.11, shoulder + h * 0.03, x - h * 0.15, elbow, h * 0.062, sleeve);
  limb(c, x - h * 0.15, elbow, x - h * (0.10 - 0.02 * sway), h * 0.49, h * 0.052, sleeve);
  limb(c, x + h * 0.11, shoulder + h * 0.03, x + h * 0.16, elbow, h * 0.062, sleeve);
  limb(c, x + h * 0.16, elbow, x + h * (0.17 + 0.07 * sway), h * (0.42 - 0.06 * sway), h * 0.052,
       sleeve);
  ellipse(c, x + h * (0.17 + 0.07 * sway), h * (0.41 - 0.06 * sway), h * 0.026, h * 0.03,
          {0.80, 0.62, 0.50});
}

void draw_track(cairo_t* c, double w) {
  limb(c, w * 0.12, w * 0.56, w * 0.52, w * 0.56, w * 0.10, {0.13, 0.13, 0.13});
  for (int wheel = 0; wheel < 5; ++wheel) {
    ellipse(c, w * (0.13 + 0.095 * wheel), w * 0.56, w * 0.03, w * 0.03, {0.32, 0.31, 0.30});
  }
}

/// Light from the left: darkens what is drawn towards the right, and the feet's shadow.
void shade(Bitmap& bitmap) {
  const Pen pen(bitmap);
  cairo_t* c = pen.get();
  const double width = bitmap.width;
  cairo_pattern_t* light = cairo_pattern_create_linear(width * 0.25, 0, width * 0.75, 0);
  cairo_pattern_add_color_stop_rgba(light, 0, 1, 1, 0.9, 0.16);
  cairo_pattern_add_color_stop_rgba(light, 0.45, 0, 0, 0, 0.0);
  cairo_pattern_add_color_stop_rgba(light, 1, 0, 0, 0.05, 0.42);
  cairo_set_operator(c, CAIRO_OPERATOR_ATOP);
  cairo_set_source(c, light);
  cairo_paint(c);
  cairo_pattern_destroy(light);
}

void draw_shadow(cairo_t* c, double x, double y, double rx, double ry) {
  cairo_save(c);
  cairo_translate(c, x, y);
  cairo_scale(c, rx, ry);
  cairo_arc(c, 0, 0, 1, 0, 2 * M_PI);
  cairo_restore(c);
  cairo_set_source_rgba(c, 0, 0, 0, 0.32);
  cairo_fill(c);
}

}  // namespace

std::vector<Bitmap> draw_person(Clothes clothes, int height, int count, bool sitting) {
  std::vector<Bitmap> poses;
  const Outfit outfit = outfit_of(clothes);
  for (int pose = 0; pose < count; ++pose) {
    Bitmap bitmap((height * 6 / 10) & ~1, height & ~1);
    {
      Pen pen(bitmap);
      const double sway = std::sin(2 * M_PI * pose / count);
      const double x = bitmap.width / 2.0;
      if (!sitting)
        draw_shadow(pen.get(), x + height * 0.05, height * 0.972, height * 0.17, height * 0.02);
      draw_body(pen.get(), x + sway * height * 0.004, height, sway, outfit, sitting);
      draw_head(pen.get(), x + sway * height * 0.008, height * 0.105, height * 0.085, outfit);
    }
    shade(bitmap);
    box_blur(bitmap, 1);
    poses.push_back(std::move(bitmap));
  }
  return poses;
}

std::vector<Bitmap> draw_excavator(int width, int count) {
  std::vector<Bitmap> poses;
  const Rgb yellow{0.86, 0.62, 0.10};
  const double w = width;
  for (int pose = 0; pose < count; ++pose) {
    Bitmap bitmap(width & ~1, (width * 65 / 100) & ~1);
    {
      Pen pen(bitmap);
      cairo_t* c = pen.get();
      const double lift = std::sin(2 * M_PI * pose / count);
      draw_shadow(c, w * 0.36, w * 0.61, w * 0.34, w * 0.025);
      draw_track(c, w);
      limb(c, w * 0.16, w * 0.42, w * 0.34, w * 0.42, w * 0.13, yellow);
      limb(c, w * 0.36, w * 0.33, w * 0.36, w * 0.44, w * 0.11, yellow);
      limb(c, w * 0.355, w * 0.33, w * 0.385, w * 0.33, w * 0.07, {0.25, 0.32, 0.36});
      const double ex = w * 0.66;
      const double ey = w * (0.17 - 0.05 * lift);
      const double bx = w * (0.80 - 0.03 * lift);
      const double by = w * (0.46 - 0.09 * lift);
      limb(c, w * 0.42, w * 0.40, ex, ey, w * 0.05, {0.78, 0.56, 0.09});
      limb(c, ex, ey, bx, by, w * 0.04, yellow);
      limb(c, bx - w * 0.03, by + w * 0.03, bx + w * 0.04, by + w * 0.05, w * 0.06,
           {0.30, 0.28, 0.26});
    }
    shade(bitmap);
    box_blur(bitmap, 1);
    poses.push_back(std::move(bitmap));
  }
  return poses;
}

}  // namespace anjuan::sample
