// Bringing both copies of a package to the same, read-back state, from wherever a crash left them.
#include <future>
#include <mutex>

#include "core/fault_point.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "preservation/store/read_back.h"
#include "preservation/store/staged_version.h"
#include "preservation/store/store.h"
#include "preservation/store/stored_record.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

int head_of(const std::optional<StoredObject>& object) { return object ? object->head : 0; }

std::uint64_t bytes_of(const Repository& copy, const packager::PackageId& id, int version) {
  std::uint64_t bytes = 0;
  for (const BlobInfo& blob :
       copy.blobs().list(join_key(id.object_path(), version_name(version)))) {
    bytes += blob.bytes;
  }
  return bytes;
}

void notify(const Store::OnStep& on_step, std::string_view step) {
  fault_point(step);
  if (on_step) on_step(step);
}

}  // namespace

void Store::settle(const packager::PackageId& id, Progress& progress, const OnStep& on_step) {
  primary_.recover(id);
  replica_.recover(id);
  level(id, progress);
  const int head = head_of(primary_.find(id));
  if (head > 0) notify(on_step, "replica");
  for (int version = 1; version <= head; ++version) {
    if (!is_stored(id, version)) read_back_unrecorded(id, version, progress, on_step);
  }
  for (const Repository* copy : {&primary_, &replica_}) {
    copy->blobs().discard_staging(id.objid());
  }
}

void Store::level(const packager::PackageId& id, Progress& progress) {
  const int ours = head_of(primary_.find(id));
  const int theirs = head_of(replica_.find(id));
  const int common = std::min(ours, theirs);
  if (common > 0 && primary_.at_version(id, common).inventory_digest !=
                        replica_.at_version(id, common).inventory_digest) {
    throw Error(
        ErrorCode::kConflict, id.objid(),
        say("store.copies_differ", {{"package", id.objid()}, {"version", std::to_string(common)}}));
  }
  copy_missing(primary_, replica_, id, theirs + 1, ours, progress);
  copy_missing(replica_, primary_, id, ours + 1, theirs, progress);
}

/// A version that turns out damaged and was never stored must not stand in the way of a new try.
fs::path Store::copy_or_withdraw(Repository& from, Repository& to, const packager::PackageId& id,
                                 int version, const OnRead& on_read) {
  try {
    const VersionSource source{from.blobs(), id.object_path()};
    return copy_version(source, version, to.blobs(), id.objid(), on_read);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kCorrupt) throw;
    const std::string aside = withdraw_unstored(from, id, version);
    if (aside.empty()) throw;
    throw Error(ErrorCode::kCorrupt, id.objid(),
                say("store.source_withdrawn", {{"package", id.objid()},
                                               {"version", std::to_string(version)},
                                               {"path", error.subject()},
                                               {"aside", aside}}));
  }
}

/// Takes the version and all after it out of the copy; "" if one of them was called stored there.
std::string Store::withdraw_unstored(Repository& copy, const packager::PackageId& id, int version) {
  const int head = head_of(copy.find(id));
  for (int number = version; number <= head; ++number) {
    if (has_record(copy, id, number)) return "";
  }
  std::string aside;
  for (int number = head; number >= version; --number) aside = copy.withdraw(id, number);
  return aside;
}

void Store::copy_missing(Repository& from, Repository& to, const packager::PackageId& id, int first,
                         int last, Progress& progress) {
  for (int version = first; version <= last; ++version) {
    progress.begin(say("store.step_copy"), bytes_of(from, id, version));
    const OnRead on_read = [&](std::uint64_t bytes) {
      stop_if_interrupted();
      progress.advance(bytes);
    };
    const fs::path staged = copy_or_withdraw(from, to, id, version, on_read);
    fault_point("store:copy-staged");
    if (to.commit(id, version, staged) != PutTree::kDone) {
      throw Error(ErrorCode::kInternal, staged.string(),
                  say("store.staging_elsewhere", {{"path", staged.string()}}));
    }
    to.blobs().discard_staging(id.objid());
    progress.end();
  }
}

