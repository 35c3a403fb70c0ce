#include "tools/sample/composer.h"
#include "tools/sample/resources.h"

namespace anjuan::sample {

namespace {

std::vector<std::string> names_in(const Json& list, std::size_t limit) {
  std::vector<std::string> names;
  for (const Json& name : list.items()) names.push_back(name.as_string());
  names.resize(std::min(names.size(), limit));
  return names;
}

std::size_t number_in(const Json* value) {
  if (value == nullptr || !value->is(Json::Type::kInteger)) return 0;
  return static_cast<std::size_t>(std::max<std::int64_t>(0, value->as_integer()));
}

std::vector<std::string> officer_names(const Facts& facts, std::size_t limit) {
  std::vector<std::string> names;
  for (const Officer& officer : facts.officers()) names.push_back(officer.name);
  names.resize(std::min(names.size(), limit));
  return names;
}

/// Experts sign by fields.expert_signatures, a number.
std::vector<std::string> expert_names(const Json& document) {
  const Json* fields = document.find("fields");
  const Json* people = sample_text("people");
  const Json* experts = people == nullptr ? nullptr : people->find("experts");
  const Json* count = fields == nullptr ? nullptr : fields->find("expert_signatures");
  if (experts == nullptr) return {};
  return names_in(*experts, number_in(count));
}

std::vector<std::string> one(std::optional<std::string> name) {
  return name && !name->empty() ? std::vector<std::string>{*name} : std::vector<std::string>{};
}

}  // namespace

std::vector<std::string> signatures(const Facts& facts, std::string_view role) {
  const Json& document = *facts.document();
  if (role == "leader" && facts.filled("fields.leader_approval")) return one(facts.find("leader"));
  if (role == "host") return one(facts.find("event.host"));
  if (role == "expert") return expert_names(document);
  const Json* declared = document.find("signed");
  const Json* mark = declared == nullptr ? nullptr : declared->find(role);
  if (mark == nullptr || mark->is_null()) return {};
  if (mark->is_array()) return names_in(*mark, mark->items().size());
  if (number_in(mark) == 0) return {};
  if (role == "officer") return officer_names(facts, number_in(mark));
  if (role == "party") return one(facts.find("party.person"));
  if (role == "leader") return one(facts.find("leader"));
  const Json* people = sample_text("people");
  const std::string fallback = people == nullptr ? "" : people->text_or(role, "");
  return one(facts.find("fields." + std::string(role)).value_or(fallback));
}

}  // namespace anjuan::sample
