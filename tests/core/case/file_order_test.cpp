#include "core/case/file_order.h"

#include <gtest/gtest.h>

#include "core/case/outcome.h"
#include "tests/support/corpora.h"

namespace anjuan {
namespace {

CaseFile fixture(const std::string& name) {
  const auto path = std::string(ANJUAN_SOURCE_DIR) + "/tests/fixtures/cases/" + name;
  return CaseFile::from_json(test::text_of(path), name);
}

CaseFile read(const std::string& json) { return CaseFile::from_json(json, "case.json"); }

std::string ids(const CaseFile& file, const FiledVolume& volume) {
  std::string text;
  for (const auto& placed : volume.documents) {
    text += (text.empty() ? "" : " ") + file.documents()[placed.document].id;
  }
  return text;
}

std::string messages(const CaseFile& file) {
  std::string text;
  for (const auto& each : differences(file, put_in_order(file))) {
    text += each.object + ": " + each.message + "\n";
  }
  return text;
}

TEST(FileOrder, AgreesWithTheCasesThatAreInOrder) {
  for (const auto* name : {"A.json", "B.json", "D.json"}) {
    const auto file = fixture(name);
    const auto volumes = put_in_order(file);
    ASSERT_EQ(volumes.size(), 1U);
    EXPECT_EQ(messages(file), "") << name;
    EXPECT_EQ(volumes[0].pages, file.total_pages());
    const auto lines = list_of_contents(file, volumes[0]);
    ASSERT_EQ(lines.size(), file.index().size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto& declared = file.index()[i];
      EXPECT_EQ(lines[i].seq, declared.seq);
      EXPECT_EQ(lines[i].title, declared.title);
      EXPECT_EQ(lines[i].author, declared.author);
      EXPECT_EQ(lines[i].doc_no, declared.doc_no);
      EXPECT_EQ(lines[i].pages, declared.pages);
      EXPECT_EQ(lines[i].date, date_digits(declared.date));
    }
  }
}

TEST(FileOrder, SaysOnceWhatShiftsAllThatFollows) {
  const auto file = fixture("E.json");
  const auto found = differences(file, put_in_order(file));
  std::string objects;
  for (const auto& each : found) objects += each.object + " ";
  // D22 and D27 are missing: pages shift twice, the list from line 22 on; lines and pages in all.
  EXPECT_EQ(objects, "D23 D28 D23 case case case ") << messages(file);
}

TEST(FileOrder, GoesByDateThenNumberThenPlace) {
  const auto file = read(R"({"docs":[
    {"id":"a","seq":1,"date":"2025-03-02","pages":2},
    {"id":"b","seq":2,"date":"2025-03-01","pages":1},
    {"id":"c","seq":4,"date":"2025-03-02","pages":1},
    {"id":"d","seq":3,"date":"2025-03-02T08:00:00+08:00","pages":1},
    {"id":"e","seq":5,"date":"x","pages":3},
    {"id":"cover","seq":0,"kind":"D_COVER","date":"2025-01-01","pages":1},
    {"id":"f","seq":6,"date":"2025-03-01","pages":1}]})");
  const auto volumes = put_in_order(file);
  ASSERT_EQ(volumes.size(), 1U);
  // d bears an hour, a and c none: 00:00. e stays behind c, the one before it by number.
  EXPECT_EQ(ids(file, volumes[0]), "b f a c e d");
  EXPECT_EQ(volumes[0].documents[2].page_from, 3);
  EXPECT_EQ(volumes[0].documents[2].page_to, 4);
  EXPECT_EQ(volumes[0].pages, 9);
  EXPECT_NE(messages(file).find("不合时间顺序"), std::string::npos);
}

