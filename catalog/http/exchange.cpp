#include "catalog/http/exchange.h"

#include "core/text.h"

namespace anjuan::catalog {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { kPlus, kSpace };

/// Nothing for a broken escape, invalid UTF-8 or a NUL.
std::optional<std::string> decode(std::string_view text, Plus plus) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::kSpace) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return {};
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (!is_valid_utf8(out) || out.find('\0') != out.npos) return {};
  return out;
}

std::string_view cut(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const auto head = rest.substr(0, at);
  rest = at == rest.npos ? std::string_view() : rest.substr(at + 1);
  return head;
}

}  // namespace

void decode_target(std::string_view target, HttpRequest& request) {
  auto path = cut(target, '?');
  auto query = cut(target, '#');
  request.well_formed = path.starts_with('/');
  if (path.starts_with('/')) path.remove_prefix(1);
  while (!path.empty()) {
    const bool last = path.find('/') == path.npos;
    const auto segment = decode(cut(path, '/'), Plus::kPlus);
    request.path.push_back(segment.value_or(""));
    // "/packages/" and "/packages" are different addresses: the empty segment stays.
    if (!last && path.empty()) request.path.emplace_back();
    request.well_formed = request.well_formed && segment.has_value();
  }
  while (!query.empty()) {
    auto value = cut(query, '&');
    const auto name = decode(cut(value, '='), Plus::kSpace);
    const auto text = decode(value, Plus::kSpace);
    request.well_formed = request.well_formed && name && text;
    if (name && text) request.query.emplace(*name, *text);
  }
}

std::string_view reason_of(int status) {
  static const std::map<int, std::string_view> kReasons = {{200, "OK"},
                                                           {206, "Partial Content"},
                                                           {304, "Not Modified"},
                                                           {400, "Bad Request"},
                                                           {403, "Forbidden"},
                                                           {404, "Not Found"},
                                                           {405, "Method Not Allowed"},
                                                           {413, "Content Too Large"},
                                                           {414, "URI Too Long"},
                                                           {416, "Range Not Satisfiable"},
                                                           {421, "Misdirected Request"},
                                                           {500, "Internal Server Error"},
                                                           {503, "Service Unavailable"}};
  const auto found = kReasons.find(status);
  return found == kReasons.end() ? "Error" : found->second;
}

}  // namespace anjuan::catalog
