#include "preservation/rules/four_nature.h"

#include <gtest/gtest.h>

#include "core/json.h"
#include "tests/cli/exchange_fixture.h"
#include "tests/support/clamd.h"
#include "tests/support/files.h"

namespace anjuan {
namespace {

namespace fs = std::filesystem;

/// A home with one stored package.
class FourNatureVerb : public test::HomeTest {
 protected:
  void SetUp() override {
    HomeTest::SetUp();
    const auto stored = anjuan({"ingest", submission_.string(), "--json"});
    ASSERT_EQ(stored.exit_code, 0) << stored.out << stored.err;
    package_ = test::last_line(stored.out).text_or("package", "");
  }

  /// State of each item by its code.
  std::map<std::string, std::string> states(const std::string& phase = "BC") {
    last_ = anjuan({"four-nature", package_, "--phase", phase, "--json"});
    std::map<std::string, std::string> states;
    std::istringstream lines(last_.out);
    for (std::string line; std::getline(lines, line);) {
      const Json item = Json::parse(line, "stdout");
      if (item.find("code") == nullptr) continue;
      states[item.text_or("code", "")] = item.text_or("state", "");
      evidence_[item.text_or("code", "")] = item.text_or("evidence", "");
    }
    return states;
  }

  /// Whose name ends with `name`, in the primary's newest version.
  fs::path stored_file(const std::string& name) const {
    for (const auto& entry : fs::recursive_directory_iterator(home_ / "storage")) {
      if (entry.path().string().ends_with(name)) return entry.path();
    }
    return {};
  }

  void damage(const fs::path& file) const {
    std::string bytes = test::read_text(file);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    fs::permissions(file, fs::perms::owner_all);
    test::write_text(file, bytes);
  }

  void use_scanner(const fs::path& socket) const {
    test::write_text(home_ / "anjuan.toml", "[virus]\nsocket = \"" + socket.string() + "\"\n");
  }

