#include "preservation/store/object_version.h"

#include <list>
#include <mutex>

#include "core/digest.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::preservation {

namespace {

constexpr std::size_t kSha512Characters = 128;

[[noreturn]] void fail_sidecar(const std::string& subject) {
  throw Error(ErrorCode::kCorrupt, subject, say("store.sidecar_differs", {{"path", subject}}));
}

bool same_version(const packager::OcflVersion& a, const packager::OcflVersion& b) {
  return a.created == b.created && a.message == b.message && a.user_name == b.user_name &&
         a.user_address == b.user_address && a.state == b.state;
}

std::string subject_of(const BlobStore& blobs, const std::string& folder) {
  return blobs.name() + "/" + join_key(folder, kInventoryName);
}

/// One step reads the same inventory in several places; these bytes are parsed once. The key is the
/// digest of the bytes, so an entry is never out of date.
class ParsedInventories {
 public:
  packager::OcflInventory get(const std::string& sha512, std::string_view bytes,
                              const std::string& subject) {
    const std::lock_guard guard(mutex_);
    for (const auto& [digest, inventory] : entries_) {
      if (digest == sha512) return inventory;
    }
    entries_.emplace_front(sha512, packager::OcflInventory::parse(bytes, subject));
    if (entries_.size() > kEntriesMax) entries_.pop_back();
    return entries_.front().second;
  }

 private:
  static constexpr std::size_t kEntriesMax = 3;  ///< the old version, the new one, one to spare

  std::mutex mutex_;
  std::list<std::pair<std::string, packager::OcflInventory>> entries_;
};

CheckedInventory parse(std::string bytes, const std::string& subject) {
  static ParsedInventories parsed;
  CheckedInventory inventory;
  inventory.sha512 = digest_hex(DigestAlgorithm::kSha512, bytes);
  inventory.value = parsed.get(inventory.sha512, bytes, subject);
  inventory.bytes = std::move(bytes);
  return inventory;
}

}  // namespace

std::string version_name(int version) { return fmt::format("v{}", version); }

std::string join_key(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

std::string sidecar_of(const std::string& sha512) {
  return sha512 + "  " + std::string(kInventoryName) + "\n";
}

std::string sidecar_digest(std::string_view sidecar, const std::string& subject) {
  const std::size_t space = sidecar.find_first_of(" \t");
  if (space != kSha512Characters) fail_sidecar(subject);
  return std::string(sidecar.substr(0, space));
}

CheckedInventory read_inventory(const BlobStore& blobs, const std::string& folder) {
  const std::string subject = subject_of(blobs, folder);
  CheckedInventory inventory = parse(get_all(blobs, join_key(folder, kInventoryName)), subject);
  const std::string sidecar = get_all(blobs, join_key(folder, kSidecarName));
  if (sidecar_digest(sidecar, subject) != inventory.sha512) fail_sidecar(subject);
  return inventory;
}

CheckedInventory read_head(const BlobStore& blobs, const std::string& object) {
  const std::string subject = subject_of(blobs, object);
  CheckedInventory inventory = parse(get_all(blobs, join_key(object, kInventoryName)), subject);
  const std::string sidecar_key = join_key(object, kSidecarName);
  if (blobs.exists(sidecar_key) &&
      sidecar_digest(get_all(blobs, sidecar_key), subject) == inventory.sha512) {
    return inventory;
  }
  const std::string version = join_key(object, version_name(inventory.value.head()));
  if (read_inventory(blobs, version).sha512 != inventory.sha512) fail_sidecar(subject);
  return inventory;
}

std::map<std::string, std::string> content_of(const packager::OcflInventory& inventory,
                                              int version) {
  const std::string prefix = version_name(version) + "/";
  std::map<std::string, std::string> content;
  for (const auto& [path, digest] : inventory.manifest) {
    if (path.starts_with(prefix)) content.emplace(path, digest);
  }
  return content;
}

bool extends(const packager::OcflInventory& old, const packager::OcflInventory& next) {
  if (old.id != next.id || next.head() != old.head() + 1) return false;
  for (std::size_t i = 0; i < old.versions.size(); ++i) {
    if (!same_version(old.versions[i], next.versions[i])) return false;
  }
  for (const auto& [path, digest] : old.manifest) {
    const auto found = next.manifest.find(path);
    if (found == next.manifest.end() || found->second != digest) return false;
  }
  return old.manifest.size() + content_of(next, next.head()).size() == next.manifest.size();
}

}  // namespace anjuan::preservation
