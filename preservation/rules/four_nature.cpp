#include "preservation/rules/four_nature.h"

#include <algorithm>

#include "core/actor.h"
#include "core/embedded.h"
#include "core/error.h"
#include "preservation/rules/data_reader.h"
#include "preservation/rules/four_nature_checks.h"

namespace anjuan::rules {

namespace {

using items::CheckInput;
using items::ItemChecks;

constexpr std::string_view kSchema = "urn:anjuan:four-nature-items:1";
constexpr std::string_view kItems = "rules/four_nature.json";
constexpr std::string_view kPhaseCodes[] = {"GD", "YJ", "BC"};
constexpr std::string_view kStates[] = {"通过", "未通过", "未执行"};
constexpr std::string_view kStateWords[] = {"passed", "failed", "not_run"};

std::map<std::string, std::string, std::less<>> words_of(const DataReader& reader,
                                                         const Json& table, std::string_view key) {
  std::map<std::string, std::string, std::less<>> words;
  const Json& object = reader.need(table, key, Json::Type::kObject);
  for (const auto& member : object.members()) {
    words.emplace(member.first, reader.text(object, member.first));
  }
  return words;
}

FourNatureItem item_of(const DataReader& reader, const Json& row) {
  reader.check_keys(row, {"code", "name", "object", "method", "phases", "source", "how"});
  FourNatureItem item;
  item.code = reader.text(row, "code");
  item.name = reader.text(row, "name");
  item.object = reader.text(row, "object");
  item.method = reader.text(row, "method");
  item.source = reader.word(row, "source", {"V", "R"});
  item.how = reader.text(row, "how");
  const Json& phases = reader.need(row, "phases", Json::Type::kArray);
  for (const Json& code : reader.items(phases, "phases")) {
    reader.check_word(code, "phases", {"GD", "YJ", "BC"});
    item.phases.push_back(*phase_of_code(code.as_string()));
  }
  return item;
}

const ItemChecks& all_checks() {
  static const ItemChecks checks = [] {
    ItemChecks all = items::metadata_checks();
    for (ItemChecks more : {items::authenticity_checks(), items::completeness_checks(),
                            items::usability_checks(), items::safety_checks()}) {
      all.merge(more);
    }
    return all;
  }();
  return checks;
}

ItemResult run(const FourNatureItem& item, Phase phase, const CheckInput& input) {
  items::Outcome outcome = all_checks().at(item.code)(input);
  const bool says_why =
      outcome.state == ItemState::kNotRun ? !outcome.reason.empty() : !outcome.evidence.empty();
  if (!says_why) throw Error(ErrorCode::kInternal, item.code, item.code + ": no evidence");
  const auto& natures = FourNatureTable::built_in().natures;
  return {fmt::format("{}-{}", phase_code(phase), item.code),
          natures.find(item.code.substr(0, 2))->second,
          item.name,
          outcome.state,
          std::move(outcome.evidence),
          std::move(outcome.reason)};
}

}  // namespace

std::string_view phase_code(Phase phase) { return kPhaseCodes[static_cast<std::size_t>(phase)]; }

std::optional<Phase> phase_of_code(std::string_view code) {
  for (const Phase phase : {Phase::kArchiving, Phase::kTransfer, Phase::kPreservation}) {
    if (phase_code(phase) == code) return phase;
  }
  return std::nullopt;
}

std::string_view state_chinese(ItemState state) { return kStates[static_cast<std::size_t>(state)]; }

std::string_view state_word(ItemState state) {
  return kStateWords[static_cast<std::size_t>(state)];
}

const FourNatureTable& FourNatureTable::built_in() {
  static const FourNatureTable table = parse(embedded(kItems), std::string(kItems));
  return table;
}

FourNatureTable FourNatureTable::parse(std::string_view json, const std::string& subject) {
  const DataReader reader(subject);
  const Json file = reader.parse(json);
  reader.check_keys(file, {"schema", "standard", "note", "phases", "natures", "items"});
  reader.word(file, "schema", {kSchema});
  FourNatureTable table;
  table.standard = reader.text(file, "standard");
  table.phases = words_of(reader, file, "phases");
  table.natures = words_of(reader, file, "natures");
  std::vector<std::string_view> codes;
  for (const auto& check : all_checks()) codes.push_back(check.first);
  const Json& items = reader.need(file, "items", Json::Type::kArray);
  for (const Json& row : reader.items(items, "items")) {
    reader.word(row, "code", codes);
    table.items.push_back(item_of(reader, row));
  }
  return table;
}

std::size_t FourNatureReport::count(ItemState state) const {
  return static_cast<std::size_t>(std::count_if(
      items.begin(), items.end(), [state](const ItemResult& item) { return item.state == state; }));
}

FourNatureReport four_nature(Phase phase, const FourNatureFacts& facts,
                             const FormatPolicy& formats) {
  const FourNatureTable& table = FourNatureTable::built_in();
  const Actor program = Actor::program();
  FourNatureReport report;
  report.standard = table.standard;
  report.phase = phase;
  report.phase_name = table.phases.find(phase_code(phase))->second;
  report.subject = facts.subject;
  report.made = to_text(facts.now);
  report.program = program.name;
  for (const FourNatureItem& item : table.items) {
    if (std::find(item.phases.begin(), item.phases.end(), phase) == item.phases.end()) continue;
    report.items.push_back(run(item, phase, {facts, formats}));
  }
  return report;
}

}  // namespace anjuan::rules
