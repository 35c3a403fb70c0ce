#pragma once
// The defect statement that comes with a submission: the XML, and the scan of the signed sheet that
// lies beside it.

#include <filesystem>
#include <optional>
#include <string>

#include "core/finding.h"
#include "preservation/rules/defects.h"

namespace anjuan::ingest {

struct DefectFile {
  rules::DefectStatement statement;
  std::optional<std::string> scan;  ///< its bytes, if it is there and unaltered
  Findings problems;                ///< DEFECT-09: the scan is missing or altered
};

inline constexpr std::uint64_t kStatementBytesMax = 16ULL * 1024 * 1024;
inline constexpr std::uint64_t kScanBytesMax = 256ULL * 1024 * 1024;

/// Throws Error(kNotFound | kInvalid | kRefused) for a statement that cannot be read.
DefectFile read_defect_file(const std::filesystem::path& statement);

}  // namespace anjuan::ingest
