#include "tests/support/case_generator.h"

#include <array>
#include <random>

#include <fmt/core.h>

#include "core/case/case_keys.h"

namespace anjuan::test {

namespace {

using namespace std::string_literals;

const std::array kTexts = {""s,
                           " "s,
                           "澄水罚〔2025〕12号"s,
                           "a\tb"s,
                           "line 1\nline 2"s,
                           "cr\rlf\r\nend\r"s,
                           "  padded  "s,
                           "<b>&amp;\"'</b>]]>"s,
                           "e\xCC\x81 decomposed"s,
                           "\xF0\x9F\x93\x84 emoji"s,
                           "\xC2\x85\xE2\x80\xA8\xE2\x80\xA9"s,
                           "nul \0 inside"s,
                           "bell \x07"s,
                           "\x1F"s,
                           "nonchar \xEF\xBF\xBE\xEF\xBF\xBF"s,
                           "\xEF\xBF\xBD"s,
                           "back\\slash \\u0041"s,
                           "{\"a\":1}"s,
                           "true"s,
                           "1.50"s,
                           "null"s,
                           "2025-06-17T09:05+08:00"s,
                           "~0~1/a//b"s,
                           "\xEF\xBB\xBF"s};

const std::array kKeys = {"weather"s, ""s,        "a b"s, "中文键"s,   "~tilde/slash"s,
                          "x\ty"s,    "ctl\x01"s, "0"s,   "case_no2"s, "caseNo"s,
                          "<k>&\""s,  "extra"s,   "nil"s};

const std::array kIntegers = {"0"s, "-0"s, "1"s, "70"s, "-12"s, "99999999999999999999999999"s};
const std::array kNumbers = {"1.50"s, "-0.0"s, "1e5"s, "1E-7"s, "0.10000000000000000000001"s,
                             "80000"s};

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  Json object(const CaseShape& shape) {
    Json out = Json::object();
    const auto density = pick(4);
    for (const auto& key : shape.keys) {
      if (pick(4) < density) out.set(key.json, value(key));
    }
    if (pick(5) == 0) unknown(out, shape, 2);
    return out;
  }

 private:
  std::uint32_t pick(std::size_t count) { return static_cast<std::uint32_t>(random_() % count); }

  template <typename List>
  const std::string& one_of(const List& list) {
    return list[pick(list.size())];
  }

  Json text() { return Json::string(one_of(kTexts) + (pick(3) == 0 ? one_of(kTexts) : "")); }

  Json value(const CaseKey& key) {
    if (key.json == "id") return Json::string(fmt::format("X{}", ++ids_));
    if (key.json == "file") return Json::string(fmt::format("docs/文 件&{}.pdf", pick(9)));
    if (pick(8) == 0) return Json::null();
    switch (key.form) {
      case KeyForm::kObject:
        return object(*key.shape);
      case KeyForm::kList:
        return list(key);
      case KeyForm::kFields:
        return map(0);
      case KeyForm::kSigned:
        return map(1);
      case KeyForm::kAttribute:
      case KeyForm::kElement:
      case KeyForm::kFlag:
        break;
    }
    return scalar(key.type);
  }

  Json scalar(KeyType type) {
    switch (type) {
      case KeyType::kText:
        return text();
      case KeyType::kInteger:
        return Json::number(one_of(kIntegers));
      case KeyType::kNumber:
        return Json::number(pick(2) == 0 ? one_of(kNumbers) : one_of(kIntegers));
      case KeyType::kBoolean:
        return Json::boolean(pick(2) == 0);
    }
    return Json::null();
  }

  Json any(int depth) {
    switch (pick(depth > 0 ? 7 : 5)) {
      case 0:
        return Json::null();
      case 1:
        return Json::boolean(pick(2) == 0);
      case 2:
        return Json::number(one_of(kIntegers));
      case 3:
        return Json::number(one_of(kNumbers));
      case 4:
        return text();
      case 5: {
        Json out = Json::array();
        for (auto count = pick(4); count > 0; --count) out.append(any(depth - 1));
        return out;
      }
      default:
        break;
    }
    Json out = Json::object();
    for (auto count = pick(4); count > 0; --count) out.set(one_of(kKeys), any(depth - 1));
    return out;
  }

  void unknown(Json& out, const CaseShape& shape, int depth) {
    for (auto count = pick(3) + 1; count > 0; --count) {
      const auto& name = one_of(kKeys);
      if (shape.by_json(name) == nullptr) out.set(name, any(depth));
    }
  }

  /// An open map: mostly scalars, in roles also lists of names, now and then anything.
  Json map(int names) {
    Json out = Json::object();
    for (auto count = pick(5); count > 0; --count) {
      const auto name = pick(2) == 0 ? one_of(kKeys) : fmt::format("key_{}", pick(9));
      if (names > 0 && pick(3) == 0) {
        Json list = Json::array();
        for (auto size = pick(3); size > 0; --size) list.append(text());
        out.set(name, list);
      } else {
        out.set(name, any(pick(6) == 0 ? 1 : 0));
      }
    }
    return out;
  }

  Json list(const CaseKey& key) {
    Json out = Json::array();
    for (auto count = pick(4); count > 0; --count) {
      const bool as_text = key.item_form == ItemForm::kText ||
                           (key.item_form == ItemForm::kTextOrObject && pick(2) == 0);
      out.append(as_text ? text() : object(*key.shape));
    }
    return out;
  }

  std::mt19937 random_;
  int ids_ = 0;
};

}  // namespace

Json generated_case(std::uint32_t seed) { return Generator(seed).object(case_shape()); }

}  // namespace anjuan::test
