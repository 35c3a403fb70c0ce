#pragma once
// Base64 (RFC 4648, 4): whole, or in blocks that become lines (RFC 2045, 6.8: 76 characters and a
// line feed).

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace anjuan {

/// Without line breaks.
std::string to_base64(std::string_view bytes);

/// White space is skipped. Nothing if `text` is not base64, or not whole.
std::optional<std::string> from_base64(std::string_view text);

class Base64Encoder {
 public:
  using Put = std::function<void(std::string_view)>;

  explicit Base64Encoder(Put put) : put_(std::move(put)) {}

  void write(std::span<const std::byte> bytes);
  /// The padded end. Nothing may be written afterwards.
  void finish();

 private:
  void put_line(std::string_view bytes);

  Put put_;
  std::string waiting_;  ///< less than a line
  std::string out_;
};

class Base64Decoder {
 public:
  /// Appends what `text` stands for to `out`. White space is skipped. False if a character or its
  /// place is not base64: then nothing more may be fed.
  bool write(std::string_view text, std::string& out);

  /// True if what was fed is whole.
  bool is_whole() const { return count_ == 0; }

 private:
  bool put_padding();
  bool put_digit(unsigned digit, std::string& out);

  unsigned bits_ = 0;
  unsigned count_ = 0;    ///< digits of the open group of four
  unsigned padding_ = 0;  ///< '=' seen: only as many more may follow
  bool ended_ = false;
};

}  // namespace anjuan
