#include "core/base64.h"

#include <algorithm>

namespace anjuan {

namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kLineBytes = 57;  // become 76 characters
constexpr unsigned kNone = 64;

unsigned digit_of(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26;
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : kNone;
}

unsigned byte_at(std::string_view bytes, std::size_t index) {
  return index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0U;
}

void encode(std::string_view bytes, std::string& out) {
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const unsigned group =
        byte_at(bytes, i) << 16U | byte_at(bytes, i + 1) << 8U | byte_at(bytes, i + 2);
    const std::size_t there = std::min<std::size_t>(bytes.size() - i, 3);
    for (std::size_t digit = 0; digit < 4; ++digit) {
      out += digit > there ? '=' : kDigits[(group >> (18U - 6U * digit)) & 63U];
    }
  }
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  encode(bytes, text);
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes;
  Base64Decoder decoder;
  if (!decoder.write(text, bytes) || !decoder.is_whole()) return std::nullopt;
  return bytes;
}

void Base64Encoder::write(std::span<const std::byte> bytes) {
  waiting_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::size_t at = 0;
  for (; waiting_.size() - at >= kLineBytes; at += kLineBytes) {
    put_line(std::string_view(waiting_).substr(at, kLineBytes));
  }
  waiting_.erase(0, at);
  put_(out_);
  out_.clear();
}

void Base64Encoder::finish() {
  if (waiting_.empty()) return;
  put_line(waiting_);
  put_(out_);
}

void Base64Encoder::put_line(std::string_view bytes) {
  encode(bytes, out_);
  out_ += '\n';
}

bool Base64Decoder::write(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (is_space(c)) continue;
    const unsigned digit = digit_of(c);
    const bool fits = c == '=' ? put_padding() : digit != kNone && put_digit(digit, out);
    if (!fits) return false;
  }
  return true;
}

bool Base64Decoder::put_padding() {
  if (padding_ == 0) {
    // Of a group of two digits two '=' are due, of three digits one.
    if (ended_ || count_ < 2) return false;
    padding_ = 4 - count_;
    ended_ = true;
  }
  if (--padding_ == 0) count_ = 0;
  return true;
}

bool Base64Decoder::put_digit(unsigned digit, std::string& out) {
  if (ended_) return false;
  bits_ = bits_ << 6U | digit;
  ++count_;
  if (count_ > 1) out += static_cast<char>((bits_ >> (2U * (4U - count_))) & 0xFFU);
  if (count_ == 4) count_ = 0;
  return true;
}

}  // namespace anjuan
