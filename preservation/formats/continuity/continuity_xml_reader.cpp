#include <cmath>
#include <cstdlib>

#include "core/base64.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "preservation/formats/continuity/continuity_xml.h"

namespace anjuan::formats {

namespace {

/// The schema has been checked: what is asked for is there, and of its type.
class Reader {
 public:
  explicit Reader(const std::string& subject) : subject_(subject) {}

  ContinuityDocument read(const XmlElement& root) {
    ContinuityDocument document;
    const auto verdict = verdict_of_word(text(root, "verdict"));
    if (!verdict) refuse(root, "verdict");
    document.verdict = *verdict;
    document.coverage = number(root, "coverage");
    if (root.attribute("stepCoverage") != nullptr) {
      document.step_coverage = number(root, "stepCoverage");
    }
    for (const XmlElement& child : root.children) {
      if (child.name == "segment") document.segments.push_back(segment(child));
      if (child.name == "gap") document.gaps.push_back(gap(child));
      if (child.name == "finding") document.findings.push_back(finding(child));
    }
    const auto inside = [&](std::size_t index) { return index < document.segments.size(); };
    for (const auto& one : document.gaps) {
      if (!inside(one.segment)) refuse(root, "gap");
    }
    for (const auto& one : document.findings) {
      if (!inside(one.segment)) refuse(root, "finding");
    }
    return document;
  }

 private:
  [[noreturn]] void refuse(const XmlElement& at, const std::string& what) const {
    throw Error(ErrorCode::kInvalid, subject_,
                say("continuity.xml_invalid",
                    {{"file", subject_}, {"line", std::to_string(at.place.line)}, {"what", what}}));
  }

  static std::string text(const XmlElement& at, const char* name) {
    const std::string* value = at.attribute(name);
    return value == nullptr ? "" : *value;
  }

  double number(const XmlElement& at, const char* name) const {
    const double value = std::strtod(text(at, name).c_str(), nullptr);
    if (!std::isfinite(value)) refuse(at, name);
    return value;
  }

  /// Numbers in the document count from 1.
  std::size_t index(const XmlElement& at) const {
    const double value = number(at, "segment");
    if (value < 1 || value > 1e6) refuse(at, "segment");
    return static_cast<std::size_t>(value) - 1;
  }

  ContinuityDocument::Segment segment(const XmlElement& at) const {
    return {text(at, "name"), number(at, "lengthS"), text(at, "clock") != "none"};
  }

  ContinuityDocument::Gap gap(const XmlElement& at) const {
    return {index(at),       number(at, "atS"),      text(at, "start"),
            text(at, "end"), number(at, "missingS"), text(at, "signal")};
  }

  ContinuityDocument::Finding finding(const XmlElement& at) const {
    ContinuityDocument::Finding one;
    one.signal = text(at, "signal");
    one.kind = text(at, "kind");
    const auto weight = weight_of_word(text(at, "weight"));
    if (!weight) refuse(at, "weight");
    one.weight = *weight;
    one.segment = index(at);
    one.at_s = number(at, "atS");
    one.measured = number(at, "measured");
    one.threshold = number(at, "threshold");
    for (const XmlElement& child : at.children) {
      if (child.name == "message") {
        (text(child, "language") == "en" ? one.message_en : one.message_zh) = child.text;
      } else if (child.name == "crop") {
        auto png = from_base64(child.text);
        if (!png || png->size() > kCropBytesMax) refuse(child, "crop");
        one.crops.push_back({number(child, "atS"), std::move(*png)});
      }
    }
    return one;
  }

  const std::string& subject_;
};

}  // namespace

ContinuityDocument read_continuity_xml(std::string_view text, const std::string& subject) {
  const auto& schemas = XmlSchemaSet::embedded_set({"continuity.xsd"});
  return Reader(subject).read(read_xml_tree(text, subject, &schemas));
}

}  // namespace anjuan::formats
