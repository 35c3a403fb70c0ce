#pragma once
// Parses an XML document of a package for a check: whatever is wrong with it becomes a finding.

#include <filesystem>
#include <string>

#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

/// How large the METS and PREMIS of a package with so many files may be: ours need some 2 KB a
/// file. What the checks remember of a document grows with it, so this bounds their memory too.
XmlLimits limits_for(std::size_t files);

/// The same for PREMIS, which may hold the characteristics of each file in full: they are passed
/// over, so only the time that the document takes grows with them.
XmlLimits premis_limits_for(std::size_t files);

/// Streams root/`disk` to `handler`, validating against `schemas` if given. Schema violations go
/// to `violations` (where = "disk:line:column"). Malformed XML is finding XML, a DTD, an entity or
/// an exceeded limit XML-REFUSED, an unreadable file PKG-READ. False if parsing did not reach the
/// end.
bool parse_checked(const std::filesystem::path& root, const std::string& disk, XmlHandler& handler,
                   const XmlSchemaSet* schemas, const XmlLimits& limits, Findings& violations,
                   FindingSink& findings);

/// Does nothing with what it hears: for documents that only need to be well-formed and valid.
class SilentXml final : public XmlHandler {
 public:
  void start(std::string_view, std::string_view, const std::vector<XmlAttribute>&, Place) override {
  }

  void text(std::string_view) override {}

  void end(std::string_view, std::string_view) override {}
};

/// The attribute without namespace (or in `namespace_uri`), or nullptr.
const std::string* find_attribute(const std::vector<XmlAttribute>& attributes,
                                  std::string_view name, std::string_view namespace_uri = {});

/// Its value, or "".
std::string attribute_or_empty(const std::vector<XmlAttribute>& attributes, std::string_view name,
                               std::string_view namespace_uri = {});

}  // namespace anjuan::packager
