#include <gtest/gtest.h>

#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

namespace {

const std::string kAlways = R"({"always": true})";

/// Two documents of two pages each, with their index.
Json volume() {
  return Json::parse(R"({"total_pages": 4,
 "docs": [{"id": "D1", "seq": 1, "kind": "D_FILE", "title": "甲", "date": "2025-06-16", "pages": 2,
           "page_from": 1, "page_to": 2},
          {"id": "D2", "seq": 2, "kind": "D_INQ", "title": "乙", "date": "2025-06-17", "pages": 2,
           "page_from": 3, "page_to": 4}],
 "index": [{"title": "甲", "date": "2025-06-16", "pages": "1"},
           {"title": "乙", "date": "2025-06-17", "pages": "3-4"}]})",
                     "volume");
}

std::string with(const std::string& op, const std::string& pointer, const std::string& key,
                 const std::string& value) {
  auto json = volume();
  put(json, pointer, key, value);
  return ask(kAlways, R"({"op": ")" + op + "\"}", json.dump());
}

}  // namespace

TEST(OperatorChronological, LooksAtDatesBySequence) {
  EXPECT_EQ(with("chronological", "", "x", "1"), "passed");
  EXPECT_EQ(with("chronological", "/docs/D2", "date", "\"2025-06-16\""), "passed");
  EXPECT_EQ(with("chronological", "/docs/D2", "date", "\"2025-06-15\""), "failed");
  EXPECT_EQ(with("chronological", "/docs/D2", "seq", "0"), "failed");
  EXPECT_EQ(with("chronological", "/docs/D2", "date", "\"x\""), "not_checked");
  EXPECT_EQ(with("chronological", "/docs/D2", "date", "null"), "passed");
}

TEST(OperatorIndex, EqualsTheDocuments) {
  EXPECT_EQ(with("index_matches", "", "x", "1"), "passed");
  EXPECT_EQ(with("index_matches", "/index/0", "title", "\"丙\""), "failed");
  EXPECT_EQ(with("index_matches", "/index/0", "date", "\"2025-06-17\""), "failed");
  EXPECT_EQ(with("index_matches", "/index/0", "pages", "\"2\""), "failed");
  EXPECT_EQ(with("index_matches", "/index/1", "pages", "\"3\""), "failed");
  EXPECT_EQ(with("index_matches", "", "index", "[]"), "failed");
  EXPECT_EQ(with("index_matches", "/docs/D2", "seq", "0"), "failed");
}

TEST(OperatorPages, RunFromOneWithoutAHole) {
  EXPECT_EQ(with("page_numbers", "", "x", "1"), "passed");
  EXPECT_EQ(with("page_numbers", "", "total_pages", "5"), "failed");
  EXPECT_EQ(with("page_numbers", "", "total_pages", "null"), "failed");
  EXPECT_EQ(with("page_numbers", "/docs/D1", "page_from", "2"), "failed");
  EXPECT_EQ(with("page_numbers", "/docs/D2", "page_from", "4"), "failed");
  EXPECT_EQ(with("page_numbers", "/docs/D2", "page_to", "5"), "failed");
  EXPECT_EQ(with("page_numbers", "/docs/D2", "pages", "-9223372036854775808"), "failed");
  EXPECT_EQ(with("page_numbers", "/docs/D2", "page_to", "9223372036854775807"), "failed");
  EXPECT_EQ(ask(kAlways, R"({"op": "page_numbers"})", R"({"total_pages": 0})"), "passed");
}

TEST(OperatorPages, BeginAnewInEachVolume) {
  auto json = volume();
  put(json, "", "volumes", R"([{"no": 1, "docs": ["D1"]}, {"no": 2, "docs": ["D2"]}])");
  put(json, "/docs/D2", "page_from", "1");
  put(json, "/docs/D2", "page_to", "2");
  EXPECT_EQ(ask(kAlways, R"({"op": "page_numbers"})", json.dump()), "passed");
  EXPECT_EQ(ask(kAlways, R"({"op": "index_matches"})", json.dump()), "failed");
  put(json, "/index/0", "pages", "\"1-2\"");
  put(json, "/index/1", "pages", "\"1-2\"");
  EXPECT_EQ(ask(kAlways, R"({"op": "index_matches"})", json.dump()), "passed");
}

TEST(OperatorRetention, FloorAndLongestLine) {
  const std::string floor = R"({"op": "retention_min", "years": 5})";
  EXPECT_EQ(ask(kAlways, floor, R"({"retention": {"years": 5}})"), "passed");
  EXPECT_EQ(ask(kAlways, floor, R"({"retention": {"years": 4}})"), "failed");
  EXPECT_EQ(ask(kAlways, floor, "{}"), "failed");
  EXPECT_EQ(ask(kAlways, floor, R"({"retention": {"code": "Y"}})"), "passed") << "永久";
  const std::string longest = R"({"op": "retention_longest"})";
  const auto penalty = [](const std::string& retention) {
    return R"({"type": "行政处罚", "retention": )" + retention + "}";
  };
  EXPECT_EQ(ask(kAlways, longest, penalty(R"({"years": 30})")), "passed");
  EXPECT_EQ(ask(kAlways, longest, penalty(R"({"years": 29})")), "failed");
  EXPECT_EQ(ask(kAlways, longest, penalty(R"({"code": "Y"})")), "passed");
  EXPECT_EQ(ask(kAlways, longest, R"({"type": "日常监督检查", "retention": {"years": 5}})"),
            "passed");
}

}  // namespace anjuan::test
