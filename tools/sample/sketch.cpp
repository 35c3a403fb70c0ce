#include <cmath>

#include <cairo.h>

#include "tools/sample/pictures.h"
#include "tools/sample/seal.h"
#include "tools/sample/text_draw.h"

namespace anjuan::sample {

namespace {

/// A pencil line that is not quite straight.
void pencil(cairo_t* c, double x1, double y1, double x2, double y2, Random& random,
            double width = 1.1) {
  cairo_set_source_rgb(c, 0.15, 0.15, 0.18);
  cairo_set_line_width(c, width);
  const auto shake = [&] { return random.between(-1.2, 1.2); };
  cairo_move_to(c, x1, y1);
  cairo_curve_to(c, x1 + (x2 - x1) / 3 + shake(), y1 + (y2 - y1) / 3 + shake(),
                 x1 + (x2 - x1) * 2 / 3 + shake(), y1 + (y2 - y1) * 2 / 3 + shake(), x2, y2);
  cairo_stroke(c);
}

void polygon(cairo_t* c, const std::vector<std::pair<double, double>>& points, Random& random) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto& from = points[i];
    const auto& to = points[(i + 1) % points.size()];
    pencil(c, from.first, from.second, to.first, to.second, random);
  }
}

void north_arrow(cairo_t* c, double x, double y, Random& random) {
  pencil(c, x, y + 34, x, y, random, 1.4);
  pencil(c, x, y, x - 6, y + 12, random);
  pencil(c, x, y, x + 6, y + 12, random);
  draw_centred(c, "北", {Face::kScript, 13, false, 0.1, 0.1, 0.1}, x, y - 18);
}

/// The edge of water: parallel waves along the foot of the sketch.
void river(cairo_t* c, const PictureJob& job, double top, Random& random) {
  for (int line = 0; line < 4; ++line) {
    const double y = top + line * 9;
    const double phase = random.between(0, 6);
    cairo_set_source_rgb(c, 0.25, 0.3, 0.4);
    cairo_set_line_width(c, line == 0 ? 1.6 : 0.7);
    for (double x = 12; x < job.width - 12; x += 6) {
      cairo_line_to(c, job.x + x, y + 3 * std::sin(x / 26 + phase));
    }
    cairo_stroke(c);
  }
}

}  // namespace

void draw_sketch(cairo_t* c, const PictureJob& job) {
  Random random(job.seed);
  const double height = job.height - 24;
  cairo_set_source_rgb(c, 0.2, 0.2, 0.2);
  cairo_set_line_width(c, 0.7);
  cairo_rectangle(c, job.x, job.y, job.width, height);
  cairo_stroke(c);
  const auto at = [&](double x, double y) {
    return std::pair{job.x + x * job.width, job.y + y * height};
  };
  polygon(c, {at(0.30, 0.26), at(0.58, 0.20), at(0.66, 0.46), at(0.36, 0.54)}, random);
  polygon(c, {at(0.68, 0.30), at(0.78, 0.28), at(0.79, 0.40), at(0.69, 0.42)}, random);
  const auto [road_x, road_y] = at(0.02, 0.66);
  const auto [end_x, end_y] = at(0.97, 0.58);
  pencil(c, road_x, road_y, end_x, end_y, random);
  pencil(c, road_x, road_y + 14, end_x, end_y + 14, random);
  river(c, job, job.y + height * 0.84, random);
  north_arrow(c, job.x + job.width - 30, job.y + 30, random);
  const TextStyle note{Face::kScript, 12, false, 0.1, 0.1, 0.14};
  const auto label = [&](double x, double y, std::string_view words) {
    const auto [left, top] = at(x, y);
    draw_line(c, words, note, left, top);
  };
  label(0.40, 0.33, "检查（勘验）范围");
  label(0.40, 0.14, "42 米");
  label(0.23, 0.38, "30 米");
  label(0.685, 0.33, "设备");
  label(0.06, 0.55, "便道");
  label(0.04, 0.90, "河（沟）道");
  for (int point = 1; point <= 4; ++point) {
    const auto [x, y] = at(0.28 + 0.12 * point, point % 2 == 0 ? 0.24 : 0.5);
    cairo_arc(c, x, y, 3, 0, 2 * M_PI);
    cairo_fill(c);
    draw_line(c, fmt::format("拍摄点{}", point), {Face::kScript, 10, false, 0.3, 0.1, 0.1}, x + 5,
              y - 6);
  }
  draw_centred(c, job.caption, {Face::kSong, 10.5, false, 0, 0, 0}, job.x + job.width / 2,
               job.y + height + 5);
}

}  // namespace anjuan::sample
