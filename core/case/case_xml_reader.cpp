// case_value_from_xml of core/case/case_xml.h.

#include <charconv>

#include "core/case/case_check.h"
#include "core/case/case_keys.h"
#include "core/case/case_xml.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"

namespace anjuan {

namespace {

class CaseReader {
 public:
  explicit CaseReader(const std::string& subject) : subject_(subject) {}

  Json read(const XmlElement& root) {
    Json declared = object(root, case_shape());
    for (const auto& child : root.children) {
      if (child.name == "extra") extra(declared, child);
    }
    return declared;
  }

 private:
  [[noreturn]] void fail(std::string_view id, Place place, const std::string& detail) const {
    throw Error(ErrorCode::kInvalid, subject_,
                say(id, {{"subject", subject_},
                         {"place", fmt::format("{}:{}", place.line, place.column)},
                         {"detail", detail}}));
  }

  void add(Json& object, const std::string& key, Json value, Place place) const {
    if (object.find(key) != nullptr) fail("case.duplicate_key", place, key);
    if (object.members().size() >= kCaseKeysMax) {
      fail("case.too_many_keys", place, std::to_string(kCaseKeysMax));
    }
    value.set_place(place);
    object.set(key, std::move(value));
  }

  Json scalar(const std::string& text, std::string_view type, Place place) const {
    if (type == "string") return Json::string(text);
    if (type == "boolean" && (text == "true" || text == "false")) {
      return Json::boolean(text == "true");
    }
    if (type == "null" && text.empty()) return Json::null();
    if (type == "integer" || type == "number") return number(text, type, place);
    fail("case.bad_value", place, text);
  }

  Json number(const std::string& text, std::string_view type, Place place) const {
    try {
      const auto value = Json::parse(text, subject_);
      if (value.is(Json::Type::kInteger) || (type == "number" && value.is(Json::Type::kNumber))) {
        return Json::number(text);
      }
    } catch (const Error&) {
      // Told below, with the place in the XML.
    }
    fail("case.bad_value", place, text);
  }

  static std::string_view word_of(KeyType type) {
    switch (type) {
      case KeyType::kText:
        return "string";
      case KeyType::kInteger:
        return "integer";
      case KeyType::kNumber:
        return "number";
      case KeyType::kBoolean:
        return "boolean";
    }
    return "string";
  }

  /// An element that says that it is null or empty must hold nothing: nothing is dropped.
  bool is_nil(const XmlElement& element) const {
    const bool nil = element.attribute("nil") != nullptr;
    if (nil) check_hollow(element);
    return nil;
  }

  void check_hollow(const XmlElement& element) const {
    const bool has_text = element.text.find_first_not_of(" \t\r\n") != std::string::npos;
    if (has_text || !element.children.empty()) {
      fail("case.bad_value", element.place, element.name);
    }
  }

  Json object(const XmlElement& element, const CaseShape& shape) const {
    Json out = Json::object();
    out.set_place(element.place);
    for (const auto& attribute : element.attributes) {
      if (attribute.namespace_uri.empty()) this->attribute(out, attribute, shape, element.place);
    }
    for (const auto& child : element.children) {
      if (child.name != "extra") this->child(out, child, shape);
    }
    return out;
  }

  void attribute(Json& out, const XmlAttribute& attribute, const CaseShape& shape,
                 Place place) const {
    if (attribute.name == "nulls") return nulls(out, attribute.value, shape, place);
    if (attribute.name == "count") return;
    const CaseKey* key = shape.by_xml(attribute.name, KeyForm::kAttribute);
    if (key == nullptr) fail("case.bad_value", place, attribute.name);
    add(out, key->json, scalar(attribute.value, word_of(key->type), place), place);
  }

  void nulls(Json& out, const std::string& names, const CaseShape& shape, Place place) const {
    for (std::size_t begin = 0; begin < names.size();) {
      const auto end = std::min(names.find(' ', begin), names.size());
      const auto name = names.substr(begin, end - begin);
      begin = end + 1;
      const CaseKey* key = shape.by_xml(name, KeyForm::kAttribute);
      if (key == nullptr) fail("case.bad_value", place, name);
      add(out, key->json, Json::null(), place);
    }
  }

  void child(Json& out, const XmlElement& element, const CaseShape& shape) const {
    const bool is_flag = element.name == "flag";
    const std::string* flag_name = element.attribute("name");
    const CaseKey* key =
        is_flag ? (flag_name == nullptr ? nullptr : shape.by_xml(*flag_name, KeyForm::kFlag))
                : shape.by_xml(element.name, KeyForm::kElement);
    if (key == nullptr) fail("case.bad_value", element.place, element.name);
    if (key->form == KeyForm::kSigned) return signed_role(out, *key, element);
    Json value = is_nil(element) ? Json::null() : filled(element, *key);
    add(out, key->json, std::move(value), element.place);
  }

  Json filled(const XmlElement& element, const CaseKey& key) const {
    if (element.attribute("count") != nullptr) check_hollow(element);
    switch (key.form) {
      case KeyForm::kObject:
        return object(element, *key.shape);
      case KeyForm::kList:
        return list(element, key);
      case KeyForm::kFields:
        return fields(element);
      case KeyForm::kAttribute:
      case KeyForm::kElement:
      case KeyForm::kFlag:
      case KeyForm::kSigned:
        break;
    }
    return scalar(element.text, word_of(key.type), element.place);
  }

