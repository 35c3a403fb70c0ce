#pragma once
// A form laid out on pages of fixed size, ready to be drawn. Units are points from the upper left.

#include <functional>
#include <vector>

#include "preservation/forms/form_page.h"
#include "preservation/forms/pdf_text.h"

namespace anjuan::forms {

inline constexpr double kPageWidth = 595.276;  // A4
inline constexpr double kPageHeight = 841.890;
inline constexpr double kMillimetre = 72 / 25.4;
inline constexpr double kLeft = 26 * kMillimetre;  // the binding edge
inline constexpr double kRight = 18 * kMillimetre;
inline constexpr double kTop = 22 * kMillimetre;
inline constexpr double kBottom = 22 * kMillimetre;  // above the page number
inline constexpr double kBottomWithoutFoot = 15 * kMillimetre;
inline constexpr double kContentWidth = kPageWidth - kLeft - kRight;

class PdfFlow {
 public:
  using Mark = std::function<void(_cairo*)>;
  using Page = std::vector<Mark>;

  explicit PdfFlow(const FormPage& form);

  const std::vector<Page>& pages() const { return pages_; }

  void operator()(const Paragraph& paragraph);
  void operator()(const Table& table);
  void operator()(const NewSheet& sheet);

 private:
  struct LaidCell;
  struct LaidRow;

  double room() const { return bottom_ - y_; }

  void new_page();
  void titles(const std::string& heading, const std::string& title, const std::string& number);
  void centred(const std::string& text, const TextStyle& style, double after);
  void text(const std::string& words, const TextStyle& style, double before, double after);
  LaidRow lay_out(const Table& table, const Row& row) const;
  void head(const std::vector<LaidRow>& rows);
  void row(const LaidRow& row, const std::vector<LaidRow>& head_rows);
  void divided(const LaidRow& row, const std::vector<LaidRow>& head_rows);
  void draw(const LaidRow& row, const std::vector<std::size_t>& first,
            const std::vector<std::size_t>& last, double height);
  void page_count();

  std::vector<Page> pages_;
  double bottom_;  ///< where the text of a page ends
  double y_ = kTop;
};

}  // namespace anjuan::forms
