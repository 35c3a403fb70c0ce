// One fault at a time: exactly the codes that each edition of the standard has for it.
#include <fstream>
#include <regex>

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

/// The codes in the first cells of the document's tables, "E029-E032" being four of them.
std::set<std::string> documented_codes() {
  const std::regex code("([EW])([0-9]{3})(-[EW]([0-9]{3}))?");
  std::set<std::string> codes;
  std::ifstream document(ANJUAN_SOURCE_DIR "/docs/formats/ocfl-codes.md");
  for (std::string line; std::getline(document, line);) {
    if (!line.starts_with("| ")) continue;
    const auto cell = line.substr(0, line.find('|', 1));
    for (std::sregex_iterator found(cell.begin(), cell.end(), code), end; found != end; ++found) {
      const int first = std::stoi((*found)[2]);
      const int last = (*found)[4].matched ? std::stoi((*found)[4]) : first;
      for (int number = first; number <= last; ++number) {
        codes.insert(fmt::format("{}{:03}", (*found)[1].str(), number));
      }
    }
  }
  return codes;
}

// The lists of both editions; E065, E109 and W006 were never given.
TEST(OcflCodes, AllStandInTheirDocument) {
  std::set<std::string> all;
  for (int number = 1; number <= 112; ++number) all.insert(fmt::format("E{:03}", number));
  for (int number = 1; number <= 16; ++number) all.insert(fmt::format("W{:03}", number));
  for (const auto* never : {"E065", "E109", "W006"}) all.erase(never);
  EXPECT_EQ(documented_codes(), all);
}

// Only who says that it should be an object can be told what it lacks.
TEST(OcflCodes, OfAnEmptyFolder) {
  test::TemporaryFolder folder;
  SilentProgress progress;
  VerifyOptions options;
  options.as = PackageKind::kOcfl;
  const auto report = verify_package(folder.path(), options, progress);
  EXPECT_EQ(codes_of(report), (std::set<std::string>{"E003", "E063"}));
}

INSTANTIATE_TEST_SUITE_P(OcflDisk, OneFault, testing::ValuesIn(test::ocfl_disk_faults()), name_of);
INSTANTIATE_TEST_SUITE_P(OcflInventory, OneFault, testing::ValuesIn(test::ocfl_inventory_faults()),
                         name_of);

}  // namespace
}  // namespace anjuan::packager
