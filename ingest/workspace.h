#pragma once
// The place of one submission's work in flight: workspace/KEY/ with a journal, a lock and files/.
//
// KEY follows from the submission's real path, so that the same command finds its own work again
// after a crash. Only one process works on a submission: a second one gets Error(kBusy). A
// workspace is removed by finish() when its case is stored or refused; what is there is unfinished.

#include <filesystem>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/durable.h"
#include "core/journal.h"

namespace anjuan::ingest {

class Workspace {
 public:
  /// Opens or makes the workspace of `submission` below `root`.
  /// Throws Error(kNotFound) without a submission, Error(kBusy) if another process has it.
  static Workspace open(const std::filesystem::path& root, const std::filesystem::path& submission,
                        const Clock& clock);

  const std::string& key() const { return key_; }

  const std::filesystem::path& folder() const { return folder_; }

  /// Where gathered files lie, by number.
  std::filesystem::path files() const { return folder_ / "files"; }

  /// What was measured of its media and made of them; exists.
  std::filesystem::path media() const;

  /// When the work began, also over restarts: events and package dates take this time.
  Instant started() const { return started_; }

  Journal& journal() { return *journal_; }

  /// Throws away all that was done: the submission is another one now.
  void start_anew();

  /// Removes the workspace. Nothing else may be called afterwards.
  void finish();

 private:
  Workspace(std::string key, std::filesystem::path folder, FileLock lock, Instant now);

  void open_journal();

  std::string key_;
  std::filesystem::path folder_;
  std::optional<FileLock> lock_;
  std::optional<Journal> journal_;
  Instant now_;
  Instant started_;
};

}  // namespace anjuan::ingest
