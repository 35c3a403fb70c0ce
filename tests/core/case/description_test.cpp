#include "core/case/description.h"

#include <gtest/gtest.h>

#include "core/case/kinds.h"
#include "core/error.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "tests/support/case_generator.h"
#include "tests/support/corpora.h"

namespace anjuan {
namespace {

CaseFile fixture(const std::string& name) {
  const auto path = std::string(ANJUAN_SOURCE_DIR) + "/tests/fixtures/cases/" + name;
  return CaseFile::from_json(test::text_of(path), name);
}

DescriptionFacts facts() {
  DescriptionFacts made;
  made.record_id = "urn:uuid:0b8e3c3e-5f0d-5c8e-9c57-0123456789ab";
  made.creator_name = "澄溪县水利局(样例)";
  made.created = parse_instant("2025-09-25T10:00:00+08:00");
  made.verdict = "unchecked";
  made.locations = {{"在线", "", "storage"}};
  return made;
}

MeasuredFile measured(const std::string& path) {
  return {path,           4096,     std::string(128, 'a'), std::string(64, 'b'), "application/pdf",
          "PDF/A-2u 1.7", "fmt/478"};
}

std::string describe_a() {
  return describe(fixture("A.json"), {measured("docs/D01_complaint.pdf"), measured("av/V01.mp4")},
                  facts());
}

ErrorCode failure(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::kInternal;
}

TEST(ArchivalCode, IsMadeByDaT13) {
  const auto file = fixture("A.json");
  EXPECT_EQ(archival_code(file), "样J012-ZY·CF·2025·D30-0012");
  EXPECT_EQ(archival_code(file, "other", 3), "样J012-ZY·CF·2025·D30-0012-003");
  const auto bare = CaseFile::from_json(R"({"category":"ZY","year":2025,"file_no":"0001",
                                            "retention":{"code":"Y"}})",
                                        "c");
  EXPECT_EQ(archival_code(bare), std::nullopt);
  EXPECT_EQ(archival_code(bare, "J001"), "J001-ZY·2025·Y-0001");
}

TEST(Description, IsValidForTheAcceptedCases) {
  for (const auto* name : {"A.json", "B.json", "D.json", "E.json"}) {
    const auto file = fixture(name);
    std::vector<MeasuredFile> files;
    for (const auto& named : file.named_files()) files.push_back(measured(named.path));
    const auto xml = describe(file, files, facts());
    const auto description = read_description(xml);
    EXPECT_EQ(description.value("caseNo"), file.case_no());
    EXPECT_EQ(description.count("item"), file.documents().size());
    EXPECT_EQ(description.value("counts/bytes"), std::to_string(files.size() * 4096));
    EXPECT_EQ(write_description(description.root()), xml) << name;
  }
}

TEST(Description, IsValidForGeneratedCasesToo) {
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    const auto file = CaseFile::from_value(test::generated_case(seed), "generated");
    const auto xml = describe(file, {}, facts());
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, xml));
    const auto description = read_description(xml);
    EXPECT_EQ(write_description(description.root()), xml);
  }
}

TEST(Description, SaysWhatTheCaseAndTheFilesSay) {
  const auto description = read_description(describe_a());
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"fonds/code", "样J012"},
      {"fonds/creatorName", "澄溪县水利局(样例)"},
      {"recordId", "urn:uuid:0b8e3c3e-5f0d-5c8e-9c57-0123456789ab"},
      {"archivalCode", "样J012-ZY·CF·2025·D30-0012"},
      {"archivalCode/retention", "D30"},
      {"party/name", "澄溪县样石采石场(样例)"},
      {"officers/officer[2]", "陈样乙"},
      {"officers/officer[2]/@certNo", "样18000002"},
      {"dates/closedAt", "2025-09-12"},
      {"result", "罚款8万元"},
      {"fine", "80000"},
      {"execution", "自愿履行"},
      {"retention", "30年"},
      {"retention/@start", "2026-01-01"},
      {"counts/pages", "70"},
      {"counts/bytes", "8192"},
      {"location[1]", "storage"},
      {"location/@kind", "在线"},
      {"item[4]/pageNo", "4-6"},
      {"item[13]/author", "澄溪县市场监督管理局(样例)"},
      {"item[1]/file/@name", "docs/D01_complaint.pdf"},
      {"item[1]/file/@digest", std::string(128, 'a')},
      {"item[1]/file/@sm3", std::string(64, 'b')},
      {"item[4]/signature[1]/@count", "2"},
      {"item[29]/signature/@role", "participants"},
      {"item[29]/signature", "郑样辛、唐样辰、黄样丁"},
      {"av[1]/method", "录像"},
      {"av[4]/duration", "PT4300S"},
      {"av[4]/continuous", "是"},
      {"av[1]/format", "PDF/A-2u 1.7 fmt/478"},
      {"events/event[3]/action", "现场检查(勘验)"},
      {"events/event[3]/time", "2025-06-17T09:05+08:00/2025-06-17T10:40+08:00"},
      {"events/event[3]/detail", "地点:样山镇样村采石工作面"},
      {"events/event[3]/agent", "林样甲、陈样乙"},
      {"agents/agent[2]/type", "内设机构"}};
  for (const auto& [path, value] : expected) EXPECT_EQ(description.value(path), value) << path;
  EXPECT_EQ(description.version(), 1U);
  EXPECT_EQ(description.created(), "2025-09-25T10:00:00+08:00");
  EXPECT_EQ(description.verdict(), "unchecked");
}

