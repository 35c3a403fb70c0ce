#include "ingest/submission_sip.h"

#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "core/xml_reader.h"
#include "packager/package_layout.h"
#include "packager/verify/digest_pass.h"
#include "packager/verify/eark/values.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::ingest {

namespace {

constexpr std::string_view kRepresentations = "representations/";
constexpr std::string_view kData = "data/";
constexpr std::string_view kMets = "METS.xml";
constexpr unsigned kThreads = 2;

/// What METS says of one file; the path is that of the gathered files.
struct Listed {
  std::string path;
  std::string size;
  std::string algorithm;
  std::string digest;
};

/// Collects the files (mets:file with its FLocat) and metadata (mets:mdRef) of a METS document.
class ListReader final : public XmlHandler {
 public:
  ListReader(std::string folder, std::vector<Listed>& listed)
      : folder_(std::move(folder)), listed_(listed) {}

  void start(std::string_view space, std::string_view name,
             const std::vector<XmlAttribute>& attributes, Place) override {
    if (space != packager::kMetsNamespace) return;
    if (name == "file" || name == "mdRef") current_ = listed_in(attributes);
    if (name == "FLocat" || name == "mdRef") take(href_in(attributes));
  }

  void text(std::string_view) override {}

  void end(std::string_view, std::string_view) override {}

 private:
  static Listed listed_in(const std::vector<XmlAttribute>& attributes) {
    Listed listed;
    for (const XmlAttribute& attribute : attributes) {
      if (attribute.name == "SIZE") listed.size = attribute.value;
      if (attribute.name == "CHECKSUMTYPE") listed.algorithm = attribute.value;
      if (attribute.name == "CHECKSUM") listed.digest = packager::lower(attribute.value);
    }
    return listed;
  }

  static std::string href_in(const std::vector<XmlAttribute>& attributes) {
    for (const XmlAttribute& attribute : attributes) {
      if (attribute.namespace_uri == packager::kXlinkNamespace && attribute.name == "href") {
        return attribute.value;
      }
    }
    return "";
  }

  void take(std::string_view href) {
    if (href.starts_with("./")) href.remove_prefix(2);
    try {
      current_.path = folder_ + from_href(href);
    } catch (const Error&) {
      current_.path = folder_ + std::string(href);  // Names no file: it will be missing.
    }
    listed_.push_back(current_);
  }

  std::string folder_;
  std::vector<Listed>& listed_;
  Listed current_;
};

/// METS.xml of the SIP and of its representations.
std::vector<std::string> mets_documents(const Staging& staging, const std::string& outer) {
  std::vector<std::string> paths = {outer + std::string(kMets)};
  const std::string folder = outer + std::string(kRepresentations);
  for (const auto& [path, file] : staging.files()) {
    if (!path.starts_with(folder) || !path.ends_with("/" + std::string(kMets))) continue;
    const auto slash = path.find('/', folder.size());
    if (path.size() == slash + 1 + kMets.size()) paths.push_back(path);
  }
  return paths;
}

std::vector<Listed> read_lists(const Staging& staging, const std::string& outer) {
  std::vector<Listed> listed;
  for (const std::string& path : mets_documents(staging, outer)) {
    ListReader reader(path.substr(0, path.size() - kMets.size()), listed);
    parse_xml(staging.copy_of(staging.files().at(path)), path, reader);
  }
  return listed;
}

/// Judges what is listed against what was gathered.
class SipCheck {
 public:
  SipCheck(const Staging& staging, const Layout& layout) : staging_(staging), layout_(layout) {}

  Findings run() {
    const auto listed = read_lists(staging_, *layout_.sip);
    for (const Listed& file : listed) compare(file);
    compare_further();
    std::set<std::string_view> known;
    for (const Listed& file : listed) known.insert(file.path);
    std::size_t others = 0;
    for (const auto& [path, file] : staging_.files()) {
      if (!path.starts_with(layout_.root)) {
        ++others;
      } else if (!known.contains(path)) {
        report("SIP-UNLISTED", Severity::kWarn, "sip.unlisted", path);
      }
    }
    report("SIP-WRAPPER", Severity::kInfo, "sip.wrapper", std::to_string(others));
    return std::move(findings_);
  }

