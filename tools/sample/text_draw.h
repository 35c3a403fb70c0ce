#pragma once
// Text through Pango on a Cairo context. Lengths are in the context's units.

#include <string>
#include <string_view>

typedef struct _cairo cairo_t;

namespace anjuan::sample {

enum class Face {
  kSong,    ///< Noto Serif CJK SC: body and titles
  kHei,     ///< Noto Sans CJK SC: headings, printed forms, overlays
  kScript,  ///< AR PL UKai CN: what is written by hand
  kMono,    ///< digits of one width
};

struct TextStyle {
  Face face = Face::kSong;
  double size = 16;
  bool bold = false;
  double red = 0, green = 0, blue = 0;
};

/// Throws Error(kNotFound) with a sentence if the fonts that Chinese text needs are missing.
void require_fonts();

/// Draws one line with its upper left corner at (x, y). Returns its width.
double draw_line(cairo_t* context, std::string_view text, const TextStyle& style, double x,
                 double y);

/// Width of the line.
double line_width(cairo_t* context, std::string_view text, const TextStyle& style);

/// Draws one line centred on x.
void draw_centred(cairo_t* context, std::string_view text, const TextStyle& style, double x,
                  double y);

}  // namespace anjuan::sample
