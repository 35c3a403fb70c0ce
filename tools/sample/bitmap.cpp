#include "tools/sample/bitmap.h"

#include <cairo.h>

#include "core/error.h"

namespace anjuan::sample {

Pen::Pen(Bitmap& bitmap) {
  static_assert(sizeof(std::uint32_t) == 4);
  auto* bytes = reinterpret_cast<unsigned char*>(bitmap.pixels.data());
  cairo_surface_t* surface = cairo_image_surface_create_for_data(
      bytes, CAIRO_FORMAT_ARGB32, bitmap.width, bitmap.height, bitmap.width * 4);
  context_ = cairo_create(surface);
  cairo_surface_destroy(surface);
  if (cairo_status(context_) != CAIRO_STATUS_SUCCESS) {
    const char* reason = cairo_status_to_string(cairo_status(context_));
    cairo_destroy(context_);
    throw Error(ErrorCode::kInternal, "cairo", reason);
  }
}

Pen::~Pen() {
  cairo_surface_flush(cairo_get_target(context_));
  cairo_destroy(context_);
}

}  // namespace anjuan::sample
