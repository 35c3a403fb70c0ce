#pragma once
// Sizes of the four forms of documents, in points.

#include "tools/sample/document.h"

namespace anjuan::sample {

struct PageStyle {
  double left = 0, right = 0, top = 0, bottom = 0;  ///< margins
  double text_size = 0;
  double line_height = 0;
  double title_size = 0;
  bool ruled = false;
};

/// `scale` shrinks text and lines, not margins.
PageStyle page_style(Form form, double scale);

}  // namespace anjuan::sample
