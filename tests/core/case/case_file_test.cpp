#include "core/case/case_file.h"

#include <gtest/gtest.h>

#include "core/case/case_check.h"
#include "core/error.h"
#include "core/messages.h"
#include "tests/support/corpora.h"

namespace anjuan {
namespace {

CaseFile read(std::string_view json) { return CaseFile::from_json(json, "case.json"); }

CaseFile fixture(const std::string& name) {
  const auto path = std::string(ANJUAN_SOURCE_DIR) + "/tests/fixtures/cases/" + name;
  return CaseFile::from_json(test::text_of(path), name);
}

std::string refusal(std::string_view json, ErrorCode expected = ErrorCode::kInvalid) {
  try {
    read(json);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), expected) << json;
    EXPECT_EQ(error.subject(), "case.json");
    return error.what();
  }
  ADD_FAILURE() << "not refused: " << json;
  return "";
}

TEST(CaseFile, ShowsWhatOthersNeedOfCaseA) {
  const auto file = fixture("A.json");
  EXPECT_EQ(file.case_no(), "澄水罚〔2025〕12号");
  EXPECT_EQ(file.type(), "行政处罚");
  EXPECT_EQ(file.procedure(), "普通程序");
  EXPECT_EQ(file.fonds(), "样J012");
  EXPECT_EQ(file.category(), "ZY·CF");
  EXPECT_EQ(file.year(), 2025);
  EXPECT_EQ(file.file_no(), "0012");
  EXPECT_EQ(file.closed_at(), "2025-09-12");
  EXPECT_EQ(file.total_pages(), 70);
  EXPECT_EQ(file.depth(), DescriptionDepth::kFull);
  EXPECT_EQ(file.party().name, "澄溪县样石采石场(样例)");
  EXPECT_EQ(file.retention().years, 30);
  EXPECT_EQ(file.retention().code, "D30");
  ASSERT_EQ(file.events().size(), 21U);
  EXPECT_EQ(file.events()[2].kind, "EV_SITE");
  ASSERT_EQ(file.documents().size(), 37U);
  EXPECT_EQ(file.documents()[3].title, "现场勘验笔录");
  EXPECT_EQ(file.documents()[3].page_to, 6);
  EXPECT_EQ(file.documents()[23].event, "");
  ASSERT_EQ(file.recordings().size(), 6U);
  EXPECT_EQ(file.recordings()[3].duration_s, 4300);
  EXPECT_EQ(file.recordings()[3].continuous, true);
  EXPECT_EQ(file.index().size(), 37U);
  EXPECT_TRUE(file.volumes().empty());
}

TEST(CaseFile, TakesAMissingKeyAsAnEmptyValue) {
  const auto file = read("{}");
  EXPECT_EQ(file.case_no(), "");
  EXPECT_EQ(file.year(), std::nullopt);
  EXPECT_EQ(file.party().name, "");
  EXPECT_TRUE(file.documents().empty());
  EXPECT_TRUE(file.named_files().empty());
  EXPECT_EQ(file.findings(), Findings{});
}

TEST(CaseFile, TakesNullAsAnEmptyValueEverywhere) {
  const auto file = read(R"({"case_no":null,"year":null,"party":null,"docs":null,
                             "av":[{"segments":null,"duration_s":null}],"retention":null})");
  EXPECT_EQ(file.case_no(), "");
  EXPECT_TRUE(file.documents().empty());
  EXPECT_EQ(file.recordings().at(0).duration_s, std::nullopt);
}

TEST(CaseFile, DoesNotComputeWithNumbersBeyondItsRange) {
  const auto file =
      read(R"({"year":99999999999999999999,"docs":[{"pages":-99999999999999999999}]})");
  EXPECT_EQ(file.year(), std::nullopt);
  EXPECT_EQ(file.documents()[0].pages, std::nullopt);
}

TEST(CaseFile, NamesItsFiles) {
  const auto file = read(R"({"docs":[{"id":"D01","file":"docs/立案.pdf"},{"id":"D02"},
                                     {"file":"docs/no id.pdf"}],
                             "av":[{"id":"V01","file":"av/1.mp4"},
                                   {"id":"V02","segments":[{"file":"av/2a.mp4"},{},
                                                           {"file":"av/2c.mp4"}]}]})");
  const std::vector<NamedFile> expected = {{"docs/立案.pdf", "D01"},
                                           {"docs/no id.pdf", "/docs/2"},
                                           {"av/1.mp4", "V01"},
                                           {"av/2a.mp4", "V02#1"},
                                           {"av/2c.mp4", "V02#3"}};
  EXPECT_EQ(file.named_files(), expected);
  EXPECT_EQ(fixture("A.json").named_files().size(), 43U);
}

TEST(CaseFile, ReportsUnknownKeysAtEveryLevelAndKeepsThem) {
  const auto file = read(
      "{\"weather\":1,\n\"party\":{\"mood\":\"x\"},\"docs\":[{\"a/b\":null,"
      "\"fields\":{\"shoe_size\":44,\"reason\":1},\"signed\":{\"cook\":1}}],"
      "\"officers\":[{\"name\":\"x\",\"badge\":2}]}");
  std::vector<std::string> paths;
  for (const auto& finding : file.findings()) {
    EXPECT_EQ(finding.severity, Severity::kWarn);
    EXPECT_EQ(finding.code, "CASE-KEY");
    paths.push_back(finding.where);
  }
  EXPECT_THAT(paths, testing::ElementsAre("/weather", "/party/mood", "/docs/0/a~1b",
                                          "/docs/0/fields/shoe_size", "/docs/0/signed/cook",
                                          "/officers/0/badge"));
  EXPECT_THAT(file.findings()[1].message, testing::HasSubstr("2:17"));
  EXPECT_NE(file.declared().find("weather"), nullptr);
}

