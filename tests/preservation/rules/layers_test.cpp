// A bureau may add and tighten; what weakens needs a record, and every record needs a weakening.

#include <gtest/gtest.h>

#include "preservation/rules/rule_set.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::rules {

namespace {

struct RuleText {
  std::string id = "QCL-01-1";
  std::string severity = "error";
  std::string phase = "package";
  int points = 2;
  std::string trigger = R"({"event": ["EV_SITE"], "where": {"place_in": ["甲", "乙"]}})";
  std::string require = R"({"op": "doc", "any": ["D_SITE", "D_INQ"], "min": 1})";
};

std::string text_of(const RuleText& rule) {
  return fmt::format(
      R"({{"id": "{}", "article": "1", "phase": "{}", "severity": "{}", "review_points": {},)"
      R"( "trigger": {}, "require": {}, "message_zh": "缺少。", "message_en": "Missing.",)"
      R"( "source_text": "原文"}})",
      rule.id, rule.phase, rule.severity, rule.points, rule.trigger, rule.require);
}

RuleFile file_of(std::string_view layer, const std::string& rules, const std::string& weakened = "",
                 const std::string& name = "one.json") {
  return {name, fmt::format(R"({{"schema": "urn:anjuan:rules:1", "layer": "{}", "version": "1",)"
                            R"( "title": "t", "rules": [{}], "weakened": [{}]}})",
                            layer, rules, weakened)};
}

std::string record_of(const std::string& rule, const std::string& change) {
  return fmt::format(R"({{"rule": "{}", "change": "{}", "reason": "试点", "by": "钱样（法制股）",)"
                     R"( "at": "2026-03-01", "document": "样法〔2026〕1号"}})",
                     rule, change);
}

std::shared_ptr<const RuleSet> load(const RuleText& before, const RuleText& now,
                                    const std::string& weakened = "") {
  return RuleSet::from_files({file_of("seed", text_of(before), "", "seed.json"),
                              file_of("bureau", text_of(now), weakened)});
}

/// What the refusal says is weaker, or "" where the rule was taken.
std::string weaker(const RuleText& before, const RuleText& now) {
  const auto thrown = test::thrown_by([&] { load(before, now); });
  if (thrown.word == "nothing") return "";
  const auto begin = thrown.message.find("涉及：");
  if (begin == std::string::npos) return thrown.message;
  const auto from = begin + std::string_view("涉及：").size();
  return thrown.message.substr(from, thrown.message.find("）", from) - from);
}

std::string weaker_require(const std::string& trigger, const std::string& before,
                           const std::string& now) {
  RuleText old;
  old.trigger = trigger;
  old.require = before;
  RuleText rule = old;
  rule.require = now;
  return weaker(old, rule);
}

TEST(Layers, ALowerLayerAddsARule) {
  RuleText own;
  own.id = "BJ-01-1";
  const auto set = load({}, own);
  ASSERT_EQ(set->rules().size(), 2U);
  EXPECT_EQ(set->find("BJ-01-1")->layer, Layer::kBureau);
  EXPECT_EQ(set->find("BJ-01-1")->origin, "one.json:1");
  EXPECT_EQ(set->version(), "seed 1 + bureau 1");
}

TEST(Layers, AnEqualRuleTakesThePlace) {
  const auto set = load({}, {});
  ASSERT_EQ(set->rules().size(), 1U);
  EXPECT_EQ(set->rules().front().layer, Layer::kBureau);
  EXPECT_TRUE(set->weakened().empty());
}

TEST(Layers, SeverityPhaseAndPointsMayOnlyRise) {
  RuleText now;
  now.severity = "block";
  now.points = 5;
  EXPECT_EQ(weaker({}, now), "");
  now.severity = "warn";
  EXPECT_EQ(weaker({}, now), "severity");
  now = {};
  now.phase = "catalog";
  EXPECT_EQ(weaker({}, now), "phase");
  now = {};
  now.points = 1;
  EXPECT_EQ(weaker({}, now), "review_points");
}

TEST(Layers, ATriggerMayOnlyWiden) {
  const std::vector<std::pair<std::string, std::string>> triggers{
      {R"({"event": ["EV_SITE"]})", ""},
      {R"({"event": ["EV_SITE", "EV_KEEP"], "where": {"place_in": ["甲", "乙", "丙"]}})", ""},
      {R"({"each": "event"})", ""},
      {R"({"event": ["EV_SITE"], "where": {"place": "甲"}})", "trigger"},
      {R"({"event": ["EV_SITE"], "where": {"place_in": ["甲", "乙"], "mode": "x"}})", "trigger"},
      {R"({"event": ["EV_KEEP"]})", "trigger"},
      {R"({"case": {"type": "行政处罚"}})", "trigger"}};
  for (const auto& [trigger, expected] : triggers) {
    RuleText now;
    now.trigger = trigger;
    EXPECT_EQ(weaker({}, now), expected) << trigger;
  }
}

struct Change {
  std::string trigger;
  std::string looser;
  std::string tighter;
  std::string what;
};

const std::string kEachEvent = R"({"each": "event"})";
const std::string kEachDoc = R"({"each": "doc"})";
const std::string kEachAv = R"({"each": "av"})";
const std::string kAlways = R"({"always": true})";

/// Of each way in which a parameter can tighten: one direction is taken, the other is refused.
const std::vector<Change> kChanges{
    {kEachEvent, R"({"op": "doc", "any": ["D_SITE"], "min": 1})",
     R"({"op": "doc", "any": ["D_SITE"], "min": 2})", "doc.min"},
    {kEachEvent, R"({"op": "doc", "any": ["D_SITE", "D_INQ"], "min": 1})",
     R"({"op": "doc", "any": ["D_SITE"], "min": 1})", "doc.any"},
    {kAlways, R"({"op": "case_doc", "any": ["D_FILE"], "min": 1})",
     R"({"op": "case_doc", "any": ["D_FILE"], "min": 1, "fields": ["reason"]})", "case_doc.fields"},
    {kEachEvent, R"({"op": "event_fields", "fields": ["place"]})",
     R"({"op": "event_fields", "fields": ["start", "place"]})", "event_fields.fields"},
    {kEachEvent, R"({"op": "event_any_field", "fields": ["start", "place"]})",
     R"({"op": "event_any_field", "fields": ["place"]})", "event_any_field.fields"},
    {kEachEvent, R"({"op": "event_enum", "field": "mode", "values": ["a", "b"]})",
     R"({"op": "event_enum", "field": "mode", "values": ["b"]})", "event_enum.values"},
    {kEachEvent, R"({"op": "av", "method_any": ["录像"], "continuous": false, "min": 1})",
     R"({"op": "av", "method_any": ["录像"], "continuous": true, "min": 1})", "av.continuous"},
    {kEachEvent, R"({"op": "event_av_tags", "all": ["a"]})",
     R"({"op": "event_av_tags", "all": ["b", "a"]})", "event_av_tags.all"},
    {kEachAv, R"({"op": "av_tags", "min_any": ["a", "b"]})",
     R"({"op": "av_tags", "min_any": ["a"]})", "av_tags.min_any"},
    {kEachAv, R"({"op": "av_continuity", "gap_s": 2, "edge_s": 120})",
     R"({"op": "av_continuity", "gap_s": 2, "edge_s": 60})", "av_continuity.edge_s"},
    {kEachAv, R"({"op": "av_time_match", "tol_s": 300})", R"({"op": "av_time_match", "tol_s": 0})",
     "av_time_match.tol_s"},
    {kEachEvent, R"({"op": "deadline", "frm": "start", "to": "end", "max": 3, "unit": "day"})",
     R"({"op": "deadline", "frm": "start", "to": "end", "max": 2, "unit": "day"})", "deadline.max"},
    {kAlways,
     R"({"op": "deadline", "frm": "filed_at", "to": "decided_at", "max": 90, "unit": "day",
           "extended_until": "extended_until", "extension_doc": "D_EXTEND"})",
     R"({"op": "deadline", "frm": "filed_at", "to": "decided_at", "max": 90, "unit": "day"})",
     "deadline.extended_until"},
    {kEachEvent, R"({"op": "min_gap", "frm": "start", "to": "end", "min": 7, "unit": "day"})",
     R"({"op": "min_gap", "frm": "start", "to": "end", "min": 8, "unit": "day"})", "min_gap.min"},
    {kEachEvent, R"({"op": "event_exists", "any": ["EV_PLEA"],
                  "alt_after": {"event": "EV_NOTICE", "days_field": "plea_deadline"}})",
     R"({"op": "event_exists", "any": ["EV_PLEA"]})", "event_exists.alt_after"},
    {kEachEvent, R"({"op": "not_night_or_holiday", "night": ["22:00", "06:00"]})",
     R"({"op": "not_night_or_holiday", "night": ["20:00", "07:00"]})",
     "not_night_or_holiday.night"},
    {kEachDoc, R"({"op": "signed", "roles": ["party|agent"], "officer_min": 0, "refusal": "note"})",
     R"({"op": "signed", "roles": ["party|agent"], "officer_min": 0, "refusal": "none"})",
     "signed.refusal"},
    {kEachDoc, R"({"op": "signed", "roles": ["party|agent"], "officer_min": 0, "refusal": "note"})",
     R"({"op": "signed", "roles": ["officer", "party"], "officer_min": 0, "refusal": "note"})",
     "signed.roles"},
    {kAlways, R"({"op": "years", "frm": "violation_ended_at", "to": "discovered_at", "max": 2,
                  "alt_max": 5, "alt_flag": "life_health_finance"})",
     R"({"op": "years", "frm": "violation_ended_at", "to": "discovered_at", "max": 2})",
     "years.alt_max"},
    {kAlways, R"({"op": "retention_min", "years": 5})", R"({"op": "retention_min", "years": 10})",
     "retention_min.years"},
    {kEachEvent, R"({"op": "spot_limit", "person": 200, "org": 3000})",
     R"({"op": "spot_limit", "person": 200, "org": 1000})", "spot_limit.org"},
    {kEachEvent, R"({"op": "measure_period", "base": 30, "extended": 60})",
     R"({"op": "measure_period", "base": 30, "extended": 45})", "measure_period.extended"}};

