#pragma once
// The data of the law outside the repository (environment variable ANJUAN_DOMAIN).
//
// A test that finds an empty path skips with a sentence.

#include <cstdlib>
#include <filesystem>

namespace anjuan::test {

inline std::filesystem::path domain() {
  const char* given = std::getenv("ANJUAN_DOMAIN");
  const std::filesystem::path folder =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(ANJUAN_SOURCE_DIR) / "../shared/domain";
  std::error_code ignored;
  return std::filesystem::is_directory(folder, ignored) ? folder : std::filesystem::path();
}

}  // namespace anjuan::test
