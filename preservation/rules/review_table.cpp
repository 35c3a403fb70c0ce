// What a review table may hold, and how its words are shown.

#include "preservation/rules/review_table.h"

#include <set>

#include "core/durable.h"
#include "core/embedded.h"
#include "core/json.h"
#include "core/messages.h"
#include "preservation/rules/data_reader.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kTableFile = "rules/review.json";
constexpr std::int64_t kPointsMax = 1000;

Tenths points_in(const DataReader& reader, const Json& object, std::string_view key,
                 std::int64_t least) {
  return reader.integer(object, key, least, kPointsMax) * 10;
}

ReviewPart part_in(const DataReader& reader, const Json& object) {
  const std::string word = reader.word(object, "part", {"veto", "form", "content"});
  if (word == "veto") return ReviewPart::kVeto;
  return word == "form" ? ReviewPart::kForm : ReviewPart::kContent;
}

std::vector<std::string> rules_in(const DataReader& reader, const Json& object) {
  const Json& list = reader.need(object, "rules", Json::Type::kArray);
  if (list.items().empty()) return {};  // an item that only a person can judge
  return reader.texts(list, "rules");
}

ReviewItem item_in(const DataReader& reader, const Json& object) {
  reader.check_keys(object, {"id", "part", "zh-CN", "en", "points", "rules", "note"});
  ReviewItem item;
  item.id = reader.text(object, "id");
  item.part = part_in(reader, object);
  item.title_zh = reader.text(object, "zh-CN");
  item.title_en = reader.text(object, "en");
  if (item.part != ReviewPart::kVeto) item.points = points_in(reader, object, "points", 1);
  item.rules = rules_in(reader, object);
  return item;
}

/// The items of a list that is not empty.
const std::vector<Json>& list_in(const DataReader& reader, const Json& table,
                                 std::string_view key) {
  const Json& list = reader.need(table, key, Json::Type::kArray);
  const auto& items = reader.items(list, key);
  if (items.empty()) {
    reader.refuse(list.place(), say("review.table_empty", {{"key", std::string(key)}}));
  }
  return items;
}

std::vector<ReviewItem> items_in(const DataReader& reader, const Json& table) {
  std::vector<ReviewItem> items;
  std::set<std::string> ids;
  std::set<std::string> scored;
  for (const Json& object : list_in(reader, table, "items")) {
    items.push_back(item_in(reader, object));
    const ReviewItem& item = items.back();
    if (!ids.insert(item.id).second) {
      reader.refuse(object.place(), say("review.table_twice", {{"item", item.id}}));
    }
    if (item.part == ReviewPart::kVeto) continue;
    for (const std::string& rule : item.rules) {
      if (scored.insert(rule).second) continue;
      reader.refuse(object.place(), say("review.table_two_items", {{"rule", rule}}));
    }
  }
  return items;
}

std::vector<ReviewGrade> grades_in(const DataReader& reader, const Json& table) {
  std::vector<ReviewGrade> grades;
  for (const Json& object : list_in(reader, table, "grades")) {
    reader.check_keys(object, {"from", "zh-CN", "en"});
    const ReviewGrade grade{points_in(reader, object, "from", 0), reader.text(object, "zh-CN"),
                            reader.text(object, "en")};
    if (!grades.empty() && grade.from >= grades.back().from) {
      reader.refuse(object.place(), say("review.table_grades"));
    }
    grades.push_back(grade);
  }
  if (grades.back().from != 0) reader.refuse(table.place(), say("review.table_grades"));
  return grades;
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

std::string ReviewItem::title() const { return in_language(title_zh, title_en); }

std::string ReviewGrade::name() const { return in_language(name_zh, name_en); }

ReviewTable ReviewTable::load(const std::optional<std::filesystem::path>& data) {
  const auto own = data ? *data / "review.json" : std::filesystem::path();
  std::error_code ignored;
  if (data && std::filesystem::exists(own, ignored))
    return parse(read_file(own, kDataBytesMax + 1), "data/review.json");
  return parse(embedded(kTableFile), std::string(kTableFile));
}

ReviewTable ReviewTable::parse(std::string_view text, const std::string& subject) {
  const DataReader reader(subject);
  const Json json = reader.parse(text);
  reader.check_keys(
      json, {"schema", "version", "zh-CN", "en", "source", "basic", "note", "items", "grades"});
  ReviewTable table;
  table.version_ = reader.text(json, "version");
  table.items_ = items_in(reader, json);
  table.grades_ = grades_in(reader, json);
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

}  // namespace anjuan::rules