TEST(Layers, AParameterMayOnlyTighten) {
  for (const auto& change : kChanges) {
    EXPECT_EQ(weaker_require(change.trigger, change.looser, change.tighter), "") << change.tighter;
    EXPECT_EQ(weaker_require(change.trigger, change.tighter, change.looser), change.what)
        << change.looser;
  }
}

TEST(Layers, WhatCannotBeProvenTighterIsRefused) {
  const std::string event = R"({"each": "event"})";
  EXPECT_EQ(weaker_require(event, R"({"op": "served", "docs": ["D_NOTICE"]})",
                           R"({"op": "served", "docs": ["D_DECISION"]})"),
            "served.docs");
  EXPECT_EQ(weaker_require(event, R"({"op": "served_copy"})", R"({"op": "doc_any", "min": 1})"),
            "served_copy");
  EXPECT_EQ(
      weaker_require(
          event, R"({"op": "deadline", "frm": "start", "to": "end", "max": 3, "unit": "day"})",
          R"({"op": "deadline", "frm": "start", "to": "end", "max": 2, "unit": "hour"})"),
      "deadline.unit");
}

TEST(Layers, AllMayGrowAndAnyMayShrink) {
  const std::string event = R"({"each": "event"})";
  const std::string a = R"({"op": "served_copy"})";
  const std::string b = R"({"op": "doc_any", "min": 1})";
  const std::string c = R"({"op": "host_not_investigator"})";
  const auto all = [](const std::string& of) { return R"({"op": "all", "of": [)" + of + "]}"; };
  const auto any = [](const std::string& of) { return R"({"op": "any", "of": [)" + of + "]}"; };
  EXPECT_EQ(weaker_require(event, a, all(a + "," + b)), "");
  EXPECT_EQ(weaker_require(event, all(a), all(b + "," + a)), "");
  EXPECT_EQ(weaker_require(event, all(a + "," + b), all(a)), "all");
  EXPECT_EQ(weaker_require(event, any(a + "," + b), any(b)), "");
  EXPECT_EQ(weaker_require(event, any(a + "," + b), a), "");
  EXPECT_EQ(weaker_require(event, any(a), any(a + "," + b)), "any");
  EXPECT_EQ(weaker_require(event, a, any(a + "," + b)), "served_copy");
  EXPECT_EQ(weaker_require(event, any(all(a + "," + b) + "," + c), all(a + "," + b)), "");
  EXPECT_EQ(weaker_require(event, any(all(a + "," + b) + "," + c), all(a)), "any");
  EXPECT_EQ(weaker_require(event, any(all(a) + "," + b), all(any(b) + "," + a)), "");
}

