#include "preservation/rules/four_nature.h"

#include <algorithm>

#include "core/actor.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/json.h"
#include "preservation/rules/data_reading.h"
#include "preservation/rules/four_nature_checks.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kItems = "rules/four_nature.json";
constexpr std::string_view kPhaseCodes[] = {"GD", "YJ", "BC"};
constexpr std::string_view kStates[] = {"通过", "未通过", "未执行"};
constexpr std::string_view kStateWords[] = {"passed", "failed", "not_run"};

std::map<std::string, std::string, std::less<>> words_of(const Json& table, std::string_view key,
                                                         const std::string& subject) {
  std::map<std::string, std::string, std::less<>> words;
  const Json& object = member(table, key, subject);
  if (!object.is_object()) refuse_data(subject, object.place(), key);
  for (const auto& [code, name] : object.members()) {
    words.emplace(code, text_member(object, code, subject));
  }
  return words;
}

FourNatureItem item_of(const Json& row, const std::string& subject) {
  FourNatureItem item;
  item.code = text_member(row, "code", subject);
  item.name = text_member(row, "name", subject);
  item.object = text_member(row, "object", subject);
  item.method = text_member(row, "method", subject);
  item.source = text_member(row, "source", subject);
  item.how = text_member(row, "how", subject);
  for (const std::string& code : texts_member(row, "phases", subject)) {
    const auto phase = phase_of_code(code);
    if (!phase) refuse_data(subject, row.place(), "phases");
    item.phases.push_back(*phase);
  }
  return item;
}

const ItemChecks& all_checks() {
  static const ItemChecks checks = [] {
    ItemChecks all = metadata_checks();
    for (ItemChecks more :
         {authenticity_checks(), completeness_checks(), usability_checks(), safety_checks()}) {
      all.merge(more);
    }
    return all;
  }();
  return checks;
}

ItemResult run(const FourNatureItem& item, Phase phase, const CheckInput& input) {
  Outcome outcome = all_checks().at(item.code)(input);
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
  const Json file = Json::parse(json, subject);
  FourNatureTable table;
  table.standard = text_member(file, "standard", subject);
  table.phases = words_of(file, "phases", subject);
  table.natures = words_of(file, "natures", subject);
  for (const Json& row : list_member(file, "items", subject)) {
    FourNatureItem item = item_of(row, subject);
    const bool known =
        all_checks().contains(item.code) && table.natures.contains(item.code.substr(0, 2));
    if (!known) refuse_data(subject, row.place(), "code");
    table.items.push_back(std::move(item));
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
