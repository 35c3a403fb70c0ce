#pragma once
// The journal of one piece of work in flight: what was finished survives any crash.
//
// A text file, one JSON object a line, each line ending in a CRC-32C of its text; appended with
// fdatasync (docs/formats/journal.md). On open a torn end is cut off; damage before it is
// Error(kCorrupt). One process at a time: the caller holds a FileLock.

#include <filesystem>
#include <string>
#include <vector>

#include "core/durable.h"
#include "core/json.h"

namespace anjuan {

class Journal {
 public:
  /// Opens or creates. Entries of earlier runs are in entries().
  /// Throws Error(kCorrupt), Error(kInvalid) for a journal of a newer program, Error(kIo |
  /// kNoSpace).
  static Journal open(const std::filesystem::path& path);

  const std::vector<Json>& entries() const { return entries_; }

  /// The last entry whose "step" is `step`, or nullptr.
  const Json* last(std::string_view step) const;

  /// Durable when it returns. A fault_point("journal:STEP") lies before and after. If it throws,
  /// nothing was appended.
  void append(Json entry);
  /// Survives this process, and power loss from the next append() on (for many small entries).
  void append_lazily(Json entry);

 private:
  Journal(std::filesystem::path path, FileHandle handle);

  void write_header();
  void recover();
  void write_line(const std::string& line);
  void sync();

  std::filesystem::path path_;
  FileHandle handle_;
  std::vector<Json> entries_;
  std::int64_t bytes_ = 0;  ///< length of the whole lines
  bool unsynced_ = false;   ///< lazy lines wait for the next append()
};

}  // namespace anjuan
