#pragma once
// Reading XML with Xerces-C++: no DTD, no external entity, no schema location, no network, limits.
//
// parse_xml() streams to a handler in constant memory; read_xml_tree() is for small documents.
// Both throw Error(kInvalid) with line and column for malformed XML, Error(kRefused) for a DOCTYPE,
// an external entity or an exceeded limit, and let through what the handler throws.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/json.h"

namespace anjuan {

struct XmlAttribute {
  std::string namespace_uri;
  std::string name;  ///< local name
  std::string value;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  /// `place` is the end of the start tag: line, and column in characters.
  virtual void start(std::string_view namespace_uri, std::string_view name,
                     const std::vector<XmlAttribute>& attributes, Place place) = 0;
  /// Character data in pieces, as they come; white space between elements too.
  virtual void text(std::string_view characters) = 0;
  virtual void end(std::string_view namespace_uri, std::string_view name) = 0;
};

/// Limits against hostile documents; exceeding one throws Error(kRefused).
struct XmlLimits {
  std::uint64_t bytes_max = 4ULL * 1024 * 1024 * 1024;
  std::uint32_t depth_max = 200;
  std::uint32_t attributes_max = 1000;                 ///< of one element
  std::uint64_t children_max = 10'000'000;             ///< of one element: a schema counts them all
  std::uint64_t text_bytes_max = 64ULL * 1024 * 1024;  ///< of one text or attribute value
};

class XmlSchemaSet;

/// Parses `path`; with `schemas` also validates, appending one finding per violation (at most
/// kXmlFindingsMax, and then one that says so) with code "XSD" and where = "line:column". With
/// `schemas` but without `findings` the first violation is thrown as Error(kInvalid).
/// `subject` is how the file is called in messages.
inline constexpr std::size_t kXmlFindingsMax = 1000;
void parse_xml(const std::filesystem::path& path, const std::string& subject, XmlHandler& handler,
               const XmlSchemaSet* schemas = nullptr, Findings* findings = nullptr,
               const XmlLimits& limits = {});
void parse_xml_text(std::string_view text, const std::string& subject, XmlHandler& handler,
                    const XmlSchemaSet* schemas = nullptr, Findings* findings = nullptr,
                    const XmlLimits& limits = {});

/// An element with everything in it. For documents of some megabytes at most.
struct XmlElement {
  std::string namespace_uri;
  std::string name;
  std::vector<XmlAttribute> attributes;
  std::vector<XmlElement> children;
  std::string text;  ///< its own character data, concatenated
  Place place;

  const XmlElement* child(std::string_view local_name) const;
  /// Value of the attribute without namespace, or nullptr.
  const std::string* attribute(std::string_view local_name) const;
  /// The same, "" where there is none.
  std::string value_of(std::string_view local_name) const;
  /// Text of the first child of that name, "" where there is none.
  std::string text_of(std::string_view local_name) const;
};

XmlElement read_xml_tree(std::string_view text, const std::string& subject,
                         const XmlSchemaSet* schemas = nullptr, Findings* findings = nullptr);

}  // namespace anjuan
