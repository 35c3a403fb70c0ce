#pragma once
// Text laid out in lines for a PDF page. Units are points.

#include <memory>
#include <string>
#include <vector>

#include "preservation/forms/form_page.h"

struct _cairo;

namespace anjuan::forms {

struct TextStyle {
  double size = 10.5;
  bool is_bold = false;
  Align align = Align::kLeft;
};

/// The first installed of the families that forms are printed in.
/// Throws Error(kNotFound) naming them if there is none.
const std::string& form_font();

class TextLines {
 public:
  TextLines(const std::string& text, double width, const TextStyle& style);

  std::size_t count() const { return lines_.size(); }

  /// Of the lines [first, last).
  double height(std::size_t first, std::size_t last) const;

  double height() const { return height(0, count()); }

  /// How many lines from `first` on fit into `room`.
  std::size_t fitting(std::size_t first, double room) const;

  void draw(_cairo* context, std::size_t first, std::size_t last, double x, double y) const;

 private:
  struct Line {
    double top = 0;
    double bottom = 0;
    double left = 0;
    double baseline = 0;
  };

  std::shared_ptr<void> layout_;
  std::vector<Line> lines_;
};

}  // namespace anjuan::forms
