// ReviewTable and what a person may enter, of preservation/rules/review.h.

#include "preservation/rules/review_table.h"

#include <set>

#include "core/durable.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/json.h"
#include "core/messages.h"
#include "core/text.h"
#include "preservation/rules/review.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kTableFile = "rules/review.json";
constexpr std::int64_t kPointsMax = 1000;

/// Refuses the whole file: file, line, reason.
[[noreturn]] void refuse(const std::string& subject, const Json& at, std::string_view reason_id,
                         const std::string& detail = {}) {
  throw Error(ErrorCode::kInvalid, subject,
              say("review.table_refused", {{"subject", subject},
                                           {"line", std::to_string(at.place().line)},
                                           {"reason", say(reason_id, {{"detail", detail}})}}));
}

const std::string& text_in(const Json& object, std::string_view key, const std::string& subject) {
  const Json* value = object.find(key);
  if (value == nullptr || !value->is_string() || value->as_string().empty()) {
    refuse(subject, object, "review.table_text", std::string(key));
  }
  return value->as_string();
}

const std::vector<Json>& list_in(const Json& object, std::string_view key,
                                 const std::string& subject) {
  const Json* value = object.find(key);
  if (value == nullptr || !value->is_array()) {
    refuse(subject, object, "review.table_list", std::string(key));
  }
  return value->items();
}

Tenths points_in(const Json& object, std::string_view key, std::int64_t least,
                 const std::string& subject) {
  const Json* value = object.find(key);
  if (value == nullptr || !value->is(Json::Type::kInteger)) {
    refuse(subject, object, "review.table_points", std::string(key));
  }
  const std::int64_t points = value->as_integer();
  if (points < least || points > kPointsMax) {
    refuse(subject, *value, "review.table_points", std::string(key));
  }
  return points * 10;
}

ReviewPart part_in(const Json& object, const std::string& subject) {
  const auto& word = text_in(object, "part", subject);
  for (const auto part : {ReviewPart::kVeto, ReviewPart::kForm, ReviewPart::kContent}) {
    if (word == part_word(part)) return part;
  }
  refuse(subject, object, "review.table_part", word);
}

ReviewItem item_in(const Json& object, const std::string& subject) {
  if (!object.is_object()) refuse(subject, object, "review.table_item");
  ReviewItem item;
  item.id = text_in(object, "id", subject);
  item.part = part_in(object, subject);
  item.title_zh = text_in(object, "zh-CN", subject);
  item.title_en = text_in(object, "en", subject);
  if (item.part != ReviewPart::kVeto) item.points = points_in(object, "points", 1, subject);
  for (const auto& rule : list_in(object, "rules", subject)) {
    if (!rule.is_string()) refuse(subject, rule, "review.table_text", "rules");
    item.rules.push_back(rule.as_string());
  }
  return item;
}

std::vector<ReviewItem> items_in(const Json& table, const std::string& subject) {
  std::vector<ReviewItem> items;
  std::set<std::string> ids;
  std::set<std::string> scored;
  for (const auto& object : list_in(table, "items", subject)) {
    items.push_back(item_in(object, subject));
    const auto& item = items.back();
    if (!ids.insert(item.id).second) refuse(subject, object, "review.table_twice", item.id);
    if (item.part == ReviewPart::kVeto) continue;
    for (const auto& rule : item.rules) {
      if (!scored.insert(rule).second) refuse(subject, object, "review.table_two_items", rule);
    }
  }
  if (items.empty()) refuse(subject, table, "review.table_list", "items");
  return items;
}

std::vector<ReviewGrade> grades_in(const Json& table, const std::string& subject) {
  std::vector<ReviewGrade> grades;
  for (const auto& object : list_in(table, "grades", subject)) {
    if (!object.is_object()) refuse(subject, object, "review.table_item");
    const ReviewGrade grade{points_in(object, "from", 0, subject),
                            text_in(object, "zh-CN", subject), text_in(object, "en", subject)};
    if (!grades.empty() && grade.from >= grades.back().from) {
      refuse(subject, object, "review.table_grades");
    }
    grades.push_back(grade);
  }
  if (grades.empty() || grades.back().from != 0) refuse(subject, table, "review.table_grades");
  return grades;
}