 private:
  void compare(const Listed& listed) {
    const auto found = staging_.files().find(listed.path);
    if (found == staging_.files().end()) {
      return report("SIP-MISSING", Severity::kError, "sip.missing", listed.path);
    }
    const StagedFile& file = found->second;
    if (!listed.size.empty() && listed.size != std::to_string(file.digests.bytes)) {
      report("SIP-SIZE", Severity::kError, "sip.size", listed.path);
    }
    const auto algorithm = packager::eark::algorithm_of(listed.algorithm);
    if (!algorithm || listed.digest.empty()) {
      report("SIP-UNCHECKED", Severity::kWarn, "sip.unchecked", listed.path,
             CheckResult::kNotChecked);
    } else if (*algorithm == DigestAlgorithm::kSha512) {
      compare_digest(listed, file.digests.sha512);
    } else {
      further_.push_back(listed);
      jobs_.push_back({file.copy, file.digests.bytes, {*algorithm}});
    }
  }

  void compare_digest(const Listed& listed, const std::string& digest) {
    if (listed.digest != digest) {
      report("SIP-DIGEST", Severity::kError, "sip.digest", listed.path);
    }
  }

  /// What gathering did not compute is read once more.
  void compare_further() {
    SilentProgress silent;
    const auto results = packager::digest_files(staging_.folder(), jobs_, kThreads, silent);
    for (std::size_t i = 0; i < results.size(); ++i) {
      compare_digest(further_[i], results[i].failure.empty() ? results[i].digests[0] : "");
    }
  }

  void report(std::string code, Severity severity, std::string_view message_id,
              const std::string& what, CheckResult result = CheckResult::kFailed) {
    Finding finding;
    finding.code = std::move(code);
    finding.severity = severity;
    finding.where = what;
    finding.message = say(message_id, {{"path", what}});
    finding.result = result;
    findings_.push_back(std::move(finding));
  }

  const Staging& staging_;
  const Layout& layout_;
  std::vector<Listed> further_;  ///< of each job
  std::vector<packager::DigestJob> jobs_;
  Findings findings_;
};

bool declares(const std::set<std::string_view>& names, const std::string& folder) {
  return names.contains(folder + std::string(kDeclarationJson)) ||
         names.contains(folder + std::string(kDeclarationXml));
}

/// METS.xml, and one of the folders that no case file has by chance.
bool is_package(const std::set<std::string_view>& names, const std::string& root) {
  return names.contains(root + std::string(kMets)) &&
         std::any_of(names.begin(), names.end(), [&](std::string_view name) {
           return name.starts_with(root + std::string(kRepresentations)) ||
                  name.starts_with(root + "metadata/");
         });
}

}  // namespace

std::optional<std::string> find_sip(const std::set<std::string_view>& names,
                                    const std::string& root) {
  if (!is_package(names, root) || declares(names, root)) return std::nullopt;
  return root;
}

std::string case_folder_in_sip(const std::set<std::string_view>& names, const std::string& sip,
                               const std::string& source) {
  const std::string folder = sip + std::string(kRepresentations);
  std::set<std::string> found;
  for (auto at = names.lower_bound(folder); at != names.end() && at->starts_with(folder); ++at) {
    const auto name_end = at->find('/', folder.size());
    if (name_end == at->npos) continue;
    const auto data = std::string(at->substr(0, name_end + 1)) + std::string(kData);
    if (declares(names, data)) found.insert(data);
  }
  if (found.size() == 1) return *found.begin();
  throw Error(ErrorCode::kInvalid, source,
              say(found.empty() ? "sip.no_case" : "sip.several_cases", {{"source", source}}));
}

Findings check_sip(const Staging& staging, const Layout& layout) {
  return SipCheck(staging, layout).run();
}

}  // namespace anjuan::ingest
