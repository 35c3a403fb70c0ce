#pragma once
// The journal of one piece of work in flight: what was finished survives any crash.
//
// A text file, one JSON object a line, each line ending in a CRC-32C of its text; appended with
// fdatasync. On open a torn last line is cut off; damage before it is Error(kCorrupt).

#include <filesystem>
#include <string>
#include <vector>

#include "core/durable.h"
#include "core/json.h"

namespace anjuan {

class Journal {
 public:
  /// Opens or creates. Entries of earlier runs are in entries().
  static Journal open(const std::filesystem::path& path);

  const std::vector<Json>& entries() const { return entries_; }
  /// The last entry whose "step" is `step`, or nullptr.
  const Json* last(std::string_view step) const;

  /// Durable when it returns. A fault_point() lies before and after.
  void append(Json entry);
  /// Written, durable with the next append() (for many small entries).
  void append_lazily(Json entry);

 private:
  Journal(std::filesystem::path path, FileHandle handle);

  std::filesystem::path path_;
  FileHandle handle_;
  std::vector<Json> entries_;
};

}  // namespace anjuan
