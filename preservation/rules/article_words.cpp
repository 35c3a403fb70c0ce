// Articles as Chinese law cites them: 《行政处罚法》第六十一条第二款.

#include <array>
#include <cctype>
#include <charconv>

#include "core/embedded.h"
#include "core/text.h"
#include "preservation/rules/wording.h"

namespace anjuan::rules {

namespace {

constexpr std::array<std::string_view, 10> kDigits = {"〇", "一", "二", "三", "四",
                                                      "五", "六", "七", "八", "九"};

const Json& law_words() {
  static const Json table = Json::parse(embedded("rule_words.json"), "rule_words.json");
  return table;
}

/// 1 to 999 as in 第一百零七条.
std::string chinese_number(unsigned number) {
  std::string text;
  const auto hundreds = number / 100 % 10;
  const auto tens = number / 10 % 10;
  const auto ones = number % 10;
  if (hundreds > 0) text += std::string(kDigits.at(hundreds)) + "百";
  if (hundreds > 0 && tens == 0 && ones > 0) text += "零";
  if (tens > 1 || (tens == 1 && hundreds > 0)) text += kDigits.at(tens);
  if (tens > 0) text += "十";
  if (ones > 0) text += kDigits.at(ones);
  return text;
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

unsigned take_number(std::string_view& rest) {
  unsigned number = 0;
  const auto [stop, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (fault != std::errc()) number = 0;
  rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()));
  return number;
}

struct Provision {
  unsigned article = 0;
  unsigned part = 0;  ///< paragraph or item, 0 = none
};

/// "15,23,28", "64(2)", "44、62"; empty if it is anything else.
std::vector<Provision> provisions_of(std::string_view rest) {
  std::vector<Provision> provisions;
  while (!rest.empty()) {
    Provision provision{take_number(rest), 0};
    if (provision.article == 0 || provision.article > 999) return {};
    if (!rest.empty() && rest.front() == '(') {
      rest.remove_prefix(1);
      provision.part = take_number(rest);
      if (provision.part == 0 || provision.part > 999) return {};
      if (rest.empty() || rest.front() != ')') return {};
      rest.remove_prefix(1);
    }
    provisions.push_back(provision);
    for (const std::string_view comma : {",", "、", "，"}) {
      if (rest.substr(0, comma.size()) == comma) {
        rest.remove_prefix(comma.size());
        break;
      }
    }
    if (!rest.empty() && !is_digit(rest.front())) return {};
  }
  return provisions;
}

/// Some articles count items (项), where the others count paragraphs (款).
std::string chinese_part(std::string_view law, const Provision& provision) {
  if (provision.part == 0) return "";
  const auto name = fmt::format("{}{}", law, provision.article);
  const Json* items = law_words().find("articles_of_items")->find(name);
  const auto number = chinese_number(provision.part);
  if (items == nullptr) return fmt::format("第{}款", number);
  const auto count = static_cast<unsigned>(items->as_integer());
  if (provision.part <= count) return fmt::format("第（{}）项", number);
  // The data count the paragraph after the items on: 12(9) is the second paragraph of Article 12.
  return "第二款";
}

std::string law_name(std::string_view law, Language language) {
  if (law.empty()) return say_in(language, "judge.operating_rules");
  const Json* known = law_words().find("laws")->find(law);
  if (language == Language::kChinese) return fmt::format("《{}》", law);
  return known == nullptr ? std::string(law) : known->as_string();
}

bool is_chinese(char byte) { return static_cast<unsigned char>(byte) >= 0x80; }

std::string_view wide(char c) {
  switch (c) {
    case ',':
      return "，";
    case ';':
      return "；";
    case ':':
      return "：";
    case '(':
      return "（";
    case ')':
      return "）";
    default:
      return "";
  }
}

}  // namespace

std::string article_text(std::string_view article, Language language) {
  std::size_t start = 0;
  while (start < article.size() && !is_digit(article[start])) ++start;
  const auto law = article.substr(0, start);
  const auto provisions = provisions_of(article.substr(start));
  if (provisions.empty()) return std::string(article);
  std::string text = law_name(law, language);
  const char* comma = "";
  for (const auto& provision : provisions) {
    text += comma;
    if (language == Language::kChinese) {
      text +=
          fmt::format("第{}条{}", chinese_number(provision.article), chinese_part(law, provision));
      comma = "、";
    } else {
      text += fmt::format("{} {}", *comma == 0 ? " Art." : "", provision.article);
      if (provision.part != 0) text += fmt::format("({})", provision.part);
      comma = ",";
    }
  }
  return text;
}

std::string basis_text(const Rule& rule, Language language) {
  const auto article = article_text(rule.article, language);
  if (!rule.is_source_verified) return say_in(language, "judge.unverified", {{"article", article}});
  const auto quote = full_width(rule.source_text);
  return language == Language::kChinese ? fmt::format("{}“{}”", article, quote)
                                        : fmt::format("{} (\"{}\")", article, quote);
}

std::string full_width(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto printed = wide(text[i]);
    const bool beside_chinese = (!out.empty() && is_chinese(out.back())) ||
                                (i + 1 < text.size() && is_chinese(text[i + 1]));
    if (printed.empty() || !beside_chinese) {
      out += text[i];
    } else {
      out += printed;
    }
  }
  return out;
}

}  // namespace anjuan::rules
