#pragma once
// Which packages are being stored right now, or were when the machine stopped: one small file each
// in workspace/store/open, made before the first step and removed after the last one.

#include <filesystem>
#include <vector>

#include "core/durable.h"
#include "packager/package_id.h"

namespace anjuan::preservation {

class OpenSteps {
 public:
  /// `folder` is workspace/store; made if missing.
  static OpenSteps open(const std::filesystem::path& folder);

  /// The lock of a package: one writer at a time, of all processes of this machine.
  /// Throws Error(kBusy) naming the package.
  FileLock lock(const packager::PackageId& id) const;

  /// Durable when they return; doing it again does nothing.
  void begin(const packager::PackageId& id) const;
  void end(const packager::PackageId& id) const;
  std::vector<packager::PackageId> list() const;
  bool contains(const packager::PackageId& id) const;

 private:
  explicit OpenSteps(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::filesystem::path file_of(const packager::PackageId& id) const;

  std::filesystem::path folder_;
};

}  // namespace anjuan::preservation
