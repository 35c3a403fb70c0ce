#pragma once
// The defect statement that comes with a submission: the XML, and the scan of the signed sheet that
// lies beside it.

#include <filesystem>
#include <optional>
#include <string>

#include "preservation/rules/defects.h"

namespace anjuan::ingest {

struct DefectFile {
  rules::DefectStatement statement;
  std::optional<std::string> scan;  ///< its bytes, if it is there and unaltered
};

inline constexpr std::uint64_t kStatementBytesMax = 16ULL * 1024 * 1024;
inline constexpr std::uint64_t kScanBytesMax = 256ULL * 1024 * 1024;

/// A scan that is missing or altered is a problem of the statement (DEFECT-09).
/// Throws Error(kNotFound | kInvalid | kRefused) for a statement that cannot be read.
DefectFile read_defect_file(const std::filesystem::path& statement);

}  // namespace anjuan::ingest
