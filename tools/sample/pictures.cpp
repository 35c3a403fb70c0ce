#include "tools/sample/pictures.h"

#include <cairo.h>

#include "core/error.h"
#include "tools/sample/backdrop.h"
#include "tools/sample/jpeg_writer.h"
#include "tools/sample/photograph.h"
#include "tools/sample/text_draw.h"

namespace anjuan::sample {

namespace {

constexpr int kPhotographWidth = 720;
constexpr int kPhotographHeight = 450;

void free_text(void* text) { delete static_cast<std::string*>(text); }

void draw_site(cairo_t* c, const PictureJob& job) {
  const double caption_height = 24;
  const double height = job.height - caption_height;
  const double width = std::min(job.width, height * kPhotographWidth / kPhotographHeight);
  const double left = job.x + (job.width - width) / 2;
  Bitmap photograph =
      site_photograph(place_for("", job.about), kPhotographWidth, kPhotographHeight, job.seed);
  paint_bitmap(c, photograph, left, job.y, width, height);
  cairo_set_source_rgb(c, 0.2, 0.2, 0.2);
  cairo_set_line_width(c, 0.6);
  cairo_rectangle(c, left, job.y, width, height);
  cairo_stroke(c);
  draw_centred(c, job.caption, {Face::kSong, 10.5, false, 0, 0, 0}, job.x + job.width / 2,
               job.y + height + 5);
}

}  // namespace

void paint_bitmap(cairo_t* c, Bitmap& bitmap, double x, double y, double width, double height) {
  cairo_surface_t* surface = cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(bitmap.pixels.data()), CAIRO_FORMAT_ARGB32, bitmap.width,
      bitmap.height, bitmap.width * 4);
  auto jpeg = std::make_unique<std::string>(encode_jpeg(bitmap, {}));
  const auto* bytes = reinterpret_cast<const unsigned char*>(jpeg->data());
  const std::size_t count = jpeg->size();
  cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, bytes, count, free_text,
                              jpeg.release());
  cairo_save(c);
  cairo_translate(c, x, y);
  cairo_scale(c, width / bitmap.width, height / bitmap.height);
  cairo_set_source_surface(c, surface, 0, 0);
  cairo_paint(c);
  cairo_restore(c);
  // The page may be written later than the bitmap lives: this makes its surface copy the pixels.
  cairo_surface_finish(surface);
  cairo_surface_destroy(surface);
}

void draw_picture(cairo_t* c, const PictureJob& job) {
  if (job.name == "site") return draw_site(c, job);
  if (job.name == "map") return draw_sketch(c, job);
  if (job.name == "identity") return draw_identity_card(c, job);
  if (job.name == "licence") return draw_licence(c, job);
  throw Error(ErrorCode::kInternal, job.name, "no picture " + job.name);
}

}  // namespace anjuan::sample
