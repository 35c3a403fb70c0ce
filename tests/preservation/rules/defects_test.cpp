// What a defect statement does and does not do for the verdict.
#include <gtest/gtest.h>

#include "preservation/rules/check_report.h"
#include "tests/support/errors.h"
#include "tests/support/law.h"

namespace anjuan::test {

using rules::Curable;
using rules::SignerRole;
using rules::Verdict;

namespace {

/// Case E, judged, with a statement that a test may spoil.
class Defects : public testing::Test {
 protected:
  rules::Coverage covered() const {
    const auto statement = rules::DefectStatement::read(parts_.xml(), "defects.xml");
    return rules::cover(judgement_, case_, &statement, now_);
  }

  Verdict verdict() const { return rules::verdict_of(judgement_, covered()); }

  /// Codes of the statement's own problems.
  std::string problems() const {
    std::string codes;
    for (const Finding& problem : covered().problems) codes += problem.code + " ";
    return codes;
  }

  void without(SignerRole role) {
    std::erase_if(parts_.signatures, [&](const auto& each) { return each.role == role; });
  }

  rules::StatedDefect& stated(const std::string& rule) {
    return *std::find_if(parts_.defects.begin(), parts_.defects.end(),
                         [&](const auto& defect) { return defect.rule == rule; });
  }

