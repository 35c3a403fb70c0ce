// What the rules in force ask of a recording.

#include "preservation/sidecar/recording_law.h"

#include <gtest/gtest.h>

#include "tests/preservation/rules/judged_case.h"
#include "tests/support/sidecars.h"

namespace anjuan::preservation {
namespace {

RecordingLaw law_of(const Json& declared, std::string_view id) {
  const auto file = CaseFile::from_value(declared, "case.json");
  return recording_law(file, test::index_of(file, id), test::law());
}

TEST(RecordingLaw, AsksForNoBreakWhereARuleOfTheStepDoes) {
  const auto declared = test::sample_json("A");
  const auto site = law_of(declared, "V01");
  EXPECT_EQ(site.uninterrupted, Uninterrupted::kRequired);
  EXPECT_EQ(site.rule, "QCL-15-1");
  EXPECT_EQ(site.article, "15");
  EXPECT_EQ(law_of(declared, "V04").rule, "QCL-15-3") << "a compulsory measure";
  EXPECT_EQ(law_of(declared, "V06").rule, "QCL-15-2") << "a hearing";
}

TEST(RecordingLaw, AsksNoneOfAPhotographOrOfAnotherStep) {
  const auto declared = test::sample_json("A");
  for (const std::string id : {"V02", "V03", "V05"}) {
    EXPECT_EQ(law_of(declared, id).uninterrupted, Uninterrupted::kNotRequired) << id;
    EXPECT_EQ(law_of(declared, id).rule, "") << id;
  }
  auto unbound = test::sample_json("A");
  test::put(unbound, "/av/V01", "event", "\"E99\"");
  EXPECT_EQ(law_of(unbound, "V01").uninterrupted, Uninterrupted::kNotRequired);
}

TEST(RecordingLaw, LooksAtTheConditionsOfARule) {
  auto declared = test::sample_json("A");
  test::put(declared, "/av/V01", "event", "\"E12\"");
  EXPECT_EQ(law_of(declared, "V01").uninterrupted, Uninterrupted::kNotRequired);
  test::put(declared, "/events/E12", "mode", "\"留置送达\"");
  EXPECT_EQ(law_of(declared, "V01").rule, "QCL-23-2");
  EXPECT_EQ(law_of(declared, "V01").article, "23(2)");
}

TEST(RecordingLaw, CountsTwoWorkingDaysToTheStore) {
  const auto kept = law_of(test::sample_json("A"), "V01").deadline;
  EXPECT_EQ(kept, (StorageDeadline{"2025-06-19T23:59:59+08:00", "QCL-30-1", "30(1)",
                                   DeadlineKept::kYes}));
  EXPECT_EQ(law_of(test::sample_json("E"), "V01").deadline->kept, DeadlineKept::kNo)
      << "stored on the third working day";
}

TEST(RecordingLaw, CountsADayFromTheReturnOfRemoteDuty) {
  auto declared = test::sample_json("A");
  test::put(declared, "/av/V01", "remote", "true");
  EXPECT_EQ(law_of(declared, "V01").deadline,
            (StorageDeadline{"", "QCL-30-2", "30(2)", DeadlineKept::kUnknown}));
  test::put(declared, "/av/V01", "returned_at", "\"2025-06-17T20:00+08:00\"");
  EXPECT_EQ(law_of(declared, "V01").deadline->due, "2025-06-18T20:00:00+08:00");
  EXPECT_EQ(law_of(declared, "V01").deadline->kept, DeadlineKept::kYes);
  test::put(declared, "/av/V01", "stored_at", "\"2025-06-18T20:01+08:00\"");
  EXPECT_EQ(law_of(declared, "V01").deadline->kept, DeadlineKept::kNo);
}

TEST(RecordingLaw, AgreesWithTheJudgementOnEachSampleCase) {
  for (const std::string name : {"A", "B", "D", "E", "F", "H", "I", "J"}) {
    const auto declared = test::sample_json(name);
    const auto file = CaseFile::from_value(declared, "case.json");
    const auto failed = test::found(rules::judge(file, test::law()));
    for (std::size_t i = 0; i < file.recordings().size(); ++i) {
      const auto deadline = recording_law(file, i, test::law()).deadline;
      ASSERT_TRUE(deadline.has_value());
      const bool is_late = failed.count(deadline->rule + " " + file.recordings()[i].id) > 0;
      EXPECT_EQ(deadline->kept, is_late ? DeadlineKept::kNo : DeadlineKept::kYes)
          << name << " " << file.recordings()[i].id;
    }
  }
}

TEST(RecordingLaw, SaysNothingOfATimeThatCannotBeRead) {
  for (const std::string time : {"\"x\"", "\"\"", "null", "\"9999-12-31T23:00+08:00\""}) {
    auto declared = test::sample_json("A");
    test::put(declared, "/av/V01", "made_at", time);
    const auto deadline = law_of(declared, "V01").deadline;
    ASSERT_TRUE(deadline.has_value()) << time;
    EXPECT_EQ(deadline->due, "") << time;
  }
}

}  // namespace
}  // namespace anjuan::preservation
