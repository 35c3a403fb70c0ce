// A rule file that is off is refused with file, line and a reason that says what is allowed.

#include <sstream>

#include <gtest/gtest.h>

#include "preservation/rules/rule_loader.h"
#include "preservation/rules/rule_set.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::rules {

namespace {

/// A good file, a line each.
std::vector<std::string> good_lines() {
  return {R"({"schema": "urn:anjuan:rules:1", "layer": "bureau",)",
          R"("version": "1", "title": "本局规则",)",
          R"("values": {"config.own_keys": ["weather"]},)",
          R"("rules": [)",
          R"({"id": "BJ-01-1",)",
          R"("article": "1",)",
          R"("phase": "package",)",
          R"("severity": "error",)",
          R"("review_points": 1,)",
          R"("trigger": {"event": ["EV_SITE"]},)",
          R"("require": {"op": "doc", "any": ["D_SITE"], "min": 1},)",
          R"("message_zh": "缺少笔录。",)",
          R"("message_en": "The record is missing.",)",
          R"("source_text": "应当制作笔录"}],)",
          R"("weakened": []})"};
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

std::shared_ptr<const RuleSet> load_alone(const std::string& text) {
  return RuleSet::from_files({{"data/rules/bad.json", text}});
}

struct BadFile {
  std::string name;
  std::size_t line;  ///< that is replaced, from 1
  std::string with;
  std::string word;    ///< in the reason
  std::size_t at = 0;  ///< line that is named; 0 = `line`
};

void PrintTo(const BadFile& file, std::ostream* out) { *out << file.name; }

class BadRuleFile : public testing::TestWithParam<BadFile> {};

TEST_P(BadRuleFile, IsRefusedWithLineAndReason) {
  const auto& bad = GetParam();
  auto lines = good_lines();
  lines.at(bad.line - 1) = bad.with;
  const auto thrown = test::thrown_by([&] { load_alone(joined(lines)); });
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_EQ(thrown.subject, "data/rules/bad.json");
  const auto place = fmt::format("第 {} 行", bad.at == 0 ? bad.line : bad.at);
  EXPECT_NE(thrown.message.find(place), std::string::npos) << thrown.message;
  EXPECT_NE(thrown.message.find(bad.word), std::string::npos) << thrown.message;
}

std::string require(const std::string& text) { return R"("require": )" + text + ","; }

std::string trigger(const std::string& text) { return R"("trigger": )" + text + ","; }

std::string nested(std::size_t levels) {
  std::string text = R"({"op": "served_copy"})";
  for (std::size_t i = 1; i < levels; ++i) text = R"({"op": "all", "of": [)" + text + "]}";
  return text;
}

std::string many_operators(std::size_t count) {
  std::string of = R"({"op": "served_copy"})";
  for (std::size_t i = 2; i < count; ++i) of += R"(, {"op": "served_copy"})";
  return R"({"op": "all", "of": [)" + of + "]}";
}

INSTANTIATE_TEST_SUITE_P(
    Head, BadRuleFile,
    testing::Values(
        BadFile{"no JSON", 2, R"("version": "1" "title": "t",)", "JSON"},
        BadFile{"key twice", 2, R"("version": "1", "version": "2", "title": "t",)", "version"},
        BadFile{"other schema", 1, R"({"schema": "urn:anjuan:rules:2", "layer": "bureau",)",
                "urn:anjuan:rules:1"},
        BadFile{"unknown layer", 1, R"({"schema": "urn:anjuan:rules:1", "layer": "county",)",
                "seed, national, bureau"},
        BadFile{"no version", 2, R"("title": "t",)", "version", 1},
        BadFile{"unknown key", 2, R"("version": "1", "title": "t", "author": "x",)", "author"},
        BadFile{"version is a number", 2, R"("version": 1, "title": "t",)", "应为文字"},
        BadFile{"values are a text", 3, R"("values": "none",)", "values"},
        BadFile{"list name", 3, R"("values": {"stores": ["甲"]},)", "config."},
        BadFile{"empty list", 3, R"("values": {"config.stores": []},)", "不能为空"},
        BadFile{"value twice", 3, R"("values": {"config.stores": ["甲", "甲"]},)", "重复"},
        BadFile{"own key", 3, R"("values": {"config.own_keys": ["Wetter"]},)", "Wetter"}));

INSTANTIATE_TEST_SUITE_P(
    Rule, BadRuleFile,
    testing::Values(
        BadFile{"unknown key of a rule", 6, R"("article": "1", "remark": "x",)", "remark"},
        BadFile{"no article", 6, "", "article", 5},
        BadFile{"id in lower case", 5, R"({"id": "bj-01-1",)", "大写字母"},
        BadFile{"id too long", 5, R"({"id": "BJ-0123456789012345678901234567890123456789",)", "40"},
        BadFile{"unknown phase", 7, R"("phase": "archive",)", "preservation"},
        BadFile{"unknown severity", 8, R"("severity": "fatal",)", "block, error, warn"},
        BadFile{"negative points", 9, R"("review_points": -1,)", "0 至 100"},
        BadFile{"points of a fraction", 9, R"("review_points": 1.5,)", "整数"},
        BadFile{"huge points", 9, R"("review_points": 99999999999999999999,)", "超出范围"},
        BadFile{"empty Chinese message", 12, R"("message_zh": "",)", "message_zh"},
        BadFile{"blank English message", 13, R"("message_en": "  ",)", "message_en"},
        BadFile{"empty quote", 14, R"("source_text": ""}],)", "source_text"},
        BadFile{"line break", 12, R"("message_zh": "缺少\n笔录。",)", "控制字符"},
        BadFile{"not a character", 12, R"("message_zh": "缺少\uFFFF笔录。",)", "控制字符"},
        BadFile{"no quote", 14, R"("note": "x"}],)", "source_text", 5},
        BadFile{"layer of a rule", 6, R"("article": "1", "layer": "seed",)", "layer"},
        BadFile{"verified is a word", 6, R"("article": "1", "source_verified": "no",)",
                "source_verified"}));

INSTANTIATE_TEST_SUITE_P(
    Trigger, BadRuleFile,
    testing::Values(
        BadFile{"unknown trigger", 10, trigger(R"({"step": ["EV_SITE"]})"), "always"},
        BadFile{"no trigger", 10, trigger("{}"), "选一个"},
        BadFile{"two triggers", 10, trigger(R"({"always": true, "each": "doc"})"), "选一个"},
        BadFile{"never", 10, trigger(R"({"always": false})"), "true"},
        BadFile{"each of what", 10, trigger(R"({"each": "party"})"), "event, doc, av"},
        BadFile{"unknown step", 10, trigger(R"({"event": ["EV_PARTY"]})"), "EV_PARTY"},
        BadFile{"unknown document", 10, trigger(R"({"doc": ["EV_SITE"]})"), "EV_SITE"},
        BadFile{"no step", 10, trigger(R"({"event": []})"), "不能为空"},
        BadFile{"where on a case", 10, trigger(R"({"always": true, "where": {"type": "x"}})"),
                "where"},
        BadFile{"misspelt key", 10, trigger(R"({"event": ["EV_SITE"], "where": {"mod": "x"}})"),
                "mod"},
        BadFile{"text for a yes or no", 10, trigger(R"({"case": {"entrusted": "是"}})"), "是否值"},
        BadFile{"list without _in", 10, trigger(R"({"case": {"type": ["行政处罚"]}})"), "type"},
        BadFile{"a list as key", 10, trigger(R"({"case": {"officers": "张"}})"), "officers"},
        BadFile{"empty where", 10, trigger(R"({"case": {}})"), "不能为空"}));

INSTANTIATE_TEST_SUITE_P(
    Requirement, BadRuleFile,
    testing::Values(
        BadFile{"unknown operator", 11, require(R"({"op": "regex", "text": "x"})"),
                "av_continuity"},
        BadFile{"no operator", 11, require(R"({"any": ["D_SITE"]})"), "op"},
        BadFile{"unknown parameter", 11,
                require(R"({"op": "doc", "any": ["D_SITE"], "min": 1, "max": 3})"), "any, min"},
        BadFile{"missing parameter", 11, require(R"({"op": "doc", "any": ["D_SITE"]})"), "min"},
        BadFile{"unknown kind", 11, require(R"({"op": "doc", "any": ["D_XX"], "min": 1})"), "D_XX"},
        BadFile{"a step for a document", 11,
                require(R"({"op": "doc", "any": ["EV_SITE"], "min": 1})"), "D_ 开头"},
        BadFile{"none of none", 11, require(R"({"op": "doc", "any": [], "min": 1})"), "any"},
        BadFile{"least zero", 11, require(R"({"op": "doc", "any": ["D_SITE"], "min": 0})"), "1 至"},
        BadFile{"least as text", 11, require(R"({"op": "doc", "any": ["D_SITE"], "min": "1"})"),
                "整数"},
        BadFile{"unknown field", 11, require(R"({"op": "event_fields", "fields": ["strat"]})"),
                "strat"},
        BadFile{"field of another object", 11,
                require(R"({"op": "event_fields", "fields": ["case_no"]})"), "case_no"},
        BadFile{"method", 11,
                require(R"({"op": "av", "method_any": ["速记"], "continuous": false, "min": 1})"),
                "视频监控"},
        BadFile{"yes or no as number", 11,
                require(R"({"op": "av", "method_any": ["录像"], "continuous": 1, "min": 1})"),
                "continuous"},
        BadFile{"operator of another trigger", 11, require(R"({"op": "av_linked_event"})"), "av"},
        BadFile{
            "unit", 11,
            require(R"({"op": "deadline", "frm": "start", "to": "end", "max": 2, "unit": "week"})"),
            "workday"},
        BadFile{"period beyond reason", 11,
                require(R"({"op": "deadline", "frm": "start", "to": "end", "unit": "day", )"
                        R"("max": 99999999})"),
                "36600"},
        BadFile{
            "extension without document", 11,
            require(R"({"op": "deadline", "frm": "start", "to": "end", "max": 9, "unit": "day", )"
                    R"("extended_until": "end"})"),
            "extension_doc"},
        BadFile{"two sources of values", 11,
                require(R"({"op": "event_enum", "field": "mode", "values": ["x"], )"
                        R"("values_from": "config.own_keys"})"),
                "values_from"},
        BadFile{"unknown list", 11,
                require(R"({"op": "event_enum", "field": "mode", "values_from": "config.modes"})"),
                "config.modes"},
        BadFile{
            "unknown role", 11,
            require(R"({"op": "signed_event_doc", "docs": ["D_SITE"], "roles": ["party|boss"], )"
                    R"("refusal": "note"})"),
            "boss"},
        BadFile{"refusal", 11,
                require(R"({"op": "signed_event_doc", "docs": ["D_SITE"], "roles": ["party"], )"
                        R"("refusal": "maybe"})"),
                "host_note"},
        BadFile{"night", 11, require(R"({"op": "not_night_or_holiday", "night": ["22:00", "6"]})"),
                "22:00"},
        BadFile{"minutes of the night", 11,
                require(R"({"op": "not_night_or_holiday", "night": ["22:60", "06:00"]})"), "night"},
        BadFile{"periods out of order", 11,
                require(R"({"op": "measure_period", "base": 60, "extended": 30})"), "extended"},
        BadFile{
            "least and most", 11,
            require(R"({"op": "deadline_between_events", "frm_event": "EV_URGE", "frm": "start", )"
                    R"("to": "start", "unit": "day"})"),
            "min"},
        BadFile{
            "least in working days", 11,
            require(R"({"op": "deadline_between_events", "frm_event": "EV_URGE", "frm": "start", )"
                    R"("to": "start", "unit": "workday", "min": 3})"),
            "day"},
        BadFile{"all of nothing", 11, require(R"({"op": "all", "of": []})"), "of"},
        BadFile{"all without of", 11, require(R"({"op": "all"})"), "of"},
        BadFile{"of a word", 11, require(R"({"op": "any", "of": ["doc"]})"), "对象"},
        BadFile{"too deep", 11, require(nested(kOperatorDepthMax + 1)), "8 层"},
        BadFile{"too many operators", 11, require(many_operators(kOperatorsMax + 1)), "64"},
        BadFile{"control on a case", 11, require(R"({"op": "control", "id": "CTL-X"})"), "control"},
        BadFile{"control in all", 11,
                require(R"({"op": "all", "of": [{"op": "control", "id": "CTL-X"}]})"), "control"},
        BadFile{"severity control", 8, R"("severity": "control",)", "control", 11}));

INSTANTIATE_TEST_SUITE_P(
    Weakened, BadRuleFile,
    testing::Values(
        BadFile{"of no rule", 15,
                R"("weakened": [{"rule": "BJ-01-9", "change": "removed", "reason": "r", "by": "b",)"
                R"( "at": "2026-01-01", "document": "d"}]})",
                "BJ-01-9"},
        BadFile{"of the same layer", 15,
                R"("weakened": [{"rule": "BJ-01-1", "change": "removed", "reason": "r", "by": "b",)"
                R"( "at": "2026-01-01", "document": "d"}]})",
                "BJ-01-1"},
        BadFile{"without reason", 15,
                R"("weakened": [{"rule": "BJ-01-1", "change": "removed", "reason": "", "by": "b",)"
                R"( "at": "2026-01-01", "document": "d"}]})",
                "reason"},
        BadFile{"without person", 15,
                R"("weakened": [{"rule": "BJ-01-1", "change": "removed", "reason": "r",)"
                R"( "at": "2026-01-01", "document": "d"}]})",
                "by"},
        BadFile{"date", 15,
                R"("weakened": [{"rule": "BJ-01-1", "change": "removed", "reason": "r", "by": "b",)"
                R"( "at": "2026-02-30", "document": "d"}]})",
                "2026-02-30"}));

TEST(RuleFile, IsReadWhereNothingIsOff) {
  EXPECT_EQ(load_alone(joined(good_lines()))->rules().size(), 1U);
}

TEST(RuleFile, MayNestAsDeepAndAsMuchAsTheLimitsSay) {
  for (const auto& text : {nested(kOperatorDepthMax), many_operators(kOperatorsMax)}) {
    auto lines = good_lines();
    lines[10] = require(text);
    EXPECT_NO_THROW(load_alone(joined(lines)));
  }
}

TEST(RuleFile, MayUseAKeyOfItsOwn) {
  auto lines = good_lines();
  lines[10] = require(R"({"op": "event_fields", "fields": ["weather"]})");
  EXPECT_NO_THROW(load_alone(joined(lines)));
  lines[2] = "";
  EXPECT_NE(test::thrown_by([&] { load_alone(joined(lines)); }).message.find("weather"),
            std::string::npos);
}

TEST(RuleFile, WithARuleTwiceIsRefusedWithBothPlaces) {
  auto lines = good_lines();
  const std::string rule =
      joined({lines.begin() + 4, lines.begin() + 13}) + R"("source_text": "应当制作笔录"},)";
  lines.insert(lines.begin() + 4, rule);
  const auto thrown = test::thrown_by([&] { load_alone(joined(lines)); });
  EXPECT_NE(thrown.message.find("第 15 行"), std::string::npos) << thrown.message;
  EXPECT_NE(thrown.message.find("data/rules/bad.json:5"), std::string::npos) << thrown.message;
}

TEST(RuleFile, LargerThanTheLimitIsRefused) {
  auto lines = good_lines();
  lines.push_back(std::string(kDataBytesMax, ' '));
  EXPECT_NE(test::thrown_by([&] { load_alone(joined(lines)); }).message.find("第 1 行"),
            std::string::npos);
  lines.back().resize(kDataBytesMax - joined(good_lines()).size() - 1);
  EXPECT_NO_THROW(load_alone(joined(lines)));
}

TEST(RuleFile, WithATextBeyondTheLimitIsRefused) {
  auto lines = good_lines();
  lines[5] = R"("article": ")" + std::string(kDataTextMax, '1') + "\",";
  EXPECT_NO_THROW(load_alone(joined(lines)));
  lines[5] = R"("article": ")" + std::string(kDataTextMax + 1, '1') + "\",";
  EXPECT_NE(test::thrown_by([&] { load_alone(joined(lines)); }).message.find("article"),
            std::string::npos);
}

