#include "core/case/kinds.h"

#include "core/embedded.h"
#include "core/json.h"

namespace anjuan {

namespace {

const Json& kinds() {
  static const Json lists = Json::parse(embedded("case_kinds.json"), "case_kinds.json");
  return lists;
}

const Json* find_kind(std::string_view list, std::string_view code) {
  return kinds().find(list)->find(code);
}

}  // namespace

std::string kind_name(std::string_view code, Language language) {
  const auto key = language == Language::kChinese ? "zh-CN" : "en";
  for (const auto* list : {"events", "documents"}) {
    const Json* kind = find_kind(list, code);
    if (kind != nullptr) return kind->text_or(key, code);
  }
  return std::string(code);
}

bool is_event_kind(std::string_view code) { return find_kind("events", code) != nullptr; }

bool is_document_kind(std::string_view code) { return find_kind("documents", code) != nullptr; }

}  // namespace anjuan
