#pragma once
// Pictures inside documents: site photographs, sketches, copies of certificates.

#include <string_view>

#include "tools/sample/document.h"

typedef struct _cairo cairo_t;

namespace anjuan::sample {

/// Draws the picture `name` (site, map, identity, licence) into the box; `caption` facts come from
/// the document's own words. Throws Error(kInternal) for an unknown name.
void draw_picture(cairo_t* context, std::string_view name, std::string_view caption, double x,
                  double y, double width, double height, std::string_view seed);

}  // namespace anjuan::sample
