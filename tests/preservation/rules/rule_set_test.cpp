#include "preservation/rules/rule_set.h"

#include <gtest/gtest.h>

#include "core/digest.h"
#include "core/embedded.h"
#include "preservation/rules/law_book.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::rules {

namespace {

TEST(RuleSet, LoadsAllRulesOfTheLaw) {
  const auto set = RuleSet::load();
  EXPECT_EQ(set->rules().size(), 139U);
  EXPECT_EQ(set->version(), "seed 2026-11 + national 2026-11");
  EXPECT_TRUE(set->weakened().empty());
  EXPECT_EQ(set->find("nothing"), nullptr);
  const Rule& rule = *set->find("QCL-31-1");
  EXPECT_EQ(rule.article, "31");
  EXPECT_EQ(rule.severity(), Severity::kBlock);
  EXPECT_EQ(rule.trigger.subject, Subject::kRecording);
  EXPECT_EQ(rule.require.op, "av_fields");
  EXPECT_EQ(rule.require.parameters.dump(), R"({"fields":["method","made_at","maker","purpose"]})");
  EXPECT_EQ(rule.origin.substr(0, 16), "rules/seed.json:");
}

TEST(RuleSet, KeepsAllAndAnyAsTrees) {
  const auto set = RuleSet::load();
  const Requirement& require = set->find("QCL-37-1")->require;
  EXPECT_EQ(require.op, "all");
  EXPECT_TRUE(require.parameters.members().empty());
  ASSERT_EQ(require.of.size(), 2U);
  EXPECT_EQ(require.of[1].parameters.dump(), R"({"any":["D_ENTRUST_LAW"],"min":1})");
}

TEST(RuleSet, ComesBackFromItsCanonicalText) {
  const auto set = RuleSet::load();
  const auto again = RuleSet::from_files({{"rules.json", set->canonical_text()}});
  EXPECT_EQ(again->canonical_text(), set->canonical_text());
  EXPECT_EQ(again->digest(), set->digest());
  EXPECT_EQ(again->version(), set->version());
  EXPECT_EQ(again->find("XCF-36-1")->layer, Layer::kNational);
  EXPECT_EQ(set->digest(), digest_hex(DigestAlgorithm::kSha512, set->canonical_text()));
}

TEST(RuleSet, AWholeSetStandsAlone) {
  const RuleFile whole{"rules.json", RuleSet::load()->canonical_text()};
  const RuleFile seed{"seed.json", std::string(embedded("rules/seed.json"))};
  EXPECT_EQ(test::thrown_by([&] { RuleSet::from_files({whole, seed}); }).word, "invalid");
  EXPECT_EQ(test::thrown_by([&] { RuleSet::from_files({seed, whole}); }).word, "invalid");
  const RuleFile empty{"e.json",
                       R"({"schema": "urn:anjuan:rules:1", "layer": "in_force", "sources": []})"};
  EXPECT_EQ(test::thrown_by([&] { RuleSet::from_files({empty, empty}); }).word, "invalid");
}

TEST(RuleSet, HasOneDigestWhateverTheFiles) {
  const std::string seed(embedded("rules/seed.json"));
  const std::string national(embedded("rules/national.json"));
  // The rules upside down, and laid out anew.
  Json root = Json::parse(seed, "seed.json");
  auto rules = root.find("rules")->items();
  std::reverse(rules.begin(), rules.end());
  root.set("rules", Json::array(rules));
  const auto other = RuleSet::from_files({{"x.json", root.dump_pretty(4)}, {"y.json", national}});
  EXPECT_EQ(other->digest(), RuleSet::load()->digest());
  // One file of a layer cut in two.
  const std::vector<Json> head(rules.begin(), rules.begin() + 50);
  const std::vector<Json> tail(rules.begin() + 50, rules.end());
  root.set("rules", Json::array(head));
  const auto first = root.dump();
  root.set("rules", Json::array(tail));
  const auto cut =
      RuleSet::from_files({{"a.json", first}, {"b.json", root.dump()}, {"y.json", national}});
  EXPECT_EQ(cut->digest(), RuleSet::load()->digest());
}

/// Every scalar in the tree, as a way to change it and to change it back.
void each_leaf(Json& json, const std::function<void(Json&)>& visit) {
  if (json.is_array()) {
    for (std::size_t i = 0; i < json.items().size(); ++i) each_leaf(*json.item_at(i), visit);
  } else if (json.is_object()) {
    std::vector<std::string> keys;
    for (const auto& member : json.members()) keys.push_back(member.first);
    for (const auto& key : keys) each_leaf(*json.find(key), visit);
  } else {
    visit(json);
  }
}

Json changed(const Json& leaf) {
  if (leaf.is(Json::Type::kBoolean)) return Json::boolean(!leaf.as_boolean());
  if (leaf.is(Json::Type::kInteger)) return Json::integer(leaf.as_integer() + 1);
  return Json::string(leaf.as_string() + "X");
}

/// A small set, since each of its values is changed in turn: every tenth rule of the law.
Json some_rules() {
  Json root = Json::parse(RuleSet::load()->canonical_text(), "rules.json");
  std::vector<Json> some;
  const auto& all = root.find("rules")->items();
  for (std::size_t i = 0; i < all.size(); i += 10) some.push_back(all[i]);
  root.set("rules", Json::array(some));
  return root;
}

TEST(RuleSet, ChangesItsDigestWithEachValue) {
  Json root = some_rules();
  const auto digest = RuleSet::from_files({{"rules.json", root.dump()}})->digest();
  std::size_t taken = 0;
  std::size_t refused = 0;
  each_leaf(root, [&](Json& leaf) {
    const Json before = leaf;
    leaf = changed(before);
    std::shared_ptr<const RuleSet> set;
    const auto thrown = test::thrown_by([&] {
      set = RuleSet::from_files({{"rules.json", root.dump()}});
    });
    if (set) {
      ++taken;
      EXPECT_NE(set->digest(), digest) << before.dump();
    } else {
      ++refused;
      EXPECT_EQ(thrown.word, "invalid") << before.dump();
    }
    leaf = before;
  });
  EXPECT_GT(taken, 80U);
  EXPECT_GT(refused, 80U) << "names and words of closed lists";
}

TEST(LawBook, LoadsWhatAHomeAdds) {
  test::TemporaryFolder data;
  for (const auto* folder : {"rules", "retention", "calendar", "holds"}) {
    std::filesystem::create_directory(data / folder);
  }
  test::write_text(data / "calendar" / "2027.json",
                   R"({"schema": "urn:anjuan:calendar:1", "year": 2027, "title": "样例",
    "doc_no": "样", "source_url": "样", "off": ["2027-01-01"], "work": [],
    "statutory": ["2027-01-01"], "names": {"2027-01-01": "元旦"}})");
  const auto plain = LawBook::load();
  const auto book = LawBook::load(data.path());
  EXPECT_EQ(plain.calendar.years().count(2027), 0U);
  EXPECT_EQ(book.calendar.years().count(2027), 1U);
  EXPECT_EQ(book.rules->digest(), plain.rules->digest());
  EXPECT_EQ(book.retention.lines().size(), plain.retention.lines().size());
}

