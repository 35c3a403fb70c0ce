#pragma once
// Pictures inside documents: site photographs, sketches, copies of certificates.

#include <string>

#include "tools/sample/bitmap.h"

namespace anjuan::sample {

struct PictureJob {
  std::string name;     ///< site, map, identity, licence
  std::string caption;  ///< certificates: their words, divided by '|'
  std::string about;    ///< the case's cause: chooses the place
  double x = 0, y = 0, width = 0, height = 0;
  std::string seed;
};

/// Throws Error(kInternal) for an unknown name.
void draw_picture(cairo_t* context, const PictureJob& job);

/// Both sides of a resident identity card, copied: caption "name|number|address".
void draw_identity_card(cairo_t* context, const PictureJob& job);

/// A business licence, copied: caption "name|code|representative|address".
void draw_licence(cairo_t* context, const PictureJob& job);

/// A hand-drawn sketch of the site with measures and north arrow.
void draw_sketch(cairo_t* context, const PictureJob& job);

/// Paints `bitmap` into the box; a PDF keeps it as JPEG.
void paint_bitmap(cairo_t* context, Bitmap& bitmap, double x, double y, double width,
                  double height);

}  // namespace anjuan::sample