TEST(Description, CarriesTheNumberOfTheStandardOnEachField) {
  const auto xml = describe_a();
  EXPECT_THAT(xml, testing::HasSubstr("<code standard=\"DA/T 46 M9; DA/T 13 3.3\">样J012</code>"));
  EXPECT_THAT(xml, testing::HasSubstr("<archivalCode standard=\"DA/T 46 M8; DA/T 13-2022\""));
}

TEST(Description, SaysSoWhereNothingIsKnown) {
  const auto xml =
      describe(CaseFile::from_json(R"({"docs":[{"id":"D01","file":"a.pdf"}]})", "c"), {}, facts());
  EXPECT_THAT(xml, testing::HasSubstr("<title standard=\"DA/T 46 M22; GB/T 9705 封面\" "
                                      "state=\"未著录\"/>"));
  EXPECT_THAT(xml,
              testing::HasSubstr("<file name=\"a.pdf\" undescribed=\"digest sm3 size format\"/>"));
  const auto description = read_description(xml);
  EXPECT_EQ(description.value("archivalCode"), "");
  EXPECT_EQ(description.value("retention"), "");
  EXPECT_EQ(description.value("access"), "");
  EXPECT_EQ(description.value("fonds/archivesName"), "");
}

TEST(Description, MarksWhatIsNotOfItsType) {
  const auto description = read_description(describe(
      CaseFile::from_json(R"({"closed_at":"去年","security":"工作秘密","title":"a\u0007"})", "c"),
      {}, facts()));
  EXPECT_EQ(description.value("dates/closedAt"), "去年");
  EXPECT_EQ(description.value("retention/@start"), "");
  EXPECT_EQ(description.value("title"), "a\xEF\xBF\xBD");
  for (const auto& entry : description.entries()) {
    if (entry.path == "dates/closedAt" || entry.path == "security") {
      EXPECT_EQ(entry.state, "待核") << entry.path;
    }
  }
}

TEST(Description, TakesTheCodeThatTheArchiveGives) {
  auto given = facts();
  given.archival_code = "J012-1";
  EXPECT_EQ(read_description(describe(fixture("A.json"), {}, given)).value("archivalCode"),
            "J012-1");
}

TEST(Description, RefusesFactsThatAreNone) {
  auto wrong = facts();
  wrong.record_id = "1";
  EXPECT_EQ(failure([&] { describe(fixture("A.json"), {}, wrong); }), ErrorCode::kInvalid);
  wrong = facts();
  wrong.verdict = "good";
  EXPECT_EQ(failure([&] { describe(fixture("A.json"), {}, wrong); }), ErrorCode::kInvalid);
}

TEST(Description, ListsEveryFieldWithItsName) {
  const auto entries = read_description(describe_a()).entries();
  EXPECT_GT(entries.size(), 500U);
  const auto find = [&](const std::string& path) {
    return *std::find_if(entries.begin(), entries.end(),
                         [&](const auto& entry) { return entry.path == path; });
  };
  EXPECT_EQ(find("item[4]/title").chinese, "题名");
  EXPECT_EQ(find("item[4]/title").value, "现场勘验笔录");
  EXPECT_EQ(find("item[1]/file[1]/@digest").standard, "DA/T 97; DA/T 70 ZS-1-1");
  EXPECT_TRUE(find("item[1]/file[1]/@digest").is_fixed);
  EXPECT_TRUE(find("party[1]/idNo").is_sensitive);
  EXPECT_EQ(find("access").state, "未著录");
}

TEST(DescriptionEdit, MakesTheNextVersion) {
  const auto at = parse_instant("2026-01-05T09:00:00+08:00");
  const auto xml = edit_description(describe_a(),
                                    {{"access", "依申请公开"},
                                     {"keywords[1]", "采石"},
                                     {"keywords[2]", "水土保持 & <崩塌>"},
                                     {"item[2]/manuscript", "定稿"},
                                     {"retention/@start", "2026-01-02"},
                                     {"abstract", "摘要"},
                                     {"execution", ""}},
                                    at);
  const auto description = read_description(xml);
  EXPECT_EQ(description.version(), 2U);
  EXPECT_EQ(description.edited(), "2026-01-05T09:00:00+08:00");
  EXPECT_EQ(description.created(), "2025-09-25T10:00:00+08:00");
  EXPECT_EQ(description.value("access"), "依申请公开");
  EXPECT_EQ(description.value("keywords[2]"), "水土保持 & <崩塌>");
  EXPECT_EQ(description.value("item[2]/manuscript"), "定稿");
  EXPECT_EQ(description.value("item[3]/manuscript"), "");
  EXPECT_EQ(description.value("retention/@start"), "2026-01-02");
  EXPECT_EQ(description.value("execution"), "");
  EXPECT_EQ(description.value("title"), read_description(describe_a()).value("title"));
}

