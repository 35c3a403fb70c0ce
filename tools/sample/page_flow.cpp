#include "tools/sample/page_flow.h"

#include <cairo.h>

#include "core/error.h"
#include "tools/sample/chinese.h"
#include "tools/sample/pango_layout.h"
#include "tools/sample/pictures.h"
#include "tools/sample/seal.h"

namespace anjuan::sample {

namespace {

constexpr double kCellPadding = 4;
constexpr double kLabelShare = 0.2;  ///< of the width, for the label of a table row
constexpr double kSealBlockHeight = 132;
constexpr double kPictureHeight = 300;

void stroke_line(cairo_t* c, double x1, double y1, double x2, double y2, double width) {
  cairo_set_line_width(c, width);
  cairo_move_to(c, x1, y1);
  cairo_line_to(c, x2, y2);
  cairo_stroke(c);
}

}  // namespace

PageFlow::PageFlow(const DocumentText& text, double scale, std::string_view seed)
    : text_(text), style_(page_style(text.form, scale)), seed_(seed) {
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

void PageFlow::begin() {
  if (text_.form == Form::kOfficial) return begin_official();
  begin_plain();
}

void PageFlow::begin_official() {
  const double middle = kPageWidth / 2;
  const std::string agency = text_.agency;
  draw([agency, middle, this_left = style_.left, this_right = style_.right](cairo_t* c) {
    TextStyle red{Face::kSong, 36, true, 0.80, 0.07, 0.07};
    const double room = kPageWidth - this_left - this_right;
    const double natural = line_width(c, agency, red);
    if (natural > room) red.size *= room / natural;
    draw_centred(c, agency, red, middle, 62);
    cairo_set_source_rgb(c, 0.80, 0.07, 0.07);
    stroke_line(c, this_left, 122, kPageWidth - this_right, 122, 2);
  });
  y_ = 140;
  centred(text_.title, Face::kSong, style_.title_size, style_.title_size * 1.7);
  if (!text_.number.empty()) {
    centred(text_.number, Face::kSong, style_.text_size * 0.9, style_.line_height * 1.2);
  }
}

void PageFlow::begin_plain() {
  if (text_.form != Form::kPlain) {
    centred(text_.agency, Face::kSong, style_.text_size * 1.15, style_.line_height * 1.2);
  }
  centred(text_.title, Face::kSong, style_.title_size, style_.title_size * 1.8);
  if (text_.number.empty()) return;
  const std::string number = text_.number;
  const double top = y_;
  const TextStyle style{Face::kSong, style_.text_size * 0.9, false, 0, 0, 0};
  draw([number, style, top, right = kPageWidth - style_.right](cairo_t* c) {
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
      return centred(block.text, Face::kHei, style_.text_size * 1.1, style_.line_height * 1.4);
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
  const bool hand = text_.by_hand && !block.printed && block.kind != Block::Kind::kHeading;
  const bool heading = block.kind == Block::Kind::kHeading;
  const Face face = hand ? Face::kScript : heading ? Face::kHei : style_.body_face;
  const TextStyle style{face, style_.text_size * (hand ? 1.15 : 1), false, 0, 0, 0};
  std::shared_ptr<PangoLayout> layout(make_layout(scratch_, block.text, style).release(),
                                      FreeObject());
  pango_layout_set_width(layout.get(), static_cast<int>(width() * PANGO_SCALE));
  pango_layout_set_indent(layout.get(), static_cast<int>(indent * PANGO_SCALE));
  const int count = pango_layout_get_line_count(layout.get());
  for (int line = 0; line < count; ++line) {
    reserve(style_.line_height);
    const double x = style_.left + (line == 0 ? indent : 0);
    if (hand) {
      const PangoLayoutLine* piece = pango_layout_get_line_readonly(layout.get(), line);
      hand_line(block.text.substr(static_cast<std::size_t>(piece->start_index),
                                  static_cast<std::size_t>(piece->length)),
                x);
    } else {
      text_line(layout, line, x, style_.ruled);
    }
  }
}

void PageFlow::text_line(std::shared_ptr<void> layout, int line, double x, bool ruled) {
  const double base = y_ + style_.line_height * 0.72;
  draw([layout, line, x, base, ruled, this_style = style_](cairo_t* c) {
    cairo_set_source_rgb(c, 0, 0, 0);
    cairo_move_to(c, x, base);
    auto* pango = static_cast<PangoLayout*>(layout.get());
    pango_cairo_show_layout_line(c, pango_layout_get_line_readonly(pango, line));
    if (!ruled) return;
    cairo_set_source_rgb(c, 0.45, 0.45, 0.45);
    const double rule = base + this_style.line_height * 0.22;
    stroke_line(c, this_style.left, rule, kPageWidth - this_style.right, rule, 0.5);
  });
  y_ += style_.line_height;
}

void PageFlow::hand_line(const std::string& words, double x) {
  const double base = y_ + style_.line_height * 0.72;
  const double size = style_.text_size * 1.15;
  const std::string name = fmt::format("{}/hand/{}", seed_, ++marks_);
  draw([words, x, base, size, name, this_style = style_](cairo_t* c) {
    Random random(name);
    draw_handwriting(c, words, size, x, base, random);
    cairo_set_source_rgb(c, 0.45, 0.45, 0.45);
    const double rule = base + this_style.line_height * 0.22;
    stroke_line(c, this_style.left, rule, kPageWidth - this_style.right, rule, 0.5);
  });
  y_ += style_.line_height;
}

void PageFlow::row(const Block& block) {
  const std::size_t count = std::max<std::size_t>(1, block.cells.size());
  const bool even = block.even || block.head || count > 4;
  const double pairs = static_cast<double>((count + 1) / 2);
  const double label = even ? width() / static_cast<double>(count) : width() * kLabelShare;
  const double value = even ? label : (width() - label * pairs) / pairs;
  std::vector<std::shared_ptr<PangoLayout>> layouts;
  std::vector<double> widths;
  int lines = block.lines;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_label = block.head || (!even && i % 2 == 0);
    const bool hand = text_.by_hand && !is_label;
    const TextStyle style{hand       ? Face::kScript
                          : is_label ? Face::kHei
                                     : Face::kSong,
                          style_.text_size * (is_label ? 0.92 : 1),
                          false,
                          0,
                          0,
                          0};
    widths.push_back(i % 2 == 0 ? label : value);
    layouts.emplace_back(make_layout(scratch_, block.cells[i], style).release(), FreeObject());
    pango_layout_set_width(layouts.back().get(),
                           static_cast<int>((widths.back() - 2 * kCellPadding) * PANGO_SCALE));
    if (is_label) pango_layout_set_alignment(layouts.back().get(), PANGO_ALIGN_CENTER);
    lines = std::max(lines, pango_layout_get_line_count(layouts.back().get()) +
                                (block.names.empty() || i + 1 < count ? 0 : 2));
  }
  const double line = style_.line_height * 0.95;
  const double height = lines * line + 2 * kCellPadding;
  reserve(height);
  const std::string name = fmt::format("{}/row/{}", seed_, ++marks_);
  draw([layouts, widths, height, line, name, top = y_, left = style_.left, size = style_.text_size,
        names = block.names, lines](cairo_t* c) {
    double x = left;
    for (std::size_t i = 0; i < layouts.size(); ++i) {
      cairo_set_source_rgb(c, 0, 0, 0);
      cairo_set_line_width(c, 0.75);
      cairo_rectangle(c, x, top, widths[i], height);
      cairo_stroke(c);
      const int own = pango_layout_get_line_count(layouts[i].get());
      const bool central = lines <= 2 || i % 2 == 0;
      double y = top + kCellPadding + (central ? (lines - own) * line / 2 : 0);
      for (int k = 0; k < own; ++k, y += line) {
        PangoLayoutLine* piece = pango_layout_get_line_readonly(layouts[i].get(), k);
        PangoRectangle extent;
        pango_layout_line_get_extents(piece, nullptr, &extent);
        const bool middle = pango_layout_get_alignment(layouts[i].get()) == PANGO_ALIGN_CENTER;
        const double shift = middle ? (widths[i] - units(extent.width)) / 2 : kCellPadding;
        cairo_move_to(c, x + shift, y + line * 0.75);
        pango_cairo_show_layout_line(c, piece);
      }
      x += widths[i];
    }
    Random random(name);
    double at = x - 74;
    for (auto person = names.rbegin(); person != names.rend(); ++person, at -= 80) {
      draw_signature(c, *person, size * 1.5, at, top + height - 9, random);
    }
  });
  y_ += height;
}

void PageFlow::signature(const Block& block) {
  const double height = style_.line_height * 1.7;
  reserve(height);
  const std::string name = fmt::format("{}/sign/{}", seed_, ++marks_);
  const bool printed_thumb = text_.by_hand;
  const std::string day;
  draw([words = block.text, names = block.names, name, printed_thumb, top = y_, this_style = style_,
        height](cairo_t* c) {
    const double base = top + height * 0.62;
    const TextStyle style{Face::kSong, this_style.text_size, false, 0, 0, 0};
    double x = this_style.left + 2 * this_style.text_size;
    x += draw_line(c, words, style, x, base - this_style.text_size) + 6;
    Random random(name);
    const double start = x;
    for (const std::string& person : names) {
      x += draw_signature(c, person, this_style.text_size * 1.6, x, base, random) + 16;
      if (printed_thumb) draw_fingerprint(c, x - 30, base - 6, kPointsPerMm, random);
    }
    cairo_set_source_rgb(c, 0, 0, 0);
    stroke_line(c, start, base + 5, std::max(x, start + 130), base + 5, 0.6);
  });
  y_ += height;
}

void PageFlow::seal(const Block& block) {
  const double height = kSealBlockHeight;
  reserve(height);
  const std::string name = fmt::format("{}/seal/{}", seed_, ++marks_);
  const bool stamped = block.cells.size() < 2 || !block.cells[1].empty();
  const std::string date = block.cells.empty() ? "" : block.cells[0];
  draw([office = block.text, date, name, stamped, top = y_, this_style = style_](cairo_t* c) {
    const TextStyle style{Face::kSong, this_style.text_size, false, 0, 0, 0};
    const double middle = kPageWidth - this_style.right - 118;
    draw_centred(c, office, style, middle, top + 44);
    draw_centred(c, date, style, middle, top + 44 + this_style.line_height);
    Random random(name);
    if (stamped) draw_seal(c, office, middle, top + 64, kPointsPerMm, random);
  });
  y_ += height;
}

void PageFlow::picture(const Block& block) {
  reserve(kPictureHeight);
  const std::string name = fmt::format("{}/picture/{}", seed_, ++marks_);
  const std::string caption = block.cells.empty() ? "" : block.cells[0];
  draw(
      [kind = block.text, caption, name, top = y_, left = style_.left, wide = width()](cairo_t* c) {
        draw_picture(c, kind, caption, left, top, wide, kPictureHeight - 14, name);
      });
  y_ += kPictureHeight;
}

PageFlow::Mark PageFlow::foot(std::size_t page) const {
  const std::string own = text_.form == Form::kOfficial
                              ? fmt::format("— {} —", page + 1)
                              : fmt::format("第 {} 页  共 {} 页", page + 1, pages_.size());
  const std::string label = "案号:" + text_.case_no + "  (样例文书)";
  const int stamped = text_.first_page_in_file;
  const std::string stamp =
      stamped > 0 ? fmt::format("{:03}", stamped + static_cast<int>(page)) : "";
  const std::string name = fmt::format("{}/foot/{}", seed_, page);
  return [own, label, stamp, name, this_style = style_, names = text_.foot_names,
          ruled = style_.ruled](cairo_t* c) {
    const double y = kPageHeight - 50;
    draw_centred(c, own, {Face::kSong, 11, false, 0, 0, 0}, kPageWidth / 2, y);
    draw_line(c, label, {Face::kSong, 8, false, 0.35, 0.35, 0.35}, this_style.left, y + 18);
    draw_line(c, stamp, {Face::kMono, 13, true, 0.15, 0.2, 0.45}, kPageWidth - 58, 26);
    if (!ruled) return;
    Random random(name);
    double x = this_style.left;
    const TextStyle style{Face::kSong, 11, false, 0, 0, 0};
    x += draw_line(c, "(逐页签名)", style, x, y - 24) + 8;
    for (const std::string& person : names) {
      x += draw_signature(c, person, 17, x, y - 13, random) + 18;
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
