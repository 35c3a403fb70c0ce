#include "packager/verify/bag_text.h"

#include "core/messages.h"
#include "core/text.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_utf8(std::string_view charset) {
  return equals_ignoring_case(charset, "UTF-8") || equals_ignoring_case(charset, "UTF8");
}

void drop_mark(std::string& text) {
  if (text.starts_with(kUtf8Mark)) text.erase(0, kUtf8Mark.size());
}

std::string read_utf8(std::string text, const std::string& path, BagRules rules,
                      FindingSink& findings) {
  if (text.starts_with(kUtf8Mark)) {
    demand(findings, rules, "BAG-BOM", path, say("bagit.bom", {{"path", path}}));
    drop_mark(text);
  }
  if (!is_valid_utf8(text)) {
    findings.error("BAG-ENCODING", path,
                   say("bagit.not_in_encoding", {{"path", path}, {"encoding", "UTF-8"}}));
  }
  return text;
}

}  // namespace

std::optional<std::string> read_tag_file(const BagFiles& bag, const std::string& path,
                                         const BagDeclaration& declaration,
                                         std::uint64_t limit_bytes, FindingSink& findings) {
  const std::string& charset = declaration.charset;
  const bool utf8 = is_utf8(charset);
  const auto most = utf8 ? kTagBytesMax : kForeignTagBytesMax;
  auto bytes = bag.read(path, std::min(limit_bytes, most), findings);
  if (!bytes) return std::nullopt;
  if (utf8) return read_utf8(std::move(*bytes), path, declaration.rules, findings);
  auto text = from_charset(*bytes, charset);
  if (!text) {
    findings.error("BAG-ENCODING", path,
                   say("bagit.not_in_encoding", {{"path", path}, {"encoding", charset}}));
    return std::nullopt;
  }
  drop_mark(*text);
  return text;
}

void each_line(std::string_view text,
               const std::function<void(std::string_view line, std::uint64_t number)>& take) {
  for (std::uint64_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    take(text.substr(0, end), number);
    const bool both = text.substr(end).starts_with("\r\n");
    text.remove_prefix(std::min(end + (both ? 2 : 1), text.size()));
  }
}

std::string at_line(std::string_view path, std::uint64_t number) {
  return fmt::format("{}:{}:1", path, number);
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace anjuan::packager
