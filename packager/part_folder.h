#pragma once
// Where an export or a copy grows: the folder OUT.part beside the target, until everything in it is
// durable.
//
// Nothing bears the target's own name before place(). What an interrupted run left behind is
// cleared when the next one begins; a folder of that name that is not ours is never touched.

#include <filesystem>
#include <optional>
#include <string_view>

#include "core/durable.h"

namespace anjuan::packager {

class PartFolder {
 public:
  /// Throws Error(kConflict) if `out` exists or something of others is called OUT.part, kBusy if
  /// another process writes to the same place, kNotFound if there is no folder to put it in.
  explicit PartFolder(const std::filesystem::path& out);
  /// Removes what was not placed.
  ~PartFolder();
  PartFolder(const PartFolder&) = delete;
  PartFolder& operator=(const PartFolder&) = delete;

  std::filesystem::path path(std::string_view name) const { return folder_ / name; }

  /// Gives the finished file or folder `name` its own name, durably.
  /// Throws Error(kConflict) if that exists by now.
  void place(std::string_view name, const std::filesystem::path& target);

 private:
  std::filesystem::path folder_;
  std::optional<FileLock> lock_;
};

}  // namespace anjuan::packager
