// Each seeded fault yields its own requirement, and nothing that does not follow from it.
#include <sstream>

#include <gtest/gtest.h>

#include "packager/verify/report.h"
#include "packager/verify/verify.h"
#include "tests/support/seeded_faults.h"

namespace anjuan::test {

void PrintTo(const SeededFault& fault, std::ostream* out) { *out << fault.name; }

}  // namespace anjuan::test

namespace anjuan::packager {
namespace {

using test::AipFolder;
using test::SeededFault;

VerifyReport verify(const AipFolder& aip) {
  SilentProgress progress;
  return verify_package(aip.path(), {}, progress);
}

std::string text_of(const VerifyReport& report) {
  std::ostringstream text;
  print_report(text, report, ReportFormat::kText, ReportDetail::kNormal);
  return text.str();
}

TEST(SeededFaults, StartFromAValidPackage) {
  const AipFolder aip;
  const auto report = verify(aip);
  EXPECT_EQ(report.verdict, Verdict::kValid) << text_of(report);
  EXPECT_EQ(report.findings, Findings{}) << text_of(report);
}

TEST(SeededFaults, CoverEveryMustOfOnePackage) {
  std::set<std::string> ids;
  for (const auto& fault : test::seeded_faults()) ids.insert(fault.id);
  EXPECT_GE(ids.size(), 80u);
  EXPECT_GE(test::seeded_faults().size(), 130u);
}

class SeededFaultTest : public testing::TestWithParam<SeededFault> {};

TEST_P(SeededFaultTest, IsFoundAndNothingElse) {
  const auto& fault = GetParam();
  const AipFolder aip;
  fault.harm(aip);
  const auto report = verify(aip);
  std::set<std::string> codes;
  for (const auto& finding : report.findings) {
    if (finding.severity != Severity::kInfo) codes.insert(finding.code);
  }
  EXPECT_TRUE(codes.contains(fault.id)) << text_of(report);
  for (const auto& code : codes) {
    const bool expected = code == fault.id || fault.also.contains(code);
    EXPECT_TRUE(expected) << code << " does not follow\n" << text_of(report);
  }
  for (const auto& code : fault.also) {
    EXPECT_TRUE(codes.contains(code)) << code << " should follow\n" << text_of(report);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeded, SeededFaultTest, testing::ValuesIn(test::seeded_faults()),
                         [](const auto& each) { return each.param.id + "_" + each.param.name; });

}  // namespace

}  // namespace anjuan::packager
