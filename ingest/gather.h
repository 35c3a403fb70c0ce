#pragma once
// Gathering: every byte of a submission is copied into the workspace and digested, in one read.
//
// The source is only read. What cannot be taken in safely is an Error and leaves nothing in the
// workspace; what is merely wrong with the case is a finding GATHER-NN
// (docs/formats/submission.md). Called again after a crash, it goes on where it stopped and hashes
// nothing twice; called again when it was complete, it only looks whether the source is still the
// same.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/case/case_file.h"
#include "core/clock.h"
#include "core/config.h"
#include "core/digest.h"
#include "core/finding.h"
#include "core/progress.h"
#include "ingest/workspace.h"

namespace anjuan::ingest {

struct GatheredFile {
  std::string path;              ///< original relative name, UTF-8, its bytes unchanged
  std::filesystem::path staged;  ///< the copy in the workspace; gone with it
  Digests digests;
  Instant modified;  ///< of the source; a container's own where an entry has none
};

struct GatheredCase {
  CaseFile declared;
  std::string declaration_name;     ///< "case.json" or "case.xml"; it is among the files too
  std::vector<GatheredFile> files;  ///< in byte order of their paths
  Findings findings;
  std::string file_set_digest;  ///< file_set_digest() of the content (see below)
  std::string source;           ///< real path of the submission
  std::string source_kind;      ///< "folder", "zip", "tar", "tar.gz", ..., "7z", "rar"
  std::string sandbox;          ///< what unpacked the container was confined by; "" = folder
  std::string bag_manifests;    ///< of the BagIt bag around it, all of them met; "" = no bag

  /// Where in `files` each path that the case names is found: by its very name, else by the only
  /// file whose name differs in case, normalisation form or '\\' for '/' alone.
  std::map<std::string, std::size_t, std::less<>> named;

  /// The file that the case calls `declared_path`, or nullptr.
  const GatheredFile* file(std::string_view declared_path) const;
  /// The file with this very path, or nullptr.
  const GatheredFile* file_at(std::string_view path) const;
};

/// Throws Error(kRefused | kInvalid) for submissions that are not taken in, Error(kConflict) if the
/// source changes while it is read, Error(kNoSpace | kIo | kInterrupted): run it again.
GatheredCase gather(const std::filesystem::path& submission, Workspace& workspace,
                    const Config::Intake& limits, Progress& progress);

/// The identity of a submission's content, whatever the container: SHA-512 (hex) over the lines
/// `NFC(path) NUL sha512 LF` in byte order. Files that are litter of an operating system
/// (is_litter()) and that the case does not name are not given to it.
std::string file_set_digest(const std::map<std::string, std::string>& sha512_by_path);

}  // namespace anjuan::ingest
