#include "tools/sample/backdrop.h"

#include <cmath>

#include <cairo.h>

#include "tools/sample/random.h"
#include "tools/sample/texture.h"

namespace anjuan::sample {

namespace {

/// A canvas in units of 1/1000 of the picture's width and height.
class Canvas {
 public:
  Canvas(Bitmap& bitmap, std::string_view seed) : bitmap_(bitmap), random_(seed) {}

  void colour(cairo_t* c, double r, double g, double b) const { cairo_set_source_rgb(c, r, g, b); }

  /// A vertical gradient between two heights, over the whole width.
  void gradient(double top, double bottom, const double (&from)[3], const double (&to)[3]) {
    Pen pen(bitmap_);
    cairo_pattern_t* pattern = cairo_pattern_create_linear(0, y(top), 0, y(bottom));
    cairo_pattern_add_color_stop_rgb(pattern, 0, from[0], from[1], from[2]);
    cairo_pattern_add_color_stop_rgb(pattern, 1, to[0], to[1], to[2]);
    cairo_set_source(pen.get(), pattern);
    cairo_rectangle(pen.get(), 0, y(top), bitmap_.width, y(bottom) - y(top) + 1);
    cairo_fill(pen.get());
    cairo_pattern_destroy(pattern);
  }

  /// A ridge line with random bumps, filled down to `bottom`.
  void ridge(double level, double height, double bottom, const double (&rgb)[3]) {
    Pen pen(bitmap_);
    cairo_t* c = pen.get();
    const double phase = random_.between(0, 100);
    cairo_move_to(c, 0, y(bottom));
    for (int step = 0; step <= 200; ++step) {
      const double bump = fractal_noise(phase + step / 40.0, phase, 7) * height;
      cairo_line_to(c, x(step * 5.0), y(level - bump));
    }
    cairo_line_to(c, x(1000), y(bottom));
    cairo_close_path(c);
    colour(c, rgb[0], rgb[1], rgb[2]);
    cairo_fill(c);
  }

  /// A polygon of points in thousandths.
  void polygon(std::initializer_list<std::pair<double, double>> points, const double (&rgb)[3]) {
    Pen pen(bitmap_);
    for (const auto& [px, py] : points) cairo_line_to(pen.get(), x(px), y(py));
    cairo_close_path(pen.get());
    colour(pen.get(), rgb[0], rgb[1], rgb[2]);
    cairo_fill(pen.get());
  }

  void box(double left, double top, double right, double bottom, const double (&rgb)[3]) {
    polygon({{left, top}, {right, top}, {right, bottom}, {left, bottom}}, rgb);
  }

  /// Loose stones, larger towards the lower edge.
  void stones(int count, double top, double bottom) {
    Pen pen(bitmap_);
    cairo_t* c = pen.get();
    for (int i = 0; i < count; ++i) {
      const double depth = random_.between(0, 1);
      const double px = x(random_.between(0, 1000));
      const double py = y(top + (bottom - top) * depth);
      const double size = bitmap_.height * (0.003 + 0.012 * depth * random_.between(0.4, 1));
      const double shade = random_.between(0.35, 0.68);
      cairo_save(c);
      cairo_translate(c, px, py);
      cairo_scale(c, size * 1.5, size);
      cairo_arc(c, 0, 0.4, 1, 0, 2 * M_PI);
      colour(c, 0.25, 0.23, 0.21);
      cairo_fill(c);
      cairo_arc(c, 0, 0, 0.95, 0, 2 * M_PI);
      colour(c, shade, shade * 0.96, shade * 0.9);
      cairo_fill(c);
      cairo_restore(c);
    }
  }

  /// Draws on an empty sheet of the same size and lays that over: texture stays inside shapes.
  void layer(const std::function<void(Canvas&)>& draw) {
    Bitmap sheet(bitmap_.width, bitmap_.height);
    Canvas canvas(sheet, "layer");
    draw(canvas);
    const Pen pen(bitmap_);
    cairo_surface_t* surface = cairo_image_surface_create_for_data(
        reinterpret_cast<unsigned char*>(sheet.pixels.data()), CAIRO_FORMAT_ARGB32, sheet.width,
        sheet.height, sheet.width * 4);
    cairo_set_source_surface(pen.get(), surface, 0, 0);
    cairo_paint(pen.get());
    cairo_surface_destroy(surface);
  }

