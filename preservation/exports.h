#pragma once
// A stored package written out in a form that others use (docs/formats/exports.md).
//
// The bytes stream from the store to the target, each file checked against the inventory while it
// is read. The target appears whole, under its own name, when everything is durable, and never
// replaces anything; what an interrupted export leaves is called OUT.part and is cleared when the
// same export runs again.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/config.h"
#include "core/progress.h"
#include "preservation/store/store.h"

namespace anjuan::preservation {

enum class ExportForm { kEarkZip, kEarkTar, kBagit, kEep, kFolder };

/// "eark-zip", "eark-tar", "bagit", "eep", "folder" -> the form; nothing for any other word.
std::optional<ExportForm> export_form(std::string_view word);
/// All words, for help texts and messages.
std::vector<std::string> export_form_words();

struct ExportOrder {
  packager::PackageId package;
  ExportForm form = ExportForm::kFolder;
  std::filesystem::path out;
  std::string reason;  ///< "" = not given; stands in the forms that have a place for it
};

struct ExportReport {
  std::filesystem::path out;
  int version = 0;
  std::uint64_t files = 0;  ///< of the package
  std::uint64_t bytes = 0;  ///< of everything that was written
  /// Of the one file, as read back from the medium; of a folder: SHA-512 over the lines that
  /// sha512sum prints for its files, in byte order of their paths.
  std::string sha512;
  /// Files that came from the replica, because the primary copy of them is damaged.
  std::vector<std::string> from_replica;
};

/// Throws Error(kNotFound) without such a package or target folder, kConflict if the target exists,
/// kBusy if another process exports to it, kCorrupt if a file is damaged in both copies, kNoSpace,
/// kIo, kInterrupted. The target does not exist then.
ExportReport export_package(const Store& store, const Config& config, const ExportOrder& order,
                            const Clock& clock, Progress& progress);

}  // namespace anjuan::preservation