TEST(LawBook, LetsRetentionLinesAskForTheBureausOwnKeys) {
  test::TemporaryFolder data;
  std::filesystem::create_directory(data / "rules");
  std::filesystem::create_directory(data / "retention");
  test::write_text(data / "retention" / "own.json", R"({"schema": "urn:anjuan:retention:1",
    "version": "1", "title": "t", "lines": [{"id": "BJ-1", "title": "t", "years": 50,
    "where": {"water_works": true}, "basis": "b", "source_text": "s"}]})");
  EXPECT_EQ(test::thrown_by([&] { LawBook::load(data.path()); }).word, "invalid");
  test::write_text(data / "rules" / "own.json", R"({"schema": "urn:anjuan:rules:1",
    "layer": "bureau", "version": "1", "title": "t",
    "values": {"config.own_keys": ["water_works"]}})");
  const auto book = LawBook::load(data.path());
  const auto file = CaseFile::from_json(R"({"water_works": true})", "case.json");
  EXPECT_EQ(book.retention.longest(file), 50);
}

TEST(LawBook, RefusesABadFileOfAHome) {
  test::TemporaryFolder data;
  for (const auto* folder : {"rules", "retention", "calendar", "holds"}) {
    std::filesystem::create_directory(data / folder);
    const auto path = data / folder / "x.json";
    test::write_text(path, "{}");
    const auto thrown = test::thrown_by([&] { LawBook::load(data.path()); });
    EXPECT_EQ(thrown.word, "invalid") << folder;
    EXPECT_EQ(thrown.subject, std::string("data/") + folder + "/x.json");
    std::filesystem::remove(path);
  }
}

}  // namespace

}  // namespace anjuan::rules
