#pragma once
// The grammar of the closed set of operators: what each takes, and which way a change tightens it.
//
// docs/formats/rules.md says what each operator means. What has passed check_parameters() can be
// read without checks: required parameters are there, types, ranges and names are right.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "preservation/rules/data_reader.h"
#include "preservation/rules/key_names.h"
#include "preservation/rules/rule_set.h"

namespace anjuan::rules {

/// What a parameter's value is.
enum class ParameterForm {
  kCount,      ///< integer in [least, most]
  kFlag,       ///< true or false
  kWord,       ///< one of `words`
  kTexts,      ///< list of texts, of `words` if there are any
  kKey,        ///< a key of `home`
  kKeyChoice,  ///< "served_at|start": the first that is filled
  kKeys,       ///< list of keys of `home`
  kRoles,      ///< list of roles, each perhaps "party|agent"
  kDocument,   ///< one D_*
  kDocuments,  ///< list of D_*
  kEvent,      ///< one EV_*
  kEvents,     ///< list of EV_*
  kNight,      ///< ["22:00", "06:00"]
  kListName,   ///< a named list of the rule files
  kControl,    ///< "CTL-..."
  kPleaAfter,  ///< {"event": EV_*, "days_field": key of a document}
};

/// Which change of a parameter makes its operator demand no less than before.
enum class Tightens {
  kSame,      ///< none can be proven
  kHigher,    ///< or equal; likewise below
  kLower,     ///< for an optional one also none: what was granted is no longer
  kSuperset,  ///< no list is the empty list
  kSubset,
  kTrue,
  kNone,       ///< the same, or none
  kRefusal,    ///< asks more of a refusal to sign
  kRoles,      ///< each former role is demanded still, with no more ways out
  kWiderNight  ///< begins no later, ends no earlier
};

enum class Need { kRequired, kOptional };

struct Parameter {
  std::string_view name;
  ParameterForm form = ParameterForm::kCount;
  Need need = Need::kRequired;
  Tightens tightens = Tightens::kSame;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::vector<std::string_view> words;
  KeyHome home = KeyHome::kCase;
  bool is_of_subject = false;  ///< `home` is what the trigger walks over
};

/// Empty = agreed; else the reason, a sentence.
using Agreement = std::string (*)(const Json& parameters);

struct Signature {
  std::string_view op;
  std::vector<Subject> subjects;  ///< of the triggers that it may stand under
  std::vector<Parameter> parameters;
  Agreement agree = nullptr;  ///< between the parameters
};

const std::vector<Signature>& signatures();
/// Nullptr for what is none; "all" and "any" have one without parameters.
const Signature* signature_of(std::string_view op);
std::vector<std::string_view> operator_names();

using NamedLists = std::map<std::string, std::vector<std::string>, std::less<>>;

/// What names in a rule refer to.
struct RuleScope {
  Subject subject = Subject::kCase;
  const KeyNames& names;
  const NamedLists& lists;
};

/// The parameters of `written` (an operator with "op" and perhaps "of"), sorted by name.
/// Throws Error(kInvalid).
Json check_parameters(const DataReader& reader, const Signature& signature, const Json& written,
                      const RuleScope& scope);

/// The name of the first parameter that demands less than before, or "".
std::string_view weaker_parameter(const Signature& signature, const Json& now, const Json& before);

}  // namespace anjuan::rules
