#include "tools/sample/photograph.h"

#include <cairo.h>

#include "tools/sample/clock_overlay.h"
#include "tools/sample/figures.h"
#include "tools/sample/jpeg_writer.h"
#include "tools/sample/text_draw.h"

namespace anjuan::sample {

namespace {

constexpr int kWidth = 2048;
constexpr int kHeight = 1536;
constexpr int kGrain = 9;

void lay(cairo_t* c, Bitmap& figure, double x, double y) {
  cairo_surface_t* surface = cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(figure.pixels.data()), CAIRO_FORMAT_ARGB32, figure.width,
      figure.height, figure.width * 4);
  cairo_set_source_surface(c, surface, x, y);
  cairo_paint(c);
  cairo_surface_destroy(surface);
}

/// The date that cameras of such offices print into the picture, orange in the lower right corner.
void imprint(cairo_t* c, const RecordingJob& job) {
  TextStyle style{Face::kMono, 44, true, 0.35, 0.12, 0};
  const std::string words = clock_text(job.made_at);
  const double x = kWidth - 60 - line_width(c, words, style);
  draw_line(c, words, style, x + 2, kHeight - 108);
  style = {Face::kMono, 44, true, 1, 0.62, 0.12};
  draw_line(c, words, style, x, kHeight - 110);
}

void add_grain(Bitmap& picture, Random& random) {
  for (std::uint32_t& pixel : picture.pixels) {
    const int grain = random.below(2 * kGrain + 1) - kGrain;
    std::uint32_t result = 0xFF;
    for (const int shift : {16, 8, 0}) {
      const int value = static_cast<int>((pixel >> shift) & 255U) + grain;
      result = result << 8 | static_cast<std::uint32_t>(std::clamp(value, 0, 255));
    }
    pixel = result;
  }
}

}  // namespace

Bitmap site_photograph(Place place, int width, int height, std::string_view seed) {
  Random random(seed);
  Bitmap picture = draw_backdrop(place, width, height, seed);
  {
    const Pen pen(picture);
    auto people = draw_person(Clothes::kUniform, height * 56 / 100, 8, false);
    lay(pen.get(), people[static_cast<std::size_t>(random.below(8))],
        random.between(0.1, 0.6) * width, 0.40 * height);
  }
  add_grain(picture, random);
  return picture;
}

void write_photograph(const RecordingJob& job) {
  Bitmap picture = site_photograph(job.place, kWidth, kHeight, job.seed);
  {
    const Pen pen(picture);
    imprint(pen.get(), job);
  }
  JpegShape shape;
  shape.quality = 86;
  shape.dots_per_inch = 72;
  shape.camera = CameraWords{job.made_at, job.device, job.description};
  write_jpeg(job.path, picture, shape);
}

}  // namespace anjuan::sample
