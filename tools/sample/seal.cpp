#include "tools/sample/seal.h"

#include <cmath>

#include <cairo.h>

#include "tools/sample/pango_layout.h"
#include "tools/sample/text_draw.h"

namespace anjuan::sample {

namespace {

constexpr double kSealRadiusMm = 21;  // State Council rules: 42 mm for a county's offices

void ink(cairo_t* c, double alpha) { cairo_set_source_rgba(c, 0.80, 0.09, 0.09, alpha); }

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> result;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    result.push_back(text.substr(at, bytes));
    at += bytes;
  }
  return result;
}

void draw_star(cairo_t* c, double radius) {
  for (int point = 0; point < 10; ++point) {
    const double angle = -M_PI / 2 + point * M_PI / 5;
    const double reach = point % 2 == 0 ? radius : radius * 0.382;
    cairo_line_to(c, reach * std::cos(angle), reach * std::sin(angle));
  }
  cairo_close_path(c);
  ink(c, 0.82);
  cairo_fill(c);
}

/// Adds the outline of one character to the path, centred on x = 0, base line y = 0.
double character_path(cairo_t* c, std::string_view character, const TextStyle& style) {
  const Layout layout = make_layout(c, character, style);
  int width = 0;
  pango_layout_get_size(layout.get(), &width, nullptr);
  PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), 0);
  cairo_move_to(c, -units(width) / 2, 0);
  pango_cairo_layout_line_path(c, line);
  return units(width);
}

void draw_ring_text(cairo_t* c, std::string_view office, double radius, double mm) {
  const auto letters = characters(office);
  const double count = static_cast<double>(letters.size());
  const double arc = std::min(1.45 * M_PI, count * 0.42);
  const TextStyle style{
      Face::kSong, std::min(6.0, 52.0 / std::max(8.0, count)) * mm, true, 0, 0, 0};
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const double part = count > 1 ? static_cast<double>(i) / (count - 1) - 0.5 : 0;
    cairo_save(c);
    cairo_rotate(c, part * arc);
    cairo_translate(c, 0, -radius + 7.2 * mm);
    cairo_scale(c, 0.86, 1.15);
    cairo_new_path(c);
    character_path(c, letters[i], style);
    ink(c, 0.82);
    cairo_fill(c);
    cairo_restore(c);
  }
}

/// Small spots where the ink did not take.
void wear(cairo_t* c, double radius, Random& random) {
  for (int spot = 0; spot < 90; ++spot) {
    const double angle = random.between(0, 2 * M_PI);
    const double distance = radius * std::sqrt(random.between(0, 1));
    cairo_arc(c, distance * std::cos(angle), distance * std::sin(angle),
              radius * random.between(0.003, 0.014), 0, 2 * M_PI);
    cairo_set_source_rgba(c, 1, 1, 1, random.between(0.2, 0.7));
    cairo_fill(c);
  }
}

double draw_character(cairo_t* c, std::string_view letter, double size, double x, double y,
                      double wild, Random& random) {
  const TextStyle style{Face::kScript, size, false, 0, 0, 0};
  cairo_save(c);
  const double half = size / 2;
  cairo_translate(c, x + half, y + size * random.between(-0.03, 0.03) * wild);
  cairo_rotate(c, random.between(-0.05, 0.05) * wild);
  cairo_matrix_t shape;
  cairo_matrix_init(&shape, random.between(0.93, 1.05), random.between(-0.06, 0.03) * wild,
                    random.between(-0.15, -0.03) * wild, random.between(0.92, 1.05), 0, 0);
  cairo_transform(c, &shape);
  cairo_new_path(c);
  const double width = character_path(c, letter, style);
  cairo_set_source_rgb(c, 0.07, 0.09, 0.22);
  cairo_fill_preserve(c);
  cairo_set_line_width(c, size * random.between(0.004, 0.022));
  cairo_stroke(c);
  cairo_restore(c);
  return width;
}

double draw_by_hand(cairo_t* c, std::string_view text, double size, double x, double y, double wild,
                    double spacing, Random& random) {
  double used = 0;
  for (const auto letter : characters(text)) {
    used += draw_character(c, letter, size, x + used, y, wild, random) * spacing;
  }
  return used;
}

}  // namespace

void draw_seal(cairo_t* c, std::string_view office, double x, double y, double mm, Random& random) {
  const double radius = kSealRadiusMm * mm;
  cairo_save(c);
  cairo_translate(c, x, y);
  cairo_rotate(c, random.between(-0.12, 0.12));
  cairo_new_path(c);
  cairo_arc(c, 0, 0, radius - 0.6 * mm, 0, 2 * M_PI);
  cairo_set_line_width(c, 1.2 * mm);
  ink(c, 0.82);
  cairo_stroke(c);
  draw_star(c, 7 * mm);
  draw_ring_text(c, office, radius, mm);
  wear(c, radius, random);
  cairo_restore(c);
}

double draw_signature(cairo_t* c, std::string_view name, double size, double x, double y,
                      Random& random) {
  return draw_by_hand(c, name, size, x, y, 2.2, 0.86, random);
}

double draw_handwriting(cairo_t* c, std::string_view text, double size, double x, double y,
                        Random& random) {
  return draw_by_hand(c, text, size, x, y, 1.0, 1.0, random);
}

void draw_fingerprint(cairo_t* c, double x, double y, double mm, Random& random) {
  cairo_save(c);
  cairo_translate(c, x, y);
  cairo_rotate(c, random.between(-0.35, 0.35));
  cairo_scale(c, 0.74, 1);
  cairo_set_line_width(c, 0.42 * mm);
  const double phase = random.between(0, 6);
  for (double ring = 0.5; ring < 9.6; ring += 0.82) {
    double angle = random.between(0, 6);
    for (int dash = 0; dash < 26; ++dash) {
      const double length = random.between(0.12, 0.36);
      cairo_new_path(c);
      for (double step = 0; step <= length; step += 0.05) {
        const double a = angle + step;
        const double wave = ring + 0.45 * std::sin(3 * a + phase + ring * 0.5);
        cairo_line_to(c, wave * mm * std::cos(a), wave * mm * std::sin(a) * 1.08 + 0.8 * mm);
      }
      cairo_set_source_rgba(c, 0.78, 0.12, 0.12, random.between(0.25, 0.8));
      cairo_stroke(c);
      angle += length + random.between(0.0, 0.1);
    }
  }
  cairo_restore(c);
}

}  // namespace anjuan::sample
