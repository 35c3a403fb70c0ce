#pragma once
// A Pango layout that frees itself, for the files here that draw text (include in .cpp only).

#include <memory>
#include <string_view>

#include <pango/pangocairo.h>

#include "tools/sample/text_draw.h"

namespace anjuan::sample {

struct FreeObject {
  void operator()(gpointer object) const { g_object_unref(object); }
};

using Layout = std::unique_ptr<PangoLayout, FreeObject>;

/// A layout in `style`, on the context, holding `text`. Sizes are the context's units.
Layout make_layout(cairo_t* context, std::string_view text, const TextStyle& style);

inline double units(int pango) { return static_cast<double>(pango) / PANGO_SCALE; }

}  // namespace anjuan::sample
