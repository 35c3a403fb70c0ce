#include "core/case/case_check.h"

#include <unordered_map>

#include "core/case/case_keys.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_writer.h"

namespace anjuan {

namespace {

std::string place_text(const Json& value) {
  return fmt::format("{}:{}", value.place().line, value.place().column);
}

bool is_scalar(const Json& value) { return !value.is_array() && !value.is_object(); }

bool is_list_of_texts(const Json& value) {
  return value.is_array() && std::all_of(value.items().begin(), value.items().end(),
                                         [](const Json& item) { return item.is_string(); });
}

bool is_of(const Json& value, KeyType type) {
  switch (type) {
    case KeyType::kText:
      return value.is_string();
    case KeyType::kInteger:
      return value.is(Json::Type::kInteger);
    case KeyType::kNumber:
      return value.is(Json::Type::kInteger) || value.is(Json::Type::kNumber);
    case KeyType::kBoolean:
      return value.is(Json::Type::kBoolean);
  }
  return false;
}

std::string_view word_of(KeyType type) {
  switch (type) {
    case KeyType::kText:
      return "json.type_string";
    case KeyType::kInteger:
      return "json.type_integer";
    case KeyType::kNumber:
      return "json.type_number";
    case KeyType::kBoolean:
      return "json.type_boolean";
  }
  return "json.type_string";
}

/// Walks the known shapes: types must fit, unknown keys are noted.
class ShapeCheck {
 public:
  ShapeCheck(const std::string& subject, Findings& findings)
      : subject_(subject), findings_(findings) {}

  void object(const Json& value, const CaseShape& shape, const std::string& pointer,
              const std::string& label) {
    if (!value.is_object()) wrong(value, label, pointer, "json.type_object");
    for (const auto& [name, member] : value.members()) {
      const auto path = pointer + pointer_step(name);
      const CaseKey* key = shape.by_json(name);
      if (key == nullptr) {
        note("CASE-KEY", "case.unknown_key", name, path, member);
      } else if (!member.is_null()) {
        known(member, *key, path);
      }
    }
  }

  void limit_keys(const Json& value) const {
    if (value.members().size() <= kCaseKeysMax) return;
    throw Error(ErrorCode::kInvalid, subject_,
                say("case.too_many_keys", {{"subject", subject_},
                                           {"place", place_text(value)},
                                           {"detail", std::to_string(kCaseKeysMax)}}));
  }

  void note(std::string_view code, std::string_view id, const std::string& name,
            const std::string& path, const Json& value) {
    if (findings_.size() > kCaseFindingsMax) return;
    const bool more = findings_.size() == kCaseFindingsMax;
    const auto message =
        more ? say("case.more_warnings",
                   {{"subject", subject_}, {"limit", std::to_string(kCaseFindingsMax)}})
             : say(id, {{"subject", subject_},
                        {"place", place_text(value)},
                        {"key", to_xml_text(name)},
                        {"path", to_xml_text(path)}});
    findings_.push_back({std::string(code), Severity::kWarn, "urn:anjuan:case:1", path, message,
                         CheckResult::kFailed});
  }

 private:
  void known(const Json& value, const CaseKey& key, const std::string& path) {
    switch (key.form) {
      case KeyForm::kObject:
        return object(value, *key.shape, path, key.label);
      case KeyForm::kList:
        return list(value, key, path);
      case KeyForm::kFields:
        return fields(value, key, path);
      case KeyForm::kSigned:
        return roles(value, key, path);
      case KeyForm::kAttribute:
      case KeyForm::kElement:
      case KeyForm::kFlag:
        if (!is_of(value, key.type)) wrong(value, key.label, path, word_of(key.type));
    }
  }

  void list(const Json& value, const CaseKey& key, const std::string& path) {
    if (!value.is_array()) wrong(value, key.label, path, "json.type_array");
    std::size_t index = 0;
    for (const auto& item : value.items()) {
      const auto item_path = path + "/" + std::to_string(index++);
      if (item.is_string() && key.item_form != ItemForm::kObject) continue;
      if (key.item_form == ItemForm::kText) wrong(item, key.label, item_path, "json.type_string");
      object(item, *key.shape, item_path, key.label);
    }
  }

  void fields(const Json& value, const CaseKey& key, const std::string& path) {
    if (!value.is_object()) wrong(value, key.label, path, "json.type_object");
    for (const auto& [name, field] : value.members()) {
      const auto field_path = path + pointer_step(name);
      if (!is_scalar(field)) {
        note("CASE-KEY", "case.unusual_value", name, field_path, field);
      } else if (!is_known_field(name)) {
        note("CASE-KEY", "case.unknown_key", name, field_path, field);
      }
    }
  }

