#pragma once
// What the index takes from the sidecar of a recording (metadata/other/recording-NNNN.xml).
//
// Numbers are held within bounds in which their sums are safe, whatever a package says.

#include <string>
#include <string_view>

#include "catalog/index/rows.h"

namespace anjuan::catalog {

/// True for the path of a sidecar inside a package.
bool is_sidecar_path(std::string_view path);

/// What a sidecar says; its files by their paths in the package.
struct SidecarReading {
  struct Original {
    std::string path;
    std::string sha512;
  };

  std::string recording;  ///< id in the case
  MeasuredRow row;        ///< of whose copies and documents the file ids are still paths
  std::vector<Original> originals;
  std::string report_sha512;
};

/// Throws Error(kInvalid | kRefused).
SidecarReading read_recording(std::string_view xml, const std::string& subject);

/// What continuity.xml found, in its order. Throws Error(kInvalid | kRefused).
std::vector<FoundRow> read_continuity_findings(std::string_view xml, const std::string& subject);

}  // namespace anjuan::catalog