/// All against any has two ways to try: nesting must not multiply them beyond reason.
TEST(Layers, DeepNestingIsComparedInTime) {
  const auto wrap = [](const std::string& op, const std::string& part, int officers) {
    return fmt::format(R"({{"op": "{}", "of": [{}, {{"op": "officers", "min": {}}}]}})", op, part,
                       officers);
  };
  std::string before = R"({"op": "served_copy"})";
  std::string now = R"({"op": "doc_any", "min": 1})";
  for (int level = 0; level < 7; ++level) {
    before = wrap(level % 2 == 0 ? "any" : "all", before, 2);
    now = wrap(level % 2 == 0 ? "all" : "any", now, 1);
  }
  EXPECT_EQ(weaker_require(R"({"each": "event"})", before, now), "any");
  EXPECT_EQ(weaker_require(R"({"each": "event"})", before, before), "");
}

TEST(Layers, AWeakerRuleNeedsItsRecord) {
  RuleText now;
  now.severity = "warn";
  const auto record = record_of("QCL-01-1", "降为提示");
  const auto set = load({}, now, record);
  ASSERT_EQ(set->weakened().size(), 1U);
  EXPECT_EQ(set->weakened().front().by, "钱样（法制股）");
  EXPECT_EQ(set->weakened().front().document, "样法〔2026〕1号");
  EXPECT_EQ(set->find("QCL-01-1")->weight, Weight::kWarn);
}

