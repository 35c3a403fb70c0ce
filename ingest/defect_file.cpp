#include "ingest/defect_file.h"

#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

namespace {

Finding scan_problem(std::string_view message, const std::string& name) {
  return {"DEFECT-09",
          Severity::kError,
          "docs/formats/defects.md",
          name,
          say(message, {{"file", name}}),
          CheckResult::kFailed};
}

/// Only a file beside the statement: a name with a folder in it names none.
bool is_plain_name(const fs::path& name) {
  return name.has_filename() && name.filename() == name && name != "." && name != "..";
}

void read_scan(const fs::path& folder, DefectFile& file) {
  const std::string& name = file.statement.scan_file;
  if (name.empty()) return;  // told by the rules
  const fs::path path = folder / name;
  std::error_code failure;
  if (!is_plain_name(name) || !fs::is_regular_file(path, failure)) {
    file.statement.problems.push_back(scan_problem("defects.scan_missing", name));
    return;
  }
  std::string bytes = read_file(path, kScanBytesMax);
  Hasher hasher(DigestAlgorithm::kSha512);
  hasher.update(std::string_view(bytes));
  if (hasher.finish() != file.statement.scan_sha512) {
    file.statement.problems.push_back(scan_problem("defects.scan_altered", name));
    return;
  }
  file.scan = std::move(bytes);
}

}  // namespace

DefectFile read_defect_file(const fs::path& statement) {
  const std::string text = read_file(statement, kStatementBytesMax);
  DefectFile file{rules::DefectStatement::read(text, statement.filename().string()), {}};
  read_scan(statement.parent_path(), file);
  return file;
}

}  // namespace anjuan::ingest