TEST(DescriptionEdit, ClearingWhatIsDemandedLeavesItUndescribed) {
  const auto xml = edit_description(describe_a(), {{"title", ""}, {"legalBasis", ""}}, Instant{});
  EXPECT_THAT(xml, testing::HasSubstr("<title standard=\"DA/T 46 M22; GB/T 9705 封面\" "
                                      "state=\"未著录\"/>"));
  EXPECT_THAT(xml, testing::HasSubstr("<legalBasis standard=\"细则 20\" state=\"未著录\"/>"));
}

TEST(DescriptionEdit, ChangesNothingElse) {
  const auto before = describe_a();
  auto after = edit_description(before, {}, Instant{});
  EXPECT_NE(after, before);
  auto root = read_description(after).root();
  root.set("edited", "");
  root.set("version", "1");
  const auto created = *root.attribute("created");
  const auto verdict = *root.attribute("verdict");
  EXPECT_EQ(write_description(root), before) << created << verdict;
}

TEST(DescriptionEdit, CanBeCarriedOverToADescriptionDerivedAnew) {
  const auto derived = describe_a();
  const auto edited = edit_description(derived,
                                       {{"access", "依申请公开"},
                                        {"keywords[1]", "采石"},
                                        {"execution", ""},
                                        {"title", ""},
                                        {"retention/@start", ""}},
                                       Instant{});
  const auto changes = changes_between(read_description(derived), read_description(edited));
  EXPECT_EQ(changes.size(), 5U);
  EXPECT_EQ(edit_description(derived, changes, Instant{}), edited);
  EXPECT_TRUE(changes_between(read_description(edited), read_description(edited)).empty());
}

TEST(DescriptionEdit, RefusesFactsWrongValuesAndWrongPaths) {
  const auto xml = describe_a();
  const auto edit = [&](const std::string& path, const std::string& value) {
    return failure([&] { edit_description(xml, {{path, value}}, Instant{}); });
  };
  EXPECT_EQ(edit("recordId", "urn:uuid:0b8e3c3e-5f0d-5c8e-9c57-0123456789ac"), ErrorCode::kRefused);
  EXPECT_EQ(edit("item[1]/file/@digest", std::string(128, 'c')), ErrorCode::kRefused);
  EXPECT_EQ(edit("counts/bytes", "1"), ErrorCode::kRefused);
  EXPECT_EQ(edit("item[1]/kind", "D_FILE"), ErrorCode::kRefused);
  EXPECT_EQ(edit("dates/closedAt", "2025-13-01"), ErrorCode::kInvalid);
  EXPECT_EQ(edit("security", "秘密级"), ErrorCode::kInvalid);
  EXPECT_EQ(edit("title", std::string(201, 'x')), ErrorCode::kInvalid);
  EXPECT_EQ(edit("title", "\x01"), ErrorCode::kInvalid);
  for (const auto* path : {"", "nothing", "title/x", "title[2]", "fonds", "party", "item[99]/title",
                           "keywords[3]", "keywords[0]", "keywords[x]", "@version", "item/@x",
                           "item[1]/@id/x", "keywords[1", "keywords["}) {
    EXPECT_EQ(edit(path, "x"), ErrorCode::kInvalid) << path;
  }
}

TEST(DescriptionRead, RefusesWhatTheSchemaDoesNotAllow) {
  EXPECT_EQ(failure([] { read_description("<description xmlns='urn:anjuan:description:1'/>"); }),
            ErrorCode::kInvalid);
  auto xml = describe_a();
  xml.replace(xml.find("DA/T 46 M9"), 10, "DA/T 46 M1");
  EXPECT_EQ(failure([&] { read_description(xml); }), ErrorCode::kInvalid);
}

TEST(Kinds, HaveNamesInBothLanguages) {
  EXPECT_EQ(kind_name("EV_SITE"), "现场检查(勘验)");
  EXPECT_EQ(kind_name("D_FILE"), "立案审批表");
  EXPECT_EQ(kind_name("D_FILE", Language::kEnglish), "case filing approval form");
  EXPECT_EQ(kind_name("D_UNKNOWN"), "D_UNKNOWN");
  EXPECT_TRUE(is_event_kind("EV_SITE"));
  EXPECT_FALSE(is_event_kind("D_FILE"));
  EXPECT_TRUE(is_document_kind("D_FILE"));
}

}  // namespace
}  // namespace anjuan
