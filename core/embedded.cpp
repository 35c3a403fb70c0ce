#include "core/embedded.h"

#include <string>

#include "core/error.h"

namespace anjuan {

namespace detail {
extern const EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;
}  // namespace detail

std::string_view embedded(std::string_view path) {
  for (std::size_t i = 0; i < detail::kEmbeddedFileCount; ++i) {
    const auto& file = detail::kEmbeddedFiles[i];
    if (path == file.path) return {file.begin, static_cast<std::size_t>(file.end - file.begin)};
  }
  throw Error(ErrorCode::kInternal, std::string(path), "no embedded file " + std::string(path));
}

std::vector<std::string_view> embedded_paths(std::string_view prefix) {
  std::vector<std::string_view> paths;
  for (std::size_t i = 0; i < detail::kEmbeddedFileCount; ++i) {
    const std::string_view path = detail::kEmbeddedFiles[i].path;
    if (path.starts_with(prefix)) paths.push_back(path);
  }
  return paths;
}

}  // namespace anjuan
