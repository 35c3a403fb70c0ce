// to_xml of core/case/case_xml.h.

#include "core/case/case_check.h"
#include "core/case/case_keys.h"
#include "core/case/case_xml.h"
#include "core/xml_writer.h"

namespace anjuan {

namespace {

std::string_view type_word(const Json& value) {
  switch (value.type()) {
    case Json::Type::kNull:
      return "null";
    case Json::Type::kBoolean:
      return "boolean";
    case Json::Type::kInteger:
      return "integer";
    case Json::Type::kNumber:
      return "number";
    case Json::Type::kString:
      return "string";
    case Json::Type::kArray:
      return "array";
    case Json::Type::kObject:
      return "object";
  }
  return "null";
}

bool is_scalar(const Json& value) { return !value.is_array() && !value.is_object(); }

/// As the text of an element. Of strings and numbers the characters themselves.
std::string scalar_text(const Json& value) {
  if (value.is(Json::Type::kBoolean)) return value.as_boolean() ? "true" : "false";
  return value.lexical();
}

bool is_carried(const Json& value) { return !value.is_string() || is_xml_text(value.lexical()); }

bool is_carried_list(const Json& value) {
  return value.is_array() &&
         std::all_of(value.items().begin(), value.items().end(),
                     [](const Json& item) { return item.is_string() && is_carried(item); });
}

/// The inside of a JSON string literal, in characters that XML can carry.
std::string escaped(const std::string& text) {
  const auto literal = Json::string(text).dump();
  std::string out;
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    const auto rest = std::string_view(literal).substr(i, 3);
    if (rest == "\xEF\xBF\xBE" || rest == "\xEF\xBF\xBF") {
      out += rest[2] == '\xBE' ? "\\ufffe" : "\\uffff";
      i += 2;
    } else {
      out += literal[i];
    }
  }
  return out;
}

class CaseWriter {
 public:
  explicit CaseWriter(XmlWriter& xml) : xml_(xml) {}

  void write(const Json& declared) {
    xml_.start("case");
    xml_.attribute("xmlns", kCaseNamespace);
    content(declared, case_shape(), "");
    for (const auto& [path, value] : extras_) extra(path, *value);
    xml_.end();
  }

 private:
  void content(const Json& object, const CaseShape& shape, const std::string& path) {
    attributes(object, shape, path);
    for (const auto& key : shape.keys) {
      const Json* value = object.find(key.json);
      if (value != nullptr && key.form != KeyForm::kAttribute) {
        child(*value, key, path + pointer_step(key.json));
      }
    }
    for (const auto& [name, value] : object.members()) {
      if (shape.by_json(name) == nullptr) later(path + pointer_step(name), value);
    }
  }

  void attributes(const Json& object, const CaseShape& shape, const std::string& path) {
    std::string nulls;
    for (const auto& key : shape.keys) {
      const Json* value = object.find(key.json);
      if (key.form != KeyForm::kAttribute || value == nullptr) continue;
      if (value->is_null()) {
        nulls += (nulls.empty() ? "" : " ") + key.xml;
      } else if (is_carried(*value)) {
        xml_.attribute(key.xml, value->lexical());
      } else {
        later(path + pointer_step(key.json), *value);
      }
    }
    if (!nulls.empty()) xml_.attribute("nulls", nulls);
  }

  void child(const Json& value, const CaseKey& key, const std::string& path) {
    if (!is_carried(value)) return later(path, value);
    xml_.start(key.form == KeyForm::kFlag ? "flag" : key.xml);
    if (key.form == KeyForm::kFlag) xml_.attribute("name", key.xml);
    if (value.is_null()) {
      xml_.attribute("nil", "true");
    } else {
      filled(value, key, path);
    }
    // A map of roles has ended its own elements.
    xml_.end();
  }

  void filled(const Json& value, const CaseKey& key, const std::string& path) {
    switch (key.form) {
      case KeyForm::kAttribute:
        break;
      case KeyForm::kElement:
      case KeyForm::kFlag:
        xml_.text(scalar_text(value));
        break;
      case KeyForm::kObject:
        content(value, *key.shape, path);
        break;
      case KeyForm::kList:
        list(value, key, path);
        break;
      case KeyForm::kFields:
        fields(value, path);
        break;
      case KeyForm::kSigned:
        roles(value, path);
        break;
    }
  }

