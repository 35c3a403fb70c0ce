#pragma once
// The forms of an export, one function each. Used by preservation/exports alone.

#include "core/config.h"
#include "packager/part_folder.h"
#include "packager/tree_sink.h"
#include "preservation/exports.h"
#include "preservation/store/package_reader.h"

namespace anjuan::preservation {

/// One export under way.
struct ExportWork {
  const PackageReader& reader;
  const ExportOrder& order;
  const Config& config;
  Instant now;
  Progress& progress;
};

/// Names in the part folder.
inline constexpr std::string_view kNewTarget = "new";
inline constexpr std::string_view kNewFiles = "files";

/// The package's folder of the newest version, below `prefix`. The caller finishes the sink.
void put_package(const ExportWork& work, const std::string& prefix, packager::TreeSink& sink);

/// A bag of which that folder is the payload.
void put_bag(const ExportWork& work, packager::TreeSink& sink);

/// part/new is the EEP, part/files what stands outside it (absent if nothing does).
void put_eep(const ExportWork& work, const packager::PartFolder& part);

}  // namespace anjuan::preservation
