#include "preservation/forms/pdf_text.h"

#include <set>

#include <pango/pangocairo.h>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::forms {

namespace {

/// Serif like 仿宋 first.
constexpr const char* kFamilies[] = {"Noto Serif CJK SC", "Noto Sans CJK SC"};

double points(int pango) { return static_cast<double>(pango) / PANGO_SCALE; }

std::string installed_family() {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  std::set<std::string> names;
  for (int i = 0; i < count; ++i) names.insert(pango_font_family_get_name(families[i]));
  g_free(families);
  for (const char* family : kFamilies) {
    if (names.contains(family)) return family;
  }
  std::string wanted;
  for (const char* family : kFamilies) wanted += (wanted.empty() ? "" : "、") + std::string(family);
  throw Error(ErrorCode::kNotFound, kFamilies[0], say("forms.font_missing", {{"fonts", wanted}}));
}

/// A page has no pixel grid: lines break the same at every resolution.
PangoContext* make_context() {
  PangoContext* context = pango_font_map_create_context(pango_cairo_font_map_get_default());
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
  pango_context_set_language(context, pango_language_from_string("zh-cn"));
  return context;
}

/// One for all layouts of a thread: a long list has tens of thousands.
PangoContext* shared_context() {
  static thread_local const std::unique_ptr<PangoContext, decltype(&g_object_unref)> context(
      make_context(), g_object_unref);
  return context.get();
}

PangoAlignment alignment(Align align) {
  switch (align) {
    case Align::kCentre:
      return PANGO_ALIGN_CENTER;
    case Align::kRight:
      return PANGO_ALIGN_RIGHT;
    case Align::kLeft:
      break;
  }
  return PANGO_ALIGN_LEFT;
}

PangoLayout* make_layout(const std::string& text, double width, const TextStyle& style) {
  PangoLayout* layout = pango_layout_new(shared_context());
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, form_font().c_str());
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  if (style.is_bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_auto_dir(layout, FALSE);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_alignment(layout, alignment(style.align));
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  return layout;
}

}  // namespace

const std::string& form_font() {
  static const std::string family = installed_family();
  return family;
}

TextLines::TextLines(const std::string& text, double width, const TextStyle& style) {
  PangoLayout* layout = make_layout(text, width, style);
  layout_ = std::shared_ptr<void>(layout, g_object_unref);
  PangoLayoutIter* iter = pango_layout_get_iter(layout);
  do {
    int top = 0;
    int bottom = 0;
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    PangoRectangle extent;
    pango_layout_iter_get_line_extents(iter, nullptr, &extent);
    lines_.push_back({points(top), points(bottom), points(extent.x),
                      points(pango_layout_iter_get_baseline(iter))});
  } while (pango_layout_iter_next_line(iter));
  pango_layout_iter_free(iter);
}

double TextLines::height(std::size_t first, std::size_t last) const {
  return first < last ? lines_[last - 1].bottom - lines_[first].top : 0;
}

std::size_t TextLines::fitting(std::size_t first, double room) const {
  std::size_t last = first;
  while (last < lines_.size() && height(first, last + 1) <= room) ++last;
  return last - first;
}

void TextLines::draw(_cairo* context, std::size_t first, std::size_t last, double x,
                     double y) const {
  auto* layout = static_cast<PangoLayout*>(layout_.get());
  for (std::size_t i = first; i < last; ++i) {
    const Line& line = lines_[i];
    cairo_move_to(context, x + line.left, y + line.baseline - lines_[first].top);
    pango_cairo_show_layout_line(context,
                                 pango_layout_get_line_readonly(layout, static_cast<int>(i)));
  }
}

}  // namespace anjuan::forms
