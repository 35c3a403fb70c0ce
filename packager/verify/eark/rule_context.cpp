#include "packager/verify/eark/rule_context.h"

#include "core/messages.h"
#include "packager/verify/eark/values.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager::eark {

CaselessNames::CaselessNames(AipTree& tree) : tree_(tree) {
  for (const auto& folder : tree.folders()) folders_.insert(lower(folder));
}

bool CaselessNames::has_folder(std::string_view path) const {
  return folders_.contains(lower(path));
}

AipFile* CaselessNames::find(std::string_view path) {
  if (!files_) {
    files_.emplace();
    for (auto& file : tree_.files()) {
      const auto [place, fresh] = files_->emplace(lower(file.path), &file);
      if (!fresh) place->second = nullptr;
    }
  }
  const auto found = files_->find(lower(path));
  return found == files_->end() ? nullptr : found->second;
}

bool RuleContext::given(std::string_view id, const Value& value, std::string_view what,
                        Place place) {
  if (value && value->find_first_not_of(" \t\r\n") != value->npos) return true;
  fails(id, place, say(value ? "eark.empty" : "eark.missing", {{"what", std::string(what)}}));
  return false;
}

void RuleContext::wrong(std::string_view id, const std::string& value, std::string_view what,
                        Place place) {
  fails(id, place, say("eark.wrong_value", {{"what", std::string(what)}, {"value", value}}));
}

bool RuleContext::equals(std::string_view id, const Value& value, std::string_view wanted,
                         std::string_view what, Place place) {
  if (!given(id, value, what, place)) return false;
  if (*value == wanted) return true;
  fails(id, place,
        say("eark.other_value",
            {{"what", std::string(what)}, {"value", *value}, {"wanted", std::string(wanted)}}));
  return false;
}

bool RuleContext::among(std::string_view id, const Value& value, bool (*known)(std::string_view),
                        std::string_view what, Place place) {
  if (!given(id, value, what, place)) return false;
  if (known(*value)) return true;
  wrong(id, *value, what, place);
  return false;
}

bool RuleContext::time(std::string_view id, const Value& value, std::string_view what,
                       Place place) {
  if (!given(id, value, what, place)) return false;
  if (read_time(*value)) return true;
  fails(id, place, say("eark.bad_time", {{"what", std::string(what)}, {"value", *value}}));
  return false;
}

bool RuleContext::identifier(std::string_view id, const Identifier& identifier,
                             std::string_view what, Place place) {
  if (!given(id, identifier.value, what, place)) return false;
  if (!is_xml_id(*identifier.value)) {
    fails(id, place,
          say("eark.bad_id", {{"what", std::string(what)}, {"value", *identifier.value}}));
    return false;
  }
  if (!identifier.repeated) return true;
  fails(id, place,
        say("eark.repeated_id", {{"what", std::string(what)}, {"value", *identifier.value}}));
  return false;
}

std::vector<std::string_view> id_list(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::vector<std::string_view> ids;
  for (auto start = text.find_first_not_of(kSpace); start != text.npos;) {
    const auto end = std::min(text.find_first_of(kSpace, start), text.size());
    ids.push_back(text.substr(start, end - start));
    start = text.find_first_not_of(kSpace, end);
  }
  return ids;
}

}  // namespace anjuan::packager::eark
