#include "preservation/formats/continuity/base64.h"

namespace anjuan::formats {

namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned word = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      word = word << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (unsigned i = 0; i < 4; ++i) {
      text += at + i > bytes.size() ? '=' : kLetters[word >> (18 - 6 * i) & 63U];
    }
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes;
  unsigned word = 0;
  unsigned letters = 0;
  unsigned padding = 0;
  for (const char letter : text) {
    if (letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t') continue;
    const std::size_t value = kLetters.find(letter);
    if (letter == '=') {
      ++padding;
    } else if (value == std::string_view::npos || padding > 0) {
      return std::nullopt;
    }
    word = word << 6 | (letter == '=' ? 0U : static_cast<unsigned>(value));
    if (++letters % 4 != 0) continue;
    if (padding > 2) return std::nullopt;
    for (unsigned i = 0; i < 3 - padding; ++i) {
      bytes += static_cast<char>(word >> (16 - 8 * i) & 255U);
    }
    word = 0;
  }
  if (letters % 4 != 0) return std::nullopt;
  return bytes;
}

}  // namespace anjuan::formats
