#include "preservation/store/staged_version.h"

#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "core/text.h"
#include "preservation/store/local_blob_store.h"
#include "preservation/store/local_files.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_staged(const packager::Package& package, const std::string& path,
                              std::string_view message) {
  throw Error(ErrorCode::kInvalid, package.staging.string(),
              say(message, {{"package", package.id.objid()}, {"path", path}}));
}

/// The files of a version by their paths from the object root, without those of the root.
std::map<std::string, std::uint64_t> files_of(const VersionSource& source, int version) {
  std::map<std::string, std::uint64_t> files;
  const std::size_t skip = source.object.empty() ? 0 : source.object.size() + 1;
  for (const BlobInfo& blob : source.blobs.list(join_key(source.object, version_name(version)))) {
    files.emplace(blob.key.substr(skip), blob.bytes);
  }
  return files;
}

/// "" if exactly the files of the inventory are there, else the first path that is too much or
/// too little.
std::string first_difference(const std::map<std::string, std::uint64_t>& files,
                             const packager::OcflInventory& inventory, int version) {
  std::map<std::string, std::string> expected = content_of(inventory, version);
  for (const std::string_view name : {kInventoryName, kSidecarName}) {
    expected.emplace(join_key(version_name(version), name), "");
  }
  for (const auto& [path, digest] : expected) {
    if (!files.contains(path)) return path;
  }
  for (const auto& [path, bytes] : files) {
    if (!expected.contains(path)) return path;
  }
  return "";
}

void check_room(const BlobStore& target, const std::map<std::string, std::uint64_t>& files) {
  const auto room = target.free_bytes();
  if (!room) return;
  std::uint64_t needed = 0;
  for (const auto& [path, bytes] : files) needed += bytes;
  if (needed <= *room) return;
  throw Error(ErrorCode::kNoSpace, target.name(),
              say("store.no_room", {{"path", target.name()},
                                    {"needed", human_bytes(needed)},
                                    {"free", human_bytes(*room)}}));
}

/// True if an earlier, stopped copy left the file whole.
bool is_copied(const fs::path& file, const std::string& sha512) {
  std::error_code none;  // A file that cannot be looked at is copied, which tells why.
  return fs::exists(file, none) && sha512_from_disk(file) == sha512;
}

void copy_content(const VersionSource& source, const std::string& path, const std::string& sha512,
                  const fs::path& target, const OnRead& on_read) {
  if (is_copied(target, sha512)) return;
  remove_staged(target);  // Half a file of a stopped copy.
  create_folders_durably(target.parent_path());
  const std::string key = join_key(source.object, path);
  if (source.blobs.fetch(key, target, on_read) == sha512) return;
  const std::string subject = source.blobs.name() + "/" + key;
  throw Error(ErrorCode::kCorrupt, subject, say("store.source_differs", {{"path", subject}}));
}

/// Small files of the object: written anew each time.
void copy_small(const VersionSource& source, const std::string& from, const fs::path& target) {
  const std::string bytes = get_all(source.blobs, join_key(source.object, from));
  remove_staged(target);
  FileHandle::create(target).write_all(std::as_bytes(std::span(bytes)), target.string());
}

}  // namespace

CheckedInventory check_staged(const packager::Package& package) {
  const auto staging = LocalBlobStore::open(package.staging);
  const VersionSource source{*staging, ""};
  CheckedInventory inventory = read_inventory(*staging, "");
  const std::string version = version_name(package.version);
  if (inventory.sha512 != package.inventory_digest || inventory.value.id != package.id.urn() ||
      inventory.value.head() != package.version ||
      read_inventory(*staging, version).sha512 != inventory.sha512) {
    fail_staged(package, std::string(kInventoryName), "store.staged_inventory");
  }
  const std::string sidecar = sidecar_of(inventory.sha512);
  if (get_all(*staging, std::string(kSidecarName)) != sidecar ||
      get_all(*staging, join_key(version, kSidecarName)) != sidecar) {
    fail_staged(package, std::string(kSidecarName), "store.staged_inventory");
  }
  const std::string path =
      first_difference(files_of(source, package.version), inventory.value, package.version);
  if (!path.empty()) fail_staged(package, path, "store.staged_files");
  if (package.version == 1 && !staging->exists(std::string(kObjectMark))) {
    fail_staged(package, std::string(kObjectMark), "store.staged_files");
  }
  return inventory;
}

fs::path copy_version(const VersionSource& source, int version, BlobStore& target,
                      const std::string& name, const OnRead& on_read) {
  const std::string folder = version_name(version);
  const CheckedInventory inventory = read_inventory(source.blobs, join_key(source.object, folder));
  check_room(target, files_of(source, version));
  const fs::path staged = target.staging() / name;
  create_folders_durably(staged / folder);
  for (const auto& [path, sha512] : content_of(inventory.value, version)) {
    copy_content(source, path, sha512, staged / path, on_read);
    fault_point("store:copied");
  }
  for (const std::string_view small : {kInventoryName, kSidecarName}) {
    copy_small(source, join_key(folder, small), staged / folder / small);
    if (version == 1) copy_small(source, join_key(folder, small), staged / small);
  }
  if (version == 1) copy_small(source, std::string(kObjectMark), staged / kObjectMark);
  return staged;
}

bool is_complete_version(const VersionSource& source, int version,
                         const packager::OcflInventory* old) {
  try {
    const std::string folder = join_key(source.object, version_name(version));
    const CheckedInventory inventory = read_inventory(source.blobs, folder);
    if (old != nullptr && !extends(*old, inventory.value)) return false;
    if (inventory.value.head() != version) return false;
    if (!first_difference(files_of(source, version), inventory.value, version).empty()) {
      return false;
    }
    for (const auto& [path, sha512] : content_of(inventory.value, version)) {
      if (source.blobs.read_back(join_key(source.object, path), {}) != sha512) return false;
    }
    return true;
  } catch (const Error& error) {
    // An inventory that is missing or damaged is the answer "no"; a disk that fails is not.
    if (error.code() == ErrorCode::kNotFound || error.code() == ErrorCode::kCorrupt) return false;
    throw;
  }
}

}  // namespace anjuan::preservation
