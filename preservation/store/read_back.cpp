#include "preservation/store/read_back.h"

#include "core/digest.h"
#include "core/fault_point.h"

namespace anjuan::preservation {

namespace {

/// Key -> SHA-512 of all files that a version consists of.
std::map<std::string, std::string> expected_files(const StoredObject& version, bool is_newest) {
  std::map<std::string, std::string> files;
  for (const auto& [path, sha512] : content_of(version.inventory, version.head)) {
    files.emplace(join_key(version.key, path), sha512);
  }
  const std::string sidecar =
      digest_hex(DigestAlgorithm::kSha512, sidecar_of(version.inventory_digest));
  std::vector<std::string> folders{join_key(version.key, version_name(version.head))};
  if (is_newest) folders.push_back(version.key);
  for (const std::string& folder : folders) {
    files.emplace(join_key(folder, kInventoryName), version.inventory_digest);
    files.emplace(join_key(folder, kSidecarName), sidecar);
  }
  if (version.head == 1) {
    files.emplace(join_key(version.key, kObjectMark),
                  digest_hex(DigestAlgorithm::kSha512, "ocfl_object_1.1\n"));
  }
  return files;
}

}  // namespace

ReadBack read_back_version(const Repository& copy, const StoredObject& version,
                           const OnRead& on_read) {
  const auto current = copy.find(version.id);
  const bool is_newest = current && current->head == version.head;
  const auto content = content_of(version.inventory, version.head);
  ReadBack result;
  result.files = content.size();
  for (const auto& [key, sha512] : expected_files(version, is_newest)) {
    std::uint64_t bytes = 0;
    const OnRead count = [&](std::uint64_t read) {
      bytes += read;
      if (on_read) on_read(read);
    };
    if (!copy.blobs().exists(key) || copy.blobs().read_back(key, count) != sha512) {
      result.damaged.push_back(key);
    }
    if (content.contains(key.substr(version.key.size() + 1))) result.bytes += bytes;
    fault_point("store:file-read-back");
  }
  return result;
}

}  // namespace anjuan::preservation