  CaseFile case_ = sample_case("E");
  rules::Judgement judgement_ = rules::judge(case_, law());
  StatementParts parts_ = statement_of(case_, judgement_);
  Instant now_ = parse_instant("2025-10-21T09:00:00+08:00");
};

}  // namespace

TEST_F(Defects, WithoutAStatementABlockBlocks) {
  const auto coverage = rules::cover(judgement_, case_, nullptr, now_);
  EXPECT_EQ(rules::verdict_of(judgement_, coverage), Verdict::kBlocked);
  EXPECT_FALSE(coverage.has_statement);
}

TEST_F(Defects, AFullStatementMakesADefectiveVolumeAndDeletesNoFinding) {
  const auto before = judgement_.findings();
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(verdict(), Verdict::kDefective);
  EXPECT_EQ(judgement_.findings(), before);
}

TEST_F(Defects, AnErrorThatIsNotStatedLeavesTheCaseIncomplete) {
  std::erase_if(parts_.defects, [](const auto& defect) { return defect.rule == "QCL-30-1"; });
  EXPECT_EQ(verdict(), Verdict::kIncomplete);
}

TEST_F(Defects, ABlockThatIsNotStatedBlocks) {
  std::erase_if(parts_.defects, [](const auto& defect) { return defect.rule == "QCL-15-3"; });
  EXPECT_EQ(verdict(), Verdict::kBlocked);
}

TEST_F(Defects, OnlyErrorsStatedIsCompleteWithAStatement) {
  Json value = sample_json("A");
  Json* recording = value.find("av")->item_at(0);
  recording->set("stored_at", Json::string("2025-06-20T09:00+08:00"));
  case_ = CaseFile::from_value(value, "case.json");
  judgement_ = rules::judge(case_, law());
  parts_ = statement_of(case_, judgement_);
  ASSERT_EQ(parts_.defects.size(), 1U);
  without(SignerRole::kLeader);
  EXPECT_EQ(problems(), "") << "an error alone needs no leader";
  EXPECT_EQ(verdict(), Verdict::kComplete);
}

TEST_F(Defects, EachSignatureThatIsNeededIsMissed) {
  for (const auto role : {SignerRole::kSection, SignerRole::kLegal, SignerRole::kLeader}) {
    parts_ = statement_of(case_, judgement_);
    without(role);
    EXPECT_EQ(problems(), "DEFECT-02 ") << rules::signer_word(role);
    EXPECT_EQ(verdict(), Verdict::kBlocked);
  }
}

TEST_F(Defects, ASignatureWithoutNameOrOfficeIsNone) {
  parts_.signatures[1].name = "";
  EXPECT_EQ(problems(), "DEFECT-02 ");
  parts_ = statement_of(case_, judgement_);
  parts_.signatures[1].office = "";
  EXPECT_EQ(problems(), "DEFECT-02 ");
}

TEST_F(Defects, NobodySignsTwice) {
  parts_.signatures[1].name = parts_.signatures[0].name;
  EXPECT_EQ(problems(), "DEFECT-04 ");
}

TEST_F(Defects, WhoReviewedTheCaseDoesNotSignAlone) {
  parts_.signatures[1].name = "罗样戊";  // reviewer of D28
  EXPECT_EQ(problems(), "") << "the leader signs as well";
  std::erase_if(parts_.defects, [&](const auto& defect) { return defect.rule != "QCL-30-1"; });
  without(SignerRole::kLeader);
  EXPECT_EQ(problems(), "DEFECT-05 ");
  parts_.signatures.push_back({SignerRole::kLegal, "马样未", "法制股股长", "2025-09-23"});
  EXPECT_EQ(problems(), "");
}

TEST_F(Defects, DatesMustBeDatesAndNotInTheFuture) {
  for (const char* date : {"2025-13-01", "九月", "", "2025-10-22"}) {
    parts_.signatures[0].date = date;
    EXPECT_EQ(problems(), "DEFECT-03 ") << date;
  }
  parts_.signatures[0].date = "2025-10-21";
  EXPECT_EQ(problems(), "");
}

TEST_F(Defects, AStatementOfAnotherCaseCoversNothing) {
  parts_.case_no = "澄水罚〔2025〕99号";
  EXPECT_EQ(problems(), "DEFECT-01 ");
  EXPECT_EQ(verdict(), Verdict::kBlocked);
}

TEST_F(Defects, ACurableBlockIsCuredNotStated) {
  stated("QCL-32-3").curable = Curable::kYes;
  EXPECT_EQ(problems(), "DEFECT-07 ");
  EXPECT_EQ(verdict(), Verdict::kBlocked);
}

TEST_F(Defects, AnErrorMayBeStatedThoughItIsCurable) {
  stated("QCL-30-1").curable = Curable::kYes;
  EXPECT_EQ(verdict(), Verdict::kDefective);
}

TEST_F(Defects, AReasonThatIsBlankExplainsNothing) {
  stated("QCL-30-1").reason = " \n ";
  EXPECT_EQ(problems(), "DEFECT-07 ");
  EXPECT_EQ(verdict(), Verdict::kIncomplete);
}

TEST_F(Defects, WithoutTheScanOfTheSignedSheetItCoversNothing) {
  parts_.scan.clear();
  EXPECT_EQ(problems(), "DEFECT-08 ");
  EXPECT_EQ(verdict(), Verdict::kBlocked);
}

TEST_F(Defects, WhatStandsNoMoreIsToldAndHarmsNothing) {
  parts_.defects.push_back({"QCL-03-1", "V01", "", "x", Curable::kNo, ""});
  EXPECT_EQ(problems(), "DEFECT-06 ");
  EXPECT_EQ(verdict(), Verdict::kDefective);
}

TEST_F(Defects, AFileThatIsNoStatementIsRefusedWithItsPlace) {
  const Thrown thrown = thrown_by([] {
    rules::DefectStatement::read("<defects xmlns='urn:anjuan:defects:1'>\n<x/></defects>", "d.xml");
  });
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_NE(thrown.message.find("第 2 行"), std::string::npos) << thrown.message;
}

TEST_F(Defects, TheReportKeepsEachFindingBesideTheStatement) {
  const auto coverage = covered();
  const auto report =
      rules::read_check_report(rules::write_check_report(case_, judgement_, coverage, law(), now_));
  EXPECT_EQ(report.verdict, "defective");
  ASSERT_EQ(report.results.size(), judgement_.results.size());
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const Finding finding = judgement_.results[i].finding();
    EXPECT_EQ(report.results[i].rule, finding.code);
    EXPECT_EQ(report.results[i].object, finding.where);
    EXPECT_EQ(report.results[i].message, finding.message);
    EXPECT_EQ(report.results[i].is_stated, finding.severity <= Severity::kError);
  }
  EXPECT_EQ(report.rules_digest, law().rules->digest());
  EXPECT_EQ(report.rules_judged, judgement_.counts.size());
  ASSERT_FALSE(report.notes.empty());
  EXPECT_NE(report.notes[0].find("录音录像未实测"), std::string::npos);
  EXPECT_NE(report.notes[1].find("签字尚未核验"), std::string::npos);
}

TEST_F(Defects, AReportOfTextThatXmlCannotCarryIsStillWritten) {
  Json value = sample_json("E");
  value.set("case_no", Json::string("澄\x01水"));
  case_ = CaseFile::from_value(value, "case.json");
  judgement_ = rules::judge(case_, law());
  const auto coverage = rules::cover(judgement_, case_, nullptr, now_);
  const auto report =
      rules::read_check_report(rules::write_check_report(case_, judgement_, coverage, law(), now_));
  EXPECT_EQ(report.verdict, "blocked");
}

}  // namespace anjuan::test
