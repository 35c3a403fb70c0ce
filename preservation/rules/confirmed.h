#pragma once
// What people confirmed of a case that is described in depth basic (docs/formats/case.md,
// `confirmed`): JSON pointers to elements, in which an item may be named by its id.

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/case/case_file.h"
#include "preservation/rules/judgement.h"

namespace anjuan::rules {

/// "events", "docs", "av".
std::string_view list_of(Subject subject);

/// True for elements that a person must confirm in depth basic: fields, signatures and refusal of
/// documents, all of a step but its id, kind and times of start and end, picture tags.
bool is_content(Subject subject, std::string_view key);

/// At most so many lines of `confirmed` that confirm nothing are reported.
inline constexpr std::size_t kStrayMax = 1000;

/// A line of `confirmed` that confirms nothing.
struct StrayConfirmation {
  std::string path;
  std::string reason;  ///< id of a message: judge.stray_nowhere, judge.stray_nobody
};

class ConfirmedElements {
 public:
  explicit ConfirmedElements(const CaseFile& declared);

  /// `element`: "place", "fields/reason", "signed/party", "tags".
  bool has(Subject subject, std::size_t position, std::string_view element) const;

  const Confirmations& counted() const { return counted_; }

  const std::vector<StrayConfirmation>& stray() const { return stray_; }

 private:
  std::unordered_set<std::string> elements_;
  Confirmations counted_;
  std::vector<StrayConfirmation> stray_;
};

}  // namespace anjuan::rules
