#include "tools/sample/text_draw.h"

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/messages.h"
#include "tools/sample/pango_layout.h"

namespace anjuan::sample {

namespace {

struct FontName {
  Face face;
  const char* family;
};

constexpr FontName kFonts[] = {
    {Face::kSong, "Noto Serif CJK SC"},
    {Face::kHei, "Noto Sans CJK SC"},
    {Face::kScript, "AR PL UKai CN"},
    {Face::kMono, "Noto Sans Mono CJK SC"},
};

const char* family_of(Face face) {
  for (const FontName& font : kFonts) {
    if (font.face == face) return font.family;
  }
  return kFonts[0].family;
}

}  // namespace

void require_fonts() {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  std::set<std::string> names;
  for (int i = 0; i < count; ++i) names.insert(pango_font_family_get_name(families[i]));
  g_free(families);
  for (const FontName& font : kFonts) {
    if (names.contains(font.family)) continue;
    throw Error(ErrorCode::kNotFound, font.family,
                say("sample.font_missing", {{"font", font.family}}));
  }
}

Layout make_layout(cairo_t* context, std::string_view text, const TextStyle& style) {
  Layout layout(pango_cairo_create_layout(context));
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, family_of(style.face));
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  if (style.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  return layout;
}

double draw_line(cairo_t* context, std::string_view text, const TextStyle& style, double x,
                 double y) {
  const Layout layout = make_layout(context, text, style);
  cairo_set_source_rgb(context, style.red, style.green, style.blue);
  cairo_move_to(context, x, y);
  pango_cairo_show_layout(context, layout.get());
  int width = 0;
  pango_layout_get_size(layout.get(), &width, nullptr);
  return units(width);
}

double line_width(cairo_t* context, std::string_view text, const TextStyle& style) {
  int width = 0;
  pango_layout_get_size(make_layout(context, text, style).get(), &width, nullptr);
  return units(width);
}

void draw_centred(cairo_t* context, std::string_view text, const TextStyle& style, double x,
                  double y) {
  draw_line(context, text, style, x - line_width(context, text, style) / 2, y);
}

}  // namespace anjuan::sample
