#pragma once
// logs/stored-vN.json: the word "stored" in writing. One per copy and version, written after that
// copy of that version was read back from its medium and found right; a version without it in both
// copies is not stored yet (docs/formats/store.md).

#include <optional>
#include <string>

#include "core/clock.h"
#include "preservation/store/repository.h"

namespace anjuan::preservation {

struct StoredRecord {
  std::string package;  ///< OCFL id
  int version = 0;
  std::string inventory_digest;  ///< SHA-512 of the inventory.json of the version
  std::uint64_t files = 0;       ///< content files that the version brought
  std::uint64_t bytes = 0;       ///< of them
  Instant read_back_at;

  std::string to_json() const;
  /// Throws Error(kCorrupt).
  static StoredRecord parse(std::string_view json, const std::string& subject);
};

/// True if that version was read back in that copy and found right.
bool has_record(const Repository& copy, const packager::PackageId& id, int version);
/// Nothing if there is none. Throws Error(kCorrupt) if it cannot be read.
std::optional<StoredRecord> find_record(const Repository& copy, const packager::PackageId& id,
                                        int version);
/// Throws Error(kConflict) if there is one.
void put_record(const Repository& copy, const packager::PackageId& id, const StoredRecord& record);

}  // namespace anjuan::preservation