[[noreturn]] void refuse_entry(const ReviewEntry& entry, std::string_view message_id,
                               const std::string& detail = {}) {
  throw Error(ErrorCode::kInvalid, entry.item,
              say(message_id, {{"item", entry.item}, {"detail", detail}}));
}

bool is_date(const std::string& text) {
  try {
    parse_instant(text);
    return true;
  } catch (const Error&) {
    return false;  // a text, not a time: the caller says so
  }
}

void check_entry(const ReviewEntry& entry, const ReviewTable& table) {
  const ReviewItem* item = table.find(entry.item);
  if (item == nullptr) refuse_entry(entry, "review.entry_unknown_item");
  if (entry.by.empty()) refuse_entry(entry, "review.entry_no_name");
  if (!is_date(entry.at)) refuse_entry(entry, "review.entry_no_date", entry.at);
  if (item->part == ReviewPart::kVeto) {
    if (!entry.is_met || entry.deduction) refuse_entry(entry, "review.entry_basic");
    return;
  }
  if (!entry.deduction || entry.is_met) refuse_entry(entry, "review.entry_scored");
  if (*entry.deduction < 0 || *entry.deduction > item->points) {
    refuse_entry(entry, "review.entry_points", points_text(item->points));
  }
}

std::string in_language(const std::string& chinese, const std::string& english) {
  return language() == Language::kChinese ? chinese : english;
}

}  // namespace

std::string points_text(Tenths points) {
  const Tenths size = points < 0 ? -points : points;
  const auto sign = points < 0 ? "-" : "";
  return size % 10 == 0 ? fmt::format("{}{}", sign, size / 10)
                        : fmt::format("{}{}.{}", sign, size / 10, size % 10);
}

std::string_view part_word(ReviewPart part) {
  switch (part) {
    case ReviewPart::kVeto:
      return "veto";
    case ReviewPart::kForm:
      return "form";
    case ReviewPart::kContent:
      break;
  }
  return "content";
}

std::string_view review_state_word(ReviewState state) {
  switch (state) {
    case ReviewState::kJudged:
      return "judged";
    case ReviewState::kOpen:
      return "open";
    case ReviewState::kNotApplicable:
      break;
  }
  return "not_applicable";
}

std::string ReviewItem::title() const { return in_language(title_zh, title_en); }

std::string ReviewGrade::name() const { return in_language(name_zh, name_en); }

ReviewTable ReviewTable::load(const std::optional<std::filesystem::path>& data) {
  const auto own = data ? *data / "review.json" : std::filesystem::path();
  std::error_code ignored;
  if (data && std::filesystem::exists(own, ignored))
    return parse(read_file(own), "data/review.json");
  return parse(embedded(kTableFile), std::string(kTableFile));
}

ReviewTable ReviewTable::parse(std::string_view text, const std::string& subject) {
  const Json json = Json::parse(text, subject);
  if (!json.is_object()) refuse(subject, json, "review.table_item");
  ReviewTable table;
  table.version_ = text_in(json, "version", subject);
  table.items_ = items_in(json, subject);
  table.grades_ = grades_in(json, subject);
  return table;
}

const ReviewItem* ReviewTable::find(std::string_view id) const {
  const auto found =
      std::find_if(items_.begin(), items_.end(), [&](const auto& item) { return item.id == id; });
  return found == items_.end() ? nullptr : &*found;
}

const ReviewItem* ReviewTable::scored_item_of(std::string_view rule) const {
  for (const auto& item : items_) {
    if (item.part == ReviewPart::kVeto) continue;
    if (std::find(item.rules.begin(), item.rules.end(), rule) != item.rules.end()) return &item;
  }
  return nullptr;
}

const ReviewGrade& ReviewTable::grade_of(Tenths score) const {
  for (const auto& grade : grades_) {
    if (score >= grade.from) return grade;
  }
  return grades_.back();
}

void check_person_review(const PersonReview& person, const ReviewTable& table) {
  std::set<std::string> seen;
  for (const auto& entry : person.entries) {
    check_entry(entry, table);
    if (!seen.insert(entry.item).second) refuse_entry(entry, "review.entry_twice");
  }
}

}  // namespace anjuan::rules
