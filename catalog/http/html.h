#pragma once
// The one place that turns text into HTML: every character that comes from a package is escaped
// here.
//
// Rules for the caller: tag and attribute names are literals of this program, never data; elements
// are closed in the reverse order of their opening; finish() refuses an open element.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anjuan::catalog {

/// Name and value; the value is escaped by the writer.
using HtmlAttribute = std::pair<std::string_view, std::string>;
using HtmlAttributes = std::initializer_list<HtmlAttribute>;

class HtmlWriter {
 public:
  /// Starts with the document type.
  HtmlWriter();

  HtmlWriter& open(std::string_view tag, HtmlAttributes attributes = {});
  HtmlWriter& close();
  HtmlWriter& text(std::string_view text);
  /// <tag ...>text</tag>
  HtmlWriter& element(std::string_view tag, HtmlAttributes attributes, std::string_view text);
  HtmlWriter& element(std::string_view tag, std::string_view text);
  /// An element that has no content and no end tag: meta, link, input, br. Written as XML wants it
  /// too, so that a test can prove every page well-formed with an XML parser.
  HtmlWriter& empty(std::string_view tag, HtmlAttributes attributes = {});

  /// The document. Throws Error(kInternal) if an element is still open.
  std::string finish();

 private:
  void start_tag(std::string_view tag, HtmlAttributes attributes, std::string_view end);

  std::string out_;
  std::vector<std::string_view> open_;
};

/// An element that closes itself at the end of the block it stands in.
class HtmlScope {
 public:
  HtmlScope(HtmlWriter& html, std::string_view tag, HtmlAttributes attributes = {}) : html_(html) {
    html_.open(tag, attributes);
  }

  ~HtmlScope() { html_.close(); }

  HtmlScope(const HtmlScope&) = delete;
  HtmlScope& operator=(const HtmlScope&) = delete;

 private:
  HtmlWriter& html_;
};

}  // namespace anjuan::catalog
