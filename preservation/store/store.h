#pragma once
// The store of an archive home: a primary and a replica, and the only word "stored".
//
// A version is stored when both copies hold it, both were read back from their media past the page
// cache and matched its manifest, and both bear a record of that. Only then does accept() return,
// and only then may a submission be released. Everything can be called again after a crash.
//
// One writer per package at a time (lock in workspace/store); readers need no lock. Several threads
// may call accept() for different packages on one Store.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/config.h"
#include "core/progress.h"
#include "preservation/store/open_steps.h"
#include "preservation/store/read_back.h"
#include "preservation/store/repository.h"
#include "preservation/store/same_disk.h"

namespace anjuan::preservation {

enum class Acceptance { kStored, kAlreadyStored };

struct StoredPackage {
  packager::PackageId id;
  int version = 0;
  std::filesystem::path object;         ///< folder of the primary's OCFL object, if it is local
  std::string inventory_digest;         ///< SHA-512 of the version's inventory.json
  std::uint64_t files = 0;              ///< content files that this version brought
  std::uint64_t bytes = 0;              ///< of them
  Instant stored_at;                    ///< when the later of the two copies had been read back
  bool replica_on_same_device = false;  ///< then there is no second copy, and users are told so
  Acceptance acceptance = Acceptance::kStored;
};

/// A package whose open step could not be finished when the store was opened, and why.
struct OpenStep {
  packager::PackageId id;
  Error error;
};

enum class OpenMode {
  kRead,   ///< only looks: no recovery, no folders made
  kWrite,  ///< first finishes what a crash left open, replicas included
};

class Store {
 public:
  /// What accept() has just made durable: "primary", "replica", "read-back", "recorded".
  using OnStep = std::function<void(std::string_view step)>;

  /// Makes both storage roots (`anjuan init`). Doing it again changes nothing.
  /// Throws Error(kInvalid) if one lies inside the other.
  static void create(const std::filesystem::path& home, const Config& config);
  /// Throws Error(kNotFound) if a storage root is missing: not initialised, or its disk is not
  /// mounted. (A missing replica is never made anew in silence.)
  /// `progress` hears of the recovery, which may have to copy whole recordings.
  static Store open(const std::filesystem::path& home, const Config& config, const Clock& clock,
                    OpenMode mode = OpenMode::kWrite, Progress* progress = nullptr);
  /// Over any two blob stores that bear storage roots. `relation` is what is known of their disks.
  Store(std::shared_ptr<BlobStore> primary, std::shared_ptr<BlobStore> replica,
        const std::filesystem::path& workspace, const Clock& clock, DiskRelation relation);

  /// Stores a staged version. The same package again returns kAlreadyStored and touches nothing.
  /// Throws Error(kConflict) if another package has that id and version, kBusy if another process
  /// stores it now, kInvalid if the staging is not complete, kNoSpace, kIo, and kCorrupt if a copy
  /// does not read back as written: that copy's version is then taken aside, and the next
  /// accept() copies it again from the good one.
  StoredPackage accept(const packager::Package& package, Progress& progress,
                       const OnStep& on_step = {});

  /// Finishes or withdraws an open step and brings the copy that lacks versions up to the other.
  /// Throws Error(kConflict) if the copies hold different bytes for one version.
  void bring_replica_level(const packager::PackageId& id, Progress& progress);
  /// The same for all open steps; what fails is in open_steps().
  void recover(Progress& progress);

  /// Steps that the last recover() could not finish.
  const std::vector<OpenStep>& open_steps() const { return open_; }

  /// The newest *stored* version in the primary; nothing if there is none.
  std::optional<StoredObject> find(const packager::PackageId& id) const;
  /// Every package with a stored version, in byte order of the keys.
  void for_each(const Repository::OnObject& on_object,
                const Repository::OnUnreadable& on_unreadable) const;

  /// A folder for building the package in, on the primary's file system as long as workspace/ is.
  /// It need not exist yet.
  std::filesystem::path staging_folder(const packager::PackageId& id) const;

  Repository& primary() { return primary_; }

  const Repository& primary() const { return primary_; }

  Repository& replica() { return replica_; }

  const Repository& replica() const { return replica_; }

  bool replica_on_same_device() const { return relation_ == DiskRelation::kSame; }

 private:
  Store(Repository primary, Repository replica, std::filesystem::path workspace, const Clock& clock,
        DiskRelation relation);

  const OpenSteps& steps() const;
  bool is_stored(const packager::PackageId& id, int version) const;
  void settle(const packager::PackageId& id, Progress& progress, const OnStep& on_step);
  void level(const packager::PackageId& id, Progress& progress);
  void copy_missing(Repository& from, Repository& to, const packager::PackageId& id, int first,
                    int last, Progress& progress);
  std::filesystem::path copy_or_withdraw(Repository& from, Repository& to,
                                         const packager::PackageId& id, int version,
                                         const OnRead& on_read);
  std::string withdraw_unstored(Repository& copy, const packager::PackageId& id, int version);
  void read_back_unrecorded(const packager::PackageId& id, int version, Progress& progress,
                            const OnStep& on_step);
  void record(const std::vector<Repository*>& copies, const StoredObject& object,
              const std::vector<ReadBack>& results);
  [[noreturn]] void refuse_damaged(const std::vector<Repository*>& copies,
                                   const StoredObject& object, const std::string& path);
  void sweep_abandoned(Repository& copy);
  StoredPackage describe(const packager::Package& package, Acceptance acceptance) const;
  std::optional<StoredObject> newest_stored(const StoredObject& object) const;

  Repository primary_;
  Repository replica_;
  std::filesystem::path workspace_;
  std::optional<OpenSteps> steps_;  ///< absent when opened for reading
  const Clock& clock_;
  DiskRelation relation_;
  std::vector<OpenStep> open_;
};

}  // namespace anjuan::preservation
