#include "tools/sample/page_style.h"

namespace anjuan::sample {

PageStyle page_style(Form form, double scale) {
  PageStyle style;
  switch (form) {
    case Form::kOfficial:
      // GB/T 9704: margins 37 (top), 28, 26 and 35 mm; size 3 (16 pt), 22 lines a page.
      style = {79.4, 73.7, 104.9, 99.2, 16, 28.9, 22, false};
      break;
    case Form::kTable:
      style = {62.4, 56.7, 70.9, 62.4, 12, 20, 20, false};
      break;
    case Form::kRecord:
      style = {73.7, 62.4, 70.9, 92, 14, 28, 20, true};
      break;
    case Form::kPlain:
      style = {79.4, 73.7, 85, 79.4, 14, 26, 20, false};
      break;
  }
  style.text_size *= scale;
  style.line_height *= scale;
  style.title_size *= 0.5 + scale / 2;
  return style;
}

}  // namespace anjuan::sample
