#pragma once
// The round red seal of an office, signatures, and red fingerprints.

#include <string_view>

#include "tools/sample/random.h"

typedef struct _cairo cairo_t;

namespace anjuan::sample {

/// A seal of 42 mm with a star, the office's name round it, worn ink and a slight turn.
/// (x, y) is its centre; `unit_mm` the length of a millimetre in the context's units.
void draw_seal(cairo_t* context, std::string_view office, double x, double y, double unit_mm,
               Random& random);

/// A name written by hand, its first character starting at (x, y = base line).
/// Returns the width used.
double draw_signature(cairo_t* context, std::string_view name, double size, double x, double y,
                      Random& random);

/// A line of text written by hand. Returns the width used.
double draw_handwriting(cairo_t* context, std::string_view text, double size, double x, double y,
                        Random& random);

/// A thumb print in red ink about 15 mm by 20 mm, centred on (x, y).
void draw_fingerprint(cairo_t* context, double x, double y, double unit_mm, Random& random);

}  // namespace anjuan::sample
