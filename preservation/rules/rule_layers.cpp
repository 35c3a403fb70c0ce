// Laying the layers on each other: a lower one adds and tightens, or says who allowed it to weaken.

#include <algorithm>

#include "core/digest.h"
#include "core/messages.h"
#include "preservation/rules/rule_loader.h"
#include "preservation/rules/rule_text.h"
#include "preservation/rules/rule_tighter.h"

namespace anjuan::rules {

class RuleSetBuilder {
 public:
  void add(const RuleFile& file) {
    const DataReader reader(file.name);
    const auto read = read_rule_file(reader, file.text, set_->values_);
    check_order(reader, read);
    add_lists(set_->values_, read.lists);
    for (const auto& source : read.sources) {
      if (std::find(sources_.begin(), sources_.end(), source) == sources_.end()) {
        sources_.push_back(source);
      }
    }
    if (read.is_in_force) {
      take_over(reader, read);
    } else {
      lay_on(reader, read);
    }
  }

  std::shared_ptr<const RuleSet> build() {
    std::sort(sources_.begin(), sources_.end());
    set_->version_ = version();
    set_->canonical_text_ = canonical_rules(sources_, set_->values_, set_->weakened_, set_->rules_);
    set_->digest_ = digest_hex(DigestAlgorithm::kSha512, set_->canonical_text_);
    return std::move(set_);
  }

 private:
  /// A whole set stands alone; else higher layers come first.
  void check_order(const DataReader& reader, const ReadRuleFile& read) const {
    if (read.is_in_force ? !sources_.empty() : has_whole_set_) {
      reader.refuse({1, 1}, say("rules.whole_set_alone"));
    }
    if (read.is_in_force || sources_.empty()) return;
    if (read.sources.front().layer >= sources_.back().layer) return;
    reader.refuse({1, 1}, say("rules.layer_order"));
  }

  void take_over(const DataReader& reader, const ReadRuleFile& read) {
    has_whole_set_ = true;
    for (const auto& rule : read.rules) add_rule(reader, rule);
    for (const auto& weakened : read.weakened) set_->weakened_.push_back(weakened.record);
  }

  void lay_on(const DataReader& reader, const ReadRuleFile& read) {
    check_records(reader, read);
    std::vector<std::string_view> used;
    for (const auto& rule : read.rules) {
      if (find(rule.rule.id) == nullptr) {
        add_rule(reader, rule);
      } else if (replace(reader, rule, read)) {
        used.push_back(rule.rule.id);
      }
    }
    for (const auto& weakened : read.weakened) {
      if (weakened.record.change == kRemoved) {
        remove(reader, weakened, read);
      } else if (std::find(used.begin(), used.end(), weakened.record.rule) == used.end()) {
        refuse(reader, weakened.place, "rules.record_unused", weakened.record.rule);
      }
      set_->weakened_.push_back(weakened.record);
    }
  }

  /// Each is about a rule of a higher layer, and no two about one.
  void check_records(const DataReader& reader, const ReadRuleFile& read) const {
    std::vector<std::string_view> seen;
    for (const auto& weakened : read.weakened) {
      const auto& id = weakened.record.rule;
      const Rule* rule = find(id);
      if (rule == nullptr || rule->layer == read.sources.front().layer) {
        refuse(reader, weakened.place, "rules.record_without_rule", id);
      }
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) {
        refuse(reader, weakened.place, "rules.record_twice", id);
      }
      seen.push_back(id);
    }
  }

  void add_rule(const DataReader& reader, const ReadRule& read) {
    const auto id = read.rule.id;
    if (const Rule* first = find(id)) refuse_twice(reader, read, *first);
    if (set_->rules_.size() >= kRulesMax) {
      reader.refuse(read.place,
                    say("rules.too_many_rules", {{"limit", std::to_string(kRulesMax)}}));
    }
    set_->by_id_[id] = set_->rules_.size();
    set_->rules_.push_back(read.rule);
  }

  /// True if the rule is weaker than the one it replaces, and a record allows it.
  bool replace(const DataReader& reader, const ReadRule& read, const ReadRuleFile& file) {
    Rule& former = set_->rules_[set_->by_id_.find(read.rule.id)->second];
    if (former.layer == read.rule.layer) refuse_twice(reader, read, former);
    const auto weaker = weaker_in(read.rule, former);
    if (!weaker.empty() && record_of(file, read.rule.id) == nullptr) {
      reader.refuse(read.place,
                    say("rules.weaker",
                        {{"rule", read.rule.id}, {"article", former.article}, {"what", weaker}}));
    }
    former = read.rule;
    return !weaker.empty();
  }

  void remove(const DataReader& reader, const ReadRecord& weakened, const ReadRuleFile& file) {
    const auto& id = weakened.record.rule;
    for (const auto& rule : file.rules) {
      if (rule.rule.id == id) refuse(reader, rule.place, "rules.removed_and_there", id);
    }
    set_->rules_.erase(set_->rules_.begin() +
                       static_cast<std::ptrdiff_t>(set_->by_id_.find(id)->second));
    set_->by_id_.clear();
    for (std::size_t i = 0; i < set_->rules_.size(); ++i) set_->by_id_[set_->rules_[i].id] = i;
  }

  static const WeakeningRecord* record_of(const ReadRuleFile& file, std::string_view id) {
    for (const auto& weakened : file.weakened) {
      if (weakened.record.rule == id) return &weakened.record;
    }
    return nullptr;
  }

  const Rule* find(std::string_view id) const { return set_->find(id); }

  [[noreturn]] static void refuse(const DataReader& reader, Place place, std::string_view message,
                                  const std::string& rule) {
    reader.refuse(place, say(message, {{"rule", rule}}));
  }

  [[noreturn]] static void refuse_twice(const DataReader& reader, const ReadRule& read,
                                        const Rule& first) {
    reader.refuse(read.place,
                  say("rules.rule_twice", {{"rule", read.rule.id}, {"first", first.origin}}));
  }

  std::string version() const {
    std::vector<std::string> parts;
    for (const auto& source : sources_) {
      auto part = fmt::format("{} {}", layer_word(source.layer), source.version);
      if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
        parts.push_back(std::move(part));
      }
    }
    std::string joined;
    for (const auto& part : parts) joined += (joined.empty() ? "" : " + ") + part;
    return joined;
  }

  std::shared_ptr<RuleSet> set_ = std::make_shared<RuleSet>();
  std::vector<RuleSource> sources_;
  bool has_whole_set_ = false;
};

std::shared_ptr<const RuleSet> RuleSet::from_files(const std::vector<RuleFile>& files) {
  RuleSetBuilder builder;
  for (const auto& file : files) builder.add(file);
  return builder.build();
}

}  // namespace anjuan::rules
