#include "preservation/store/store.h"

#include "core/durable.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "preservation/store/local_blob_store.h"
#include "preservation/store/stored_record.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

struct Folders {
  fs::path primary;
  fs::path replica;
};

bool lies_in(const fs::path& inner, const fs::path& outer) {
  const fs::path relative = inner.lexically_relative(outer);
  return !relative.empty() && *relative.begin() != "..";
}

/// Absolute and without links, as far as the path exists; without a slash at the end.
fs::path resolved(const fs::path& path) {
  std::error_code failure;
  const fs::path full = fs::weakly_canonical(path, failure);
  if (failure) throw_errno(failure.value(), path.string(), "kernel.read_failed");
  return (full / ".").lexically_normal().parent_path();
}

Folders folders_of(const fs::path& home, const Config& config) {
  const Folders folders{resolved(home / config.storage.primary),
                        resolved(home / config.storage.replica)};
  if (lies_in(folders.primary, folders.replica) || lies_in(folders.replica, folders.primary)) {
    throw Error(ErrorCode::kInvalid, folders.replica.string(),
                say("store.copies_overlap", {{"primary", folders.primary.string()},
                                             {"replica", folders.replica.string()}}));
  }
  return folders;
}

}  // namespace

void Store::create(const fs::path& home, const Config& config) {
  const Folders folders = folders_of(home, config);
  for (const fs::path& folder : {folders.primary, folders.replica}) {
    create_folders_durably(folder);
    Repository::create(LocalBlobStore::open(folder));
  }
}

Store Store::open(const fs::path& home, const Config& config, const Clock& clock, OpenMode mode,
                  Progress* progress) {
  const Folders folders = folders_of(home, config);
  Repository primary = Repository::open(LocalBlobStore::open(folders.primary));
  Repository replica = Repository::open(LocalBlobStore::open(folders.replica));
  Store store(std::move(primary), std::move(replica), home / "workspace", clock,
              compare_disks(folders.primary, folders.replica));
  if (mode == OpenMode::kRead) return store;
  store.steps_ = OpenSteps::open(store.workspace_ / "store");
  SilentProgress silent;
  store.recover(progress != nullptr ? *progress : silent);
  return store;
}

Store::Store(Repository primary, Repository replica, fs::path workspace, const Clock& clock,
             DiskRelation relation)
    : primary_(std::move(primary)),
      replica_(std::move(replica)),
      workspace_(std::move(workspace)),
      clock_(clock),
      relation_(relation) {}

Store::Store(std::shared_ptr<BlobStore> primary, std::shared_ptr<BlobStore> replica,
             const fs::path& workspace, const Clock& clock, DiskRelation relation)
    : Store(Repository::open(std::move(primary)), Repository::open(std::move(replica)), workspace,
            clock, relation) {
  steps_ = OpenSteps::open(workspace_ / "store");
}

const OpenSteps& Store::steps() const {
  if (!steps_) throw Error(ErrorCode::kInternal, primary_.blobs().name(), say("store.read_only"));
  return *steps_;
}

StoredPackage Store::accept(const packager::Package& package, Progress& progress,
                            const OnStep& on_step) {
  const FileLock lock = steps().lock(package.id);
  const bool was_stored = is_stored(package.id, package.version);
  const bool is_open = steps().contains(package.id);
  if (!is_open && primary_.holds(package) && was_stored) {
    return describe(package, Acceptance::kAlreadyStored);
  }
  steps().begin(package.id);
  settle(package.id, progress, on_step);
  if (!primary_.holds(package)) {
    progress.begin(say("store.step_primary"), package.bytes);
    primary_.accept(package, [&](std::uint64_t bytes) { progress.advance(bytes); });
    progress.end();
    if (on_step) on_step("primary");
    settle(package.id, progress, on_step);
  }
  steps().end(package.id);
  return describe(package, was_stored ? Acceptance::kAlreadyStored : Acceptance::kStored);
}

StoredPackage Store::describe(const packager::Package& package, Acceptance acceptance) const {
  const auto primary = find_record(primary_, package.id, package.version);
  const auto replica = find_record(replica_, package.id, package.version);
  if (!primary || !replica || primary->inventory_digest != package.inventory_digest ||
      replica->inventory_digest != package.inventory_digest) {
    throw Error(ErrorCode::kCorrupt, package.id.objid(),
                say("store.record_differs", {{"package", package.id.objid()},
                                             {"version", std::to_string(package.version)}}));
  }
  StoredPackage stored{package.id, package.version, {}, package.inventory_digest, 0, 0, {}};
  stored.object = primary_.blobs().local_path(package.id.object_path()).value_or(fs::path());
  stored.files = primary->files;
  stored.bytes = primary->bytes;
  stored.stored_at = std::max(primary->read_back_at, replica->read_back_at);
  stored.replica_on_same_device = replica_on_same_device();
  stored.acceptance = acceptance;
  return stored;
}

bool Store::is_stored(const packager::PackageId& id, int version) const {
  return has_record(primary_, id, version) && has_record(replica_, id, version);
}

std::optional<StoredObject> Store::newest_stored(const StoredObject& object) const {
  if (has_record(primary_, object.id, object.head)) return object;
  for (int version = object.head - 1; version > 0; --version) {
    if (has_record(primary_, object.id, version)) return primary_.at_version(object.id, version);
  }
  return std::nullopt;
}

std::optional<StoredObject> Store::find(const packager::PackageId& id) const {
  const auto object = primary_.find(id);
  return object ? newest_stored(*object) : std::nullopt;
}

void Store::for_each(const Repository::OnObject& on_object,
                     const Repository::OnUnreadable& on_unreadable) const {
  const auto visit = [&](const StoredObject& object) {
    if (const auto stored = newest_stored(object)) on_object(*stored);
  };
  primary_.for_each(visit, on_unreadable);
}

fs::path Store::staging_folder(const packager::PackageId& id) const {
  return workspace_ / "staging" / id.objid();
}

}  // namespace anjuan::preservation
