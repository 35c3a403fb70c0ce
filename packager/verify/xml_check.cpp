#include "packager/verify/xml_check.h"

#include "core/error.h"
#include "core/messages.h"
#include "packager/package_draft.h"

namespace anjuan::packager {

namespace {

/// False if the error is not about the document.
bool report(const Error& error, const std::string& disk, FindingSink& findings) {
  const auto code = error.code();
  if (code == ErrorCode::kInvalid) {
    findings.error("XML", disk, error.what());
  } else if (code == ErrorCode::kRefused) {
    findings.error("XML-REFUSED", disk, error.what());
  } else if (code == ErrorCode::kNotFound || code == ErrorCode::kIo) {
    findings.not_checked("PKG-READ", disk,
                         say("verify.unreadable", {{"path", disk}, {"reason", error.what()}}));
  } else {
    return false;
  }
  return true;
}

}  // namespace

XmlLimits limits_for(std::size_t files) {
  constexpr std::uint64_t kBaseBytes = 64ULL * 1024 * 1024;
  constexpr std::uint64_t kBytesPerFile = 16ULL * 1024;
  constexpr std::uint64_t kIdBytes = 100;
  constexpr std::uint64_t kBaseChildren = 1'000'000;
  constexpr std::uint64_t kChildrenPerFile = 64;
  XmlLimits limits;
  limits.bytes_max = kBaseBytes + files * kBytesPerFile;
  limits.children_max = kBaseChildren + files * kChildrenPerFile;
  // A list of the IDs of all sections is one attribute.
  limits.text_bytes_max = 1024 * 1024 + files * kIdBytes;
  return limits;
}

XmlLimits premis_limits_for(std::size_t files) {
  auto limits = limits_for(files);
  limits.bytes_max =
      std::min(limits.bytes_max + files * kCharacteristicsBytesMax, XmlLimits{}.bytes_max);
  return limits;
}

bool parse_checked(const std::filesystem::path& root, const std::string& disk, XmlHandler& handler,
                   const XmlSchemaSet* schemas, const XmlLimits& limits, Findings& violations,
                   FindingSink& findings) {
  Findings found;
  bool complete = true;
  try {
    parse_xml(root / disk, disk, handler, schemas, schemas ? &found : nullptr, limits);
  } catch (const Error& error) {
    if (!report(error, disk, findings)) throw;
    complete = false;
  }
  for (auto& finding : found) {
    finding.where = disk + ":" + finding.where;
    violations.push_back(std::move(finding));
  }
  return complete;
}

const std::string* find_attribute(const std::vector<XmlAttribute>& attributes,
                                  std::string_view name, std::string_view namespace_uri) {
  for (const auto& attribute : attributes) {
    if (attribute.name == name && attribute.namespace_uri == namespace_uri) {
      return &attribute.value;
    }
  }
  return nullptr;
}

std::string attribute_or_empty(const std::vector<XmlAttribute>& attributes, std::string_view name,
                               std::string_view namespace_uri) {
  const auto* value = find_attribute(attributes, name, namespace_uri);
  return value ? *value : "";
}

}  // namespace anjuan::packager