  std::string package_;
  test::ProcessResult last_;
  std::map<std::string, std::string> evidence_;
};

TEST_F(FourNatureVerb, SaysOfEachItemWhatWasSeen) {
  use_scanner("");
  auto found = states();
  EXPECT_EQ(found.size(), 34U);
  for (const char* code :
       {"BC-ZS-1-1", "BC-ZS-2-1", "BC-ZS-2-5", "BC-ZS-3-1", "BC-ZS-4-1", "BC-ZS-5-1", "BC-ZS-5-2",
        "BC-ZS-5-3", "BC-WZ-3-1", "BC-WZ-4-2", "BC-WZ-4-3", "BC-KY-1-1", "BC-KY-1-2"}) {
    EXPECT_EQ(found[code], "passed") << code << ' ' << evidence_[code];
    EXPECT_NE(evidence_[code], "") << code;
  }
  for (const char* code : {"BC-KY-2-2", "BC-AQ-1-1", "BC-AQ-1-2", "BC-AQ-2-3", "BC-AQ-3-1"}) {
    EXPECT_EQ(found[code], "not_run") << code;
  }
  EXPECT_EQ(states("YJ").size(), 37U);
  EXPECT_EQ(states("GD").size(), 37U);
}

TEST_F(FourNatureVerb, FindsADamagedFile) {
  damage(stored_file("D02_决定书.pdf"));
  auto found = states();
  EXPECT_EQ(last_.exit_code, 3);
  for (const char* code : {"BC-ZS-1-1", "BC-ZS-3-1", "BC-ZS-5-3", "BC-WZ-3-1"}) {
    EXPECT_EQ(found[code], "failed") << code << ' ' << evidence_[code];
  }
}

TEST_F(FourNatureVerb, FindsABrokenMetadataDocument) {
  test::write_text(stored_file("metadata/descriptive/case.xml"), "<case");
  auto found = states();
  EXPECT_EQ(last_.exit_code, 3);
  EXPECT_EQ(found["BC-KY-1-1"], "failed") << evidence_["BC-KY-1-1"];
  EXPECT_EQ(found["BC-ZS-2-4"], "not_run");
}

TEST_F(FourNatureVerb, FindsABrokenIndex) {
  test::write_text(home_ / "index.db", std::string(8192, 'x'));
  auto found = states();
  EXPECT_EQ(last_.exit_code, 3) << last_.err;
  EXPECT_EQ(found["BC-KY-1-2"], "failed");
}

TEST_F(FourNatureVerb, WritesTheReportInChineseWhateverTheScreenSpeaks) {
  const auto done =
      anjuan({"four-nature", package_, "--out", folder_.path().string(), "--lang", "en"});
  EXPECT_NE(done.out.find("not run"), std::string::npos) << done.out;
  const fs::path file = folder_ / ("four-nature-BC-" + package_ + ".xml");
  const auto report = rules::read_four_nature(test::read_text(file), "report");
  EXPECT_EQ(report.items.size(), 34U);
  EXPECT_EQ(report.subject, package_);
  EXPECT_NE(report.items.front().evidence.find("数字摘要"), std::string::npos);
  EXPECT_EQ(anjuan({"four-nature", package_, "--out", folder_.path().string()}).exit_code, 3)
      << "a report is never overwritten";
}

TEST_F(FourNatureVerb, ComparesWithTheNumbersOfAHandOverList) {
  const auto state = [&](const std::string& items) {
    const auto done = anjuan({"four-nature", package_, "--phase", "YJ", "--list-items", items});
    const auto at = done.out.find("YJ-WZ-1-1");
    return done.out.substr(done.out.rfind('\n', at) + 1, 20);
  };
  EXPECT_NE(state("3").find("  通过"), std::string::npos);
  EXPECT_NE(state("4").find("未通过"), std::string::npos);
}

TEST_F(FourNatureVerb, RefusesAPackageThatIsNotThere) {
  EXPECT_EQ(anjuan({"four-nature", "01234567-89ab-8def-8123-456789abcdef"}).exit_code, 4);
  EXPECT_EQ(anjuan({"four-nature", package_, "--phase", "XX"}).exit_code, 2);
}

TEST_F(FourNatureVerb, AsksTheRealScanner) {
  if (test::clamd_program().empty()) GTEST_SKIP() << "clamd is not installed: not tested";
  const test::RealClamd clamd;
  ASSERT_TRUE(clamd.is_up()) << clamd.log();
  use_scanner(clamd.socket());
  auto found = states();
  EXPECT_EQ(found["BC-AQ-1-1"], "passed");
  EXPECT_EQ(found["BC-AQ-1-2"], "passed") << evidence_["BC-AQ-1-2"];
}

TEST_F(FourNatureVerb, FindsAnInfectedDocument) {
  if (test::clamd_program().empty()) GTEST_SKIP() << "clamd is not installed: not tested";
  test::SmallCase infected;
  infected.case_no = "样水罚〔2026〕2号";
  infected.files["docs/D02_决定书.pdf"] =
      std::string("%PDF-1.7 ") + test::RealClamd::kHarmlessPattern;
  write_submission(folder_ / "infected", infected);
  const auto stored = anjuan({"ingest", (folder_ / "infected").string(), "--json"});
  ASSERT_EQ(stored.exit_code, 0) << stored.out;
  package_ = test::last_line(stored.out).text_or("package", "");
  const test::RealClamd clamd;
  ASSERT_TRUE(clamd.is_up()) << clamd.log();
  use_scanner(clamd.socket());
  auto found = states();
  EXPECT_EQ(found["BC-AQ-1-2"], "failed");
  EXPECT_NE(evidence_["BC-AQ-1-2"].find("Anjuan.Test.Harmless"), std::string::npos);
  EXPECT_EQ(last_.exit_code, 3);
}

}  // namespace
}  // namespace anjuan
