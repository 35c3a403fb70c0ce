#pragma once
// Unicode and file-name text: validity, normalisation, the encodings that Chinese archives meet.

#include <optional>
#include <string>
#include <string_view>

namespace anjuan {

bool is_ascii(std::string_view bytes);
bool is_valid_utf8(std::string_view bytes);

/// Reads the character that begins at `offset`: its length in bytes, or 0 if the bytes there are
/// not well-formed UTF-8 (Unicode 15, table 3-7). `character` receives the code point.
std::size_t decode_utf8(std::string_view bytes, std::size_t offset, char32_t& character);

/// Unicode NFC. Input must be valid UTF-8; throws Error(kInvalid) otherwise.
std::string to_nfc(std::string_view text);
bool is_nfc(std::string_view text);

/// NFC, then full case folding: two names with equal keys collide on Windows or macOS.
std::string collision_key(std::string_view name);

/// UTF-8 of GB18030 bytes, or nothing if they are not strictly valid GB18030.
std::optional<std::string> from_gb18030(std::string_view bytes);

/// True if `charset` is the name of an encoding that from_charset() can read, by any of its IANA
/// names, e.g. "ISO-8859-1" or "UTF-16".
bool is_known_charset(std::string_view charset);
/// UTF-8 of at most 512 MiB in a known charset; nothing if they are not strictly valid in it.
std::optional<std::string> from_charset(std::string_view bytes, std::string_view charset);

/// UTF-8 of a file name of unknown encoding: itself if valid UTF-8, else GB18030, else nothing.
std::optional<std::string> recover_file_name(std::string_view bytes);

/// Percent-encodes a relative path for an xlink:href: every byte outside [A-Za-z0-9._~/-]
/// becomes %XX (upper case), '+' included (reference: validators decode '+' as a space).
std::string to_href(std::string_view path);
/// The inverse. Throws Error(kInvalid) for a broken escape.
std::string from_href(std::string_view href);

/// "1.5 MB": for people, decimal units.
std::string human_bytes(std::uint64_t bytes);

std::string to_hex(std::string_view bytes);

}  // namespace anjuan