/// `count` good rules, one a line.
std::string many_rules(std::size_t count) {
  auto lines = good_lines();
  std::string text = joined({lines.begin(), lines.begin() + 4});
  for (std::size_t i = 0; i < count; ++i) {
    text += fmt::format(R"({}{{"id": "BJ-{}",)", i == 0 ? "" : ",", i);
    for (std::size_t line = 5; line < 13; ++line) text += lines[line];
    text += "\"source_text\": \"x\"}\n";
  }
  return text + "]}";
}

TEST(RuleFile, WithMoreRulesThanTheLimitIsRefused) {
  EXPECT_EQ(load_alone(many_rules(kItemsMax))->rules().size(), kItemsMax);
  const auto thrown = test::thrown_by([&] { load_alone(many_rules(kItemsMax + 1)); });
  EXPECT_NE(thrown.message.find("2000"), std::string::npos) << thrown.message;
  EXPECT_NE(thrown.message.find("第 2005 行"), std::string::npos) << thrown.message;
}

TEST(RuleFile, OfAHomeIsTheBureausLayer) {
  test::TemporaryFolder home;
  auto lines = good_lines();
  lines[0] = R"({"schema": "urn:anjuan:rules:1", "layer": "national",)";
  test::write_text(home / "own.json", joined(lines));
  const auto thrown = test::thrown_by([&] { RuleSet::load(home.path()); });
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_NE(thrown.message.find("bureau"), std::string::npos) << thrown.message;
}

TEST(RuleFile, ThatIsALinkIsRefused) {
  test::TemporaryFolder home;
  test::write_text(home / "target.txt", joined(good_lines()));
  std::filesystem::create_symlink(home / "target.txt", home / "own.json");
  EXPECT_EQ(test::thrown_by([&] { RuleSet::load(home.path()); }).word, "refused");
}

TEST(RuleFile, FoldersWithTooManyAreRefused) {
  test::TemporaryFolder home;
  for (std::size_t i = 0; i <= kDataFilesMax; ++i) {
    test::write_text(home / fmt::format("{}.json", i), "{}");
  }
  EXPECT_EQ(test::thrown_by([&] { RuleSet::load(home.path()); }).word, "invalid");
}

}  // namespace

}  // namespace anjuan::rules
