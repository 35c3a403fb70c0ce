#pragma once
// The texts of a printed form, as HTML is heard and as independent programs read the PDF.

#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/durable.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

/// The text of the page as a reader hears it: cells apart by " | ".
inline std::string heard(const std::string& html) {
  std::string text = std::regex_replace(html, std::regex("<style>[^]*?</style>"), "");
  text = std::regex_replace(text, std::regex("</(td|th)>"), " | ");
  text = std::regex_replace(text, std::regex("<[^>]*>"), "");
  text = std::regex_replace(text, std::regex("\u00A0"), "");
  return std::regex_replace(text, std::regex("[ \n]+"), " ");
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// What pdftotext and its sisters say of a PDF.
class Pdf {
 public:
  explicit Pdf(const std::string& bytes) { create_durably(folder_ / "form.pdf", bytes); }

  std::string run(const std::vector<std::string>& arguments) const {
    auto words = arguments;
    words.push_back((folder_ / "form.pdf").string());
    if (words.front() == "pdftotext") words.push_back("-");
    const auto result = run_process(words);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }

  /// All text without white space: lines break anywhere in Chinese.
  std::string text() const {
    return std::regex_replace(run({"pdftotext", "-raw"}), std::regex("[ \n\f]|\u3000"), "");
  }

  int pages() const {
    std::smatch match;
    const auto info = run({"pdfinfo"});
    return std::regex_search(info, match, std::regex("Pages: +([0-9]+)")) ? std::stoi(match[1]) : 0;
  }

 private:
  TemporaryFolder folder_;
};

inline bool has_pdf_tools() { return has_program("pdftotext") && has_program("pdffonts"); }

}  // namespace anjuan::test