  Json list(const XmlElement& element, const CaseKey& key) const {
    Json out = Json::array();
    for (const auto& child : element.children) {
      const bool text = key.item_form == ItemForm::kText ||
                        (key.item_form == ItemForm::kTextOrObject && child.children.empty() &&
                         child.attribute("count") == nullptr);
      const bool stray = child.text.find_first_not_of(" \t\r\n") != std::string::npos;
      if (!text && stray) fail("case.bad_value", child.place, child.name);
      Json item = text ? Json::string(child.text) : object(child, *key.shape);
      item.set_place(child.place);
      out.append(std::move(item));
    }
    return out;
  }

  Json fields(const XmlElement& element) const {
    Json out = Json::object();
    for (const auto& field : element.children) {
      const std::string* name = field.attribute("name");
      const std::string* type = field.attribute("type");
      if (name == nullptr || type == nullptr) fail("case.bad_value", field.place, field.name);
      add(out, *name, scalar(field.text, *type, field.place), field.place);
    }
    return out;
  }

  /// <signed> repeats: each adds a role to the one object, or says that it is null or empty.
  void signed_role(Json& out, const CaseKey& key, const XmlElement& element) const {
    const std::string* role = element.attribute("role");
    if (role == nullptr) {
      check_hollow(element);
      return add(out, key.json, is_nil(element) ? Json::null() : Json::object(), element.place);
    }
    if (out.find(key.json) == nullptr) add(out, key.json, Json::object(), element.place);
    Json* roles = out.find(key.json);
    if (!roles->is_object()) fail("case.duplicate_key", element.place, key.json);
    add(*roles, *role, role_value(element), element.place);
  }

  Json role_value(const XmlElement& element) const {
    if (is_nil(element)) return Json::null();
    const std::string* type = element.attribute("type");
    const std::string* count = element.attribute("count");
    if (count != nullptr) check_hollow(element);
    if (type != nullptr && *type != "list") {
      if (!element.children.empty()) fail("case.bad_value", element.place, *type);
      return scalar(element.text, *type, element.place);
    }
    if (type == nullptr && count != nullptr) return scalar(*count, "integer", element.place);
    if (element.text.find_first_not_of(" \t\r\n") != std::string::npos) {
      fail("case.bad_value", element.place, element.name);
    }
    Json names = Json::array();
    for (const auto& child : element.children) names.append(Json::string(child.text));
    return names;
  }

  std::string unescaped(const std::string& text, Place place) const {
    try {
      return Json::parse("\"" + text + "\"", subject_).as_string();
    } catch (const Error&) {
      fail("case.bad_value", place, text);
    }
  }

  void extra(Json& declared, const XmlElement& element) const {
    const std::string* path = element.attribute("path");
    const std::string* type = element.attribute("type");
    if (path == nullptr || type == nullptr) fail("case.bad_value", element.place, "extra");
    const bool escaped = element.attribute("escaped") != nullptr;
    if (*type == "object" || *type == "array") check_hollow(element);
    const auto pointer = escaped ? unescaped(*path, element.place) : *path;
    const auto text = escaped ? unescaped(element.text, element.place) : element.text;
    Json value = *type == "object"  ? Json::object()
                 : *type == "array" ? Json::array()
                                    : scalar(text, *type, element.place);
    insert(declared, pointer, std::move(value), element.place);
  }

  void insert(Json& root, const std::string& pointer, Json value, Place place) const {
    const auto last = pointer.rfind('/');
    if (last == pointer.npos || pointer.front() != '/') fail("case.bad_path", place, pointer);
    Json* parent = &root;
    for (std::size_t begin = 1; begin <= last && parent != nullptr;) {
      const auto end = pointer.find('/', begin);
      parent = step(*parent, pointer.substr(begin, end - begin));
      begin = end + 1;
    }
    if (parent == nullptr) fail("case.bad_path", place, pointer);
    const auto name = pointer.substr(last + 1);
    value.set_place(place);
    if (parent->is_object()) return add(*parent, unpointed(name), std::move(value), place);
    const auto index = index_of(name);
    if (!parent->is_array() || !index || *index > parent->items().size()) {
      fail("case.bad_path", place, pointer);
    }
    parent->insert(*index, std::move(value));
  }

  static Json* step(Json& parent, const std::string& name) {
    if (parent.is_object()) return parent.find(unpointed(name));
    const auto index = index_of(name);
    return index ? parent.item_at(*index) : nullptr;
  }

  static std::optional<std::size_t> index_of(const std::string& text) {
    std::size_t index = 0;
    const char* end = text.data() + text.size();
    const auto [stop, status] = std::from_chars(text.data(), end, index);
    return status == std::errc{} && stop == end ? std::optional(index) : std::nullopt;
  }

  static std::string unpointed(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
      const bool tilde = name[i] == '~' && i + 1 < name.size();
      if (tilde && (name[i + 1] == '0' || name[i + 1] == '1')) {
        out += name[++i] == '0' ? '~' : '/';
      } else {
        out += name[i];
      }
    }
    return out;
  }

  const std::string& subject_;
};

}  // namespace

Json case_value_from_xml(std::string_view text, const std::string& subject) {
  const auto& schemas = XmlSchemaSet::embedded_set({"case.xsd"});
  Findings findings;
  const auto root = read_xml_tree(text, subject, &schemas, &findings);
  if (!findings.empty()) throw Error(ErrorCode::kInvalid, subject, findings.front().message);
  return CaseReader(subject).read(root);
}

}  // namespace anjuan