  void list(const Json& value, const CaseKey& key, const std::string& path) {
    if (value.items().empty()) xml_.attribute("count", "0");
    std::size_t index = 0;
    for (const auto& item : value.items()) {
      const auto item_path = path + "/" + std::to_string(index++);
      if (!is_carried(item)) {
        later(item_path, item);
        continue;
      }
      xml_.start(key.item);
      if (item.is_string()) {
        xml_.text(item.lexical());
      } else {
        // Beside texts, an object without an element of its own must still look like an object.
        const bool mixed = key.item_form == ItemForm::kTextOrObject;
        if (mixed && !has_element(item, *key.shape)) xml_.attribute("count", "0");
        content(item, *key.shape, item_path);
      }
      xml_.end();
    }
  }

  static bool has_element(const Json& object, const CaseShape& shape) {
    return std::any_of(shape.keys.begin(), shape.keys.end(), [&](const CaseKey& key) {
      const Json* value = object.find(key.json);
      return value != nullptr && is_carried(*value);
    });
  }

  void fields(const Json& value, const std::string& path) {
    if (value.members().empty()) xml_.attribute("count", "0");
    for (const auto& [name, field] : value.members()) {
      if (!is_scalar(field) || !is_carried(field) || !is_xml_text(name)) {
        later(path + pointer_step(name), field);
        continue;
      }
      xml_.start("field");
      xml_.attribute("name", name);
      xml_.attribute("type", type_word(field));
      xml_.text(scalar_text(field));
      xml_.end();
    }
  }

  /// The first role fills the element that is open; each other one closes it and opens its own.
  void roles(const Json& value, const std::string& path) {
    bool first = true;
    for (const auto& [name, role] : value.members()) {
      const bool carried =
          is_xml_text(name) && (is_scalar(role) ? is_carried(role) : is_carried_list(role));
      if (!carried) {
        later(path + pointer_step(name), role);
        continue;
      }
      if (!first) {
        xml_.end();
        xml_.start("signed");
      }
      first = false;
      xml_.attribute("role", name);
      role_content(role);
    }
    if (first) xml_.attribute("count", "0");
  }

  void role_content(const Json& role) {
    if (role.is_null()) {
      xml_.attribute("nil", "true");
    } else if (role.is(Json::Type::kInteger)) {
      xml_.attribute("count", role.lexical());
    } else if (is_scalar(role)) {
      xml_.attribute("type", type_word(role));
      xml_.text(scalar_text(role));
    } else {
      xml_.attribute("type", "list");
      if (role.items().empty()) xml_.attribute("count", "0");
      for (const auto& name : role.items()) xml_.element("name", name.lexical());
    }
  }

  void later(std::string path, const Json& value) { extras_.emplace_back(std::move(path), &value); }

  void extra(const std::string& path, const Json& value) {
    const bool plain = is_xml_text(path) && is_carried(value);
    xml_.start("extra");
    xml_.attribute("path", plain ? path : escaped(path));
    xml_.attribute("type", type_word(value));
    if (!plain) xml_.attribute("escaped", "json");
    if (is_scalar(value)) xml_.text(plain ? scalar_text(value) : escaped(scalar_text(value)));
    xml_.end();
    std::size_t index = 0;
    if (value.is_array()) {
      for (const auto& item : value.items()) extra(path + "/" + std::to_string(index++), item);
    } else if (value.is_object()) {
      for (const auto& [name, member] : value.members()) extra(path + pointer_step(name), member);
    }
  }

  XmlWriter& xml_;
  std::vector<std::pair<std::string, const Json*>> extras_;
};

}  // namespace

std::string to_xml(const CaseFile& file) {
  std::string out;
  XmlWriter xml([&out](std::string_view bytes) { out += bytes; });
  CaseWriter(xml).write(file.declared());
  xml.close();
  return out;
}

}  // namespace anjuan
