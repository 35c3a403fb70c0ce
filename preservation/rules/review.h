#pragma once
// The review form (案卷评查表): what a judged case scores, and what only a person can say.
//
// Each failed result deducts its rule's review points from the one scored item that lists the rule,
// down to 0; a failed rule of a basic item (基本标准) makes that item fail. What was not judged is
// open (待人工评查) and never counts as passed: an open item enters the sum with its certain loss
// alone, an item that does not apply enters neither sum nor maximum. The score is the sum converted
// to 100 (折算). Until a person has filled every open item it is a preliminary score without grade.
// Sources: schemas/rules/review.json; docs/formats/review.md.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "preservation/rules/judgement.h"
#include "preservation/rules/review_table.h"

namespace anjuan::rules {

/// What a person says of one item; the system's deductions stand beside it.
struct ReviewEntry {
  std::string item;
  std::optional<bool> is_met;       ///< of a basic item
  std::optional<Tenths> deduction;  ///< of a scored item; 0 = met in full
  std::string note;
  std::string by;
  std::string at;  ///< date

  bool operator==(const ReviewEntry&) const = default;
};

struct PersonReview {
  std::string case_no;  ///< "" = not said
  std::vector<ReviewEntry> entries;
};

/// Throws Error(kInvalid) with a sentence: unknown item, item twice, no name or no date, nothing
/// said, a deduction below 0 or above the item's points.
void check_person_review(const PersonReview& person, const ReviewTable& table);

enum class ReviewState { kJudged, kOpen, kNotApplicable };

std::string_view review_state_word(ReviewState state);  ///< "judged", "open", "not_applicable"

/// A failed or open result under an item.
struct ReviewLine {
  std::string rule;
  std::string article;
  std::string object;
  std::string object_name;
  CheckResult result = CheckResult::kFailed;
  Tenths points = 0;    ///< of the rule; 0 for what is open
  std::string message;  ///< what was found or could not be judged

  bool operator==(const ReviewLine&) const = default;
};

struct ReviewedItem {
  std::string id;
  ReviewPart part = ReviewPart::kForm;
  std::string title;
  Tenths points = 0;
  ReviewState state = ReviewState::kJudged;
  bool is_failed = false;  ///< of a basic item
  Tenths deducted = 0;     ///< by rules and person, at most `points`
  std::vector<ReviewLine> failed;
  std::vector<ReviewLine> open;  ///< what the system could not judge, also after a person did
  std::optional<ReviewEntry> entry;

  bool operator==(const ReviewedItem&) const = default;
};

struct ReviewSheet {
  std::string case_no;
  std::string table_version;
  std::string rules_version;
  std::string rules_digest;
  std::vector<ReviewedItem> items;   ///< in the order of the table
  std::vector<ReviewLine> unlisted;  ///< failed, but in no item: a bureau's own rules, media facts
  Tenths sum = 0;                    ///< 得分
  Tenths maximum = 0;                ///< 应得分
  std::optional<Tenths> score;       ///< 折算; nothing where nothing was judged
  bool is_complete = false;          ///< no item is open
  std::string grade;                 ///< "" until complete

  bool operator==(const ReviewSheet&) const = default;

  std::size_t open_items() const;
  bool has_failed_basic_item() const;
};

/// Throws what check_person_review() throws.
ReviewSheet review(const Judgement& judgement, const ReviewTable& table,
                   const PersonReview* person = nullptr, const std::string& case_no = {});

}  // namespace anjuan::rules
