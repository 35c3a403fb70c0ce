#pragma once
// Lays a document out on exactly as many A4 pages as are declared. Lengths are points (1/72 inch).

#include <functional>
#include <vector>

#include "tools/sample/document.h"

typedef struct _cairo cairo_t;

namespace anjuan::sample {

inline constexpr double kPageWidth = 595.276;
inline constexpr double kPageHeight = 841.890;
inline constexpr double kPointsPerMm = 72 / 25.4;

/// Draws itself on a context in points, origin in the upper left corner.
using Page = std::function<void(cairo_t*)>;

/// Text is added or set smaller until the number of pages is text.pages.
/// Throws Error(kInvalid) if so few pages cannot hold it.
std::vector<Page> lay_out(const DocumentText& text, std::string_view seed);

}  // namespace anjuan::sample
