#pragma once
// The flow of blocks down one page after another: the engine under lay_out().

#include <memory>
#include <string>
#include <vector>

#include "tools/sample/page_style.h"
#include "tools/sample/pages.h"
#include "tools/sample/text_draw.h"

namespace anjuan::sample {

/// One run of text on a line or in a cell, measured once and drawn on any context.
class TextBox {
 public:
  /// Wrapped at `width`; the first line begins `indent` to the right.
  TextBox(cairo_t* scratch, std::string_view text, const TextStyle& style, double width,
          double indent = 0, bool centred = false);

  int lines() const;
  /// The bytes of the text that stand on `line`.
  std::string_view words(int line) const;
  /// Draws `line` with its left edge at x (plus the shift of centred text), base line at y.
  void draw(cairo_t* context, int line, double x, double y) const;

 private:
  std::string text_;
  double width_;
  bool centred_;
  std::shared_ptr<void> layout_;
};

class PageFlow {
 public:
  PageFlow(const DocumentText& text, double scale, std::string_view seed);
  ~PageFlow();
  PageFlow(const PageFlow&) = delete;
  PageFlow& operator=(const PageFlow&) = delete;

  /// Heading of the first page.
  void begin();
  void add(const Block& block);
  void new_page();

  std::size_t page_count() const { return pages_.size(); }

  /// How much of the last page is used, 0 to 1.
  double fill() const;

  /// The pages with their feet; the flow is spent afterwards.
  std::vector<Page> finish();

 private:
  using Mark = std::function<void(cairo_t*)>;

  void reserve(double height);

  void draw(Mark mark) { pages_.back().push_back(std::move(mark)); }

  void begin_official();
  void begin_plain();
  void paragraph(const Block& block, double indent);
  void rule(double base);
  void hand_line(std::string_view words, double x, double base);
  void centred(const std::string& words, Face face, double size, double height);
  void row(const Block& block);
  TextBox cell(const Block& block, std::size_t index, double wide) const;
  std::vector<double> cell_widths(const Block& block) const;
  void signature(const Block& block);
  void seal(const Block& block);
  void picture(const Block& block);
  Mark foot(std::size_t page) const;

  /// A new name for a mark made by hand, so that each looks different.
  std::string next_seed() { return fmt::format("{}/{}", seed_, ++marks_); }

  double width() const { return kPageWidth - style_.left - style_.right; }

  double limit() const { return kPageHeight - style_.bottom; }

  const DocumentText& text_;
  PageStyle style_;
  double scale_;
  std::string seed_;
  cairo_t* scratch_ = nullptr;  ///< for measuring
  double y_ = 0;
  std::uint64_t marks_ = 0;
  std::vector<std::vector<Mark>> pages_;
};

}  // namespace anjuan::sample
