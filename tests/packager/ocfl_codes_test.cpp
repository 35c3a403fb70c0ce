// One fault at a time: exactly the codes that each edition of the standard has for it.
#include <gtest/gtest.h>

#include "packager/verify/verify.h"
#include "tests/support/ocfl_faults.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

using test::OcflFault;
using test::OcflSketch;

VerifyReport verify(const OcflSketch& sketch, const OcflFault& fault) {
  test::TemporaryFolder folder;
  sketch.write(folder / "object");
  if (fault.harm) fault.harm(folder / "object");
  SilentProgress progress;
  return verify_package(folder / "object", {}, progress);
}

std::set<std::string> codes_of(const VerifyReport& report) {
  std::set<std::string> codes;
  for (const auto& finding : report.findings) {
    if (finding.severity != Severity::kInfo) codes.insert(finding.code);
  }
  return codes;
}

class OneFault : public testing::TestWithParam<OcflFault> {};

TEST_P(OneFault, HasItsCodesInBothEditions) {
  const auto& fault = GetParam();
  for (const std::string edition : {"1.0", "1.1"}) {
    OcflSketch sketch;
    sketch.edition = edition;
    if (fault.sketch) fault.sketch(sketch);
    const auto report = verify(sketch, fault);
    const bool older = edition == "1.0" && !fault.older_codes.empty();
    EXPECT_EQ(codes_of(report), older ? fault.older_codes : fault.codes) << edition;
    EXPECT_EQ(report.kind, PackageKind::kOcfl);
  }
}

std::string name_of(const testing::TestParamInfo<OcflFault>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(OcflDisk, OneFault, testing::ValuesIn(test::ocfl_disk_faults()), name_of);
INSTANTIATE_TEST_SUITE_P(OcflInventory, OneFault, testing::ValuesIn(test::ocfl_inventory_faults()),
                         name_of);

}  // namespace
}  // namespace anjuan::packager
