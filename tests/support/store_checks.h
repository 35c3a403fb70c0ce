#pragma once
// An OCFL object checked from its bytes alone, by code that the store does not use.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "packager/ocfl_inventory.h"
#include "packager/package_id.h"
#include "tests/support/files.h"
#include "tests/support/small_package.h"

namespace anjuan::test {

/// Files below `folder`, relative, with their SHA-512; folders that are empty end in "/".
inline std::map<std::string, std::string> digests_below(const std::filesystem::path& folder) {
  std::map<std::string, std::string> digests;
  if (!std::filesystem::exists(folder)) return digests;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().lexically_relative(folder).string();
    if (entry.is_regular_file()) digests[path] = sha512_of(read_text(entry.path()));
    if (entry.is_directory() && std::filesystem::is_empty(entry.path())) digests[path + "/"] = "";
  }
  return digests;
}

inline bool is_sidecar_right(const std::filesystem::path& folder) {
  return read_text(folder / "inventory.json.sha512") ==
         sha512_of(read_text(folder / "inventory.json")) + "  inventory.json\n";
}

/// Every fault of the object at `object`, as sentences; none = whole.
inline std::vector<std::string> faults_of(const std::filesystem::path& object) {
  std::vector<std::string> faults;
  if (read_text(object / "0=ocfl_object_1.1") != "ocfl_object_1.1\n") faults.push_back("mark");
  const auto inventory =
      packager::OcflInventory::parse(read_text(object / "inventory.json"), "inventory");
  std::map<std::string, std::string> expected = inventory.manifest;
  std::vector<std::string> folders{""};
  for (int n = 1; n <= inventory.head(); ++n) folders.push_back("v" + std::to_string(n) + "/");
  for (const std::string& folder : folders) {
    if (!is_sidecar_right(object / folder)) faults.push_back("sidecar of " + folder);
    expected[folder + "inventory.json"] = "";
    expected[folder + "inventory.json.sha512"] = "";
  }
  if (read_text(object / "inventory.json") != read_text(object / folders.back() / "inventory.json"))
    faults.push_back("root inventory is not that of the head");
  expected["0=ocfl_object_1.1"] = "";
  for (const auto& [path, digest] : digests_below(object)) {
    if (path.starts_with("logs/")) continue;
    const auto found = expected.find(path);
    if (found == expected.end()) {
      faults.push_back("too much: " + path);
      continue;
    }
    if (!found->second.empty() && found->second != digest) faults.push_back("digest: " + path);
    expected.erase(found);
  }
  for (const auto& [path, digest] : expected) faults.push_back("missing: " + path);
  return faults;
}

/// Number of the newest version, 0 if there is no object.
inline int head_at(const std::filesystem::path& root, const packager::PackageId& id) {
  const auto inventory = root / id.object_path() / "inventory.json";
  if (!std::filesystem::exists(inventory)) return 0;
  return packager::OcflInventory::parse(read_text(inventory), "inventory").head();
}

/// What lies in a home beyond objects, marks and locks: the remains of unfinished work.
inline std::vector<std::string> remains_in(const std::filesystem::path& home) {
  std::vector<std::string> remains;
  for (const auto& [path, digest] : digests_below(home)) {
    const bool is_staged = path.find("/anjuan-staging/") != std::string::npos &&
                           !path.ends_with("/anjuan-staging/README.txt");
    const bool is_step = path.starts_with("workspace/store/open/") && !path.ends_with("open/");
    const bool is_temporary = path.find(kTemporaryPrefix) != std::string::npos;
    const bool is_empty_tuple = path.ends_with("/") && !path.starts_with("workspace/");
    if (is_staged || is_step || is_temporary || is_empty_tuple) remains.push_back(path);
  }
  return remains;
}

}  // namespace anjuan::test
