#include "packager/verify/inventory_findings.h"

#include "core/messages.h"
#include "packager/verify/ocfl_vocabulary.h"

namespace anjuan::packager {

void InventoryFindings::error(std::string_view code, const Json& value, std::string_view message) {
  error(code, value.place(), message);
}

void InventoryFindings::error(std::string_view code, Place place, std::string_view message) {
  findings_.error(code_in(spec_, code), at(where_, place), message);
}

void InventoryFindings::warn(std::string_view code, const Json& value, std::string_view message) {
  findings_.warn(code_in(spec_, code), at(where_, value.place()), message);
}

void InventoryFindings::info(std::string_view code, const Json& value, std::string_view message) {
  findings_.info(code, at(where_, value.place()), message);
}

std::string InventoryFindings::text(std::string_view id, std::string_view key) const {
  return say(id, {{"path", where_}, {"key", std::string(key)}});
}

void InventoryFindings::refuse_unknown(const Json& object,
                                       std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : object.members()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    error("E102", value, text("verify.inventory_unknown_key", key));
  }
}

std::string InventoryFindings::need_text(const Json& object, std::string_view key,
                                         std::string_view missing, std::string_view wrong) {
  const Json* value = object.find(key);
  if (!value) {
    error(missing, object, text("verify.inventory_key_missing", key));
    return {};
  }
  if (!value->is_string() || value->as_string().empty()) {
    error(wrong, *value, text("verify.inventory_key_wrong", key));
    return {};
  }
  return value->as_string();
}

}  // namespace anjuan::packager
