#include <gtest/gtest.h>

#include "core/json.h"
#include "tests/cli/exchange_fixture.h"
#include "tests/support/files.h"

namespace anjuan {
namespace {

const std::string kCaseA = ANJUAN_SOURCE_DIR "/tests/fixtures/cases/A.json";

class RetentionVerb : public test::HomeTest {
 protected:
  std::string stored() const {
    const auto done = anjuan({"ingest", submission_.string(), "--json"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    return test::last_line(done.out).text_or("package", "");
  }

  Json decision(const std::string& subject) const {
    const auto done = anjuan({"retention", subject, "--json"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return test::last_line(done.out);
  }
};

TEST_F(RetentionVerb, PrintsTheDecisionOfABareCase) {
  const Json json = decision(kCaseA);
  EXPECT_EQ(json.text_or("case", ""), "澄水罚〔2025〕12号");
  EXPECT_EQ(json.find("years")->as_integer(), 30);
  EXPECT_EQ(json.text_or("code", ""), "D30");
  EXPECT_EQ(json.text_or("start", ""), "2026-01-01");
  EXPECT_EQ(json.text_or("expires", ""), "2055-12-31");
  EXPECT_EQ(json.find("bases")->items().size(), 2U);
  EXPECT_EQ(json.find("holds")->items().size(), 0U);
  EXPECT_EQ(json.find("declared")->find("years")->as_integer(), 30);
  const auto text = anjuan({"retention", kCaseA});
  EXPECT_NE(text.out.find("取下列相符条目中最长的一条"), std::string::npos) << text.out;
}

TEST_F(RetentionVerb, NeedsNoHomeForABareCaseAndSaysWhereOneIsNeeded) {
  const auto bare = test::run_anjuan(folder_ / "nowhere", {"retention", kCaseA, "--json"});
  EXPECT_EQ(bare.exit_code, 0) << bare.err;
  const auto package =
      test::run_anjuan(folder_ / "nowhere", {"retention", "01234567-89ab-8def-8123-456789abcdef"});
  EXPECT_EQ(package.exit_code, 10);
}

TEST_F(RetentionVerb, CountsAsTheBureauChose) {
  test::write_text(home_ / "anjuan.toml", "[retention]\nstart = \"closing-day\"\n");
  EXPECT_EQ(decision(kCaseA).text_or("start", ""), "2025-09-13");
}

TEST_F(RetentionVerb, ShowsWhatHoldsAPackageUntilItIsLifted) {
  const std::string package = stored();
  const auto placed = anjuan({"hold", "place", package, "--kind", "复议", "--reason",
                              "当事人申请行政复议", "--document", "样复〔2026〕1号", "--json"});
  ASSERT_EQ(placed.exit_code, 0) << placed.err;
  const auto id = test::last_line(placed.out).find("hold")->lexical();
  EXPECT_EQ(test::last_line(placed.out).text_or("kind", ""), "review");
  EXPECT_EQ(decision(package).find("holds")->items().size(), 1U);
  EXPECT_NE(anjuan({"retention", package}).out.find("不得销毁"), std::string::npos);
  ASSERT_EQ(anjuan({"hold", "lift", id, "--reason", "复议终结"}).exit_code, 0);
  EXPECT_EQ(decision(package).find("holds")->items().size(), 0U);
  EXPECT_EQ(anjuan({"hold", "lift", id, "--reason", "复议终结"}).exit_code, 3);
  const auto all = anjuan({"hold", "list", "--all", "--json"});
  EXPECT_EQ(test::last_line(all.out).text_or("lift_reason", ""), "复议终结");
  EXPECT_EQ(anjuan({"hold", "list"}).out, "没有暂停处置。\n");
}

TEST_F(RetentionVerb, RefusesHoldsThatCannotBe) {
  const std::string absent = "01234567-89ab-8def-8123-456789abcdef";
  EXPECT_EQ(anjuan({"hold", "place", absent, "--kind", "复议", "--reason", "x"}).exit_code, 4);
  EXPECT_EQ(anjuan({"hold", "place", absent, "--kind", "别的", "--reason", "x"}).exit_code, 2);
  EXPECT_EQ(anjuan({"hold", "place", absent, "--kind", "复议"}).exit_code, 2);
  EXPECT_EQ(anjuan({"hold", "lift", "1", "--reason", "x"}).exit_code, 4);
  EXPECT_EQ(anjuan({"hold"}).exit_code, 2);
}

}  // namespace
}  // namespace anjuan
