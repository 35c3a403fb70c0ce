// read_xml_tree of core/xml_reader.h: a whole document as values.

#include "core/xml_reader.h"

namespace anjuan {

namespace {

class TreeBuilder final : public XmlHandler {
 public:
  void start(std::string_view namespace_uri, std::string_view name,
             const std::vector<XmlAttribute>& attributes, Place place) override {
    open_.push_back({std::string(namespace_uri), std::string(name), attributes, {}, {}, place});
  }

  void text(std::string_view characters) override {
    if (!open_.empty()) open_.back().text += characters;
  }

  void end(std::string_view, std::string_view) override {
    XmlElement done = std::move(open_.back());
    open_.pop_back();
    if (open_.empty()) {
      root_ = std::move(done);
    } else {
      open_.back().children.push_back(std::move(done));
    }
  }

  XmlElement take() { return std::move(root_); }

 private:
  std::vector<XmlElement> open_;
  XmlElement root_;
};

}  // namespace

const XmlElement* XmlElement::child(std::string_view local_name) const {
  for (const auto& candidate : children) {
    if (candidate.name == local_name) return &candidate;
  }
  return nullptr;
}

const std::string* XmlElement::attribute(std::string_view local_name) const {
  for (const auto& candidate : attributes) {
    if (candidate.namespace_uri.empty() && candidate.name == local_name) return &candidate.value;
  }
  return nullptr;
}

std::string XmlElement::value_of(std::string_view local_name) const {
  const std::string* value = attribute(local_name);
  return value != nullptr ? *value : "";
}

std::string XmlElement::text_of(std::string_view local_name) const {
  const XmlElement* found = child(local_name);
  return found != nullptr ? found->text : "";
}

XmlElement read_xml_tree(std::string_view text, const std::string& subject,
                         const XmlSchemaSet* schemas, Findings* findings) {
  TreeBuilder builder;
  parse_xml_text(text, subject, builder, schemas, findings, {});
  return builder.take();
}

}  // namespace anjuan
