#include "preservation/rules/review.h"

#include <map>
#include <set>

#include "core/error.h"

namespace anjuan::rules {

namespace {

bool is_open_result(CheckResult result) {
  return result == CheckResult::kNotChecked || result == CheckResult::kNeedsPerson;
}

ReviewLine line_of(const RuleResult& result) {
  ReviewLine line;
  line.rule = result.code;
  line.article = result.article;
  line.object = result.object;
  line.object_name = result.object_name;
  line.result = result.result;
  line.message = result.fact.empty() ? result.message : result.fact;
  if (result.result == CheckResult::kFailed && result.rule != nullptr) {
    line.points = Tenths{10} * std::max(0, result.rule->review_points);
  }
  return line;
}

using ResultsByRule = std::map<std::string_view, std::vector<const RuleResult*>>;

ResultsByRule by_rule(const Judgement& judgement) {
  ResultsByRule results;
  for (const auto& result : judgement.results) {
    results[result.code].push_back(&result);
  }
  return results;
}

std::size_t applied(const Judgement& judgement, const std::string& rule) {
  const auto found = judgement.counts.find(rule);
  if (found == judgement.counts.end()) return 0;
  const RuleCounts& counts = found->second;
  return counts.passed + counts.failed + counts.not_checked + counts.needs_person;
}

/// A basic item applies to every case: where no rule speaks of it, a person must.
ReviewState state_of(const ReviewedItem& item, const ReviewItem& in_table,
                     std::size_t applied_times) {
  if (!item.open.empty() || in_table.rules.empty()) return ReviewState::kOpen;
  if (applied_times > 0) return ReviewState::kJudged;
  return in_table.part == ReviewPart::kVeto ? ReviewState::kOpen : ReviewState::kNotApplicable;
}

void apply_entry(ReviewedItem& item, const ReviewEntry& entry) {
  item.entry = entry;
  item.state = ReviewState::kJudged;
  if (item.part == ReviewPart::kVeto) {
    item.is_failed = item.is_failed || !entry.is_met.value_or(false);
  } else {
    item.deducted = std::min(item.points, item.deducted + entry.deduction.value_or(0));
  }
}

ReviewedItem judged_item(const ReviewItem& in_table, const Judgement& judgement,
                         const ResultsByRule& results) {
  ReviewedItem item;
  item.id = in_table.id;
  item.part = in_table.part;
  item.title = in_table.title();
  item.points = in_table.points;
  std::size_t applied_times = 0;
  for (const auto& rule : in_table.rules) {
    applied_times += applied(judgement, rule);
    const auto found = results.find(rule);
    if (found == results.end()) continue;
    for (const RuleResult* result : found->second) {
      if (result->result == CheckResult::kFailed) item.failed.push_back(line_of(*result));
      if (is_open_result(result->result)) item.open.push_back(line_of(*result));
    }
  }
  applied_times += item.failed.size();
  item.state = state_of(item, in_table, applied_times);
  if (item.part == ReviewPart::kVeto) {
    item.is_failed = !item.failed.empty();
    // One failed rule decides a basic item, whatever else could not be judged.
    if (item.is_failed) item.state = ReviewState::kJudged;
    return item;
  }
  for (const auto& line : item.failed) {
    item.deducted = std::min(item.points, item.deducted + line.points);
  }
  return item;
}

/// An open item counts with what is certainly lost, and with nothing that might be won.
void add_up(ReviewSheet& sheet) {
  for (const auto& item : sheet.items) {
    if (item.part == ReviewPart::kVeto || item.state == ReviewState::kNotApplicable) continue;
    if (item.state == ReviewState::kOpen) {
      sheet.maximum += item.deducted;
    } else {
      sheet.maximum += item.points;
      sheet.sum += item.points - item.deducted;
    }
  }
  if (sheet.maximum > 0) {  // tenths of 100 points, half a tenth rounds up
    sheet.score = (sheet.sum * 2000 + sheet.maximum) / (2 * sheet.maximum);
  }
  sheet.is_complete = sheet.open_items() == 0;
}

const ReviewEntry* entry_of(const PersonReview* person, const std::string& item) {
  if (person == nullptr) return nullptr;
  for (const auto& entry : person->entries) {
    if (entry.item == item) return &entry;
  }
  return nullptr;
}

void add_unlisted(ReviewSheet& sheet, const Judgement& judgement, const ReviewTable& table) {
  for (const auto& result : judgement.results) {
    if (result.result != CheckResult::kFailed) continue;
    if (table.scored_item_of(result.code) == nullptr) sheet.unlisted.push_back(line_of(result));
  }
}

}  // namespace

std::size_t ReviewSheet::open_items() const {
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [](const auto& item) {
    return item.state == ReviewState::kOpen;
  }));
}

bool ReviewSheet::has_failed_basic_item() const {
  return std::any_of(items.begin(), items.end(), [](const auto& item) { return item.is_failed; });
}

ReviewSheet review(const Judgement& judgement, const ReviewTable& table, const PersonReview* person,
                   const std::string& case_no) {
  if (person != nullptr) check_person_review(*person, table);
  ReviewSheet sheet;
  sheet.case_no = case_no;
  sheet.table_version = table.version();
  if (judgement.rules != nullptr) {
    sheet.rules_version = judgement.rules->version();
    sheet.rules_digest = judgement.rules->digest();
  }
  const auto results = by_rule(judgement);
  for (const auto& in_table : table.items()) {
    auto item = judged_item(in_table, judgement, results);
    if (const auto* entry = entry_of(person, item.id)) apply_entry(item, *entry);
    sheet.items.push_back(std::move(item));
  }
  add_unlisted(sheet, judgement, table);
  add_up(sheet);
  if (sheet.is_complete && sheet.score) {
    sheet.grade = sheet.has_failed_basic_item() ? table.grades().back().name()
                                                : table.grade_of(*sheet.score).name();
  }
  return sheet;
}

}  // namespace anjuan::rules
