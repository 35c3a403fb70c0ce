#pragma once
// A folder of its own for what one act needs for a moment; gone with the object.

#include <filesystem>
#include <string_view>

namespace anjuan {

class ScratchFolder {
 public:
  /// Below the system's temporary folder, its name beginning with "anjuan-`purpose`-".
  /// Throws Error(kIo | kNoSpace).
  explicit ScratchFolder(std::string_view purpose);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace anjuan
