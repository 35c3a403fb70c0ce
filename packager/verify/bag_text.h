#pragma once
// Tag files as text: decoded as the bag declares, line by line (RFC 8493, 2.3).

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "packager/verify/bag_declaration.h"

namespace anjuan::packager {

/// The manifests of a million files are 300 MB; reading an encoding other than UTF-8 takes several
/// times the memory.
inline constexpr std::uint64_t kTagBytesMax = 512ULL * 1024 * 1024;
inline constexpr std::uint64_t kForeignTagBytesMax = 64ULL * 1024 * 1024;

/// The text in UTF-8 without a byte order mark, or nothing with a finding (PKG-READ, PKG-LIMIT,
/// BAG-ENCODING). A wrong byte order mark and text that is not UTF-8 are reported and read on.
std::optional<std::string> read_tag_file(const BagFiles& bag, const std::string& path,
                                         const BagDeclaration& declaration,
                                         std::uint64_t limit_bytes, FindingSink& findings);

/// Calls `take` with each line and its number, counted from 1. LF, CR and CR LF end a line.
void each_line(std::string_view text,
               const std::function<void(std::string_view line, std::uint64_t number)>& take);

/// "path:line:1" for a finding.
std::string at_line(std::string_view path, std::uint64_t number);

bool is_blank(char c);  ///< space or tab
/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);
/// Equal but for the case of ASCII letters.
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace anjuan::packager
