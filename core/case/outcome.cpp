#include "core/case/outcome.h"

#include "core/case/kinds.h"

namespace anjuan {

namespace {

/// "罚款200元" of a decision made on the spot.
std::string spot_result(const Json& fields) {
  const Json* amount = fields.find("amount");
  const bool is_written = amount != nullptr && !amount->is_array() && !amount->is_object();
  const auto number = is_written ? amount->lexical() : "";
  return fields.text_or("penalty_kind", "") + (number.empty() ? "" : number + "元");
}

}  // namespace

std::string result_of(const CaseFile& file) {
  const Json* documents = file.declared().find("docs");
  if (documents == nullptr || !documents->is_array()) return "";
  for (const auto& document : documents->items()) {
    const auto kind = document.text_or("kind", "");
    const Json* fields = document.find("fields");
    if (fields == nullptr || !fields->is_object()) continue;
    if (kind == "D_DECISION" || kind == "D_NOPENALTY") return fields->text_or("conclusion", "");
    if (kind == "D_SPOT") return spot_result(*fields);
  }
  return "";
}

std::string execution_of(const CaseFile& file) {
  std::string names;
  for (const auto& event : file.events()) {
    for (const auto* kind : {"EV_VOLUNTARY", "EV_ENFORCE", "EV_COURT", "EV_COURT_RESULT"}) {
      if (event.kind != kind) continue;
      if (!names.empty()) names += "、";
      names += kind_name(event.kind);
    }
  }
  return names;
}

}  // namespace anjuan