/// Both copies at once, each on its own thread: they should lie on two disks.
void Store::read_back_unrecorded(const packager::PackageId& id, int version, Progress& progress,
                                 const OnStep& on_step) {
  const StoredObject object = primary_.at_version(id, version);
  std::vector<Repository*> copies;
  for (Repository* copy : {&replica_, &primary_}) {
    if (!has_record(*copy, id, version)) copies.push_back(copy);
  }
  progress.begin(say("store.step_read_back"), bytes_of(primary_, id, version) * copies.size());
  std::mutex mutex;
  const OnRead on_read = [&](std::uint64_t bytes) {
    stop_if_interrupted();
    const std::lock_guard guard(mutex);
    progress.advance(bytes);
  };
  std::vector<std::future<ReadBack>> readers;
  for (const Repository* copy : copies) {
    readers.push_back(std::async(std::launch::async, [copy, &object, &on_read] {
      return read_back_version(*copy, object, on_read);
    }));
  }
  std::vector<ReadBack> results;
  for (auto& reader : readers) results.push_back(reader.get());
  progress.end();
  notify(on_step, "read-back");
  record(copies, object, results);
  notify(on_step, "recorded");
}

void Store::record(const std::vector<Repository*>& copies, const StoredObject& object,
                   const std::vector<ReadBack>& results) {
  std::vector<Repository*> damaged;
  std::string path;
  for (std::size_t i = 0; i < copies.size(); ++i) {
    if (results[i].damaged.empty()) continue;
    damaged.push_back(copies[i]);
    path = copies[i]->blobs().name() + "/" + results[i].damaged.front();
  }
  if (!damaged.empty()) refuse_damaged(damaged, object, path);
  const Instant now = clock_.now();
  for (std::size_t i = 0; i < copies.size(); ++i) {
    put_record(*copies[i], object.id,
               {object.inventory.id, object.head, object.inventory_digest, results[i].files,
                results[i].bytes, now});
    fault_point("store:record-put");
  }
}

void Store::refuse_damaged(const std::vector<Repository*>& copies, const StoredObject& object,
                           const std::string& path) {
  std::string aside;
  for (Repository* copy : copies) aside = withdraw_unstored(*copy, object.id, object.head);
  const bool has_good_copy = copies.size() == 1;
  const std::string_view message = aside.empty()   ? "store.damaged"
                                   : has_good_copy ? "store.damaged_withdrawn"
                                                   : "store.source_withdrawn";
  throw Error(ErrorCode::kCorrupt, object.id.objid(),
              say(message, {{"package", object.id.objid()},
                            {"version", std::to_string(object.head)},
                            {"path", path},
                            {"aside", aside}}));
}

void Store::bring_replica_level(const packager::PackageId& id, Progress& progress) {
  const FileLock lock = steps().lock(id);
  steps().begin(id);
  settle(id, progress, {});
  steps().end(id);
}

void Store::recover(Progress& progress) {
  open_.clear();
  for (const packager::PackageId& id : steps().list()) {
    try {
      bring_replica_level(id, progress);
    } catch (const Error& error) {
      // Busy: its writer is alive. Anything else stays open and is shown; other work goes on.
      if (error.code() == ErrorCode::kInterrupted) throw;
      if (error.code() != ErrorCode::kBusy) open_.push_back({id, error});
    }
  }
  sweep_abandoned(primary_);
  sweep_abandoned(replica_);
}

/// Removes staging that no open step will use again (its step file is gone).
void Store::sweep_abandoned(Repository& copy) {
  copy.blobs().sweep_staging();
  std::vector<std::string> names;
  std::error_code failure;
  const fs::path staging = copy.blobs().staging();
  for (const auto& entry : fs::directory_iterator(staging, failure)) {
    if (entry.path().filename().string().starts_with("aip-")) {
      names.push_back(entry.path().filename());
    }
  }
  if (failure) throw_errno(failure.value(), staging.string(), "kernel.read_failed");
  for (const std::string& name : names) {
    try {
      const auto id = packager::PackageId::parse(name);
      const FileLock lock = steps().lock(id);
      if (!steps().contains(id)) copy.blobs().discard_staging(name);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kBusy) throw;  // Busy: its writer is alive.
    }
  }
}

}  // namespace anjuan::preservation
