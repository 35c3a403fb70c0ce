#pragma once
// One rule file read strictly, before the layers are laid on each other.

#include <string>
#include <tuple>
#include <vector>

#include "preservation/rules/data_reader.h"
#include "preservation/rules/layers.h"
#include "preservation/rules/rule_set.h"
#include "preservation/rules/rule_signatures.h"

namespace anjuan::rules {

inline constexpr std::string_view kRulesSchema = "urn:anjuan:rules:1";
/// `layer` of a file that holds a whole rule set (RuleSet::canonical_text()).
inline constexpr std::string_view kInForce = "in_force";

/// Operators of one rule, and how deep they stand in each other.
inline constexpr std::size_t kOperatorsMax = 64;
inline constexpr std::size_t kOperatorDepthMax = 8;

/// Which data a rule set was made of.
struct RuleSource {
  Layer layer = Layer::kSeed;
  std::string version;
  std::string title;

  bool operator==(const RuleSource&) const = default;

  bool operator<(const RuleSource& other) const {
    return std::tie(layer, version, title) < std::tie(other.layer, other.version, other.title);
  }
};

struct ReadRuleFile {
  bool is_in_force = false;
  std::vector<RuleSource> sources;  ///< one, unless in force
  NamedLists lists;
  std::vector<ReadItem<Rule>> rules;
  std::vector<ReadRecord> weakened;
};

/// `known` are the named lists of the files before it. Throws Error(kInvalid).
ReadRuleFile read_rule_file(const DataReader& reader, std::string_view text,
                            const NamedLists& known);

/// Adds what is new.
void add_lists(NamedLists& lists, const NamedLists& more);

}  // namespace anjuan::rules
