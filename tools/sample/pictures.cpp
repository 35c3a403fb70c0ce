#include "tools/sample/pictures.h"

#include <cairo.h>

#include "core/error.h"
#include "tools/sample/backdrop.h"
#include "tools/sample/text_draw.h"

namespace anjuan::sample {

namespace {

struct Box {
  double x, y, width, height;
};

void frame(cairo_t* c, const Box& box, double line) {
  cairo_set_source_rgb(c, 0.1, 0.1, 0.1);
  cairo_set_line_width(c, line);
  cairo_rectangle(c, box.x, box.y, box.width, box.height);
  cairo_stroke(c);
}

void draw_photograph(cairo_t* c, const Box& box, Place place, std::string_view seed) {
  Bitmap photo = draw_backdrop(place, 640, 400, seed);
  cairo_surface_t* surface = cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(photo.pixels.data()), CAIRO_FORMAT_ARGB32, photo.width,
      photo.height, photo.width * 4);
  cairo_save(c);
  cairo_translate(c, box.x, box.y);
  cairo_scale(c, box.width / photo.width, box.height / photo.height);
  cairo_set_source_surface(c, surface, 0, 0);
  cairo_paint(c);
  cairo_restore(c);
  // A PDF surface copies the picture at its next page; finish() keeps it from reading freed bytes.
  cairo_surface_finish(surface);
  cairo_surface_destroy(surface);
}

}  // namespace

void draw_picture(cairo_t* c, std::string_view name, std::string_view caption, double x, double y,
                  double width, double height, std::string_view seed) {
  const Box box{x + width * 0.08, y, width * 0.84, height - 26};
  if (name == "site" || name == "map" || name == "identity" || name == "licence") {
    draw_photograph(c, box, place_for("", caption), seed);
  } else {
    throw Error(ErrorCode::kInternal, std::string(name), "no picture " + std::string(name));
  }
  frame(c, box, 0.8);
  draw_centred(c, caption, {Face::kSong, 10.5, false, 0, 0, 0}, x + width / 2, y + height - 20);
}

}  // namespace anjuan::sample
