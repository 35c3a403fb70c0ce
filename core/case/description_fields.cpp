#include "core/case/description_fields.h"

#include "core/case/description_types.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/json.h"

namespace anjuan {

namespace {

const Json& source() {
  static const Json json =
      Json::parse(embedded("description_fields.json"), "description_fields.json");
  return json;
}

bool flag_of(const Json& json, std::string_view key) {
  const Json* value = json.find(key);
  return value != nullptr && value->as_boolean();
}

DescriptionField field_of(const Json& json) {
  DescriptionField field;
  field.path = json.text_or("path", "");
  field.chinese = json.text_or("zh", "");
  field.english = json.text_or("en", "");
  field.standard = json.text_or("standard", "");
  field.type = json.text_or("type", "");
  if (const Json* max = json.find("max")) {
    field.characters_max = static_cast<std::size_t>(max->as_integer());
  }
  if (const Json* values = json.find("values")) {
    for (const auto& value : values->items()) field.values.push_back(value.as_string());
  }
  const auto occurs = json.text_or("occurs", "");
  field.is_required = occurs.starts_with('1');
  field.repeats = occurs.ends_with('n');
  field.is_supplement = flag_of(json, "supplement");
  field.is_fixed = flag_of(json, "fixed");
  field.is_sensitive = flag_of(json, "sensitive");
  return field;
}

/// The element at `path` below `element`, made where it is missing.
DescriptionElement& element_at(DescriptionElement& element, std::string_view path) {
  if (path.empty()) return element;
  const auto slash = std::min(path.find('/'), path.size());
  const auto name = path.substr(0, slash);
  const auto rest = path.substr(std::min(slash + 1, path.size()));
  for (auto& child : element.children) {
    if (child.name == name) return element_at(child, rest);
  }
  element.children.push_back({std::string(name), "", nullptr, false, false, {}, {}});
  return element_at(element.children.back(), rest);
}

DescriptionElement make_root() {
  DescriptionElement root{"description", "著录", nullptr, true, false, {}, {}};
  for (const auto& field : description_fields()) {
    const auto mark = field.path.find('@');
    if (mark != field.path.npos) {
      element_at(root, std::string_view(field.path).substr(0, mark - 1))
          .attributes.push_back(&field);
      continue;
    }
    auto& element = element_at(root, field.path);
    element.field = &field;
    element.chinese = field.chinese;
    element.is_required = field.is_required;
    element.repeats = field.repeats;
  }
  for (const auto& group : source().find("groups")->items()) {
    auto& element = element_at(root, group.text_or("path", ""));
    const auto occurs = group.text_or("occurs", "");
    element.chinese = group.text_or("zh", "");
    element.is_required = occurs.starts_with('1');
    element.repeats = occurs.ends_with('n');
  }
  return root;
}

}  // namespace

const DescriptionElement* DescriptionElement::child(std::string_view child_name) const {
  for (const auto& candidate : children) {
    if (candidate.name == child_name) return &candidate;
  }
  return nullptr;
}

const DescriptionField* DescriptionElement::attribute(std::string_view attribute_name) const {
  for (const auto* candidate : attributes) {
    if (candidate->path.substr(candidate->path.find('@') + 1) == attribute_name) return candidate;
  }
  return nullptr;
}

const std::vector<DescriptionField>& description_fields() {
  static const std::vector<DescriptionField> fields = [] {
    std::vector<DescriptionField> made;
    for (const auto& json : source().find("fields")->items()) made.push_back(field_of(json));
    return made;
  }();
  return fields;
}

const DescriptionElement& description_root() {
  static const DescriptionElement root = make_root();
  return root;
}

bool fits(const DescriptionField& field, std::string_view value) {
  if (field.type == "choice") {
    return std::find(field.values.begin(), field.values.end(), value) != field.values.end();
  }
  if (field.type == "text") {
    return field.characters_max == 0 || count_characters(value) <= field.characters_max;
  }
  return fits_type(field.type, value);
}

}  // namespace anjuan
