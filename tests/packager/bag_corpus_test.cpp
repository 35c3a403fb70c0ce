// The BagIt conformance suite of the Library of Congress: each folder says what must come out.
#include <set>

#include <gtest/gtest.h>

#include "packager/verify/verify.h"
#include "tests/support/corpora.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;

VerifyReport verify(const fs::path& bag) {
  SilentProgress progress;
  return verify_package(bag, {}, progress);
}

std::string told(const VerifyReport& report) {
  std::string text = std::string(verdict_word(report.verdict)) + "\n";
  for (const auto& finding : report.findings) {
    text += fmt::format("  {} {} {} {}\n", finding.code, severity_word(finding.severity),
                        finding.where, finding.message);
  }
  return text;
}

std::set<std::string> warnings(const VerifyReport& report) {
  std::set<std::string> codes;
  for (const auto& finding : report.findings) {
    if (finding.severity == Severity::kWarn) codes.insert(finding.code);
  }
  return codes;
}

/// Version/verdict/case.
void judge(const fs::path& bag, const std::string& expected) {
  const auto report = verify(bag);
  EXPECT_EQ(report.kind, PackageKind::kBagit) << bag;
  if (expected == "valid") {
    EXPECT_EQ(report.verdict, Verdict::kValid) << bag << told(report);
    EXPECT_EQ(report.files_checked, report.files_expected) << bag;
  } else if (expected == "warning") {
    EXPECT_EQ(report.verdict, Verdict::kValid) << bag << told(report);
    EXPECT_FALSE(warnings(report).empty()) << bag;
  } else {  // invalid, linux-only, windows-only: for everybody
    EXPECT_EQ(report.verdict, Verdict::kInvalid) << bag << told(report);
  }
}

TEST(BagCorpus, EveryVerdictIsRight) {
  const auto suite = test::corpora("bagit");
  if (suite.empty()) GTEST_SKIP() << "needs the corpus bagit (ANJUAN_CORPORA)";
  std::size_t judged = 0;
  for (const auto& version : fs::directory_iterator(suite)) {
    if (!version.is_directory()) continue;
    for (const auto& expected : fs::directory_iterator(version)) {
      for (const auto& bag : fs::directory_iterator(expected)) {
        if (!bag.is_directory()) continue;
        judge(bag, expected.path().filename());
        ++judged;
      }
    }
  }
  EXPECT_GT(judged, 30U);
}

TEST(BagCorpus, WarningsAreOfTheRightKind) {
  const auto suite = test::corpora("bagit");
  if (suite.empty()) GTEST_SKIP() << "needs the corpus bagit (ANJUAN_CORPORA)";
  const std::pair<const char*, const char*> expected[] = {
      {"duplicate-file-with-different-case", "BAG-CASE"},
      {"made-with-md5sum-tools", "BAG-MD5SUM"},
      {"relative-path", "BAG-RELATIVE"},
      {"same-filename-listed-twice-with-different-normalization", "BAG-NFC"},
      {"same-filename-listed-twice-with-the-same-hash", "BAG-DUPLICATE"},
      {"special-system-files", "BAG-SYSTEM"}};
  for (const auto& [name, code] : expected) {
    const auto bag = suite / "v0.97/warning" / name;
    if (!fs::is_directory(bag)) continue;  // the set may hold a part of the suite
    EXPECT_EQ(warnings(verify(bag)).count(code), 1U) << name << told(verify(bag));
  }
}

}  // namespace
}  // namespace anjuan::packager
