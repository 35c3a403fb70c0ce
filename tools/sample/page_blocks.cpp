// The boxed blocks of PageFlow: table rows, signatures, seals, pictures.

#include <cairo.h>

#include "tools/sample/page_flow.h"
#include "tools/sample/pictures.h"
#include "tools/sample/seal.h"

namespace anjuan::sample {

namespace {

constexpr double kCellPadding = 4;
constexpr double kLabelShare = 0.19;  ///< of the width, for the label of a table row
constexpr double kHandScale = 1.12;   ///< handwriting against print
constexpr double kSealHeight = 136;
constexpr double kPictureHeight = 292;

bool is_label(const Block& block, std::size_t index) {
  return block.head || (!block.even && index % 2 == 0);
}

struct Row {
  std::vector<TextBox> cells;
  std::vector<bool> by_hand;
  double hand_size;
  std::vector<double> widths;
  double left, top, height, line;
  bool tall;  ///< more lines than two: values begin at the top
  double name_size;
  std::vector<std::string> names;
  std::string seed;
};

void draw_cell(cairo_t* c, const Row& row, std::size_t index, double x, Random& random) {
  const TextBox& cell = row.cells[index];
  const bool at_top = row.tall && index % 2 == 1;
  const double own = cell.lines() * row.line;
  double y = row.top + (at_top ? kCellPadding : (row.height - own) / 2);
  for (int line = 0; line < cell.lines(); ++line, y += row.line) {
    const double base = y + row.line * 0.74;
    if (row.by_hand[index]) {
      draw_handwriting(c, cell.words(line), row.hand_size, x + kCellPadding, base, random);
    } else {
      cell.draw(c, line, x + kCellPadding, base);
    }
  }
}

void draw_row(cairo_t* c, const Row& row) {
  Random random(row.seed);
  double x = row.left;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    cairo_set_source_rgb(c, 0, 0, 0);
    cairo_set_line_width(c, 0.75);
    cairo_rectangle(c, x, row.top, row.widths[i], row.height);
    cairo_stroke(c);
    draw_cell(c, row, i, x, random);
    x += row.widths[i];
  }
  double at = x - 78;
  for (auto person = row.names.rbegin(); person != row.names.rend(); ++person, at -= 82) {
    draw_signature(c, *person, row.name_size, at, row.top + row.height - 9, random);
  }
}

}  // namespace

std::vector<double> PageFlow::cell_widths(const Block& block) const {
  const std::size_t count = block.cells.size();
  if (block.even || block.head || count > 4 || count % 2 == 1) {
    return std::vector<double>(count, width() / static_cast<double>(count));
  }
  const double label = width() * kLabelShare;
  const double pairs = static_cast<double>(count) / 2;
  std::vector<double> widths;
  for (std::size_t i = 0; i < count; ++i) {
    widths.push_back(i % 2 == 0 ? label : (width() - label * pairs) / pairs);
  }
  return widths;
}

TextBox PageFlow::cell(const Block& block, std::size_t index, double wide) const {
  const bool label = is_label(block, index);
  const bool hand = text_.by_hand && !label;
  const Face face = hand ? Face::kScript : label ? Face::kHei : Face::kSong;
  const TextStyle style{
      face, style_.text_size * (label ? 0.92 : hand ? kHandScale : 1), false, 0, 0, 0};
  return TextBox(scratch_, block.cells[index], style, wide - 2 * kCellPadding, 0,
                 label || block.even);
}

void PageFlow::row(const Block& block) {
  Row row;
  row.widths = cell_widths(block);
  int lines = std::max(1, block.lines);
  for (std::size_t i = 0; i < block.cells.size(); ++i) {
    row.cells.push_back(cell(block, i, row.widths[i]));
    row.by_hand.push_back(text_.by_hand && !is_label(block, i));
    const bool signed_here = !block.names.empty() && i + 1 == block.cells.size();
    lines = std::max(lines, row.cells.back().lines() + (signed_here ? 1 : 0));
  }
  row.hand_size = style_.text_size * kHandScale;
  row.line = style_.line_height * 0.95;
  row.height = lines * row.line + 2 * kCellPadding;
  row.tall = lines > 2;
  reserve(row.height);
  row.left = style_.left;
  row.top = y_;
  row.name_size = style_.text_size * 1.5;
  row.names = block.names;
  row.seed = next_seed();
  y_ += row.height;
  draw([row = std::move(row)](cairo_t* c) { draw_row(c, row); });
}

void PageFlow::signature(const Block& block) {
  const double height = style_.line_height * 1.7;
  reserve(height);
  draw([words = block.text, names = block.names, seed = next_seed(),
        thumb = block.thumb && text_.by_hand, base = y_ + height * 0.62, left = style_.left,
        size = style_.text_size](cairo_t* c) {
    const TextStyle style{Face::kSong, size, false, 0, 0, 0};
    double x = left + 2 * size;
    x += draw_line(c, words, style, x, base - size * 1.12) + 6;
    const double start = x;
    Random random(seed);
    for (const std::string& person : names) {
      x += draw_signature(c, person, size * 1.7, x, base, random) + 18;
      if (thumb) draw_fingerprint(c, x - 26, base - 8, kPointsPerMm, random);
    }
    cairo_set_source_rgb(c, 0, 0, 0);
    cairo_set_line_width(c, 0.6);
    cairo_move_to(c, start, base + 5);
    cairo_line_to(c, std::max(x, start + 130), base + 5);
    cairo_stroke(c);
  });
  y_ += height;
}

void PageFlow::seal(const Block& block) {
  const double height = kSealHeight;
  reserve(height);
  const std::string date = block.cells.empty() ? "" : block.cells[0];
  const bool stamped = block.cells.size() > 1 && !block.cells[1].empty();
  draw([office = block.text, date, stamped, seed = next_seed(), top = y_,
        right = kPageWidth - style_.right, style_height = style_.line_height,
        size = style_.text_size](cairo_t* c) {
    const TextStyle style{Face::kSong, size, false, 0, 0, 0};
    const double middle = right - 118;
    draw_centred(c, office, style, middle, top + 44);
    draw_centred(c, date, style, middle, top + 44 + style_height);
    Random random(seed);
    if (stamped) draw_seal(c, office, middle, top + 66, kPointsPerMm, random);
  });
  y_ += height;
}

void PageFlow::picture(const Block& block) {
  const double height = kPictureHeight * std::min(1.0, scale_);
  reserve(height);
  PictureJob job;
  job.name = block.text;
  job.caption = block.cells.empty() ? "" : block.cells[0];
  job.about = block.cells.size() > 1 ? block.cells[1] : "";
  job.x = style_.left;
  job.y = y_;
  job.width = width();
  job.height = height - 14;
  job.seed = next_seed();
  draw([job](cairo_t* c) { draw_picture(c, job); });
  y_ += height;
}

}  // namespace anjuan::sample
