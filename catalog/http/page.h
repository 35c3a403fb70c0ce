#pragma once
// The frame that every page of the catalog stands in, and the words and links inside it.

#include <map>
#include <string>
#include <string_view>

#include "catalog/http/html.h"
#include "core/messages.h"

namespace anjuan::catalog {

/// What a page must know about the one who looks at it.
struct Visit {
  Language language = Language::kChinese;
  bool language_chosen = false;  ///< by ?lang=: links keep it
  bool training = false;         ///< a home for practice: every page says so
  std::string path;              ///< of this page, for the language switch
  std::map<std::string, std::string> query;
};

using Query = std::map<std::string, std::string>;

class Page {
 public:
  /// `title` comes before the program's name in the window's title.
  Page(const Visit& visit, const std::string& title);

  HtmlWriter& html() { return html_; }

  Language language() const { return visit_.language; }

  const Visit& visit() const { return visit_; }

  std::string say(std::string_view id, std::initializer_list<MessageArgument> arguments = {}) const;
  /// `path` with the query, keeping a chosen language. Values are percent-encoded.
  std::string link(const std::string& path, Query query = {}) const;
  /// Closes the frame. The page is spent afterwards.
  std::string finish();

 private:
  void head(const std::string& title);
  void banner();
  void language_switch();

  const Visit& visit_;
  HtmlWriter html_;
};

/// "icon and word": the verdict of a package, never by colour alone.
void write_verdict(Page& page, std::string_view verdict);
/// The word alone, e.g. 未检查; a verdict that this program does not know is shown as it stands.
std::string verdict_label(const Page& page, std::string_view verdict);

/// A <dt><dd> pair; nothing for an empty value.
void write_fact(Page& page, std::string_view label_id, std::string_view value);

/// Percent-encodes one path segment or query value.
std::string url_part(std::string_view text);

}  // namespace anjuan::catalog
