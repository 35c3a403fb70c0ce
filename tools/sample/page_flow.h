#pragma once
// The flow of blocks down one page after another: the engine under lay_out().

#include <memory>
#include <string>
#include <vector>

#include "tools/sample/page_style.h"
#include "tools/sample/pages.h"

namespace anjuan::sample {

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

  /// The pages with their feet; the flow is spent afterwards.
  std::vector<Page> finish();

 private:
  using Mark = std::function<void(cairo_t*)>;

  void reserve(double height);

  void draw(Mark mark) { pages_.back().push_back(std::move(mark)); }

  void begin_official();
  void begin_plain();
  void paragraph(const Block& block, double indent);
  void text_line(std::shared_ptr<void> layout, int line, double x, bool ruled);
  void hand_line(const std::string& words, double x);
  void centred(const std::string& words, Face face, double size, double height);
  void row(const Block& block);
  void signature(const Block& block);
  void seal(const Block& block);
  void picture(const Block& block);
  Mark foot(std::size_t page) const;

  double width() const { return kPageWidth - style_.left - style_.right; }

  double limit() const { return kPageHeight - style_.bottom; }

  const DocumentText& text_;
  PageStyle style_;
  std::string seed_;
  cairo_t* scratch_ = nullptr;  ///< for measuring
  double y_ = 0;
  std::uint64_t marks_ = 0;  ///< counts hand-made marks, so that each looks different
  std::vector<std::vector<Mark>> pages_;
};

}  // namespace anjuan::sample
