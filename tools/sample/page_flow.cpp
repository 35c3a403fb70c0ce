#include "tools/sample/page_flow.h"

#include <cairo.h>

#include "tools/sample/pango_layout.h"
#include "tools/sample/seal.h"

namespace anjuan::sample {

namespace {

constexpr double kBaseLine = 0.72;  ///< of the line height, from its top
constexpr double kRule = 0.94;
constexpr double kHandwritingScale = 1.18;

void stroke_line(cairo_t* c, double x1, double y, double x2, double width) {
  cairo_set_line_width(c, width);
  cairo_move_to(c, x1, y);
  cairo_line_to(c, x2, y);
  cairo_stroke(c);
}

PangoLayout* pango(const std::shared_ptr<void>& layout) {
  return static_cast<PangoLayout*>(layout.get());
}

}  // namespace

TextBox::TextBox(cairo_t* scratch, std::string_view text, const TextStyle& style, double width,
                 double indent, bool centred)
    : text_(text),
      width_(width),
      centred_(centred),
      layout_(make_layout(scratch, text, style).release(), FreeObject()) {
  pango_layout_set_width(pango(layout_), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_indent(pango(layout_), static_cast<int>(indent * PANGO_SCALE));
}

int TextBox::lines() const { return pango_layout_get_line_count(pango(layout_)); }

std::string_view TextBox::words(int line) const {
  const PangoLayoutLine* piece = pango_layout_get_line_readonly(pango(layout_), line);
  return std::string_view(text_).substr(static_cast<std::size_t>(piece->start_index),
                                        static_cast<std::size_t>(piece->length));
}

void TextBox::draw(cairo_t* c, int line, double x, double y) const {
  PangoLayoutLine* piece = pango_layout_get_line_readonly(pango(layout_), line);
  PangoRectangle extent;
  pango_layout_line_get_extents(piece, nullptr, &extent);
  if (centred_) x += (width_ - units(extent.width)) / 2;
  cairo_move_to(c, x, y);
  pango_cairo_show_layout_line(c, piece);
}

PageFlow::PageFlow(const DocumentText& text, double scale, std::string_view seed)
    : text_(text), style_(page_style(text.form, scale)), scale_(scale), seed_(seed) {
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
  scratch_ = cairo_create(surface);
  cairo_surface_destroy(surface);
  // Printed pages have no pixel grid: measure without it.
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(scratch_, options);
  cairo_font_options_destroy(options);
  new_page();
}

PageFlow::~PageFlow() { cairo_destroy(scratch_); }

void PageFlow::new_page() {
  pages_.emplace_back();
  y_ = style_.top;
}

void PageFlow::reserve(double height) {
  if (y_ + height > limit() && y_ > style_.top) new_page();
}

double PageFlow::fill() const { return (y_ - style_.top) / (limit() - style_.top); }

void PageFlow::begin() {
  if (text_.form == Form::kOfficial) return begin_official();
  begin_plain();
}

void PageFlow::begin_official() {
  draw([agency = text_.agency, left = style_.left, right = kPageWidth - style_.right](cairo_t* c) {
    TextStyle red{Face::kSong, 38, true, 0.80, 0.07, 0.07};
    const double natural = line_width(c, agency, red);
    red.size *= std::min(1.0, (right - left) / natural);
    draw_centred(c, agency, red, kPageWidth / 2, 104 - red.size * 1.2);
    cairo_set_source_rgb(c, 0.80, 0.07, 0.07);
    stroke_line(c, left, 124, right, 2);
  });
  y_ = 146;
  centred(text_.title, Face::kSong, style_.title_size, style_.title_size * 1.8);
  if (!text_.number.empty()) {
    centred(text_.number, Face::kSong, style_.text_size, style_.line_height * 1.3);
  }
}

void PageFlow::begin_plain() {
  if (text_.form != Form::kPlain) {
    centred(text_.agency, Face::kSong, style_.text_size * 1.15, style_.line_height * 1.2);
  }
  centred(text_.title, Face::kSong, style_.title_size, style_.title_size * 1.8);
  if (text_.number.empty()) return;
  const TextStyle style{Face::kSong, style_.text_size * 0.9, false, 0, 0, 0};
  draw([number = text_.number, style, top = y_, right = kPageWidth - style_.right](cairo_t* c) {
    draw_line(c, number, style, right - line_width(c, number, style), top);
  });
  y_ += style_.line_height;
}

void PageFlow::centred(const std::string& words, Face face, double size, double height) {
  reserve(height);
  const TextStyle style{face, size, true, 0, 0, 0};
  draw(
      [words, style, top = y_](cairo_t* c) { draw_centred(c, words, style, kPageWidth / 2, top); });
  y_ += height;
}

void PageFlow::add(const Block& block) {
  switch (block.kind) {
    case Block::Kind::kParagraph:
      return paragraph(block, 2 * style_.text_size);
    case Block::Kind::kLeft:
    case Block::Kind::kHeading:
      return paragraph(block, 0);
    case Block::Kind::kCentred:
      return centred(block.text, Face::kHei, style_.text_size * 1.1, style_.line_height * 1.5);
    case Block::Kind::kRow:
      return row(block);
    case Block::Kind::kSignature:
      return signature(block);
    case Block::Kind::kSeal:
      return seal(block);
    case Block::Kind::kPicture:
      return picture(block);
    case Block::Kind::kPageBreak:
      return new_page();
  }
}

void PageFlow::paragraph(const Block& block, double indent) {
  const bool heading = block.kind == Block::Kind::kHeading;
  const bool hand = text_.by_hand && !block.printed && !heading;
  const Face face = hand ? Face::kScript : heading ? Face::kHei : Face::kSong;
  const TextStyle style{face, style_.text_size * (hand ? kHandwritingScale : 1), false, 0, 0, 0};
  const TextBox box(scratch_, block.text, style, width(), indent);
  if (heading) reserve(2 * style_.line_height);  // never the last line of a page
  for (int line = 0; line < box.lines(); ++line) {
    reserve(style_.line_height);
    const double x = style_.left + (line == 0 ? indent : 0);
    const double base = y_ + style_.line_height * kBaseLine;
    if (hand) {
      hand_line(box.words(line), x, base);
    } else {
      draw([box, line, x, base](cairo_t* c) {
        cairo_set_source_rgb(c, 0, 0, 0);
        box.draw(c, line, x, base);
      });
    }
    if (style_.ruled) rule(y_ + style_.line_height * kRule);
    y_ += style_.line_height;
  }
}

void PageFlow::rule(double y) {
  draw([y, left = style_.left, right = kPageWidth - style_.right](cairo_t* c) {
    cairo_set_source_rgb(c, 0.45, 0.45, 0.45);
    stroke_line(c, left, y, right, 0.5);
  });
}

void PageFlow::hand_line(std::string_view words, double x, double base) {
  const double size = style_.text_size * kHandwritingScale;
  draw([words = std::string(words), x, base, size, seed = next_seed()](cairo_t* c) {
    Random random(seed);
    draw_handwriting(c, words, size, x, base, random);
  });
}

PageFlow::Mark PageFlow::foot(std::size_t page) const {
  const std::string own = text_.form == Form::kOfficial
                              ? fmt::format("— {} —", page + 1)
                              : fmt::format("第 {} 页  共 {} 页", page + 1, pages_.size());
  const std::string label = "案号：" + text_.case_no + "  （样例文书）";
  const int stamped = text_.first_page_in_file;
  const std::string stamp =
      stamped > 0 ? fmt::format("{:03}", stamped + static_cast<int>(page)) : "";
  return [own, label, stamp, seed = fmt::format("{}/foot/{}", seed_, page), left = style_.left,
          names = text_.foot_names, record = text_.form == Form::kRecord](cairo_t* c) {
    const double y = kPageHeight - 50;
    draw_centred(c, own, {Face::kSong, 11, false, 0, 0, 0}, kPageWidth / 2, y);
    draw_line(c, label, {Face::kSong, 8, false, 0.35, 0.35, 0.35}, left, y + 18);
    draw_line(c, stamp, {Face::kMono, 13, true, 0.15, 0.2, 0.45}, kPageWidth - 58, 26);
    if (!record) return;
    Random random(seed);
    double x =
        left + 8 + draw_line(c, "（逐页签名）", {Face::kSong, 10.5, false, 0, 0, 0}, left, y - 26);
    for (const std::string& person : names) {
      x += draw_signature(c, person, 17, x, y - 14, random) + 18;
    }
  };
}

std::vector<Page> PageFlow::finish() {
  std::vector<Page> result;
  for (std::size_t page = 0; page < pages_.size(); ++page) {
    pages_[page].push_back(foot(page));
    result.push_back([marks = std::move(pages_[page])](cairo_t* c) {
      for (const Mark& mark : marks) mark(c);
    });
  }
  return result;
}

}  // namespace anjuan::sample
