#include "preservation/store/repository.h"

#include "core/digest.h"
#include "core/durable.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "packager/ocfl_root.h"
#include "preservation/store/local_blob_store.h"
#include "preservation/store/staged_version.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRootMark = "0=ocfl_1.1";
constexpr std::string_view kExtensions = "extensions";
constexpr std::string_view kRootScratch = "storage-root";

[[noreturn]] void fail_conflict(const packager::Package& package, std::string_view message,
                                int head) {
  throw Error(ErrorCode::kConflict, package.id.objid(),
              say(message, {{"package", package.id.objid()},
                            {"version", std::to_string(package.version)},
                            {"head", std::to_string(head)}}));
}

/// Puts a file of the storage root unless the same bytes are there.
void put_once(BlobStore& blobs, const std::string& key, const std::string& bytes) {
  if (!blobs.exists(key)) {
    blobs.put_bytes(key, bytes);
  } else if (get_all(blobs, key) != bytes) {
    const std::string subject = blobs.name() + "/" + key;
    throw Error(ErrorCode::kConflict, subject, say("store.other_root", {{"path", subject}}));
  }
}

void put_root_files(BlobStore& blobs, const fs::path& scratch) {
  packager::write_storage_root(scratch);
  const auto files = LocalBlobStore::open(scratch);
  std::vector<BlobInfo> list = files->list("");
  // Backwards, so that the mark 0=ocfl_1.1 comes last: a store that bears it is complete.
  std::reverse(list.begin(), list.end());
  for (const BlobInfo& file : list) put_once(blobs, file.key, get_all(*files, file.key));
}

}  // namespace

Repository Repository::create(std::shared_ptr<BlobStore> blobs) {
  const std::string scratch(kRootScratch);
  blobs->discard_staging(scratch);
  put_once(*blobs, join_key(std::string(kStagingFolder), "README.txt"),
           say_in(Language::kChinese, "store.staging_readme") + "\n\n" +
               say_in(Language::kEnglish, "store.staging_readme") + "\n");
  put_root_files(*blobs, blobs->staging() / scratch);
  blobs->discard_staging(scratch);
  return Repository(std::move(blobs));
}

Repository Repository::open(std::shared_ptr<BlobStore> blobs) {
  if (!blobs->exists(std::string(kRootMark))) {
    throw Error(ErrorCode::kNotFound, blobs->name(),
                say("store.not_a_root", {{"path", blobs->name()}}));
  }
  return Repository(std::move(blobs));
}

StoredObject Repository::read_object(const std::string& key) const {
  CheckedInventory inventory = read_head(*blobs_, key);
  const auto id = packager::PackageId::parse(inventory.value.id);
  if (id.object_path() != key) {
    const std::string subject = blobs_->name() + "/" + key;
    throw Error(ErrorCode::kCorrupt, subject,
                say("store.wrong_place", {{"path", subject}, {"package", id.objid()}}));
  }
  return {id, key, inventory.value.head(), inventory.value, inventory.sha512};
}

std::optional<StoredObject> Repository::find(const packager::PackageId& id) const {
  const std::string key = id.object_path();
  if (!blobs_->exists(key)) return std::nullopt;
  return read_object(key);
}

StoredObject Repository::at_version(const packager::PackageId& id, int version) const {
  const std::string key = id.object_path();
  CheckedInventory inventory = read_inventory(*blobs_, join_key(key, version_name(version)));
  return {id, key, inventory.value.head(), inventory.value, inventory.sha512};
}

void Repository::for_each(const OnObject& on_object, const OnUnreadable& on_unreadable) const {
  for (const std::string& name : blobs_->folders("")) {
    if (name != kExtensions) visit(name, on_object, on_unreadable);
  }
}

void Repository::visit(const std::string& key, const OnObject& on_object,
                       const OnUnreadable& on_unreadable) const {
  if (!blobs_->exists(join_key(key, kObjectMark))) {
    for (const std::string& name : blobs_->folders(key)) {
      visit(join_key(key, name), on_object, on_unreadable);
    }
    return;
  }
  std::optional<StoredObject> object;
  try {
    object = read_object(key);
  } catch (const Error& error) {
    on_unreadable(key, error);
  }
  if (object) on_object(*object);
}

bool Repository::holds(const packager::Package& package) const {
  const auto object = find(package.id);
  const int head = object ? object->head : 0;
  if (package.version <= head) {
    const auto there = at_version(package.id, package.version);
    if (there.inventory_digest == package.inventory_digest) return true;
    fail_conflict(package, "store.other_version", head);
  }
  if (package.version > head + 1) fail_conflict(package, "store.version_gap", head);
  return false;
}

void Repository::commit_copy(const packager::Package& package, const OnRead& on_read) {
  const auto staging = LocalBlobStore::open(package.staging);
  const std::string name = package.id.objid();
  const fs::path copy = copy_version({*staging, ""}, package.version, *blobs_, name, on_read);
  if (commit(package.id, package.version, copy) != PutTree::kDone) {
    throw Error(ErrorCode::kInternal, copy.string(),
                say("store.staging_elsewhere", {{"path", copy.string()}}));
  }
  blobs_->discard_staging(name);
}

Accepted Repository::accept(const packager::Package& package, const OnRead& on_read) {
  recover(package.id);
  if (holds(package)) return Accepted::kAlreadyThere;
  const CheckedInventory next = check_staged(package);
  if (package.version > 1) {
    const auto old = find(package.id);
    if (!extends(old->inventory, next.value)) {
      fail_conflict(package, "store.not_an_extension", old->head);
    }
  }
  fault_point("repository:checked");
  if (commit(package.id, package.version, package.staging) == PutTree::kOtherDevice) {
    commit_copy(package, on_read);
  }
  return Accepted::kCommitted;
}

}  // namespace anjuan::preservation
