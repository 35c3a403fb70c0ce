#pragma once
// The checks behind the four-nature items: one function an item, and the words they share.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/case/description_fields.h"
#include "preservation/rules/four_nature.h"

namespace anjuan::rules::items {

struct Outcome {
  ItemState state = ItemState::kNotRun;
  std::string evidence;
  std::string reason;
};

Outcome passed(std::string evidence);
Outcome failed(std::string evidence);
/// `evidence` = of the part that did run.
Outcome not_run(std::string reason, std::string evidence = {});

struct CheckInput {
  const FourNatureFacts& facts;
  const FormatPolicy& formats;
};

using ItemCheck = Outcome (*)(const CheckInput&);
/// By item code without the phase.
using ItemChecks = std::map<std::string_view, ItemCheck>;

/// 未执行 because a fact is missing, as the message says.
Outcome missing(const CheckInput& in, std::string_view reason_id);

ItemChecks metadata_checks();      ///< ZS-2-*
ItemChecks authenticity_checks();  ///< the other ZS
ItemChecks completeness_checks();  ///< WZ
ItemChecks usability_checks();     ///< KY
ItemChecks safety_checks();        ///< AQ

std::string number(std::uint64_t value);

/// "甲、乙、丙等 12 项": the first few of a list.
std::string listed(const std::vector<std::string>& names, Language language);
/// "“…”" of a value that may be long.
std::string shortened(std::string_view value);

/// What a person wrote on the inspection form for the item, or 未执行 because nobody did.
Outcome by_person(const FourNatureFacts& facts, std::string_view code);

/// A value of the description with the field that it belongs to.
struct DescribedValue {
  Description::Entry entry;
  const DescriptionField* field = nullptr;

  /// "案卷题名(title)“…”"; a sensitive value is not repeated.
  std::string shown() const;
};

/// Those that are described (not 未著录).
std::vector<DescribedValue> described_values(const Description& description);

/// A file that the description records (item/file, av/file).
struct DescribedFile {
  std::string name;
  const DescriptionNode* node = nullptr;
};

std::vector<DescribedFile> described_files(const Description& description);

}  // namespace anjuan::rules::items
