#pragma once
// The items of the review form (案卷评查表): which rules each item lists, its points, the grades.
// Sources: schemas/rules/review.json; docs/formats/review.md.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::rules {

/// Points in tenths: a person may deduct half a point.
using Tenths = std::int64_t;

/// "7.5"; whole points without a decimal.
std::string points_text(Tenths points);

/// 基本标准, 卷面 (20 points), 内容 (80 points).
enum class ReviewPart { kVeto, kForm, kContent };

std::string_view part_word(ReviewPart part);  ///< "veto", "form", "content"

struct ReviewItem {
  std::string id;
  ReviewPart part = ReviewPart::kForm;
  std::string title_zh;
  std::string title_en;
  Tenths points = 0;  ///< 0 for a basic item
  std::vector<std::string> rules;

  std::string title() const;  ///< in the current language
};

struct ReviewGrade {
  Tenths from = 0;
  std::string name_zh;
  std::string name_en;

  std::string name() const;
};

class ReviewTable {
 public:
  /// The compiled-in table, or data/review.json of a home in its place.
  /// Throws Error(kInvalid) with file, line and reason.
  static ReviewTable load(const std::optional<std::filesystem::path>& data = std::nullopt);
  static ReviewTable parse(std::string_view text, const std::string& subject);

  const std::string& version() const { return version_; }

  const std::vector<ReviewItem>& items() const { return items_; }

  const ReviewItem* find(std::string_view id) const;
  /// The one item whose points the rule deducts from, or nullptr.
  const ReviewItem* scored_item_of(std::string_view rule) const;

  /// Highest first; the last begins at 0.
  const std::vector<ReviewGrade>& grades() const { return grades_; }

  const ReviewGrade& grade_of(Tenths score) const;

 private:
  std::string version_;
  std::vector<ReviewItem> items_;
  std::vector<ReviewGrade> grades_;
};

}  // namespace anjuan::rules
