#pragma once
// The copies that a stored package has of its recordings' files, as their sidecars tell: what is
// there is not made again for the next version.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ingest/stored_case.h"
#include "preservation/sidecar/sidecar.h"

namespace anjuan::ingest {

/// Of one original.
struct StoredCopies {
  std::vector<preservation::RecordedRepresentation> copies;
  std::vector<preservation::NotDerived> none;  ///< and why there is no other
};

class StoredMedia {
 public:
  /// Nothing is known without a stored version, and of recordings that have no sidecar there.
  static StoredMedia of(const std::optional<StoredCase>& stored);

  /// What one more sidecar tells.
  void add(const preservation::RecordingSidecar& sidecar);

  /// Of the file with these bytes under this name in the submission. Nothing where a copy is
  /// missing for a reason that may be gone by now: then all of them are made.
  std::optional<StoredCopies> copies_of(const std::string& path, const std::string& sha512) const;

  /// The copies of what was called `path` before these bytes took its place.
  std::vector<preservation::RecordedRepresentation> copies_of_replaced(
      const std::string& path, const std::string& sha512) const;

 private:
  struct Original {
    std::string sha512;
    StoredCopies copies;
  };

  std::map<std::string, Original> originals_;  ///< by path in the package
};

}  // namespace anjuan::ingest
