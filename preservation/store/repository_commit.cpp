// The steps of the commit protocol and its recovery (docs/adr/0011-store-commit.md).
#include "core/digest.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "preservation/store/repository.h"
#include "preservation/store/staged_version.h"

namespace anjuan::preservation {

PutTree Repository::commit(const packager::PackageId& id, int version,
                           const std::filesystem::path& staged) {
  const std::string object = id.object_path();
  if (version == 1) return blobs_->put_tree(object, staged);
  const std::string name = version_name(version);
  const PutTree put = blobs_->put_tree(join_key(object, name), staged / name);
  if (put == PutTree::kDone) publish(object, version);
  return put;
}

/// Lets readers see the version: root inventory first, sidecar last. Done again, it does nothing.
void Repository::publish(const std::string& object, int version) {
  const CheckedInventory next = read_inventory(*blobs_, join_key(object, version_name(version)));
  fault_point("repository:version-placed");
  set_head(object, kInventoryName, next.bytes);
  fault_point("repository:inventory-replaced");
  set_head(object, kSidecarName, sidecar_of(next.sha512));
  fault_point("repository:sidecar-replaced");
}

void Repository::set_head(const std::string& object, std::string_view name,
                          const std::string& bytes) {
  const std::string key = join_key(object, name);
  if (!blobs_->exists(key)) {
    blobs_->put_bytes(key, bytes);
    return;
  }
  const std::string old = get_all(*blobs_, key);
  if (old != bytes) {
    blobs_->replace_head(key, bytes, digest_hex(DigestAlgorithm::kSha512, old));
  }
}

Recovered Repository::recover(const packager::PackageId& id) {
  const std::string object = id.object_path();
  if (!blobs_->exists(object)) {
    blobs_->prune_empty(object);
    return Recovered::kNothing;
  }
  const CheckedInventory head = read_head(*blobs_, object);
  const Recovered next = recover_next(object, head);
  if (next == Recovered::kFinished) return next;
  const std::string sidecar = join_key(object, kSidecarName);
  const std::string right = sidecar_of(head.sha512);
  if (blobs_->exists(sidecar) && get_all(*blobs_, sidecar) == right) return next;
  set_head(object, kSidecarName, right);
  return Recovered::kFinished;
}

/// A version beyond the head is published if it is complete to the last byte, else taken aside.
Recovered Repository::recover_next(const std::string& object, const CheckedInventory& head) {
  const int version = head.value.head() + 1;
  const std::string folder = join_key(object, version_name(version));
  if (!blobs_->exists(folder)) return Recovered::kNothing;
  if (is_complete_version({*blobs_, object}, version, &head.value)) {
    publish(object, version);
    return Recovered::kFinished;
  }
  blobs_->move_aside(folder);
  return Recovered::kWithdrawn;
}

std::string Repository::withdraw(const packager::PackageId& id, int version) {
  const std::string object = id.object_path();
  const CheckedInventory head = read_head(*blobs_, object);
  if (head.value.head() != version) {
    throw Error(
        ErrorCode::kInternal, id.objid(),
        say("store.not_newest", {{"package", id.objid()}, {"version", std::to_string(version)}}));
  }
  if (version == 1) return blobs_->move_aside(object);
  // The heads first: a reader never sees an inventory whose version is gone.
  publish(object, version - 1);
  return blobs_->move_aside(join_key(object, version_name(version)));
}

}  // namespace anjuan::preservation
