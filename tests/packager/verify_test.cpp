#include "packager/verify/verify.h"

#include <sstream>

#include <gtest/gtest.h>

#include "packager/verify/report.h"
#include "tests/support/sample_package.h"

namespace anjuan::packager {
namespace {

using test::SamplePackage;

VerifyReport verify(const std::filesystem::path& path, const VerifyOptions& options = {}) {
  SilentProgress progress;
  return verify_package(path, options, progress);
}

std::string text_of(const VerifyReport& report) {
  std::ostringstream out;
  print_report(out, report, ReportFormat::kText, ReportDetail::kAll);
  return out.str();
}

VerifyOptions deep() {
  VerifyOptions options;
  options.deep = true;
  return options;
}

TEST(Verify, FindsNothingInAPackageAsBuilt) {
  SamplePackage sample;
  const auto report = verify(sample.object(), deep());
  EXPECT_EQ(report.findings, Findings{}) << text_of(report);
  EXPECT_EQ(report.verdict, Verdict::kValid);
  EXPECT_EQ(report.kind, PackageKind::kAnjuan);
  EXPECT_GT(report.files_expected, 5u);
  EXPECT_EQ(report.files_checked, report.files_expected);
  EXPECT_GT(report.bytes_checked, 1000u);
}

TEST(Verify, FindsNothingInAPackageOfTwoVersions) {
  SamplePackage sample;
  sample.add_version();
  const auto report = verify(sample.object(), deep());
  EXPECT_EQ(report.findings, Findings{}) << text_of(report);
  EXPECT_EQ(report.verdict, Verdict::kValid);
  EXPECT_EQ(report.files_checked, report.files_expected);
}

TEST(Verify, CallsNothingValidThatItWasToldNotToRead) {
  SamplePackage sample;
  auto options = deep();
  options.digests = DigestCheck::kNone;
  const auto report = verify(sample.object(), options);
  ASSERT_EQ(report.findings.size(), 1u) << text_of(report);
  EXPECT_EQ(report.findings[0].code, "PKG-DIGEST");
  EXPECT_EQ(report.verdict, Verdict::kUnchecked);
  EXPECT_EQ(report.files_checked, 0u);
}

TEST(Verify, JudgesABareAipFolder) {
  SamplePackage sample;
  const auto folder = sample.object() / "v1/content" / sample.name();
  const auto report = verify(folder);
  EXPECT_EQ(report.findings, Findings{}) << text_of(report);
  EXPECT_EQ(report.kind, PackageKind::kEark);
  EXPECT_EQ(report.verdict, Verdict::kValid);
  test::write_text(folder / "documentation/README.txt", "changed");
  EXPECT_EQ(verify(folder).verdict, Verdict::kInvalid);
}

}  // namespace
}  // namespace anjuan::packager
