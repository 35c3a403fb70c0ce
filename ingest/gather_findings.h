#pragma once
// What is wrong with a submission that was taken in: findings GATHER-01 to GATHER-10.
// The table with their meaning and severity is docs/formats/submission.md.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/case/case_file.h"
#include "core/finding.h"

namespace anjuan::ingest {

/// What the findings look at, of one gathered file.
struct GatheredName {
  std::string path;
  std::string raw_name;  ///< its bytes in the source where they were not UTF-8, else ""
  std::uint64_t bytes = 0;
};

/// Declared path -> index in `files` (in byte order of their paths), for those that are there.
using NamedIndex = std::map<std::string, std::size_t, std::less<>>;
NamedIndex resolve_named(const CaseFile& declared, const std::vector<GatheredName>& files);

/// At most so many findings of one code, then one that counts the others.
inline constexpr std::size_t kFindingsOfOneCode = 200;

Findings judge_gathered(const CaseFile& declared, const std::string& declaration_name,
                        const std::vector<GatheredName>& files, const NamedIndex& named,
                        const std::vector<std::string>& empty_folders);

}  // namespace anjuan::ingest
