#pragma once
// Names inside foreign containers and folders: made safe, or refused. Never handed on as they came.
//
// A safe name is relative, valid UTF-8, has '/' between its parts, no empty, "." or ".." part, and
// no character that XML 1.0 or a file system cannot carry. Its bytes are otherwise untouched: no
// normalisation, no change of case.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace anjuan::packager {

/// How the bytes of a name became UTF-8.
enum class NameOrigin { kUtf8, kGb18030 };

/// What a backslash is: zip, 7z and rar made on Windows use it between folders; elsewhere it would
/// be an ordinary character that Windows reads as a separator, so it is refused.
enum class Backslash { kSeparator, kRefused };

/// Of one part and of the whole name, in bytes of UTF-8 (what Linux file systems can store).
inline constexpr std::size_t kNamePartBytesMax = 255;
inline constexpr std::size_t kNameBytesMax = 4096;

struct NameRules {
  Backslash backslash = Backslash::kRefused;
  std::uint32_t depth_max = 32;  ///< folders above the file
  std::string source;            ///< the container or folder, as messages call it
};

struct SafeName {
  std::string path;  ///< "" = the root itself ("./")
  NameOrigin origin = NameOrigin::kUtf8;
};

/// Throws Error(kRefused) with a sentence for names that are absolute, climb, carry a drive letter,
/// control or forbidden characters, are too long or too deep, or whose encoding is neither UTF-8
/// nor strict GB18030.
SafeName safe_name(std::string_view raw, const NameRules& rules);

/// For messages: the name as UTF-8 if it can be one, with every byte that must not be shown as
/// \xNN.
std::string shown_name(std::string_view raw);

}  // namespace anjuan::packager
