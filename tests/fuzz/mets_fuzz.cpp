// Any bytes as METS.xml of a package: the verifier ends, within its limits, and is never silent
// about a document that it could not read.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "packager/verify/eark/package_check.h"
#include "packager/verify/eark/references.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace anjuan;
using namespace anjuan::packager;

AipTree tree() {
  std::vector<AipFile> files;
  for (const auto* path :
       {"METS.xml", "metadata/descriptive/ead.xml", "metadata/preservation/premis-0001.xml",
        "documentation/README.txt", "schemas/ead.xsd", "representations/rep1/data/1.txt"}) {
    files.push_back({path, {}, 7, {}, {}, true, false});
  }
  return {"package", std::move(files)};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const test::TemporaryFolder folder(test::fast_folder());
  test::write_text(folder / "METS.xml", {reinterpret_cast<const char*>(data), size});
  auto files = tree();
  FindingSink findings;
  eark::Report report(findings);
  const auto summary =
      eark::check_package(folder.path(), files, parse_instant("2026-01-01T00:00:00+08:00"), report);
  // Bytes of another digest than any that a METS can state.
  eark::check_digests(
      summary.pending, files, [](std::size_t, DigestAlgorithm) { return std::string("x"); },
      report);
  report.close();
  const auto found = findings.take();
  const bool said = std::any_of(found.begin(), found.end(), [](const Finding& finding) {
    return finding.where.starts_with("METS.xml") && finding.severity == Severity::kError;
  });
  if (!summary.readable && !said) std::abort();
  if (found.size() > kFindingsMax + 1) std::abort();
  // The files are not described by nothing: one that no METS names is reported.
  for (const auto& file : files.files()) {
    const bool known = file.listed || file.path == "METS.xml" || !summary.readable;
    const bool reported =
        known || std::any_of(found.begin(), found.end(),
                             [&](const Finding& finding) { return finding.where == file.path; });
    if (!reported) std::abort();
  }
  return 0;
}