  using Point = std::pair<double, double>;

  /// Loose material with a lit and a shaded side.
  void heap(Point left, Point peak, Point right, const double (&rgb)[3]) {
    Pen pen(bitmap_);
    cairo_t* c = pen.get();
    cairo_move_to(c, x(left.first), y(left.second));
    cairo_curve_to(c, x((left.first + peak.first) / 2), y(left.second - 40), x(peak.first - 30),
                   y(peak.second), x(peak.first), y(peak.second));
    cairo_curve_to(c, x(peak.first + 40), y(peak.second), x((right.first + peak.first) / 2),
                   y(right.second - 50), x(right.first), y(right.second));
    cairo_curve_to(c, x(right.first - 80), y(right.second + 22), x(left.first + 80),
                   y(left.second + 26), x(left.first), y(left.second));
    cairo_pattern_t* light = cairo_pattern_create_linear(x(left.first), 0, x(right.first), 0);
    cairo_pattern_add_color_stop_rgb(light, 0, rgb[0], rgb[1], rgb[2]);
    cairo_pattern_add_color_stop_rgb(light, 1, rgb[0] * 0.6, rgb[1] * 0.6, rgb[2] * 0.6);
    cairo_set_source(c, light);
    cairo_fill(c);
    cairo_pattern_destroy(light);
  }

  void wall(double top, double bottom, double size_px, double strength, std::uint32_t seed) {
    grain_wall(bitmap_, row(top), row(bottom), size_px * bitmap_.width / 1280, strength, seed);
  }

  void ground(double horizon, double top, double size_px, double strength, std::uint32_t seed) {
    grain_ground(bitmap_, row(horizon), row(top), bitmap_.height, size_px * bitmap_.width / 1280,
                 strength, seed);
  }

  void clouds(double horizon) {
    grain_wall(bitmap_, 0, row(horizon), bitmap_.width / 3.2, 0.16, 3, true);
  }

  Random& random() { return random_; }

 private:
  double x(double thousandths) const { return thousandths * bitmap_.width / 1000; }

  double y(double thousandths) const { return thousandths * bitmap_.height / 1000; }

  int row(double thousandths) const { return static_cast<int>(y(thousandths)); }

