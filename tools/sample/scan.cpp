#include "tools/sample/scan.h"

#include <cmath>

#include <cairo.h>

#include "tools/sample/random.h"
#include "tools/sample/texture.h"

namespace anjuan::sample {

namespace {

struct Point {
  double x, y;
};

/// Where the four corners of the sheet lie in the picture: bilinear, as seen by a lens at hand
/// distance. `sheet(u, v)` is the inverse, found by two fixed-point steps.
struct Quad {
  Point corner[4];  // upper left, upper right, lower right, lower left

  Point at(double u, double v) const {
    const auto mix = [&](double a, double b, double c, double d) {
      return a * (1 - u) * (1 - v) + b * u * (1 - v) + c * u * v + d * (1 - u) * v;
    };
    return {mix(corner[0].x, corner[1].x, corner[2].x, corner[3].x),
            mix(corner[0].y, corner[1].y, corner[2].y, corner[3].y)};
  }

  Point sheet(double x, double y, double width, double height) const {
    double u = x / width;
    double v = y / height;
    for (int step = 0; step < 4; ++step) {
      const Point here = at(u, v);
      u += (x - here.x) / width;
      v += (y - here.y) / height;
    }
    return {u, v};
  }
};

Quad photograph_corners(double width, double height, Random& random) {
  const auto edge = [&](double size) { return size * random.between(0.012, 0.05); };
  return {{{edge(width), edge(height)},
           {width - edge(width), edge(height)},
           {width - edge(width), height - edge(height)},
           {edge(width), height - edge(height)}}};
}

Quad scanner_corners(double width, double height, Random& random) {
  const double angle = random.between(-0.014, 0.014);
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  const auto turned = [&](double x, double y) {
    x -= width / 2;
    y -= height / 2;
    return Point{width / 2 + c * x - s * y, height / 2 + s * x + c * y};
  };
  return {{turned(0, 0), turned(width, 0), turned(width, height), turned(0, height)}};
}

Bitmap print_page(const Page& page, int dots_per_inch) {
  const double scale = dots_per_inch / 72.0;
  Bitmap bitmap(static_cast<int>(std::lround(kPageWidth * scale)),
                static_cast<int>(std::lround(kPageHeight * scale)));
  const Pen pen(bitmap);
  cairo_set_source_rgb(pen.get(), 1, 1, 1);
  cairo_paint(pen.get());
  cairo_scale(pen.get(), scale, scale);
  page(pen.get());
  return bitmap;
}

double channel_at(const Bitmap& bitmap, double x, double y, int shift) {
  const int left = std::clamp(static_cast<int>(x), 0, bitmap.width - 2);
  const int top = std::clamp(static_cast<int>(y), 0, bitmap.height - 2);
  const double u = std::clamp(x - left, 0.0, 1.0);
  const double v = std::clamp(y - top, 0.0, 1.0);
  const auto value = [&](int dx, int dy) {
    return static_cast<double>((bitmap.at(left + dx, top + dy) >> shift) & 255U);
  };
  return (value(0, 0) * (1 - u) + value(1, 0) * u) * (1 - v) +
         (value(0, 1) * (1 - u) + value(1, 1) * u) * v;
}

struct Light {
  double base, tilt_x, tilt_y, tint_red, tint_blue;
  int noise;
};

std::uint32_t lit(const double (&rgb)[3], const Light& light, double u, double v, double paper,
                  Random& random) {
  const double bright = light.base + light.tilt_x * (u - 0.5) + light.tilt_y * (v - 0.5) + paper;
  const double tint[3] = {light.tint_red, 1, light.tint_blue};
  const double grain = random.below(2 * light.noise + 1) - light.noise;
  std::uint32_t pixel = 0xFF;
  for (int channel = 0; channel < 3; ++channel) {
    const double value = rgb[channel] * bright * tint[channel] + grain;
    pixel = pixel << 8 | static_cast<std::uint32_t>(std::clamp(value, 0.0, 255.0));
  }
  return pixel;
}

}  // namespace

Bitmap capture_page(const Page& page, int dots_per_inch, Capture capture, std::string_view seed) {
  Random random(seed);
  const Bitmap paper = print_page(page, dots_per_inch);
  const double width = paper.width;
  const double height = paper.height;
  const bool photo = capture == Capture::kPhotograph;
  const Quad quad =
      photo ? photograph_corners(width, height, random) : scanner_corners(width, height, random);
  const Light light =
      photo ? Light{0.86, random.between(-0.16, 0.16), random.between(-0.22, -0.06), 1.02, 0.94, 5}
            : Light{0.97, 0.015, -0.02, 1.0, 0.985, 4};
  const auto texture = static_cast<std::uint32_t>(random.below(1000));
  Bitmap picture(paper.width, paper.height);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const Point sheet = quad.sheet(x, y, width, height);
      const double fibre = 0.03 * (value_noise(x / 7.0, y / 7.0, texture) - 0.5) +
                           (photo ? 0.10 * (value_noise(x / 260.0, y / 340.0, texture) - 0.5) : 0);
      double rgb[3] = {104, 82, 62};  // the desk
      const bool inside = sheet.x >= 0 && sheet.x < 1 && sheet.y >= 0 && sheet.y < 1;
      if (!inside && !photo) std::fill(std::begin(rgb), std::end(rgb), 236.0);
      if (inside) {
        for (int channel = 0; channel < 3; ++channel) {
          rgb[channel] =
              14 + 0.94 * channel_at(paper, sheet.x * width, sheet.y * height, 16 - 8 * channel);
        }
      }
      picture.at(x, y) = lit(rgb, light, sheet.x, sheet.y, fibre, random);
    }
  }
  return picture;
}

}  // namespace anjuan::sample
