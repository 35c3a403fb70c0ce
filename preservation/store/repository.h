#pragma once
// One copy of all packages: an OCFL 1.1 storage root over a blob store.
//
// Rules for the caller: accept(), commit(), recover() and withdraw() are called with the lock of
// the package held (Store does that); find() and for_each() need no lock and see an object before
// or after a step, never in it. Commit protocol: docs/adr/0011-store-commit.md.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/error.h"
#include "packager/package_builder.h"
#include "packager/package_id.h"
#include "preservation/store/blob_store.h"
#include "preservation/store/object_version.h"

namespace anjuan::preservation {

/// An object as its root inventory says.
struct StoredObject {
  packager::PackageId id;
  std::string key;  ///< of the OCFL object root, below the storage root
  int head = 0;     ///< number of the newest version
  packager::OcflInventory inventory;
  std::string inventory_digest;  ///< SHA-512 of inventory.json
};

enum class Accepted { kCommitted, kAlreadyThere };
enum class Recovered { kNothing, kFinished, kWithdrawn };

class Repository {
 public:
  using OnObject = std::function<void(const StoredObject&)>;
  /// An object that cannot be read: its key and why. Never left out silently.
  using OnUnreadable = std::function<void(const std::string& key, const Error& error)>;

  /// Makes the store an OCFL storage root; files that are there already stay as they are.
  /// Throws Error(kConflict) if it is a storage root of another kind.
  static Repository create(std::shared_ptr<BlobStore> blobs);
  /// Throws Error(kNotFound) if the store is not marked as an OCFL 1.1 storage root (not
  /// initialised, or its disk is not mounted).
  static Repository open(std::shared_ptr<BlobStore> blobs);

  /// Nothing if there is no such package. Throws Error(kCorrupt) if it is damaged.
  std::optional<StoredObject> find(const packager::PackageId& id) const;
  /// The object as it was at `version`. Throws Error(kNotFound | kCorrupt).
  StoredObject at_version(const packager::PackageId& id, int version) const;
  /// Every object, in byte order of the keys.
  void for_each(const OnObject& on_object, const OnUnreadable& on_unreadable) const;

  /// True if this very version is there. Throws Error(kConflict) if another package has its number,
  /// or if a version before it is missing.
  bool holds(const packager::Package& package) const;
  /// Commits a staged package. The same package again is kAlreadyThere.
  /// Throws Error(kConflict) for another version of the same number or a gap, Error(kInvalid) if
  /// the staged files are not those of its inventory, kNoSpace, kIo.
  Accepted accept(const packager::Package& package, const OnRead& on_read = {});
  /// Commits version `version` of the object from `staged` (v1: the whole object; later: holds
  /// vN/). kOtherDevice: nothing was done, `staged` must lie below blobs().staging().
  [[nodiscard]] PutTree commit(const packager::PackageId& id, int version,
                               const std::filesystem::path& staged);
  /// Finishes or withdraws what a crash left open; afterwards the object is at N-1 or N.
  Recovered recover(const packager::PackageId& id);
  /// Takes the newest version out of this copy (nothing is deleted): it was never stored.
  /// Returns where it is. Throws Error(kInternal) if `version` is not the newest.
  std::string withdraw(const packager::PackageId& id, int version);

  BlobStore& blobs() const { return *blobs_; }

 private:
  explicit Repository(std::shared_ptr<BlobStore> blobs) : blobs_(std::move(blobs)) {}

  void commit_copy(const packager::Package& package, const OnRead& on_read);
  void publish(const std::string& object, int version);
  void set_head(const std::string& object, std::string_view name, const std::string& bytes);
  Recovered recover_next(const std::string& object, const CheckedInventory& head);
  void visit(const std::string& key, const OnObject& on_object,
             const OnUnreadable& on_unreadable) const;
  StoredObject read_object(const std::string& key) const;

  std::shared_ptr<BlobStore> blobs_;
};

}  // namespace anjuan::preservation
