#pragma once
// Paper as a camera or a flatbed sees it.

#include <string_view>

#include "tools/sample/bitmap.h"
#include "tools/sample/pages.h"

namespace anjuan::sample {

enum class Capture {
  kScanner,     ///< slight skew, dust, even light
  kPhotograph,  ///< perspective, uneven light, a strip of desk round the sheet
};

/// The page on paper at `dots_per_inch`, taken as `capture` does.
Bitmap capture_page(const Page& page, int dots_per_inch, Capture capture, std::string_view seed);

}  // namespace anjuan::sample
