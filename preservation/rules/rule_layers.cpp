// From rule files to one rule set.

#include <algorithm>

#include "core/digest.h"
#include "core/messages.h"
#include "preservation/rules/layers.h"
#include "preservation/rules/rule_loader.h"
#include "preservation/rules/rule_text.h"
#include "preservation/rules/rule_tighter.h"

namespace anjuan::rules {

class RuleSetBuilder {
 public:
  void add(const RuleFile& file) {
    const DataReader reader(file.name);
    const auto read = read_rule_file(reader, file.text, lists_);
    check_order(reader, read);
    add_lists(lists_, read.lists);
    if (read.is_in_force) {
      has_whole_set_ = true;
      layers_.take_over(reader, read.rules, read.weakened);
    } else {
      layers_.lay(reader, read.sources.front().layer, read.rules, read.weakened);
    }
    for (const auto& source : read.sources) add_source(source);
    last_file_ = file.name;
    check_totals(reader);
  }

  std::shared_ptr<const RuleSet> build() {
    auto set = std::make_shared<RuleSet>();
    std::sort(sources_.begin(), sources_.end());
    set->version_ = version();
    set->values_ = lists_;
    set->rules_ = layers_.take_items();
    set->weakened_ = layers_.take_weakened();
    for (std::size_t i = 0; i < set->rules_.size(); ++i) set->by_id_[set->rules_[i].id] = i;
    set->canonical_text_ = canonical_rules(sources_, lists_, set->weakened_, set->rules_);
    DataReader(last_file_).check_size(set->canonical_text_);
    set->digest_ = digest_hex(DigestAlgorithm::kSha512, set->canonical_text_);
    return set;
  }

 private:
  /// A whole set stands alone; else higher layers come first.
  void check_order(const DataReader& reader, const ReadRuleFile& read) const {
    if (has_whole_set_ || (read.is_in_force && !sources_.empty())) {
      reader.refuse({1, 1}, say("rules.whole_set_alone"));
    }
    if (read.is_in_force || sources_.empty()) return;
    if (read.sources.front().layer >= sources_.back().layer) return;
    reader.refuse({1, 1}, say("rules.layer_order"));
  }

  /// Two files of one version leave no trace of having been two.
  void add_source(const RuleSource& source) {
    const auto found = std::find(sources_.begin(), sources_.end(), source);
    if (found == sources_.end()) sources_.push_back(source);
  }

  /// The limits of one file hold for all files together: the set must come back from its text.
  void check_totals(const DataReader& reader) const {
    reader.check_length({1, 1}, "sources", sources_.size());
    reader.check_length({1, 1}, "weakened", layers_.weakened().size());
    for (const auto& [name, list] : lists_) reader.check_length({1, 1}, name, list.size());
  }

  /// "seed 2026-11 + national 2026-11"
  std::string version() const {
    std::string joined;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      const auto& source = sources_[i];
      const bool is_repeated = i > 0 && source.layer == sources_[i - 1].layer &&
                               source.version == sources_[i - 1].version;
      if (is_repeated) continue;
      if (i > 0) joined += " + ";
      joined += fmt::format("{} {}", layer_word(source.layer), source.version);
    }
    return joined;
  }

  Layers<Rule> layers_{weaker_in};
  NamedLists lists_;
  std::vector<RuleSource> sources_;
  std::string last_file_;
  bool has_whole_set_ = false;
};

std::shared_ptr<const RuleSet> RuleSet::from_files(const std::vector<RuleFile>& files) {
  RuleSetBuilder builder;
  for (const auto& file : files) builder.add(file);
  return builder.build();
}

}  // namespace anjuan::rules
