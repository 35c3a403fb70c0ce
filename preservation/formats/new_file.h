#pragma once
// A new file that is removed again unless it is kept: a derivative, or its proof.

#include <filesystem>
#include <string_view>

#include "core/durable.h"

namespace anjuan::formats {

class NewFile {
 public:
  /// Open for reading and writing. Throws Error(kConflict) if it exists, Error(kIo | kNoSpace).
  explicit NewFile(const std::filesystem::path& path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  /// Synced and kept.
  void keep();
  void write(std::string_view text);

  const FileHandle& handle() const { return file_; }

 private:
  std::filesystem::path path_;
  FileHandle file_;
  bool kept_ = false;
};

}  // namespace anjuan::formats
