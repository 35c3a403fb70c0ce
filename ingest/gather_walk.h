#pragma once
// Walks the folder of a submission without following a link and without changing anything.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/config.h"
#include "packager/container_names.h"

namespace anjuan::ingest {

/// What tells that a source file is still the one that was read.
struct SourceMark {
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;  ///< since 1970
  std::uint64_t inode = 0;       ///< 0 where there is none (inside a container)

  bool operator==(const SourceMark&) const = default;
};

struct WalkedFile {
  std::string path;      ///< safe UTF-8 name (packager/container_names.h)
  std::string raw_name;  ///< the bytes in the file system
  packager::NameOrigin origin = packager::NameOrigin::kUtf8;
  SourceMark mark;

  bool operator==(const WalkedFile&) const = default;
};

struct WalkedFolder {
  std::vector<WalkedFile> files;           ///< in byte order of their paths
  std::vector<std::string> empty_folders;  ///< cannot be kept: packages hold files
  std::uint64_t bytes = 0;

  bool operator==(const WalkedFolder&) const = default;
};

/// Throws Error(kRefused) naming every link, device, unreadable file and unfit name (up to
/// kRefusalsShown), or the limit that is exceeded.
inline constexpr std::size_t kRefusalsShown = 20;
WalkedFolder walk_folder(const std::filesystem::path& root, const Config::Intake& limits);

/// The mark of one file now. Throws Error(kConflict) if it is gone or no regular file any more.
SourceMark mark_of(const std::filesystem::path& path);

}  // namespace anjuan::ingest
