#pragma once
// The folder "extensions" of an OCFL object or storage root.

#include <string>
#include <string_view>

#include "packager/verify/finding_sink.h"
#include "packager/verify/folder_tree.h"

namespace anjuan::packager {

struct ExtensionCodes {
  std::string_view file;  ///< an entry that is no folder
  std::string_view name;  ///< a folder that bears no registered name: a warning
};

inline constexpr ExtensionCodes kObjectExtensions = {"E067", "W013"};

/// Judges the entry `path`, "extensions/NAME". A version that is still open (extension 0005) is
/// told: it lies outside the versions, and nothing says what it should hold.
void check_extension(const std::string& path, TreeEntry::Type type, const ExtensionCodes& codes,
                     FindingSink& findings);

}  // namespace anjuan::packager
