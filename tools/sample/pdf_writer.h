#pragma once
// Pages as a PDF whose bytes depend on nothing but the pages and these words.

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "tools/sample/pages.h"

namespace anjuan::sample {

struct PdfWords {
  std::string title;
  std::string author;
  std::string subject;
  Instant made_at{};
};

/// Throws Error(kIo | kNoSpace).
void write_pdf(const std::filesystem::path& path, const std::vector<Page>& pages,
               const PdfWords& words);

}  // namespace anjuan::sample
