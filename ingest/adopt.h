#pragma once
// Adoption: a package that was made elsewhere is verified, then kept whole inside a package of
// ours, marked 外来包 (docs/adr/0031-adopted-packages.md).
//
// Running it again after a crash goes on; running it again after success finds that the content is
// stored, in whatever container it comes, and changes nothing.

#include <filesystem>
#include <string>

#include "ingest/accession.h"
#include "ingest/foreign_package.h"

namespace anjuan::ingest {

struct AdoptOrder {
  std::filesystem::path path;
  std::string reason;
};

struct Adoption {
  Outcome outcome = Outcome::kStopped;
  std::string package;      ///< UUID, "" if nothing is stored
  std::string name;         ///< of the foreign package
  std::uint64_t files = 0;  ///< of it
  ForeignVerdict found;
};

/// A package that proves invalid, or is of no kind that is known, is not stored (kStopped); one
/// that cannot be checked fully is stored as unchecked. Throws as accession() does.
Adoption adopt(const AdoptOrder& order, Desk& desk);

}  // namespace anjuan::ingest