  void roles(const Json& value, const CaseKey& key, const std::string& path) {
    if (!value.is_object()) wrong(value, key.label, path, "json.type_object");
    for (const auto& [name, role] : value.members()) {
      const auto role_path = path + pointer_step(name);
      if (!is_scalar(role) && !is_list_of_texts(role)) {
        note("CASE-KEY", "case.unusual_value", name, role_path, role);
      } else if (!is_known_role(name)) {
        note("CASE-KEY", "case.unknown_key", name, role_path, role);
      }
    }
  }

  [[noreturn]] void wrong(const Json& value, const std::string& label, const std::string& path,
                          std::string_view expected) {
    throw Error(ErrorCode::kInvalid, subject_,
                say("case.wrong_type", {{"subject", subject_},
                                        {"place", place_text(value)},
                                        {"label", label},
                                        {"path", to_xml_text(path.empty() ? "/" : path)},
                                        {"expected", say(expected)},
                                        {"found", say(type_message(value.type()))}}));
  }

  const std::string& subject_;
  Findings& findings_;
};

/// Every text and key in the case, known or not; and that no object is too large.
void check_everything(const Json& value, const std::string& path, ShapeCheck& notes) {
  if (value.is_string()) {
    if (!is_xml_text(value.lexical())) {
      notes.note("CASE-CHARACTER", "case.bad_character", "", path, value);
    }
  } else if (value.is_array()) {
    std::size_t index = 0;
    for (const auto& item : value.items()) {
      check_everything(item, path + "/" + std::to_string(index++), notes);
    }
  } else if (value.is_object()) {
    notes.limit_keys(value);
    for (const auto& [name, member] : value.members()) {
      const auto member_path = path + pointer_step(name);
      if (!is_xml_text(name)) {
        notes.note("CASE-CHARACTER", "case.bad_character", "", member_path, member);
      }
      check_everything(member, member_path, notes);
    }
  }
}

const std::vector<Json>& list_of(const Json& object, std::string_view key) {
  static const std::vector<Json> none;
  const Json* list = object.find(key);
  return list != nullptr && list->is_array() ? list->items() : none;
}

/// One id names one thing in the case: findings and references name ids alone.
void check_ids(const Json& declared, const std::string& subject) {
  std::unordered_map<std::string, const Json*> seen;
  for (const auto* list : {"events", "docs", "av"}) {
    for (const auto& item : list_of(declared, list)) {
      const Json* id = item.find("id");
      if (id == nullptr || !id->is_string() || id->lexical().empty()) continue;
      const auto [first, added] = seen.emplace(id->lexical(), id);
      if (added) continue;
      throw Error(ErrorCode::kInvalid, subject,
                  say("case.duplicate_id", {{"subject", subject},
                                            {"place", place_text(*id)},
                                            {"id", to_xml_text(id->lexical())},
                                            {"first", place_text(*first->second)}}));
    }
  }
}

/// True if `name` cannot lead out of the folder on any system that may have written it.
bool stays_inside(std::string_view name) {
  const bool drive = name.size() > 1 && name[1] == ':';
  if (name.starts_with('/') || name.starts_with('\\') || drive) return false;
  if (name.find('\0') != name.npos) return false;
  std::size_t begin = 0;
  while (begin <= name.size()) {
    const auto end = std::min(name.find_first_of("/\\", begin), name.size());
    if (name.substr(begin, end - begin) == "..") return false;
    begin = end + 1;
  }
  return true;
}

void check_file(const Json& holder, const std::string& subject) {
  const Json* file = holder.find("file");
  if (file == nullptr || !file->is_string() || stays_inside(file->lexical())) return;
  throw Error(ErrorCode::kRefused, subject,
              say("case.file_outside", {{"subject", subject},
                                        {"place", place_text(*file)},
                                        {"file", to_xml_text(file->lexical())}}));
}

void check_files(const Json& declared, const std::string& subject) {
  for (const auto& document : list_of(declared, "docs")) check_file(document, subject);
  for (const auto& recording : list_of(declared, "av")) {
    check_file(recording, subject);
    for (const auto& segment : list_of(recording, "segments")) check_file(segment, subject);
  }
}

}  // namespace

std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (const char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

Findings check_case(const Json& declared, const std::string& subject) {
  Findings findings;
  ShapeCheck check(subject, findings);
  check.object(declared, case_shape(), "", say("case.whole"));
  check_ids(declared, subject);
  check_files(declared, subject);
  check_everything(declared, "", check);
  const auto depth = declared.text_or("depth", "full");
  if (depth != "full" && depth != "basic" && !depth.empty()) {
    check.note("CASE-DEPTH", "case.unknown_depth", depth, "/depth", *declared.find("depth"));
  }
  return findings;
}

}  // namespace anjuan
