#pragma once
// The closed set of operators: each is a small function that looks at one object of one case and
// says how the requirement stands, with the facts it saw. Meaning: docs/formats/rules.md.

#include <string>
#include <string_view>
#include <vector>

#include "preservation/rules/case_facts.h"
#include "preservation/rules/wording.h"

namespace anjuan::rules {

/// Where an operator is asked.
struct Scene {
  const CaseFacts& facts;
  const LawBook& law;
  const Words& words;
  const Rule& rule;
  const Item& object;  ///< step, document, recording, or the case

  /// The step that the object is, or belongs to; nullptr for the case.
  const Item* event() const;
  /// At the step for an object that has one, in the whole case otherwise.
  Items documents(const std::vector<std::string>& kinds) const;
};

struct Fact {
  std::string what;    ///< "制作人未填写"
  std::string remedy;  ///< "请补填制作人"; may be ""
};

struct Outcome {
  CheckResult result = CheckResult::kPassed;
  std::vector<Fact> facts;  ///< why it did not pass
  FactBasis basis = FactBasis::kNone;
  std::vector<Deadline> open;  ///< periods that still run

  static Outcome passed() { return {}; }

  static Outcome not_applicable() { return {CheckResult::kNotApplicable, {}, {}, {}}; }

  static Outcome failed(Fact fact) { return {CheckResult::kFailed, {std::move(fact)}, {}, {}}; }

  static Outcome not_checked(Fact fact) {
    return {CheckResult::kNotChecked, {std::move(fact)}, {}, {}};
  }

  static Outcome needs_person(Fact fact) {
    return {CheckResult::kNeedsPerson, {std::move(fact)}, {}, {}};
  }

  Outcome& resting_on(FactBasis more);
};

/// kDeclared outweighs kMeasured outweighs kNone.
FactBasis joined(FactBasis left, FactBasis right);
/// What a result that reads this recording rests on.
FactBasis basis_of(const Scene& scene, const Item& recording);

using OperatorFunction = Outcome (*)(const Scene&, const Json& parameters);

/// Over what an operator's outcome is the same: it is then worked out once.
enum class Reach { kObject, kEvent, kCase };

struct Operator {
  std::string_view name;
  OperatorFunction judge;
  Reach reach = Reach::kObject;
};

/// nullptr for a name that is no operator ("all" and "any" are the walk's own).
const Operator* find_operator(std::string_view name);

/// Parameters, which have passed the operator's signature.
std::vector<std::string> texts(const Json& parameters, std::string_view key);
std::int64_t whole_number(const Json& parameters, std::string_view key, std::int64_t fallback);

/// Of av_continuity, where a rule names no gap_s.
inline constexpr std::int64_t kSeamDefaultS = 2;

/// Failed with the names of what is empty, else needs a person for what nobody confirmed.
struct Gaps {
  std::vector<std::string> empty;  ///< labels
  std::vector<std::string> open;

  void note(Truth truth, const std::string& label);

  bool any() const { return !empty.empty() || !open.empty(); }
};

Outcome outcome_of(const Scene& scene, const Gaps& gaps, std::string_view empty_message,
                   std::string_view subject = "");

/// needs_person for elements that nobody confirmed.
Outcome unconfirmed(const Scene& scene, const std::vector<std::string>& labels);

/// needs_person for a recording whose measured continuity allows neither answer.
Outcome unclear_continuity(const Scene& scene, const Item& recording);

/// The outcome for a time that an operator needs and cannot read.
Fact unreadable(const Scene& scene, const std::string& label, const Moment& moment);
/// The same for a time that is missing or cannot be read, of the object or of another item.
Fact unknown_time(const Scene& scene, const Item& item, const std::string& label,
                  const Moment& moment);

/// Does a role of a document's `signed` count at least `count`?
Truth has_signed(const Scene& scene, const Item& document, std::string_view role, double count = 1);
/// All that the operator `signed` asks of one document.
Outcome judge_signatures(const Scene& scene, const Item& document, const Json& parameters);

}  // namespace anjuan::rules
