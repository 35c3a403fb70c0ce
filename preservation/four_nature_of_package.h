#pragma once
// The four-nature checks of a stored package: on hand-over and in sweeps.
//
// The package is verified anew (packager/verify), its documents are read, every content file is
// looked through and sent to the virus scanner. Nothing is changed.

#include <optional>

#include "core/progress.h"
#include "preservation/formats/virus_scan.h"
#include "preservation/home.h"
#include "preservation/rules/four_nature.h"
#include "preservation/store/store.h"

namespace anjuan::preservation {

struct PackageChecks {
  const Store& store;
  const Home& home;
  const VirusScanner& scanner;
  Instant now;
  Progress& progress;
  Language language = Language::kChinese;
  /// What is known of the other case files; absent = they were not compared.
  std::optional<rules::StoreFact> others{};
};

/// The facts; the caller may add what else he knows. Throws Error(kNotFound) if there is no such
/// package, Error(kCannotCheck) if it is not on this machine, Error(kInterrupted).
rules::FourNatureFacts facts_of_package(const PackageChecks& checks, const packager::PackageId& id);

rules::FourNatureReport four_nature_of_package(const PackageChecks& checks,
                                               const packager::PackageId& id, rules::Phase phase);

}  // namespace anjuan::preservation
