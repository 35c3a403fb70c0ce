#pragma once
// Data files of schemas/ that are compiled into the program (cmake/AnjuanEmbed.cmake).

#include <cstddef>
#include <string_view>
#include <vector>

namespace anjuan {

namespace detail {
struct EmbeddedFile {
  const char* path;
  const char* begin;
  const char* end;
};
}  // namespace detail

/// The bytes of schemas/`path`, e.g. "xml/case.xsd". Throws Error(kInternal) if there is none.
std::string_view embedded(std::string_view path);

/// All embedded paths that start with `prefix`, in byte order.
std::vector<std::string_view> embedded_paths(std::string_view prefix);

}  // namespace anjuan
