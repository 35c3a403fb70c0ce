#include "core/text.h"

#include <array>
#include <memory>

#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringoptions.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

void check(UErrorCode status, std::string_view what) {
  if (U_FAILURE(status)) {
    throw Error(
        ErrorCode::kInternal, std::string(what),
        say("text.icu_failed", {{"what", std::string(what)}, {"reason", u_errorName(status)}}));
  }
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* instance = icu::Normalizer2::getNFCInstance(status);
  check(status, "NFC");
  return *instance;
}

icu::UnicodeString decode(std::string_view text) {
  if (!is_valid_utf8(text)) {
    throw Error(ErrorCode::kInvalid, to_hex(text.substr(0, 32)),
                say("text.not_utf8", {{"bytes", to_hex(text.substr(0, 32))}}));
  }
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string encode(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool is_href_plain(unsigned char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '~' || c == '/' || c == '-';
}

}  // namespace

std::size_t decode_utf8(std::string_view bytes, std::size_t offset, char32_t& character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[offset + i]); };
  const unsigned char lead = byte(0);
  character = lead;
  if (lead < 0x80) return 1;
  const std::size_t length = lead < 0xC2   ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || length > bytes.size() - offset) return 0;
  character = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    character = (character << 6) | (byte(i) & 0x3FU);
  }
  const bool too_long = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
  const bool surrogate = character >= 0xD800 && character < 0xE000;
  return too_long || surrogate || character > 0x10FFFF ? 0 : length;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<signed char>(c) >= 0; });
}

bool is_valid_utf8(std::string_view bytes) {
  char32_t character = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto length = decode_utf8(bytes, i, character);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const auto normal = nfc().normalize(decode(text), status);
  check(status, "NFC");
  return encode(normal);
}

bool is_nfc(std::string_view text) {
  if (is_ascii(text)) return true;
  UErrorCode status = U_ZERO_ERROR;
  const bool normal = nfc().isNormalized(decode(text), status) != 0;
  check(status, "NFC");
  return normal;
}

std::string collision_key(std::string_view name) {
  if (is_ascii(name)) {
    std::string key(name);
    for (char& c : key) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return key;
  }
  UErrorCode status = U_ZERO_ERROR;
  auto folded = nfc().normalize(decode(name), status).foldCase(U_FOLD_CASE_DEFAULT);
  // Folding may leave sequences that compose again, e.g. of capital letters with dot above.
  folded = nfc().normalize(folded, status);
  check(status, "NFC");
  return encode(folded);
}

bool is_known_charset(std::string_view charset) {
  // Only names of the alias table: ICU would take others for files to load.
  const std::string name(charset);
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return is_href_plain(static_cast<unsigned char>(c)) || c == ':' || c == '+';
  });
  UErrorCode status = U_ZERO_ERROR;
  if (!plain || ucnv_countAliases(name.c_str(), &status) == 0 || U_FAILURE(status)) return false;
  const Converter converter(ucnv_open(name.c_str(), &status), &ucnv_close);
  return U_SUCCESS(status) != 0;
}

std::optional<std::string> from_charset(std::string_view bytes, std::string_view charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::string name(charset);
  const Converter converter(ucnv_open(name.c_str(), &status), &ucnv_close);
  check(status, name);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  check(status, name);
  // A byte gives at most two units: a character outside the BMP in a table of one byte each.
  std::u16string units(2 * bytes.size() + 1, u'\0');
  const auto length =
      ucnv_toUChars(converter.get(), units.data(), static_cast<int32_t>(units.size()), bytes.data(),
                    static_cast<int32_t>(bytes.size()), &status);
  if (U_FAILURE(status)) return std::nullopt;
  return encode(icu::UnicodeString(units.data(), length));
}

std::optional<std::string> from_gb18030(std::string_view bytes) {
  return from_charset(bytes, "gb18030");
}

std::optional<std::string> recover_file_name(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  return from_gb18030(bytes);
}

std::string to_href(std::string_view path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(path.size());
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_href_plain(byte)) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::string from_href(std::string_view href) {
  std::string out;
  out.reserve(href.size());
  for (std::size_t i = 0; i < href.size(); ++i) {
    if (href[i] != '%') {
      out += href[i];
      continue;
    }
    const int high = i + 2 < href.size() ? hex_value(href[i + 1]) : -1;
    const int low = i + 2 < href.size() ? hex_value(href[i + 2]) : -1;
    if (high < 0 || low < 0) {
      throw Error(
          ErrorCode::kInvalid, std::string(href),
          say("text.bad_href", {{"href", std::string(href)}, {"column", std::to_string(i + 1)}}));
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string human_bytes(std::uint64_t bytes) {
  static constexpr std::array kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  // 999.95 and above would be printed as "1000.0".
  while (value >= 999.95 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, kUnits.at(unit));
}

std::string to_hex(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

}  // namespace anjuan
