#pragma once
// Writes a package as plain files below a new folder.

#include <filesystem>
#include <optional>

#include "core/durable.h"
#include "packager/tree_sink.h"

namespace anjuan::packager {

class FolderSink final : public TreeSink {
 public:
  /// Throws Error(kConflict) if `folder` exists.
  explicit FolderSink(std::filesystem::path folder);

  void begin(const std::string& path, std::uint64_t bytes, Instant modified) override;
  void write(std::span<const std::byte> block) override;
  void end() override;
  void finish() override;

 private:
  std::filesystem::path folder_;
  std::filesystem::path current_;
  FileHandle file_;
  std::uint64_t left_ = 0;  ///< bytes of the open file that are still to come
  Instant modified_;
};

}  // namespace anjuan::packager
