#pragma once
// Paths as manifests and fetch.txt write them. None that leaves the bag on any system gets through
// (RFC 8493, 5.1), for a bag is read on many.

#include <optional>
#include <string>
#include <string_view>

#include "packager/verify/bag_declaration.h"

namespace anjuan::packager {

inline constexpr std::string_view kPayloadPrefix = "data/";

struct BagPath {
  std::string path;           ///< relative, names without "." between single slashes
  bool was_relative = false;  ///< "./" or "//" was left out
  bool bare_percent = false;  ///< a '%' that begins none of %25, %0D, %0A
};

/// Nothing for a path that is absolute, climbs, or begins with "~" or a drive letter. Under
/// RFC 8493 %25, %0D and %0A are decoded; the drafts differ, so there the path stays as written.
std::optional<BagPath> read_bag_path(std::string_view written, BagRules rules);

/// With %25, %0D and %0A decoded.
std::string percent_decoded(std::string_view path);

/// False for names that Windows cannot hold: < > : " | ? * \ in them, reserved like CON, or with a
/// dot or space at the end (RFC 8493, 6.1.2).
bool is_portable(std::string_view path);

/// Files that operating systems leave behind, by their last name: Thumbs.db, .DS_Store and others.
bool is_system_file(std::string_view path);

/// Two names with equal keys are one on Windows or macOS: core/text's collision_key(), or the bytes
/// of a name that is not UTF-8.
std::string alike_key(std::string_view path);

}  // namespace anjuan::packager