TEST(FileOrder, InventsNoPageAfterADocumentWithoutPageCount) {
  for (const auto* pages : {"null", "0", "-4", "9223372036854775807"}) {
    const auto file = read(std::string(R"({"docs":[{"id":"a","seq":1,"pages":2},
      {"id":"b","seq":2,"pages":)") +
                           pages + R"(},{"id":"c","seq":3,"pages":1}]})");
    const auto volumes = put_in_order(file);
    EXPECT_EQ(volumes[0].documents[1].page_from, 3) << pages;
    EXPECT_FALSE(volumes[0].documents[1].page_to.has_value()) << pages;
    EXPECT_FALSE(volumes[0].documents[2].page_from.has_value()) << pages;
    EXPECT_FALSE(volumes[0].pages.has_value()) << pages;
    EXPECT_NE(messages(file).find("没有登记页数"), std::string::npos);
    EXPECT_EQ(list_of_contents(file, volumes[0])[2].pages, "");
  }
}

TEST(FileOrder, NumbersEachVolumeFromOne) {
  const auto file = read(R"({"docs":[
    {"id":"a","seq":1,"date":"2025-03-01","pages":2},
    {"id":"b","seq":2,"date":"2025-03-02","pages":3},
    {"id":"c","seq":3,"date":"2025-03-03","pages":1}],
    "volumes":[{"no":1,"kind":"正卷","docs":["b","a","a","zz"]},
               {"no":2,"kind":"副卷","docs":["a"]}]})");
  const auto volumes = put_in_order(file);
  ASSERT_EQ(volumes.size(), 3U);
  EXPECT_EQ(ids(file, volumes[0]), "a b");
  EXPECT_EQ(volumes[0].pages, 5);
  EXPECT_EQ(ids(file, volumes[1]), "");
  EXPECT_EQ(ids(file, volumes[2]), "c") << "in no declared volume";
  EXPECT_EQ(volumes[2].documents[0].page_from, 1);
  const auto text = messages(file);
  EXPECT_NE(text.find("zz"), std::string::npos) << text;
  EXPECT_NE(text.find("列入了两个分卷"), std::string::npos) << text;
  EXPECT_NE(text.find("没有列入任何分卷"), std::string::npos) << text;
}

TEST(FileOrder, WritesTheLinesOfTheListAsTheStandardWants) {
  const auto file = read(R"({"docs":[
    {"id":"a","seq":1,"kind":"D_INQ","date":"2025-03-01T09:00","pages":2},
    {"id":"b","seq":2,"title":"决定书","doc_no":"1号","date":"昨天","pages":3}],
    "index":[{"seq":1,"title":"决定书","author":"局","date":"昨天","note":"原件"}]})");
  const auto lines = list_of_contents(file, put_in_order(file)[0]);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].title, "[询问笔录]");
  EXPECT_EQ(lines[0].date, "20250301");
  EXPECT_EQ(lines[0].pages, "1");
  EXPECT_EQ(lines[0].author, "");
  EXPECT_EQ(lines[1].date, "");
  EXPECT_EQ(lines[1].pages, "3-5");
  EXPECT_EQ(lines[1].author, "局");
  EXPECT_EQ(lines[1].note, "原件");
}

TEST(FileOrder, StopsCountingDifferencesSomewhere) {
  std::string documents;
  for (int i = 0; i < 3000; ++i) {
    documents += (i == 0 ? "" : ",") + std::string(R"({"id":"d)") + std::to_string(i) +
                 R"(","date":"2025-01-01"})";
  }
  const auto file = read("{\"docs\":[" + documents + "]}");
  const auto found = differences(file, put_in_order(file));
  EXPECT_EQ(found.size(), kDifferencesMax + 1);
  EXPECT_NE(found.back().message.find("另有"), std::string::npos);
}

TEST(Outcome, IsWhatTheDecisionAndTheStepsSay) {
  EXPECT_EQ(result_of(fixture("A.json")), "罚款8万元");
  EXPECT_EQ(result_of(fixture("B.json")), "罚款200元");
  EXPECT_EQ(result_of(read("{\"docs\":[{\"id\":\"a\"}]}")), "");
  EXPECT_NE(execution_of(fixture("A.json")), "");
  EXPECT_EQ(execution_of(read("{}")), "");
}

}  // namespace
}  // namespace anjuan
