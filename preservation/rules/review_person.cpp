// What a person may enter on a review form.

#include <set>

#include "core/clock.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/rules/review.h"

namespace anjuan::rules {

namespace {

[[noreturn]] void refuse_entry(const ReviewEntry& entry, std::string_view message_id,
                               const std::string& detail = {}) {
  throw Error(ErrorCode::kInvalid, entry.item,
              say(message_id, {{"item", entry.item}, {"detail", detail}}));
}

void check_entry(const ReviewEntry& entry, const ReviewTable& table) {
  const ReviewItem* item = table.find(entry.item);
  if (item == nullptr) refuse_entry(entry, "review.entry_unknown_item");
  if (entry.by.empty()) refuse_entry(entry, "review.entry_no_name");
  if (!instant_of(entry.at)) refuse_entry(entry, "review.entry_no_date", entry.at);
  if (item->part == ReviewPart::kVeto) {
    if (!entry.is_met || entry.deduction) refuse_entry(entry, "review.entry_basic");
    return;
  }
  if (!entry.deduction || entry.is_met) refuse_entry(entry, "review.entry_scored");
  if (*entry.deduction < 0 || *entry.deduction > item->points) {
    refuse_entry(entry, "review.entry_points", points_text(item->points));
  }
}

}  // namespace

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

void check_person_review(const PersonReview& person, const ReviewTable& table) {
  std::set<std::string> seen;
  for (const auto& entry : person.entries) {
    check_entry(entry, table);
    if (!seen.insert(entry.item).second) refuse_entry(entry, "review.entry_twice");
  }
}

}  // namespace anjuan::rules
