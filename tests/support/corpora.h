#pragma once
// Public test material outside the repository (environment: ANJUAN_CORPORA, ANJUAN_DOMAIN).
//
// A test that finds an empty path skips with a sentence.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace anjuan::test {

/// The folder of the set `name`, or an empty path if it is absent.
inline std::filesystem::path corpora(const std::string& name) {
  const char* given = std::getenv("ANJUAN_CORPORA");
  const std::filesystem::path root =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(ANJUAN_SOURCE_DIR) / "../shared/corpora";
  std::error_code ignored;
  return std::filesystem::is_directory(root / name, ignored) ? root / name
                                                             : std::filesystem::path();
}

/// The folder of the law texts and of the data that was made from them, or an empty path.
inline std::filesystem::path domain() {
  const char* given = std::getenv("ANJUAN_DOMAIN");
  const std::filesystem::path root =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(ANJUAN_SOURCE_DIR) / "../shared/domain";
  std::error_code ignored;
  return std::filesystem::is_directory(root, ignored) ? root : std::filesystem::path();
}

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace anjuan::test
