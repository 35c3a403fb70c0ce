#include "packager/package_readme.h"

#include "core/embedded.h"
#include "core/error.h"
#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

std::size_t bytes_of_first(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// Columns on a terminal: two for what is written in three or four bytes (Chinese and its marks).
std::size_t columns_of(std::string_view character) { return character.size() < 3 ? 1 : 2; }

std::size_t column_of(std::string_view text) {
  const auto begin = text.rfind('\n');
  std::size_t columns = 0;
  for (auto rest = begin == text.npos ? text : text.substr(begin + 1); !rest.empty();) {
    const auto bytes = std::min(bytes_of_first(rest), rest.size());
    columns += columns_of(rest.substr(0, bytes));
    rest.remove_prefix(bytes);
  }
  return columns;
}

}  // namespace

std::string wrap_value(std::string_view value, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  while (!value.empty()) {
    const auto bytes = std::min(bytes_of_first(value), value.size());
    const auto character = value.substr(0, bytes) == "\n" ? " " : value.substr(0, bytes);
    if (column + columns_of(character) > kReadmeColumns) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    }
    out += character;
    column += columns_of(character);
    value.remove_prefix(bytes);
  }
  return out;
}

std::string package_readme(const ReadmeFacts& facts) {
  const std::map<std::string_view, std::string> values = {
      {"title", xml_text(facts.title)},     {"case_no", xml_text(facts.case_no)},
      {"creator", xml_text(facts.creator)}, {"created", facts.created},
      {"objid", facts.id.objid()},          {"urn", facts.id.urn()},
      {"version", ANJUAN_VERSION}};
  std::string out;
  auto rest = embedded("package/readme.txt");
  for (auto open = rest.find("@@"); open != rest.npos; open = rest.find("@@")) {
    const auto close = rest.find("@@", open + 2);
    out += rest.substr(0, open);
    const auto name = rest.substr(open + 2, close - open - 2);
    const auto found = values.find(name);
    if (found == values.end()) {
      throw Error(ErrorCode::kInternal, "README.txt", fmt::format("no value for @@{}@@", name));
    }
    out += wrap_value(found->second, column_of(out));
    rest.remove_prefix(close + 2);
  }
  out += rest;
  return out;
}

}  // namespace anjuan::packager
