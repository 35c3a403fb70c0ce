#include "catalog/http/negotiate.h"

#include <charconv>

namespace anjuan::catalog {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool names(std::string_view range, char a, char b) {
  const auto is = [](char c, char want) { return c == want || c == want - 'a' + 'A'; };
  return range.size() >= 2 && is(range[0], a) && is(range[1], b) &&
         (range.size() == 2 || range[2] == '-');
}

/// "q=0.8" -> 800; anything unreadable -> 1000, as if it were not there.
int weight_of(std::string_view parameters) {
  const auto q = trimmed(parameters);
  if (!q.starts_with("q=0")) return 1000;
  int thousandths = 0;
  int unit = 100;
  for (std::size_t i = 4; i < q.size() && unit > 0; ++i, unit /= 10) {
    if (q[i] < '0' || q[i] > '9') break;
    thousandths += (q[i] - '0') * unit;
  }
  return thousandths;
}

bool is_token(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
}

bool is_media_type(std::string_view mime) {
  const auto slash = mime.find('/');
  if (slash == mime.npos || slash == 0 || slash + 1 == mime.size()) return false;
  const auto type = mime.substr(0, slash);
  const auto subtype = mime.substr(slash + 1);
  return std::all_of(type.begin(), type.end(), is_token) &&
         std::all_of(subtype.begin(), subtype.end(), is_token);
}

}  // namespace

Language choose_language(std::string_view lang_parameter, std::string_view accept_language) {
  if (names(lang_parameter, 'z', 'h')) return Language::kChinese;
  if (names(lang_parameter, 'e', 'n')) return Language::kEnglish;
  Language best = Language::kChinese;
  int best_weight = 0;
  while (!accept_language.empty()) {
    const auto comma = accept_language.find(',');
    const auto item = trimmed(accept_language.substr(0, comma));
    const auto semicolon = item.find(';');
    const auto range = trimmed(item.substr(0, semicolon));
    const int weight = semicolon == item.npos ? 1000 : weight_of(item.substr(semicolon + 1));
    if (weight > best_weight && (names(range, 'z', 'h') || names(range, 'e', 'n'))) {
      best = names(range, 'z', 'h') ? Language::kChinese : Language::kEnglish;
      best_weight = weight;
    }
    if (comma == accept_language.npos) break;
    accept_language.remove_prefix(comma + 1);
  }
  return best;
}

std::string_view language_tag(Language language) {
  return language == Language::kChinese ? "zh-CN" : "en";
}

Disposition disposition_of(std::string_view mime) {
  static constexpr std::array<std::string_view, 15> kShown = {
      "application/pdf", "image/jpeg", "image/png",  "image/gif",  "image/webp",
      "image/bmp",       "video/mp4",  "video/webm", "audio/mp4",  "audio/mpeg",
      "audio/ogg",       "audio/flac", "audio/wav",  "audio/opus", "text/plain"};
  const bool shown = std::find(kShown.begin(), kShown.end(), mime) != kShown.end();
  return shown ? Disposition::kInline : Disposition::kAttachment;
}

std::string content_disposition(Disposition disposition, std::string_view name) {
  std::string ascii;
  std::string encoded;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte > 0x20 && byte < 0x7f;
    // A quote or backslash would end the quoted string; a percent sign confuses old clients.
    const bool safe = (plain || c == ' ') && c != '"' && c != '\\' && c != '%';
    if (byte < 0x80 || (byte & 0xC0) != 0x80) ascii += safe ? c : '_';
    const bool attr_char = plain && (is_token(c) || c == '`' || c == '|' || c == '~');
    if (attr_char) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", byte);
    }
  }
  return fmt::format("{}; filename=\"{}\"; filename*=UTF-8''{}",
                     disposition == Disposition::kInline ? "inline" : "attachment", ascii, encoded);
}

std::string content_type(std::string_view mime) {
  if (!is_media_type(mime)) return "application/octet-stream";
  if (mime.starts_with("text/")) return fmt::format("{}; charset=utf-8", mime);
  return std::string(mime);
}

}  // namespace anjuan::catalog
