// Our rule files say what the agreed table of rules says: nothing lost, nothing bent.

#include <gtest/gtest.h>

#include "preservation/rules/conditions.h"
#include "preservation/rules/rule_set.h"
#include "preservation/rules/rule_text.h"
#include "tests/support/corpora.h"

namespace anjuan::rules {

namespace {

/// Our rules by id, in the written form of the canonical text.
std::map<std::string, Json> ours() {
  std::map<std::string, Json> by_id;
  const Json set = Json::parse(RuleSet::load()->canonical_text(), "in force");
  for (const auto& rule : set.find("rules")->items()) by_id[rule.text_or("id", "")] = rule;
  return by_id;
}

/// One value in a list is that value; the order in a list of values says nothing.
Json plain_conditions(const Json& where) {
  Json out = Json::object();
  for (const auto& [key, value] : where.members()) {
    if (!value.is_array()) {
      out.set(key, value);
      continue;
    }
    auto values = value.items();
    std::sort(values.begin(), values.end(),
              [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
    const auto name = key.substr(0, key.size() - std::string_view("_in").size());
    values.size() == 1 ? out.set(name, values[0]) : out.set(key, Json::array(values));
  }
  return out;
}

Json plain_trigger(Json trigger) {
  for (const auto* key : {"case", "where"}) {
    if (trigger.find(key) != nullptr) trigger.set(key, plain_conditions(*trigger.find(key)));
  }
  return trigger;
}

/// Without commas and the like, which we print full-width in Chinese.
std::string without_punctuation(std::string text) {
  for (const std::string_view mark : {"，", "；", "：", "（", "）", ",", ";", ":", "(", ")"}) {
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark)) {
      text.erase(at, mark.size());
    }
  }
  return text;
}

/// Whose Chinese sentence was reworded: it said the demand, and now says what is wrong.
const std::vector<std::string> kReworded{"QCL-03-1", "QCL-09-5", "QCL-10-5", "QCL-24-2",
                                         "XCF-42-1", "XCF-57-1", "XCF-58-1", "XCF-62-1"};

class CarriedOver : public testing::Test {
 protected:
  void SetUp() override {
    if (test::domain().empty()) GTEST_SKIP() << "the table of rules is absent (ANJUAN_DOMAIN)";
    const auto path = test::domain() / "rules.json";
    theirs_ = Json::parse(test::text_of(path), "rules.json");
  }

  const std::vector<Json>& theirs() const { return theirs_.find("rules")->items(); }

  Json theirs_;
};

TEST_F(CarriedOver, EachRuleWithItsMeaning) {
  const auto by_id = ours();
  ASSERT_EQ(by_id.size(), theirs().size());
  for (const auto& theirs : theirs()) {
    const auto id = theirs.text_or("id", "");
    ASSERT_EQ(by_id.count(id), 1U) << id;
    const Json& our = by_id.at(id);
    for (const auto* key : {"article", "layer", "phase", "severity", "require", "review_points",
                            "message_en", "source_verified"}) {
      EXPECT_EQ(*our.find(key), *theirs.find(key))
          << id << "." << key << ": " << our.find(key)->dump();
    }
    EXPECT_EQ(plain_trigger(*our.find("trigger")), plain_trigger(*theirs.find("trigger"))) << id;
    EXPECT_EQ(our.text_or("note", ""), theirs.text_or("note", "")) << id;
  }
}

TEST_F(CarriedOver, EachQuoteToTheLetter) {
  const auto by_id = ours();
  std::vector<std::string> added;
  for (const auto& theirs : theirs()) {
    const auto id = theirs.text_or("id", "");
    const auto quote = theirs.text_or("source_text", "");
    if (quote.empty()) {
      added.push_back(id);
    } else {
      EXPECT_EQ(by_id.at(id).text_or("source_text", ""), quote) << id;
    }
  }
  EXPECT_EQ(added, (std::vector<std::string>{"QCL-19-7", "QCL-33-3"}));
}

TEST_F(CarriedOver, EachChineseSentenceWithFullWidthPunctuation) {
  const auto by_id = ours();
  for (const auto& theirs : theirs()) {
    const auto id = theirs.text_or("id", "");
    const auto sentence = by_id.at(id).text_or("message_zh", "");
    EXPECT_EQ(sentence.find_first_of(",;:()"), sentence.npos) << sentence;
    const bool is_reworded = std::find(kReworded.begin(), kReworded.end(), id) != kReworded.end();
    EXPECT_EQ(
        without_punctuation(sentence) != without_punctuation(theirs.text_or("message_zh", "")),
        is_reworded)
        << id << ": " << sentence;
  }
}

/// The closed list of operators is the same one.
TEST_F(CarriedOver, EachOperator) {
  std::vector<std::string> names;
  for (const auto& name : theirs_.find("ops")->items()) names.push_back(name.as_string());
  std::sort(names.begin(), names.end());
  const auto known = operator_names();
  EXPECT_EQ(names, std::vector<std::string>(known.begin(), known.end()));
}

}  // namespace

}  // namespace anjuan::rules
