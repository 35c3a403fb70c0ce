// Any bytes as the PREMIS document of a package of ours or of others: never crashes, never hangs,
// and whatever it says, no finding is about a file outside the package.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "packager/verify/premis_check.h"

namespace {

using namespace anjuan::packager;

/// The document lies on the disk, as in life; one folder for the whole run.
const std::filesystem::path& folder() {
  static const auto path = [] {
    auto pattern = (std::filesystem::temp_directory_path() / "anjuan-fuzz-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    return std::filesystem::path(pattern);
  }();
  return path;
}

void write(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void check(const AipTree& tree, PremisProfile profile) {
  FindingSink findings;
  check_premis(folder(), tree, {"premis.xml"}, findings, profile);
  for (const auto& finding : findings.take()) {
    const auto& where = finding.where;
    if (where.empty() || where == "content" || where.starts_with("premis.xml")) continue;
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  write(folder() / "premis.xml", {reinterpret_cast<const char*>(data), size});
  static const bool once = [] {
    write(folder() / "content", "content");
    std::atexit([] {
      std::error_code ignored;
      std::filesystem::remove_all(folder(), ignored);
    });
    return true;
  }();
  static_cast<void>(once);
  const AipTree tree("package", {{"representations/r/data/content", "content", 7,
                                  std::string(128, '0'), "", true, false},
                                 {"premis.xml", "premis.xml", size, "", "", true, false}});
  for (const auto profile : {PremisProfile::kAnjuan, PremisProfile::kAip, PremisProfile::kOther}) {
    check(tree, profile);
  }
  return 0;
}
