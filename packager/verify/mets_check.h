#pragma once
// One METS document of an AIP against the files on the disk, in one pass with constant memory.
//
// Codes are requirement ids of E-ARK CSIP 2.2.0 (profile E-ARK-CSIP-v2-2-0) where one says exactly
// what is wrong; schema violations are XSD.

#include <filesystem>
#include <string>
#include <vector>

#include "packager/verify/aip_tree.h"
#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

/// A metadata document that a METS refers to.
struct MetadataReference {
  std::string path;    ///< inside the AIP
  std::string mdtype;  ///< METS MDTYPE
  std::string other_mdtype;
  std::string mime;
};

/// What the checks after the METS need to know of it.
struct MetsSummary {
  bool complete = false;  ///< parsed to the end
  std::string label;      ///< METS LABEL: title and case number, for people
  bool ours = false;      ///< written by this program: its schemas and rules apply
  std::vector<MetadataReference> metadata;
  std::vector<std::string> representations;  ///< paths of the METS documents that it points to
};

/// Checks the document at `path` inside the AIP; its OBJID must be `objid`. Marks the files that it
/// names as listed.
MetsSummary check_mets(const std::filesystem::path& root, AipTree& tree, const std::string& path,
                       const std::string& objid, FindingSink& findings);

}  // namespace anjuan::packager
