#include "preservation/rules/rule_set.h"

#include "core/embedded.h"
#include "core/messages.h"
#include "preservation/rules/data_reader.h"

namespace anjuan::rules {

namespace {

/// A home's own files are the bureau's layer, whatever they say.
void check_bureau(const RuleFile& file) {
  const DataReader reader(file.name);
  const Json root = reader.parse(file.text);
  reader.word(root, "layer", {layer_word(Layer::kBureau)});
}

}  // namespace

std::string_view layer_word(Layer layer) {
  constexpr std::string_view kWords[] = {"seed", "national", "bureau"};
  return kWords[static_cast<std::size_t>(layer)];
}

Severity Rule::severity() const {
  switch (weight) {
    case Weight::kBlock:
      return Severity::kBlock;
    case Weight::kError:
      return Severity::kError;
    case Weight::kWarn:
      return Severity::kWarn;
    case Weight::kInfo:
    case Weight::kControl:
      return Severity::kInfo;
  }
  return Severity::kInfo;
}

std::shared_ptr<const RuleSet> RuleSet::load(const std::optional<std::filesystem::path>& bureau) {
  std::vector<RuleFile> files;
  for (const auto* name : {"rules/seed.json", "rules/national.json"}) {
    files.push_back({name, std::string(embedded(name))});
  }
  if (bureau) {
    for (auto& file : data_files(*bureau)) {
      check_bureau(file);
      files.push_back(std::move(file));
    }
  }
  return from_files(files);
}

const Rule* RuleSet::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &rules_[found->second];
}

const std::vector<std::string>& RuleSet::values(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto found = values_.find(name);
  return found == values_.end() ? none : found->second;
}

}  // namespace anjuan::rules
