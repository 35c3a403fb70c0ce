#pragma once
// The rules of the law as data: three layers, one closed set of operators, checked when loaded.
//
// A rule file that is off is refused whole, with file, line and reason. A lower layer may add rules
// and tighten those of a higher one; what weakens or removes one needs a record by the legal
// section, which every report shows. Source of the operators: docs/formats/rules.md.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/json.h"
#include "preservation/rules/data_reader.h"

namespace anjuan::rules {

/// From the bureau's operating rules (细则), from national law, from the bureau's own data.
enum class Layer { kSeed, kNational, kBureau };

std::string_view layer_word(Layer layer);  ///< "seed", "national", "bureau"

/// What a rule's `trigger` walks over.
enum class Subject { kCase, kEvent, kDocument, kRecording };

/// key = value, or key in values where written `key_in`; a missing boolean is false.
struct Condition {
  std::string key;
  std::vector<Json> values;
};

struct Trigger {
  Subject subject = Subject::kCase;
  std::vector<std::string> kinds;  ///< EV_* or D_*; empty = every object of the subject
  std::vector<Condition> where;    ///< on the object; for kCase on the case
};

/// A tree of operators; `parameters` has passed the operator's signature.
struct Requirement {
  std::string op;
  Json parameters;
  std::vector<Requirement> of;  ///< of "all" and "any"
};

/// `control`: proven by the system's own tests, never judged on a case.
enum class Weight { kBlock, kError, kWarn, kInfo, kControl };

struct Rule {
  std::string id;       ///< "QCL-15-3"
  std::string article;  ///< "15" of the operating rules, or "行政处罚法64(2)"
  Layer layer = Layer::kSeed;
  std::string phase;  ///< ingest, package, preservation, catalog
  Weight weight = Weight::kError;
  Trigger trigger;
  Requirement require;
  std::string message_zh;
  std::string message_en;
  std::string source_text;  ///< quoted, pieces divided by "…"
  bool is_source_verified = true;
  int review_points = 0;
  std::string note;
  std::string origin;  ///< file and line it was read from, "rules/seed.json:12"

  Severity severity() const;  ///< of a finding; kInfo for a control
};

/// 法制股 allows a bureau to weaken or remove a rule; shown in every report.
struct WeakeningRecord {
  std::string rule;
  std::string change;  ///< "removed", or what is weaker
  std::string reason;
  std::string by;        ///< name and office in the legal section
  std::string at;        ///< date
  std::string document;  ///< number of the paper decision
};

using RuleFile = DataFile;

class RuleSet {
 public:
  /// The compiled-in layers, then every *.json of `bureau` (a home's data/rules) in name order.
  /// Throws Error(kInvalid) with file, line and reason; as read_file() for what cannot be read.
  static std::shared_ptr<const RuleSet> load(
      const std::optional<std::filesystem::path>& bureau = std::nullopt);
  /// Of files in the order of their layers, or of one canonical_text().
  static std::shared_ptr<const RuleSet> from_files(const std::vector<RuleFile>& files);

  const std::vector<Rule>& rules() const { return rules_; }

  const Rule* find(std::string_view id) const;

  const std::vector<WeakeningRecord>& weakened() const { return weakened_; }

  /// Named lists that rules refer to by `values_from`, e.g. "config.designated_stores".
  const std::vector<std::string>& values(std::string_view name) const;

  /// "seed 2025-01 + national 2025-06", of all layers.
  const std::string& version() const { return version_; }

  /// SHA-512 (hex) of canonical_text(): equal rules, equal digest, whatever the files.
  const std::string& digest() const { return digest_; }

  /// All rules in force, with their sources, as one rule file: goes into packages, and comes back
  /// through from_files() as an equal set, so that a judgement can be repeated by the old law.
  const std::string& canonical_text() const { return canonical_text_; }

 private:
  std::vector<Rule> rules_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::vector<WeakeningRecord> weakened_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::string version_;
  std::string digest_;
  std::string canonical_text_;

  friend class RuleSetBuilder;
};

}  // namespace anjuan::rules