TEST(CaseFile, ReportsTextThatXmlCannotCarry) {
  const auto file = read(R"({"title":"bell \u0007","x\u0001":{"y":["\ufffe"]}})");
  std::vector<std::string> where;
  for (const auto& finding : file.findings()) {
    if (finding.code == "CASE-CHARACTER") where.push_back(finding.where);
  }
  EXPECT_THAT(where, testing::ElementsAre("/title", "/x\x01", "/x\x01/y/0"));
}

TEST(CaseFile, StopsListingWarningsAtTheMaximum) {
  std::string json = "{\"docs\":[";
  for (int i = 0; i < 1500; ++i) json += fmt::format("{}{{\"k\":1}}", i == 0 ? "" : ",");
  const auto file = read(json + "]}");
  ASSERT_EQ(file.findings().size(), kCaseFindingsMax + 1);
  EXPECT_THAT(file.findings().back().message, testing::HasSubstr("其余未列出"));
}

TEST(CaseFile, RefusesAWrongTypeWithPlaceAndKey) {
  EXPECT_THAT(refusal("[]"), testing::HasSubstr("对象"));
  const auto message = refusal("{\n \"docs\": [{\"pages\": \"three\"}]}");
  EXPECT_THAT(message, testing::HasSubstr("2:21"));
  EXPECT_THAT(message, testing::HasSubstr("页数"));
  EXPECT_THAT(message, testing::HasSubstr("/docs/0/pages"));
  EXPECT_THAT(message, testing::HasSubstr("整数"));
  for (const auto* json :
       {R"({"case_no":1})", R"({"year":"2025"})", R"({"year":2025.0})", R"({"has_close":"true"})",
        R"({"fine":"1"})", R"({"party":[]})", R"({"events":{}})", R"({"events":[1]})",
        R"({"events":[null]})", R"({"officers":["x"]})", R"({"events":[{"participants":[{}]}]})",
        R"({"events":[{"witnesses":[1]}]})", R"({"docs":[{"fields":[]}]})",
        R"({"docs":[{"signed":1}]})", R"({"av":[{"tags":"x"}]})", R"({"index":[{"pages":1}]})"}) {
    refusal(json);
  }
}

TEST(CaseFile, RefusesADuplicateIdAndNamesBothPlaces) {
  const auto message = refusal("{\"docs\":[{\"id\":\"D01\"},\n{\"id\":\"D01\"}]}");
  EXPECT_THAT(message, testing::HasSubstr("2:7"));
  EXPECT_THAT(message, testing::HasSubstr("1:16"));
  refusal(R"({"events":[{"id":"1"}],"av":[{"id":"1"}]})");
  read(R"({"docs":[{"id":""},{"id":""},{"id":null},{}]})");
}

TEST(CaseFile, RefusesFileNamesThatLeaveTheFolder) {
  for (const auto* name :
       {"/etc/passwd", "../a.pdf", "docs/../../a.pdf", "docs/..", "..", "C:\\\\a.pdf", "c:a.pdf",
        "\\\\\\\\server\\\\a.pdf", "docs\\\\..\\\\a", "a\\u0000b"}) {
    const auto json = [&](std::string_view shape) {
      return fmt::format(fmt::runtime(shape), name);
    };
    refusal(json(R"({{"docs":[{{"file":"{}"}}]}})"), ErrorCode::kRefused);
    refusal(json(R"({{"av":[{{"file":"{}"}}]}})"), ErrorCode::kRefused);
    refusal(json(R"({{"av":[{{"segments":[{{"file":"{}"}}]}}]}})"), ErrorCode::kRefused);
  }
  read(R"({"docs":[{"file":"docs/..a/b..pdf"},{"file":"卷 1/第2页.pdf"},{"file":""}]})");
}

TEST(CaseFile, RefusesBrokenJsonWithItsPlace) {
  EXPECT_THAT(refusal("{\n\"case_no\": \"1\",,}"), testing::HasSubstr("第 2 行第 16 列"));
}

TEST(CaseFile, RefusesHugeObjectsAndFiles) {
  std::string json = "{\"x0\":0";
  for (std::size_t i = 1; i <= kCaseKeysMax; ++i) json += fmt::format(",\"x{}\":0", i);
  EXPECT_THAT(refusal(json + "}"), testing::HasSubstr("2000"));
  refusal(std::string(kCaseBytesMax + 1, ' '), ErrorCode::kRefused);
}

TEST(CaseFile, KnowsTheDepthOfDescription) {
  EXPECT_EQ(read(R"({"depth":"basic"})").depth(), DescriptionDepth::kBasic);
  const auto odd = read(R"({"depth":"deep"})");
  EXPECT_EQ(odd.depth(), DescriptionDepth::kFull);
  ASSERT_EQ(odd.findings().size(), 1U);
  EXPECT_EQ(odd.findings()[0].code, "CASE-DEPTH");
}

TEST(CaseFile, ReadsVolumesAndSegments) {
  const auto file = read(R"({"volumes":[{"no":1,"kind":"正卷","medium":"纸质","shelf":"A-1",
                                         "docs":["D01","D02"]}],
                             "av":[{"segments":[{"file":"a.mp4","made_at":"t","duration_s":1.5}]}],
                             "confirmed":[{"path":"/docs/0/title","by":"李","at":"2026-01-01",
                                           "source_page":1,"quote":"…"}]})");
  EXPECT_EQ(file.findings(), Findings{});
  EXPECT_EQ(file.volumes().at(0).documents, (std::vector<std::string>{"D01", "D02"}));
  EXPECT_EQ(file.recordings().at(0).segments.at(0).duration_s, 1.5);
}

}  // namespace
}  // namespace anjuan
