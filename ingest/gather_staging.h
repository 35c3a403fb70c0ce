#pragma once
// The gathered files of one workspace: numbered copies in files/, each known to the journal.
//
// Rules: a copy is written to next(), then handed to add(). Copies become durable in batches: data
// first (one syncfs), then their journal lines, then one sync of the journal. So a journal line
// never speaks of bytes that a power cut could still take, and a crash costs at most one batch.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/digest.h"
#include "ingest/gather_walk.h"
#include "ingest/workspace.h"

namespace anjuan::ingest {

/// A file of the submission, copied and digested.
struct StagedFile {
  std::string path;      ///< safe name in the submission, the container's top folder included
  std::string raw_name;  ///< "" = the same bytes
  std::string copy;      ///< name in files/, e.g. "000017"
  Digests digests;
  Instant modified;
  SourceMark mark;
};

/// What a finished gathering leaves for a restart.
struct StagingEnd {
  std::string kind;     ///< GatheredCase::source_kind
  std::string sandbox;  ///< GatheredCase::sandbox
  std::vector<std::string> empty_folders;
};

/// Limits of one batch.
inline constexpr std::size_t kBatchFiles = 1000;
inline constexpr std::uint64_t kBatchBytes = 256ULL * 1024 * 1024;

class Staging {
 public:
  /// Reads the journal; removes copies that it does not know (half-written when a crash came).
  explicit Staging(Workspace& workspace);

  /// The finished copy of `path` if its source is still the one that was read, else nullptr.
  const StagedFile* finished(const std::string& path, const SourceMark& mark) const;

  /// Where the next copy is to be written (a new name).
  std::filesystem::path next();
  void add(StagedFile file);

  /// Forgets a copy whose source is gone or another one.
  void drop(const std::string& path);

  /// Makes the open batch durable.
  void flush();

  /// The mark of the container as a whole, where there is one: another mark, another container.
  std::optional<SourceMark> container() const { return container_; }

  void set_container(const SourceMark& mark);

  /// Set once everything was gathered; a restart then copies nothing.
  const std::optional<StagingEnd>& end() const { return end_; }

  void set_end(StagingEnd end);

  /// Forgets all and clears the workspace.
  void start_anew();

  /// In byte order of their paths.
  const std::map<std::string, StagedFile>& files() const { return files_; }

  std::filesystem::path copy_of(const StagedFile& file) const;

  std::filesystem::path folder() const { return workspace_.files(); }

 private:
  void load();
  void drop_unknown_copies();

  Workspace& workspace_;
  std::map<std::string, StagedFile> files_;
  std::vector<std::string> batch_;  ///< paths whose journal lines are still to be written
  std::uint64_t batch_bytes_ = 0;
  std::uint64_t number_ = 0;  ///< the last one used
  std::optional<SourceMark> container_;
  std::optional<StagingEnd> end_;
};

}  // namespace anjuan::ingest
