#pragma once
// A folder that is empty at the start of a test and gone at its end.

#include <cstdlib>
#include <filesystem>
#include <string>

namespace anjuan::test {

class TemporaryFolder {
 public:
  TemporaryFolder() : TemporaryFolder(std::filesystem::temp_directory_path()) {}

  explicit TemporaryFolder(const std::filesystem::path& base) {
    std::string pattern = (base / "anjuan-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }

  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Memory if the machine has it as a file system, else the usual place: for tests with thousands of
/// syncs that do not care where the bytes lie.
inline std::filesystem::path fast_folder() {
  std::error_code ignored;
  return std::filesystem::is_directory("/dev/shm", ignored)
             ? std::filesystem::path("/dev/shm")
             : std::filesystem::temp_directory_path();
}

}  // namespace anjuan::test
