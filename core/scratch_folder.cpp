#include "core/scratch_folder.h"

#include <cerrno>
#include <cstdlib>

#include "core/error.h"

namespace anjuan {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(std::string_view purpose) {
  auto pattern = (fs::temp_directory_path() / fmt::format("anjuan-{}-XXXXXX", purpose)).string();
  if (::mkdtemp(pattern.data()) == nullptr) throw_errno(errno, pattern, "kernel.write_failed");
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace anjuan