  Bitmap& bitmap_;
  Random random_;
};

void draw_sky(Canvas& canvas, double horizon) {
  canvas.gradient(0, horizon, {0.60, 0.70, 0.80}, {0.88, 0.90, 0.90});
  canvas.clouds(horizon);
}

void draw_rock_face(Canvas& rock) {
  rock.polygon({{0, 230}, {260, 180}, {470, 260}, {640, 235}, {760, 420}, {830, 600}, {0, 600}},
               {0.60, 0.55, 0.48});
  rock.polygon({{0, 330}, {420, 300}, {690, 380}, {700, 410}, {410, 330}, {0, 362}},
               {0.44, 0.40, 0.35});
  rock.polygon({{0, 440}, {480, 410}, {770, 480}, {775, 505}, {470, 438}, {0, 470}},
               {0.46, 0.42, 0.36});
  rock.wall(150, 600, 46, 0.34, 11);
  rock.wall(150, 600, 9, 0.16, 12);
}

void draw_quarry(Canvas& canvas) {
  draw_sky(canvas, 420);
  canvas.ridge(330, 170, 640, {0.45, 0.54, 0.50});
  canvas.ridge(410, 120, 640, {0.33, 0.42, 0.31});
  canvas.layer([](Canvas& rock) { draw_rock_face(rock); });
  canvas.gradient(560, 1000, {0.66, 0.62, 0.55}, {0.52, 0.47, 0.40});
  canvas.ground(430, 560, 150, 0.34, 5);
  canvas.layer([](Canvas& rubble) {
    rubble.polygon({{620, 640}, {720, 490}, {790, 470}, {940, 650}}, {0.71, 0.68, 0.63});
    rubble.wall(470, 650, 12, 0.2, 23);
  });
  canvas.stones(420, 640, 1000);
}

void draw_embankment(Canvas& canvas) {
  draw_sky(canvas, 400);
  canvas.ridge(390, 90, 470, {0.47, 0.55, 0.53});
  canvas.gradient(430, 640, {0.63, 0.69, 0.68}, {0.42, 0.50, 0.46});
  canvas.wall(430, 640, 30, 0.10, 9);
  canvas.polygon({{0, 560}, {380, 470}, {470, 470}, {300, 1000}, {0, 1000}}, {0.58, 0.57, 0.54});
  canvas.polygon({{470, 470}, {560, 470}, {1000, 690}, {1000, 1000}, {300, 1000}},
                 {0.64, 0.62, 0.58});
  canvas.polygon({{560, 470}, {1000, 470}, {1000, 690}}, {0.36, 0.45, 0.26});
  canvas.ground(380, 470, 170, 0.30, 5);
  canvas.heap({640, 640}, {740, 500}, {930, 660}, {0.72, 0.62, 0.44});
  canvas.heap({560, 740}, {680, 560}, {860, 760}, {0.76, 0.66, 0.47});
  canvas.stones(90, 760, 1000);
}

void draw_intake(Canvas& canvas) {
  draw_sky(canvas, 380);
  canvas.layer([](Canvas& wood) {
    wood.ridge(360, 120, 460, {0.35, 0.46, 0.36});
    wood.wall(200, 460, 24, 0.24, 41);
  });
  canvas.gradient(420, 760, {0.58, 0.66, 0.66}, {0.30, 0.42, 0.40});
  canvas.wall(420, 760, 34, 0.12, 9);
  canvas.polygon({{0, 700}, {520, 640}, {1000, 720}, {1000, 1000}, {0, 1000}}, {0.50, 0.49, 0.44});
  canvas.ground(480, 640, 150, 0.3, 5);
  canvas.layer([](Canvas& house) {
    house.box(560, 330, 820, 690, {0.82, 0.80, 0.76});
    house.box(560, 640, 820, 690, {0.60, 0.58, 0.55});
    house.wall(330, 690, 40, 0.10, 13);
    house.polygon({{540, 335}, {690, 250}, {840, 335}}, {0.55, 0.30, 0.25});
    house.box(600, 420, 660, 500, {0.33, 0.40, 0.46});
    house.box(710, 470, 780, 690, {0.36, 0.36, 0.38});
  });
  canvas.polygon({{300, 650}, {560, 560}, {560, 590}, {310, 690}}, {0.30, 0.45, 0.60});
  canvas.box(395, 590, 440, 700, {0.45, 0.47, 0.50});
  canvas.stones(110, 760, 1000);
}

void draw_hearing_room(Canvas& canvas) {
  canvas.gradient(0, 520, {0.88, 0.87, 0.83}, {0.80, 0.79, 0.74});
  canvas.box(180, 60, 820, 130, {0.62, 0.12, 0.12});
  canvas.box(60, 200, 200, 420, {0.72, 0.80, 0.85});
  canvas.box(125, 200, 135, 420, {0.9, 0.9, 0.88});
  canvas.box(800, 200, 940, 420, {0.72, 0.80, 0.85});
  canvas.box(865, 200, 875, 420, {0.9, 0.9, 0.88});
  canvas.box(0, 470, 1000, 520, {0.55, 0.43, 0.32});
  canvas.gradient(520, 1000, {0.60, 0.52, 0.43}, {0.45, 0.38, 0.31});
  canvas.polygon({{180, 600}, {820, 600}, {960, 860}, {40, 860}}, {0.47, 0.30, 0.19});
  canvas.polygon({{40, 860}, {960, 860}, {950, 960}, {50, 960}}, {0.33, 0.20, 0.13});
  for (int plate = 0; plate < 5; ++plate) {
    const double left = 196 + plate * 126.0;
    canvas.polygon({{left, 690}, {left + 70, 690}, {left + 76, 734}, {left - 6, 734}},
                   {0.93, 0.92, 0.88});
    canvas.box(left + 12, 706, left + 58, 719, {0.5, 0.2, 0.18});
  }
  canvas.wall(0, 520, 300, 0.04, 3);
  canvas.wall(520, 1000, 60, 0.06, 5);
}

void draw_office(Canvas& canvas) {
  canvas.gradient(0, 600, {0.86, 0.86, 0.82}, {0.78, 0.78, 0.74});
  canvas.box(640, 90, 940, 620, {0.52, 0.40, 0.28});
  for (int shelf = 0; shelf < 4; ++shelf) {
    for (int book = 0; book < 12; ++book) {
      const double left = 655 + book * 23.0;
      const double shade = canvas.random().between(0.25, 0.7);
      canvas.box(left, 120 + shelf * 120.0 + canvas.random().between(0, 14), left + 19,
                 205 + shelf * 120.0, {shade, shade * 0.95, canvas.random().between(0.3, 0.8)});
    }
  }
  canvas.box(90, 110, 390, 430, {0.76, 0.85, 0.90});
  canvas.box(236, 110, 244, 430, {0.92, 0.92, 0.90});
  canvas.gradient(600, 1000, {0.55, 0.50, 0.44}, {0.44, 0.40, 0.35});
  canvas.polygon({{120, 690}, {860, 690}, {980, 1000}, {20, 1000}}, {0.56, 0.38, 0.24});
  canvas.polygon({{330, 770}, {520, 770}, {540, 880}, {310, 880}}, {0.95, 0.95, 0.93});
  canvas.polygon({{580, 760}, {700, 770}, {710, 850}, {575, 835}}, {0.93, 0.93, 0.90});
  canvas.wall(0, 1000, 160, 0.05, 3);
}

void draw_service_window(Canvas& canvas) {
  canvas.gradient(0, 1000, {0.70, 0.70, 0.69}, {0.60, 0.59, 0.57});
  canvas.polygon({{0, 0}, {1000, 0}, {1000, 250}, {0, 330}}, {0.80, 0.80, 0.77});
  canvas.box(60, 60, 940, 130, {0.17, 0.35, 0.52});
  canvas.polygon({{0, 430}, {1000, 360}, {1000, 520}, {0, 610}}, {0.45, 0.36, 0.29});
  canvas.polygon({{0, 610}, {1000, 520}, {1000, 640}, {0, 740}}, {0.30, 0.24, 0.20});
  canvas.polygon({{330, 440}, {480, 430}, {486, 520}, {332, 532}}, {0.15, 0.16, 0.18});
  canvas.polygon({{560, 470}, {680, 462}, {690, 515}, {566, 524}}, {0.95, 0.95, 0.94});
  canvas.wall(0, 1000, 120, 0.05, 3);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

Place place_for(std::string_view event_kind, std::string_view about) {
  if (event_kind == "EV_APPLY") return Place::kServiceWindow;
  if (event_kind == "EV_HEARING") return Place::kHearingRoom;
  if (event_kind == "EV_INQUIRY" || event_kind == "EV_SERVICE" || event_kind == "EV_NOTICE") {
    return Place::kOffice;
  }
  if (contains(about, "取水")) return Place::kIntake;
  if (contains(about, "堤") || contains(about, "河") || contains(about, "砂")) {
    return Place::kEmbankment;
  }
  return Place::kQuarry;
}

Bitmap draw_backdrop(Place place, int width, int height, std::string_view seed) {
  Bitmap bitmap(width, height);
  Canvas canvas(bitmap, seed);
  switch (place) {
    case Place::kQuarry:
      draw_quarry(canvas);
      break;
    case Place::kEmbankment:
      draw_embankment(canvas);
      break;
    case Place::kIntake:
      draw_intake(canvas);
      break;
    case Place::kHearingRoom:
      draw_hearing_room(canvas);
      break;
    case Place::kOffice:
      draw_office(canvas);
      break;
    case Place::kServiceWindow:
      draw_service_window(canvas);
      break;
  }
  box_blur(bitmap, 1);
  vignette(bitmap, 0.35);
  return bitmap;
}

}  // namespace anjuan::sample
