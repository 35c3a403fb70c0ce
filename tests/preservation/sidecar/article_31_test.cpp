// A recording without method, time, maker or purpose blocks the case (细则 Art. 31): at the rules,
// in the verdict, in the sidecar.

#include <gtest/gtest.h>

#include "preservation/sidecar/sidecar_xml.h"
#include "tests/preservation/rules/judged_case.h"
#include "tests/support/errors.h"
#include "tests/support/sidecars.h"

namespace anjuan::preservation {
namespace {

using rules::Verdict;

const Instant kNow = parse_instant("2025-10-21T09:00:00+08:00");

class Article31 : public testing::TestWithParam<std::string> {
 protected:
  /// Case A, which nothing speaks against, with this value for the fact of its first recording.
  static CaseFile case_with(const std::string& value) {
    auto declared = test::sample_json("A");
    if (value.empty()) {
      test::drop(declared, "/av/V01", GetParam());
    } else {
      test::put(declared, "/av/V01", GetParam(), value);
    }
    return CaseFile::from_value(declared, "case.json");
  }
};

TEST_P(Article31, AMissingFactBlocksTheCase) {
  for (const std::string nothing : {"", "null", "\"\""}) {
    const auto file = case_with(nothing);
    const auto judgement = rules::judge(file, test::law());
    EXPECT_EQ(test::found(judgement).count("QCL-31-1 V01"), 1U) << nothing;
    EXPECT_EQ(judgement.rules->find("QCL-31-1")->severity(), Severity::kBlock);
    const auto coverage = rules::cover(judgement, file, nullptr, kNow);
    EXPECT_EQ(rules::verdict_of(judgement, coverage), Verdict::kBlocked) << nothing;
  }
}

TEST_P(Article31, AMissingFactBlocksThoughTheMediaWereMeasured) {
  const auto file = case_with("\"\"");
  rules::MediaFactsById media;
  for (const auto& recording : file.recordings()) {
    media[recording.id].duration_s = recording.duration_s;
    media[recording.id].file_time = parse_instant(recording.made_at.empty() ? "2025-06-17"  //
                                                                            : recording.made_at);
  }
  rules::JudgeOptions options;
  options.media = &media;
  const auto judgement = rules::judge(file, test::law(), options);
  EXPECT_EQ(test::found(judgement).count("QCL-31-1 V01"), 1U) << "what is declared is missing";
}

TEST_P(Article31, OnlyAnIncurableFactMayBeStatedAndIsNeverMadeUp) {
  const auto file = case_with("\"\"");
  const auto judgement = rules::judge(file, test::law());
  auto parts = test::statement_of(file, judgement);
  const auto verdict = [&] {
    const auto statement = rules::DefectStatement::read(parts.xml(), "defects.xml");
    return rules::verdict_of(judgement, rules::cover(judgement, file, &statement, kNow));
  };
  EXPECT_EQ(verdict(), Verdict::kDefective) << "section, legal section and leader signed";
  for (auto& defect : parts.defects) {
    if (defect.rule == "QCL-31-1") defect.curable = rules::Curable::kYes;
  }
  EXPECT_EQ(verdict(), Verdict::kBlocked) << "what can be filled in must be filled in";
  const auto sidecar = declared_sidecar(file, 0);
  EXPECT_EQ(missing_facts(sidecar), std::vector<std::string>{GetParam()});
  const auto thrown = test::thrown_by([&] { write_sidecar(sidecar); });
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_EQ(thrown.subject, "V01");
}

TEST_P(Article31, APresentFactBlocksNothing) {
  const auto file = test::sample_case("A");
  EXPECT_TRUE(test::found(rules::judge(file, test::law())).empty());
  EXPECT_TRUE(missing_facts(declared_sidecar(file, 0)).empty());
}

INSTANTIATE_TEST_SUITE_P(Facts, Article31, testing::Values("method", "made_at", "maker", "purpose"),
                         [](const auto& fact) { return fact.param; });

}  // namespace
}  // namespace anjuan::preservation
