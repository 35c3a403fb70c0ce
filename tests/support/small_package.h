#pragma once
// Staged packages of a few files, laid out by hand, so that the store's tests need no builder.

#include <filesystem>
#include <map>
#include <string>

#include "packager/ocfl_inventory.h"
#include "packager/package_builder.h"
#include "tests/support/files.h"

namespace anjuan::test {

using FileTexts = std::map<std::string, std::string>;  ///< path in the package -> bytes

/// Names that have broken archives before.
inline FileTexts awkward_files() {
  return {{"METS.xml", "<mets>1</mets>"},
          {"representations/original/data/立案审批表.pdf", "pdf"},
          {"representations/original/data/a+b %23#,(1).txt", "plus"},
          {"representations/original/data/cafe\u0301.txt", "nfd"},
          {"representations/original/data/空 .txt", ""},
          {"representations/original/data/" + std::string(240, 'n'), random_bytes(9'000, 3)}};
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  write_text(path, bytes);
}

inline std::string sha512_of(std::string_view bytes) {
  return digest_hex(DigestAlgorithm::kSha512, bytes);
}

/// Writes the inventory at the top and in vN/ and describes the package.
inline packager::Package finish_staging(const packager::PackageId& id,
                                        const std::filesystem::path& staging,
                                        const packager::OcflInventory& inventory) {
  const std::string json = inventory.to_json();
  packager::Package package{id, 1, staging, {}, {}, 0, 0, "unchecked", {}, {}};
  package.version = inventory.head();
  package.inventory_digest = sha512_of(json);
  package.files = inventory.current().state.size();
  for (const auto& folder : {staging, staging / ("v" + std::to_string(inventory.head()))}) {
    write_file(folder / "inventory.json", json);
    write_file(folder / "inventory.json.sha512", package.inventory_digest + "  inventory.json\n");
  }
  return package;
}

/// Adds a version that holds the earlier files with `files` added or replaced.
inline packager::Package stage_on(const packager::PackageId& id,
                                  const std::filesystem::path& staging,
                                  packager::OcflInventory inventory, const FileTexts& files) {
  const int number = inventory.head() + 1;
  packager::OcflVersion version{fmt::format("2026-01-0{}T00:00:00+08:00", number % 10),
                                fmt::format("第 {} 版", number),
                                "李阳",
                                "urn:anjuan:os:liyang",
                                {}};
  if (number > 1) version.state = inventory.current().state;
  for (const auto& [path, bytes] : files) {
    const std::string logical = id.objid() + "/" + path;
    const std::string sha512 = sha512_of(bytes);
    version.state[logical] = sha512;
    if (!inventory.content_path(sha512).empty()) continue;
    const std::string content = fmt::format("v{}/content/{}", number, logical);
    inventory.manifest[content] = sha512;
    write_file(staging / content, bytes);
  }
  inventory.versions.push_back(version);
  return finish_staging(id, staging, inventory);
}

inline packager::Package stage_first(const packager::PackageId& id,
                                     const std::filesystem::path& staging,
                                     const FileTexts& files = awkward_files()) {
  write_file(staging / "0=ocfl_object_1.1", "ocfl_object_1.1\n");
  packager::OcflInventory inventory;
  inventory.id = id.urn();
  return stage_on(id, staging, inventory, files);
}

/// On top of the object whose inventory.json is `old_json`.
inline packager::Package stage_next(const packager::PackageId& id,
                                    const std::filesystem::path& staging,
                                    const std::string& old_json,
                                    const FileTexts& files = {{"METS.xml", "<mets>2</mets>"},
                                                              {"metadata/补充.xml", "<more/>"}}) {
  return stage_on(id, staging, packager::OcflInventory::parse(old_json, "old"), files);
}

}  // namespace anjuan::test
