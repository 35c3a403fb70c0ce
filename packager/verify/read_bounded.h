#pragma once
// Reading a small file of a package into memory, never more than a limit.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

/// Declarations, sidecars: files of one line.
inline constexpr std::uint64_t kSmallBytesMax = 64 * 1024;

/// The bytes of root/`path`, or nothing with the finding PKG-READ (not checked) or PKG-LIMIT.
std::optional<std::string> read_bounded(const std::filesystem::path& root, const std::string& path,
                                        std::uint64_t limit_bytes, FindingSink& findings);

}  // namespace anjuan::packager
