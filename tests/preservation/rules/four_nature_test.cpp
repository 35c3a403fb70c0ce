#include "preservation/rules/four_nature.h"

#include <random>

#include <gtest/gtest.h>

#include "core/case/description_fields.h"
#include "core/embedded.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "tests/preservation/rules/four_nature_world.h"
#include "tests/support/errors.h"

namespace anjuan::rules {
namespace {

using test::thrown_by;

struct ItemCase {
  std::string code;
  std::function<void(World&)> breaks;  ///< empty: a check that cannot fail
  std::function<void(World&)> hides;   ///< takes the fact away
};

[[maybe_unused]] void PrintTo(const ItemCase& item, std::ostream* out) { *out << item.code; }

/// The first member of the list `key` of the case.
Json& first(World& world, std::string_view key) { return *world.value.find(key)->item_at(0); }

void change(World& world, std::string_view list, std::string key, Json value) {
  first(world, list).set(std::move(key), std::move(value));
  world.put_case(world.value);
}

void set_case(World& world, std::string key, Json value) {
  world.value.set(std::move(key), std::move(value));
  world.put_case(world.value);
}

void describe(World& world, std::string_view group, std::string_view value) {
  world.at(group).put(value);
  world.put_description();
}

void no_description(World& world) { world.facts.description = nullptr; }

void no_case(World& world) { world.facts.declared = nullptr; }

void no_content(World& world) { world.facts.content.reset(); }

void no_package(World& world) {
  world.facts.package.reset();
  world.facts.transfer.reset();
}

FactFile& file(World& world) { return world.facts.content->files.front(); }

Finding finding(const char* code) {
  Finding found;
  found.code = code;
  found.where = "METS.xml";
  return found;
}

std::vector<ItemCase> authenticity_cases() {
  return {
      {"ZS-1-1", [](World& w) { w.facts.seals->front().failed = 1; },
       [](World& w) { w.facts.seals.reset(); }},
      {"ZS-2-1", [](World& w) { describe(w, "title", std::string(201, 'x')); }, no_description},
      {"ZS-2-2",
       [](World& w) {
         w.at("dates").child("closedAt")->put("12/09/2025");
         w.put_description();
       },
       no_description},
      {"ZS-2-3", [](World& w) { describe(w, "caseType", "行政处分"); }, no_description},
      {"ZS-2-4", [](World& w) { set_case(w, "closed_at", Json::string("2027-01-01")); }, no_case},
      {"ZS-2-5", [](World& w) { describe(w, "title", "案\xE2\x80\xAE卷"); },
       [](World& w) {
         no_case(w);
         no_description(w);
       }},
      {"ZS-2-6", [](World& w) { describe(w, "archivalCode", "样J012-ZY·CF·2025·D30-0099"); },
       no_description},
      {"ZS-2-7",
       [](World& w) {
         w.facts.store->duplicates = {{"档号", "样J012-ZY·CF·2025·D30-0012", "另一案"}};
       },
       [](World& w) { w.facts.store.reset(); }},
      {"ZS-3-1", [](World& w) { file(w).sha512[0] ^= 1; }, no_content},
      {"ZS-4-1", [](World& w) { file(w).named_as.clear(); }, no_content},
      {"ZS-5-1", [](World& w) { w.facts.package->documents = {finding("XSD")}; }, no_package},
      {"ZS-5-2", [](World& w) { w.facts.package->structure = {finding("CSIPSTR1")}; }, no_package},
      {"ZS-5-3", [](World& w) { w.facts.transfer->differing = {"docs/D01.pdf"}; }, no_package}};
}

std::vector<ItemCase> completeness_cases() {
  return {
      {"WZ-1-1", [](World& w) { w.facts.hand_over->items = 1; },
       [](World& w) { w.facts.hand_over.reset(); }},
      {"WZ-1-2", [](World& w) { w.facts.hand_over->bytes = 1; },
       [](World& w) { w.facts.hand_over.reset(); }},
      {"WZ-2-1",
       [](World& w) {
         std::erase_if(w.node.children, [](const auto& node) { return node.name == "result"; });
         w.put_description();
       },
       no_description},
      {"WZ-2-2", [](World& w) { describe(w, "result", ""); }, no_description},
      {"WZ-2-3", [](World& w) { change(w, "docs", "event", Json::string("E99")); }, no_case},
      {"WZ-2-4", [](World& w) { change(w, "docs", "page_from", Json::integer(2)); }, no_case},
      {"WZ-3-1", [](World& w) { w.facts.content->missing = {"docs/D99.pdf"}; }, no_content},
      {"WZ-3-2", [](World& w) { change(w, "docs", "file", Json::null()); }, no_content},
      {"WZ-4-1", [](World& w) { w.facts.judgement->failed = {"QCL-10-1"}; },
       [](World& w) { w.facts.judgement.reset(); }},
      {"WZ-4-2", [](World& w) { w.facts.package->metadata_missing = {"METS.xml"}; }, no_package},
      {"WZ-4-3", [](World& w) { --w.facts.package->content_present; }, no_package}};
}

std::vector<ItemCase> usability_cases() {
  return {
      {"KY-1-1", [](World& w) { w.facts.metadata[0].problem = "1:1"; },
       [](World& w) { w.facts.metadata.clear(); }},
      {"KY-1-2", [](World& w) { w.facts.database->integrity = "row 3 missing"; },
       [](World& w) { w.facts.database.reset(); }},
      {"KY-2-1", [](World& w) { file(w).puid = "fmt/40"; }, [](World& w) { file(w).puid = ""; }},
      {"KY-2-2", [](World& w) { file(w).opens = false; }, [](World& w) { file(w).opens.reset(); }},
      {"KY-2-3",
       [](World& w) {
         file(w).puid = "fmt/134";
         file(w).path = "docs/D01.mp3";
       },
       [](World& w) {
         file(w).puid = "";
         file(w).mime = "application/octet-stream";
       }},
      {"KY-3-1",
       [](World& w) {
         w.at("av").child("captureDevice")->put("另一台");
         w.put_description();
       },
       no_description},
      {"KY-4-1", [](World& w) { file(w).is_encrypted = true; },
       [](World& w) { file(w).is_encrypted.reset(); }}};
}

std::vector<ItemCase> safety_cases() {
  return {{"AQ-1-1", {}, [](World& w) { w.facts.virus.reset(); }},
          {"AQ-1-2",
           [](World& w) {
             w.facts.virus->infected = {{"docs/D01.pdf", "Eicar"}};
           },
           [](World& w) {
             w.facts.virus->not_scanned = {{"av/V01.mp4", "太大"}};
           }},
          {"AQ-2-1", [](World& w) { w.facts.carriers->front().surplus = {"Thumbs.db"}; },
           [](World& w) { w.facts.carriers.reset(); }},
          {"AQ-2-2", [](World& w) { w.facts.carriers->front().seconds = 500; },
           [](World& w) { w.facts.carriers->front().seconds = 0; }},
          {"AQ-2-3", [](World& w) { w.facts.persons["AQ-2-3"].is_good = false; },
           [](World& w) { w.facts.persons["AQ-2-3"].by = ""; }},
          {"AQ-2-4", [](World& w) { w.facts.persons["AQ-2-4"].is_good = false; },
           [](World& w) { w.facts.persons.erase("AQ-2-4"); }},
          {"AQ-3-1", [](World& w) { w.facts.log->faults = {"第 17 条"}; },
           [](World& w) { w.facts.log.reset(); }}};
}

const std::vector<ItemCase>& item_cases() {
  static const std::vector<ItemCase> cases = [] {
    std::vector<ItemCase> all;
    for (const auto& some :
         {authenticity_cases(), completeness_cases(), usability_cases(), safety_cases()}) {
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }();
  return cases;
}

/// The phase to try the item in.
Phase phase_of(std::string_view code) {
  return code == "KY-2-3" ? Phase::kPreservation : Phase::kArchiving;
}

class FourNatureItems : public testing::TestWithParam<ItemCase> {};

TEST_P(FourNatureItems, PassWithEvidence) {
  const World world;
  const ItemResult result = world.result(phase_of(GetParam().code), GetParam().code);
  EXPECT_EQ(state_chinese(result.state), "通过") << result.evidence << result.reason;
  EXPECT_NE(result.evidence, "");
  EXPECT_EQ(result.reason, "");
}

TEST_P(FourNatureItems, FailWhereTheFactIsBad) {
  if (!GetParam().breaks) {
    // Where no scanner answers, nothing was found wrong: the item is not run then.
    ASSERT_EQ(GetParam().code, "AQ-1-1");
    return;
  }
  World world;
  GetParam().breaks(world);
  const ItemResult result = world.result(phase_of(GetParam().code), GetParam().code);
  EXPECT_EQ(state_chinese(result.state), "未通过") << result.evidence << result.reason;
  EXPECT_NE(result.evidence, "");
}

TEST_P(FourNatureItems, AreNotRunWithAReasonWhereTheFactIsMissing) {
  World world;
  GetParam().hides(world);
  const ItemResult result = world.result(phase_of(GetParam().code), GetParam().code);
  EXPECT_EQ(state_chinese(result.state), "未执行") << result.evidence;
  EXPECT_NE(result.reason, "");
}

INSTANTIATE_TEST_SUITE_P(All, FourNatureItems, testing::ValuesIn(item_cases()),
                         [](const auto& row) {
                           std::string name = row.param.code;
                           std::erase(name, '-');
                           return name;
                         });

TEST(FourNature, TriesEveryItemOfTheStandard) {
  const auto& table = FourNatureTable::built_in();
  ASSERT_EQ(table.items.size(), 38U);
  std::set<std::string> tried;
  for (const ItemCase& item : item_cases()) tried.insert(item.code);
  for (const FourNatureItem& item : table.items) EXPECT_TRUE(tried.contains(item.code));
  EXPECT_EQ(tried.size(), 38U);
}

TEST(FourNature, HasTheItemsOfEachPhase) {
  const World world;
  EXPECT_EQ(four_nature(Phase::kArchiving, world.facts).items.size(), 37U);
  EXPECT_EQ(four_nature(Phase::kTransfer, world.facts).items.size(), 37U);
  EXPECT_EQ(four_nature(Phase::kPreservation, world.facts).items.size(), 34U);
}

TEST(FourNature, PassesNothingWithoutFacts) {
  FourNatureFacts nothing;
  for (const Phase phase : {Phase::kArchiving, Phase::kTransfer, Phase::kPreservation}) {
    const auto report = four_nature(phase, nothing);
    EXPECT_EQ(report.count(ItemState::kNotRun), report.items.size());
    for (const ItemResult& item : report.items) EXPECT_NE(item.reason, "") << item.code;
  }
}

TEST(FourNature, PassesNothingForFactsThatAreEmpty) {
  FourNatureFacts empty;
  empty.declared = std::make_shared<const CaseFile>(CaseFile::from_json("{}", "case.json"));
  empty.content.emplace();
  empty.hand_over.emplace();
  empty.seals.emplace();
  empty.transfer.emplace();
  empty.package.emplace();
  empty.virus.emplace();
  empty.database.emplace();
  empty.judgement.emplace();
  empty.carriers.emplace(std::vector<CarrierFact>{{}});
  empty.persons = {{"AQ-2-3", {true, "", "", ""}}, {"AQ-2-4", {true, "", "2026-01-01", ""}}};
  empty.log.emplace();
  for (const Phase phase : {Phase::kArchiving, Phase::kTransfer, Phase::kPreservation}) {
    for (const ItemResult& item : four_nature(phase, empty).items) {
      EXPECT_NE(item.state, ItemState::kPassed) << item.code << ' ' << item.evidence;
    }
  }
}

/// Takes facts away at random: what is left may fail, but what was hidden may not pass.
TEST(FourNature, PassesNoItemWhoseFactIsHidden) {
  std::mt19937 random(20261126);
  for (int round = 0; round < 40; ++round) {
    World world;
    std::set<std::string> hidden;
    for (int i = 0; i < 6; ++i) {
      const ItemCase& item = item_cases()[random() % item_cases().size()];
      // Taking away a member of a list needs the list.
      const bool needs = item.code.starts_with("KY-2") || item.code.starts_with("KY-4");
      if ((needs && !world.facts.content) || (item.code == "AQ-2-2" && !world.facts.carriers) ||
          (item.code == "AQ-1-2" && !world.facts.virus)) {
        continue;
      }
      item.hides(world);
      hidden.insert(item.code);
    }
    for (const std::string& code : hidden) {
      EXPECT_NE(world.result(phase_of(code), code).state, ItemState::kPassed) << code;
    }
  }
}

TEST(FourNature, SaysInWhichLanguage) {
  World world;
  world.facts.language = Language::kEnglish;
  EXPECT_NE(world.result(Phase::kArchiving, "KY-1-2").evidence.find("integrity"),
            std::string::npos);
}

TEST(FourNature, WarnsOfAnOldDatabaseAndStillPasses) {
  World world;
  world.facts.virus->database_age_days = 8;
  world.facts.virus->is_database_old = true;
  const auto result = world.result(Phase::kArchiving, "AQ-1-1");
  EXPECT_EQ(result.state, ItemState::kPassed);
  EXPECT_NE(result.evidence.find("8 天没有更新"), std::string::npos) << result.evidence;
}

TEST(FourNature, DoesNotPassSealsOfWhichOneKindIsUnverified) {
  World world;
  world.facts.seals->push_back({SealFact::Kind::kSignature, 1, 0, 0});
  const auto result = world.result(Phase::kArchiving, "ZS-1-1");
  EXPECT_EQ(result.state, ItemState::kNotRun);
  EXPECT_NE(result.reason.find("电子签名"), std::string::npos);
  EXPECT_NE(result.evidence.find("43"), std::string::npos);
}

TEST(FourNature, DoesNotTellAPlainPdfFromPdfA) {
  World world;
  file(world).puid = "";
  EXPECT_EQ(world.result(Phase::kArchiving, "KY-2-1").state, ItemState::kNotRun);
  file(world).puid = "fmt/18";
  EXPECT_EQ(world.result(Phase::kArchiving, "KY-2-1").state, ItemState::kNotRun);
}

TEST(FourNature, SeesAnExtensionThatIsNotTheContents) {
  World world;
  file(world).path = "docs/D01.jpg";
  EXPECT_EQ(world.result(Phase::kArchiving, "KY-2-1").state, ItemState::kFailed);
}

TEST(FourNature, NeverRepeatsPersonalData) {
  World world;
  DescriptionNode& phone = world.at("party").group("phone");
  phone.put(std::string("1990000") + "\xEF\xBF\xBD" + "0001");
  world.put_description();
  const auto result = world.result(Phase::kArchiving, "ZS-2-5");
  EXPECT_EQ(result.state, ItemState::kFailed);
  EXPECT_EQ(result.evidence.find("1990000"), std::string::npos) << result.evidence;
}

TEST(FourNature, JudgesHostileValuesWithoutHarm) {
  for (const char* date : {"x", "", "9999-12-31", "0000-00-00", "-1", "2025-13-45T99:99"}) {
    World world;
    set_case(world, "closed_at", Json::string(date));
    set_case(world, "year", Json::integer(std::numeric_limits<std::int64_t>::min()));
    change(world, "docs", "page_from", Json::integer(std::numeric_limits<std::int64_t>::max()));
    change(world, "docs", "page_to", Json::integer(std::numeric_limits<std::int64_t>::max()));
    change(world, "events", "start", Json::string(date));
    EXPECT_EQ(four_nature(Phase::kArchiving, world.facts).items.size(), 37U) << date;
  }
}

TEST(FourNatureXml, IsValidAndComesBackEqual) {
  const World world;
  FourNatureFacts nothing;
  nothing.subject = "样 \"<&>\" 案";
  for (const Phase phase : {Phase::kArchiving, Phase::kTransfer, Phase::kPreservation}) {
    for (const FourNatureFacts& facts : {std::cref(world.facts), std::cref(nothing)}) {
      const auto report = four_nature(phase, facts);
      const std::string xml = to_xml(report);
      EXPECT_TRUE(read_four_nature(xml, "four-nature.xml") == report);
      EXPECT_NE(xml.find("<fourNature xmlns=\"urn:anjuan:four-nature:1\""), std::string::npos);
    }
  }
}

TEST(FourNatureXml, IsRefusedWhereItContradictsItself) {
  const World world;
  const std::string good = to_xml(four_nature(Phase::kArchiving, world.facts));
  const auto refused = [&](const std::string& from, const std::string& to) {
    std::string bad = good;
    bad.replace(bad.find(from), from.size(), to);
    return thrown_by([&] { read_four_nature(bad, "four-nature.xml"); }).word;
  };
  EXPECT_EQ(refused("passed=\"", "passed=\"1"), "invalid");
  EXPECT_EQ(refused("state=\"通过\"", "state=\"未执行\""), "invalid");
  EXPECT_EQ(refused("state=\"通过\"", "state=\"豁免\""), "invalid");
  EXPECT_EQ(refused("GD-ZS-2-1", "GD-ZS-1-1"), "invalid");
}

TEST(FourNatureTable, IsRefusedWithFileAndLineWhereItIsOff) {
  const std::string good(embedded("rules/four_nature.json"));
  const auto refusal = [&](const std::string& from, const std::string& to) {
    std::string bad = good;
    bad.replace(bad.find(from), from.size(), to);
    return thrown_by([&] { FourNatureTable::parse(bad, "items.json"); });
  };
  const auto code = refusal("\"ZS-1-1\"", "\"ZS-9-9\"");
  EXPECT_EQ(code.subject, "items.json");
  EXPECT_NE(code.message.find("第 8 行"), std::string::npos) << code.message;
  EXPECT_EQ(refusal("\"GD\"]", "\"XX\"]").word, "invalid");
  EXPECT_EQ(refusal("\"name\"", "\"nam\"").word, "invalid");
}

TEST(FormatPolicy, IsRefusedWithFileAndLineWhereItIsOff) {
  const std::string good(embedded("policy/formats_allowed.json"));
  std::string bad = good;
  bad.replace(bad.find("\"archival\": true"), 16, "\"archival\": 1");
  const auto refusal = thrown_by([&] { FormatPolicy::parse(bad, "formats.json"); });
  EXPECT_EQ(refusal.word, "invalid");
  EXPECT_NE(refusal.message.find("“formats.json”第 6 行"), std::string::npos) << refusal.message;
}

}  // namespace
}  // namespace anjuan::rules
