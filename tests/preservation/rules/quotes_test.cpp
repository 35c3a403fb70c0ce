// Every quoted source stands in the law, word for word.

#include <gtest/gtest.h>

#include "core/text.h"
#include "preservation/rules/retention.h"
#include "preservation/rules/rule_set.h"
#include "tests/support/corpora.h"

namespace anjuan::rules {

namespace {

bool is_blank(char32_t c) { return c <= U' ' || c == U'\u3000' || c == U'\u00A0'; }

/// White space dropped, full-width ,;:() as ASCII.
std::u32string plain(const std::string& text) {
  static const std::u32string wide = U"\uFF0C\uFF1B\uFF1A\uFF08\uFF09";
  static const std::u32string ascii = U",;:()";
  std::u32string out;
  char32_t c = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto length = decode_utf8(text, i, c);
    if (length == 0) throw std::runtime_error("a law text is not UTF-8");
    i += length;
    if (is_blank(c)) continue;
    const auto at = wide.find(c);
    out += at == wide.npos ? c : ascii[at];
  }
  return out;
}

std::vector<std::u32string> pieces_of(const std::string& quote) {
  std::vector<std::u32string> pieces;
  auto rest = plain(quote);
  for (auto at = rest.find(U'\u2026'); at != rest.npos; at = rest.find(U'\u2026')) {
    pieces.push_back(rest.substr(0, at));
    rest.erase(0, at + 1);
  }
  pieces.push_back(rest);
  return pieces;
}

class Quotes : public testing::Test {
 protected:
  void SetUp() override {
    const auto domain = test::domain();
    if (domain.empty()) GTEST_SKIP() << "the texts of the laws are absent (ANJUAN_DOMAIN)";
    texts_["operating-rules.txt"] = plain(test::text_of(domain / "operating-rules.txt"));
    for (const auto& entry : std::filesystem::directory_iterator(domain / "laws")) {
      texts_[entry.path().filename().string()] = plain(test::text_of(entry.path()));
    }
    ASSERT_GT(texts_.size(), 10U);
  }

  /// The text that holds every piece, or "".
  std::string text_with(const std::string& quote) const {
    const auto pieces = pieces_of(quote);
    for (const auto& [name, text] : texts_) {
      const bool holds_all = std::all_of(pieces.begin(), pieces.end(), [&](const auto& piece) {
        return !piece.empty() && text.find(piece) != text.npos;
      });
      if (holds_all) return name;
    }
    return "";
  }

  std::map<std::string, std::u32string> texts_;
};

TEST_F(Quotes, OfEveryRuleStandInOneText) {
  std::vector<std::string> unverified;
  const auto set = RuleSet::load();
  for (const auto& rule : set->rules()) {
    const auto source = text_with(rule.source_text);
    if (!rule.is_source_verified) {
      unverified.push_back(rule.id);
      EXPECT_EQ(source, "") << rule.id << " can be verified";
    } else if (rule.layer == Layer::kSeed) {
      EXPECT_EQ(source, "operating-rules.txt") << rule.id << ": " << rule.source_text;
    } else {
      EXPECT_NE(source, "") << rule.id << ": " << rule.source_text;
    }
  }
  EXPECT_EQ(unverified, std::vector<std::string>{"GSZ-118-1"});
}

/// The national article names the law: the quote must come from that one.
TEST_F(Quotes, OfNationalRulesStandInTheLawThatTheArticleNames) {
  const auto set = RuleSet::load();
  for (const auto& rule : set->rules()) {
    if (rule.layer != Layer::kNational || !rule.is_source_verified) continue;
    const auto law = rule.article.substr(0, rule.article.find_first_of("0123456789"));
    const auto source = text_with(rule.source_text);
    EXPECT_EQ(source.substr(0, law.size()), law) << rule.id << " is quoted from " << source;
  }
}

TEST_F(Quotes, OfRetentionLinesStandInATextOrAreMarked) {
  const auto schedule = RetentionSchedule::load();
  for (const auto& line : schedule.lines()) {
    EXPECT_EQ(text_with(line.source_text) != "", line.is_source_verified) << line.id;
  }
}

TEST_F(Quotes, AChangedCharacterIsNoticed) {
  EXPECT_NE(text_with("应当制作立案审批表"), "");
  EXPECT_EQ(text_with("应当制作立案审核表"), "");
  EXPECT_EQ(text_with("应当制作立案审批表…当事人同意并签订确认书的"), "") << "two texts";
}

}  // namespace

}  // namespace anjuan::rules