TEST(Layers, ARecordTakesARuleAway) {
  RuleText own;
  own.id = "BJ-01-1";
  const auto set = load({}, own, record_of("QCL-01-1", "removed"));
  EXPECT_EQ(set->find("QCL-01-1"), nullptr);
  ASSERT_EQ(set->rules().size(), 1U);
  EXPECT_EQ(set->find("BJ-01-1"), &set->rules().front());
  EXPECT_EQ(set->weakened().front().change, "removed");
}

TEST(Layers, ARecordThatNothingNeedsIsRefused) {
  const auto message = [](const RuleText& now, const std::string& weakened) {
    return test::thrown_by([&] { load({}, now, weakened); }).message;
  };
  const auto has = [](const std::string& text, std::string_view word) {
    return text.find(word) != text.npos;
  };
  RuleText own;
  own.id = "BJ-01-1";
  RuleText weak;
  weak.severity = "warn";
  EXPECT_TRUE(has(message(own, record_of("QCL-01-1", "降为提示")), "没有对应"));
  EXPECT_TRUE(has(message({}, record_of("QCL-01-1", "降为提示")), "没有对应"));
  EXPECT_TRUE(has(message(own, record_of("QCL-99-9", "removed")), "不存在"));
  EXPECT_TRUE(has(message(weak, record_of("QCL-01-1", "removed")), "只能保留其一"));
  EXPECT_TRUE(
      has(message(weak, record_of("QCL-01-1", "a") + "," + record_of("QCL-01-1", "b")), "两条"));
}

TEST(Layers, TwoFilesOfOneLayerMayNotNameOneRule) {
  const auto thrown = test::thrown_by([] {
    RuleSet::from_files({file_of("seed", text_of({}), "", "seed.json"),
                         file_of("bureau", text_of({}), "", "a.json"),
                         file_of("bureau", text_of({}), "", "b.json")});
  });
  EXPECT_EQ(thrown.subject, "b.json");
  EXPECT_NE(thrown.message.find("a.json:1"), std::string::npos) << thrown.message;
}

TEST(Layers, ComeInOrder) {
  const auto thrown = test::thrown_by([] {
    RuleSet::from_files({file_of("bureau", ""), file_of("seed", text_of({}))});
  });
  EXPECT_NE(thrown.message.find("顺序"), std::string::npos) << thrown.message;
}

TEST(Layers, AHomeAddsToANamedList) {
  test::TemporaryFolder home;
  test::write_text(home / "b.json", R"({"schema": "urn:anjuan:rules:1", "layer": "bureau",
    "version": "1", "title": "t", "values": {"config.designated_stores": ["样本存储", "执法信息系统"]}})");
  test::write_text(home / "a.json.bak", "not read");
  const auto set = RuleSet::load(home.path());
  EXPECT_EQ(set->values("config.designated_stores"),
            (std::vector<std::string>{"执法信息系统", "本单位专用存储器", "样本存储"}));
  EXPECT_TRUE(set->values("config.nothing").empty());
  EXPECT_NE(set->digest(), RuleSet::load()->digest());
}

/// A set that was taken must come back from its text, so the limits of a file hold for all.
TEST(Layers, ManyFilesTogetherKeepTheLimitsOfOne) {
  std::vector<RuleFile> files;
  for (std::size_t i = 0; i <= kDataListMax; ++i) {
    files.push_back({fmt::format("{}.json", i),
                     fmt::format(R"({{"schema": "urn:anjuan:rules:1", "layer": "bureau",)"
                                 R"( "version": "1", "title": "t", "values": {{"config.stores":)"
                                 R"( ["{}"]}}}})",
                                 i)});
  }
  EXPECT_EQ(test::thrown_by([&] { RuleSet::from_files(files); }).subject, "200.json");
  files.pop_back();
  const auto set = RuleSet::from_files(files);
  EXPECT_EQ(set->values("config.stores").size(), kDataListMax);
  EXPECT_EQ(RuleSet::from_files({{"all.json", set->canonical_text()}})->digest(), set->digest());
}

TEST(Layers, AHomeWithoutRulesHasThoseOfTheLaw) {
  test::TemporaryFolder home;
  EXPECT_EQ(RuleSet::load(home / "nothing")->digest(), RuleSet::load()->digest());
}

}  // namespace

}  // namespace anjuan::rules
