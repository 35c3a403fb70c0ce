#include "preservation/forms/pdf_flow.h"

#include <cairo.h>

#include "core/messages.h"

namespace anjuan::forms {

namespace {

constexpr double kTextSize = 10.5;
constexpr double kNoteSize = 9;
constexpr double kHeadingSize = 12;
constexpr double kTitleSize = 20;
constexpr double kOfficeSize = 14;
constexpr double kPadX = 4;
constexpr double kPadY = 3;
constexpr double kRule = 0.6;
/// Least height of a line that a person writes on.
constexpr double kLineHeight = 17;

void stroke_box(cairo_t* context, double x, double y, double width, double height, double rule) {
  cairo_set_source_rgb(context, 0, 0, 0);
  cairo_set_line_width(context, rule);
  cairo_rectangle(context, x, y, width, height);
  cairo_stroke(context);
}

PdfFlow::Mark text_mark(TextLines lines, std::size_t first, std::size_t last, double x, double y) {
  return [lines = std::move(lines), first, last, x, y](cairo_t* context) {
    cairo_set_source_rgb(context, 0, 0, 0);
    lines.draw(context, first, last, x, y);
  };
}

}  // namespace

struct PdfFlow::LaidCell {
  double x = 0;
  double width = 0;
  double least_height = 0;
  bool is_from_top = false;
  TextLines lines;
};

struct PdfFlow::LaidRow {
  std::vector<LaidCell> cells;
  double height = 0;
};

PdfFlow::PdfFlow(const FormPage& form)
    : bottom_(kPageHeight - (form.foot == PageFoot::kPageCount ? kBottom : kBottomWithoutFoot)) {
  new_page();
  titles(form.heading, form.title, form.number);
  for (const auto& block : form.blocks) std::visit(*this, block);
  if (form.foot == PageFoot::kPageCount) page_count();
}

void PdfFlow::new_page() {
  pages_.emplace_back();
  y_ = kTop;
}

void PdfFlow::titles(const std::string& heading, const std::string& title,
                     const std::string& number) {
  if (!heading.empty()) centred(heading, {kOfficeSize, false, Align::kCentre}, 2);
  centred(title, {kTitleSize, true, Align::kCentre}, 6);
  if (!number.empty()) text(number, {kTextSize, false, Align::kRight}, 0, 4);
}

void PdfFlow::operator()(const NewSheet& sheet) {
  new_page();
  titles(sheet.heading, sheet.title, sheet.number);
}

void PdfFlow::centred(const std::string& words, const TextStyle& style, double after) {
  text(words, style, 0, after);
}

void PdfFlow::text(const std::string& words, const TextStyle& style, double before, double after) {
  const TextLines lines(words, kContentWidth, style);
  y_ += before;
  for (std::size_t first = 0; first < lines.count();) {
    const std::size_t fits = lines.fitting(first, room());
    const std::size_t last = first + (fits > 0 || y_ > kTop ? fits : 1);
    if (last > first) {
      pages_.back().push_back(text_mark(lines, first, last, kLeft, y_));
      y_ += lines.height(first, last);
    }
    first = last;
    if (first < lines.count()) new_page();
  }
  y_ += after;
}

void PdfFlow::operator()(const Paragraph& paragraph) {
  switch (paragraph.style) {
    case ParagraphStyle::kHeading:
      if (room() < 6 * kLineHeight) new_page();  // a heading does not end a page
      return text(paragraph.text, {kHeadingSize, true, Align::kLeft}, 8, 3);
    case ParagraphStyle::kNote:
      return text(paragraph.text, {kNoteSize, false, Align::kLeft}, 2, 2);
    case ParagraphStyle::kRight:
      return text(paragraph.text, {kTextSize, false, Align::kRight}, 2, 2);
    case ParagraphStyle::kBody:
      return text(paragraph.text, {kTextSize, false, Align::kLeft}, 2, 2);
    case ParagraphStyle::kStrong:
      break;
  }
  Table frame;
  frame.widths = {1};
  frame.rows = {{Cell{paragraph.text, CellKind::kLabel, 1, Align::kCentre, 1}}};
  (*this)(frame);
}

PdfFlow::LaidRow PdfFlow::lay_out(const Table& table, const Row& row) const {
  double sum = 0;
  for (const int width : table.widths) sum += width;
  LaidRow laid;
  std::size_t column = 0;
  double x = kLeft;
  for (const auto& cell : row) {
    double width = 0;
    for (int i = 0; i < cell.columns && column < table.widths.size(); ++i) {
      width += kContentWidth * table.widths[column++] / std::max(1.0, sum);
    }
    const TextStyle style{kTextSize, cell.kind == CellKind::kLabel, cell.align};
    LaidCell made{x, width, cell.least_lines * kLineHeight + 2 * kPadY,
                  cell.least_lines >= kManyLines && cell.kind == CellKind::kValue,
                  TextLines(cell.text, std::max(kTextSize, width - 2 * kPadX), style)};
    laid.height = std::max({laid.height, made.least_height, made.lines.height() + 2 * kPadY});
    laid.cells.push_back(std::move(made));
    x += width;
  }
  return laid;
}

void PdfFlow::operator()(const Table& table) {
  y_ += 3;
  std::vector<LaidRow> head_rows;
  for (const auto& each : table.head) head_rows.push_back(lay_out(table, each));
  std::vector<LaidRow> rows;
  for (const auto& each : table.rows) rows.push_back(lay_out(table, each));
  double head_height = 0;
  for (const auto& each : head_rows) head_height += each.height;
  double height = head_height;
  for (const auto& each : rows) height += each.height;
  const bool is_whole = table.page_break == PageBreak::kAvoided && height <= bottom_ - kTop;
  if (room() < (is_whole ? height : head_height + 2 * kLineHeight)) new_page();
  head(head_rows);
  for (const auto& each : rows) row(each, head_rows);
  y_ += 3;
}

void PdfFlow::head(const std::vector<LaidRow>& rows) {
  for (const auto& each : rows) {
    draw(each, std::vector<std::size_t>(each.cells.size(), 0), {}, each.height);
  }
}

void PdfFlow::row(const LaidRow& laid, const std::vector<LaidRow>& head_rows) {
  double fresh = bottom_ - kTop;
  for (const auto& each : head_rows) fresh -= each.height;
  if (laid.height > fresh) return divided(laid, head_rows);
  if (laid.height > room()) {
    new_page();
    head(head_rows);
  }
  draw(laid, std::vector<std::size_t>(laid.cells.size(), 0), {}, laid.height);
}

/// A row that no page holds: as many lines of each cell as fit, then the rest on the next page.
void PdfFlow::divided(const LaidRow& laid, const std::vector<LaidRow>& head_rows) {
  std::vector<std::size_t> first(laid.cells.size(), 0);
  if (room() < 4 * kLineHeight) {
    new_page();
    head(head_rows);
  }
  while (true) {
    auto last = first;
    bool is_done = true;
    double used = 0;
    for (std::size_t i = 0; i < laid.cells.size(); ++i) {
      const auto& lines = laid.cells[i].lines;
      last[i] += lines.fitting(first[i], room() - 2 * kPadY);
      if (last[i] == first[i] && first[i] < lines.count()) ++last[i];  // taller than a page
      used = std::max(used, lines.height(first[i], last[i]) + 2 * kPadY);
      is_done = is_done && last[i] == lines.count();
    }
    draw(laid, first, last, is_done ? std::max(used, kLineHeight) : std::max(used, room()));
    if (is_done) return;
    first = last;
    new_page();
    head(head_rows);
  }
}

/// `last` empty: all lines from `first` on, in the middle of the cell.
void PdfFlow::draw(const LaidRow& laid, const std::vector<std::size_t>& first,
                   const std::vector<std::size_t>& last, double height) {
  for (std::size_t i = 0; i < laid.cells.size(); ++i) {
    const auto& cell = laid.cells[i];
    const std::size_t end = last.empty() ? cell.lines.count() : last[i];
    const double text_height = cell.lines.height(first[i], end);
    const bool is_centred = last.empty() && !cell.is_from_top;
    const double top = is_centred ? (height - text_height) / 2 : kPadY;
    pages_.back().push_back([x = cell.x, y = y_, width = cell.width, height](cairo_t* context) {
      stroke_box(context, x, y, width, height, kRule);
    });
    pages_.back().push_back(text_mark(cell.lines, first[i], end, cell.x + kPadX, y_ + top));
  }
  y_ += height;
}

void PdfFlow::page_count() {
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    const auto words = say(
        "forms.foot", {{"page", std::to_string(i + 1)}, {"pages", std::to_string(pages_.size())}});
    const TextLines lines(words, kContentWidth, {kNoteSize, false, Align::kCentre});
    const double y = kPageHeight - 14 * kMillimetre;
    pages_[i].push_back(text_mark(lines, 0, lines.count(), kLeft, y));
  }
}

}  // namespace anjuan::forms
