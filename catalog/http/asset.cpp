#include "catalog/http/asset.h"

#include "core/embedded.h"

namespace anjuan::detail {
extern const EmbeddedFile kViewerFiles[];
extern const std::size_t kViewerFileCount;
}  // namespace anjuan::detail

namespace anjuan::catalog {

std::optional<std::string_view> find_asset(std::string_view name) {
  for (std::size_t i = 0; i < detail::kViewerFileCount; ++i) {
    const auto& file = detail::kViewerFiles[i];
    if (name != file.path) continue;
    return std::string_view(file.begin, static_cast<std::size_t>(file.end - file.begin));
  }
  return {};
}

}  // namespace anjuan::catalog
