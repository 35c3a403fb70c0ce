#pragma once
// The four-nature checks (四性检测) of DA/T 70-2018: 38 items, by phase.
//
// An item is 通过 only with evidence of a check that really ran; what nobody looked at is 未执行
// with the reason, never 通过. Sources: schemas/rules/four_nature.json (items),
// schemas/policy/formats_allowed.json (formats); docs/formats/four-nature.md.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "preservation/rules/format_policy.h"
#include "preservation/rules/four_nature_facts.h"

namespace anjuan::rules {

/// 归档, 移交与接收, 长期保存.
enum class Phase { kArchiving, kTransfer, kPreservation };

std::string_view phase_code(Phase phase);  ///< "GD", "YJ", "BC"
std::optional<Phase> phase_of_code(std::string_view code);

enum class ItemState { kPassed, kFailed, kNotRun };

std::string_view state_chinese(ItemState state);  ///< 通过, 未通过, 未执行
std::string_view state_word(ItemState state);     ///< "passed", "failed", "not_run"

/// One of the 38 as schemas/rules/four_nature.json has it.
struct FourNatureItem {
  std::string code;  ///< without the phase: "ZS-2-3"
  std::string name;
  std::string object;
  std::string method;
  std::vector<Phase> phases;
  std::string source;  ///< "V" read in the standard, "R" recalled
  std::string how;     ///< how it is checked here
};

struct FourNatureTable {
  std::string standard;
  std::map<std::string, std::string, std::less<>> phases;   ///< "GD" -> 归档环节
  std::map<std::string, std::string, std::less<>> natures;  ///< "ZS" -> 真实性
  std::vector<FourNatureItem> items;

  /// The compiled-in one.
  static const FourNatureTable& built_in();
  /// Throws Error(kInvalid) with subject, line and reason.
  static FourNatureTable parse(std::string_view json, const std::string& subject);
};

struct ItemResult {
  std::string code;  ///< "GD-ZS-2-3"
  std::string nature;
  std::string name;
  ItemState state = ItemState::kNotRun;
  std::string evidence;  ///< what was looked at, how much, with what; also of a part that ran
  std::string reason;    ///< of 未执行

  bool operator==(const ItemResult&) const = default;
};

struct FourNatureReport {
  std::string standard;
  Phase phase = Phase::kArchiving;
  std::string phase_name;
  std::string subject;
  std::string made;     ///< RFC 3339
  std::string program;  ///< with version
  std::vector<ItemResult> items;

  std::size_t count(ItemState state) const;
  bool operator==(const FourNatureReport&) const = default;
};

/// All items of the phase, in the order of the standard. Never throws for what the facts say.
FourNatureReport four_nature(Phase phase, const FourNatureFacts& facts,
                             const FormatPolicy& formats = FormatPolicy::built_in());

inline constexpr std::string_view kFourNatureNamespace = "urn:anjuan:four-nature:1";

/// The report as XML, valid against schemas/xml/four-nature.xsd.
std::string to_xml(const FourNatureReport& report);
/// Throws Error(kInvalid) with subject and place.
FourNatureReport read_four_nature(std::string_view xml, const std::string& subject);

}  // namespace anjuan::rules
