#include "core/case/description_node.h"

#include "core/case/description_fields.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "core/xml_writer.h"

namespace anjuan {

namespace {

/// Attributes of the root that are not fields.
constexpr std::array<std::string_view, 4> kRootAttributes = {"version", "created", "edited",
                                                             "verdict"};

std::string attribute_name(const DescriptionField& field) {
  return field.path.substr(field.path.find('@') + 1);
}

class DescriptionWriter {
 public:
  explicit DescriptionWriter(XmlWriter& xml) : xml_(xml) {}

  void root(const DescriptionNode& node) {
    xml_.start("description");
    xml_.attribute("xmlns", kDescriptionNamespace);
    for (const auto name : kRootAttributes) {
      if (const auto* value = node.attribute(name)) xml_.attribute(name, *value);
    }
    children(node, description_root());
    xml_.end();
  }

 private:
  void children(const DescriptionNode& node, const DescriptionElement& element) {
    for (const auto& kind : element.children) {
      bool written = false;
      for (const auto& child : node.children) {
        if (child.name == kind.name && (kind.is_group() || !is_void(child))) {
          this->element(child, kind);
          written = true;
        }
      }
      if (!written && kind.is_required) this->element({kind.name, "", {}, {}}, kind);
    }
  }

  static bool is_void(const DescriptionNode& node) {
    return node.value.empty() && node.attributes.empty() && node.children.empty();
  }

  void element(const DescriptionNode& node, const DescriptionElement& kind) {
    xml_.start(kind.name);
    if (kind.field != nullptr && !kind.field->standard.empty()) {
      xml_.attribute("standard", kind.field->standard);
    }
    const bool has_value = kind.has_value_attribute() || !kind.is_group();
    if (has_value) state(node.value, *kind.field);
    attributes(node, kind);
    if (kind.has_value_attribute() && !node.value.empty()) xml_.attribute("value", node.value);
    if (!kind.is_group()) xml_.text(node.value);
    children(node, kind);
    xml_.end();
  }

  void state(const std::string& value, const DescriptionField& field) {
    if (value.empty()) {
      xml_.attribute("state", kNotDescribed);
    } else if (!fits(field, value)) {
      xml_.attribute("state", kToBeChecked);
    }
  }

  void attributes(const DescriptionNode& node, const DescriptionElement& kind) {
    std::string missing;
    std::string unchecked;
    for (const auto* field : kind.attributes) {
      const auto name = attribute_name(*field);
      const auto* value = node.attribute(name);
      if (value == nullptr) {
        if (field->is_required) missing += (missing.empty() ? "" : " ") + name;
        continue;
      }
      if (!fits(*field, *value)) unchecked += (unchecked.empty() ? "" : " ") + name;
      xml_.attribute(name, *value);
    }
    if (!missing.empty()) xml_.attribute("undescribed", missing);
    if (!unchecked.empty()) xml_.attribute("unchecked", unchecked);
  }

  XmlWriter& xml_;
};

DescriptionNode node_of(const XmlElement& xml, const DescriptionElement& kind) {
  DescriptionNode node{xml.name, "", {}, {}};
  if (!kind.is_group()) node.value = xml.text;
  for (const auto& attribute : xml.attributes) {
    if (kind.has_value_attribute() && attribute.name == "value") {
      node.value = attribute.value;
    } else if (kind.attribute(attribute.name) != nullptr) {
      node.attributes.emplace_back(attribute.name, attribute.value);
    }
  }
  for (const auto& child : xml.children) {
    const auto* child_kind = kind.child(child.name);
    if (child_kind != nullptr) node.children.push_back(node_of(child, *child_kind));
  }
  return node;
}

}  // namespace

DescriptionNode& DescriptionNode::add(std::string_view child_name, std::string_view child_value) {
  if (child_value.empty()) return *this;
  children.push_back({std::string(child_name), to_xml_text(child_value), {}, {}});
  return children.back();
}

DescriptionNode& DescriptionNode::group(std::string_view child_name) {
  children.push_back({std::string(child_name), "", {}, {}});
  return children.back();
}

void DescriptionNode::put(std::string_view text) { value = to_xml_text(text); }

void DescriptionNode::set(std::string_view attribute_name, std::string_view attribute_value) {
  std::erase_if(attributes, [&](const auto& pair) { return pair.first == attribute_name; });
  if (!attribute_value.empty()) {
    attributes.emplace_back(attribute_name, to_xml_text(attribute_value));
  }
}

const std::string* DescriptionNode::attribute(std::string_view attribute_name) const {
  for (const auto& [key, text] : attributes) {
    if (key == attribute_name) return &text;
  }
  return nullptr;
}

const DescriptionNode* DescriptionNode::child(std::string_view child_name,
                                              std::size_t index) const {
  for (const auto& candidate : children) {
    if (candidate.name == child_name && index-- == 0) return &candidate;
  }
  return nullptr;
}

DescriptionNode* DescriptionNode::child(std::string_view child_name, std::size_t index) {
  return const_cast<DescriptionNode*>(std::as_const(*this).child(child_name, index));
}

std::size_t DescriptionNode::count(std::string_view child_name) const {
  return static_cast<std::size_t>(
      std::count_if(children.begin(), children.end(),
                    [&](const DescriptionNode& node) { return node.name == child_name; }));
}

std::string write_description(const DescriptionNode& root) {
  std::string out;
  XmlWriter xml([&out](std::string_view bytes) { out += bytes; });
  DescriptionWriter(xml).root(root);
  xml.close();
  return out;
}

DescriptionNode parse_description(std::string_view xml, const std::string& subject) {
  const auto& schemas = XmlSchemaSet::embedded_set({"description.xsd"});
  Findings findings;
  const auto root = read_xml_tree(xml, subject, &schemas, &findings);
  if (!findings.empty()) throw Error(ErrorCode::kInvalid, subject, findings.front().message);
  auto node = node_of(root, description_root());
  for (const auto name : kRootAttributes) {
    if (const auto* value = root.attribute(name)) node.set(name, *value);
  }
  return node;
}

}  // namespace anjuan
