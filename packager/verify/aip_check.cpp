#include "packager/verify/aip_check.h"

#include "core/embedded.h"
#include "core/messages.h"
#include "packager/verify/mets_check.h"
#include "packager/verify/premis_check.h"
#include "packager/verify/xml_check.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kRootMets = "METS.xml";

class AipCheck {
 public:
  AipCheck(const std::filesystem::path& root, AipTree& tree, FindingSink& findings)
      : root_(root), tree_(tree), findings_(findings) {}

  void run() {
    const auto* mets = tree_.find(kRootMets);
    if (!mets || !mets->present) {
      findings_.error("CSIPSTR4", tree_.where(kRootMets),
                      say("verify.no_mets", {{"folder", tree_.name()}}));
      return;
    }
    const auto summary = check_mets(root_, tree_, std::string(kRootMets), tree_.name(), findings_);
    label_ = summary.label;
    take(summary);
    for (const auto& path : summary.representations) check_representation(path);
    // A METS that broke off, or that we do not know to read, lists less than it should.
    if (complete_) check_listed();
    if (ours_) check_metadata();
  }

  const std::string& label() const { return label_; }

 private:
  void take(const MetsSummary& summary) {
    complete_ &= summary.complete;
    ours_ &= summary.ours;
    metadata_.insert(metadata_.end(), summary.metadata.begin(), summary.metadata.end());
  }

  void check_representation(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path().filename().string();
    const auto* mets = tree_.find(path);
    if (mets && mets->present) take(check_mets(root_, tree_, path, folder, findings_));
  }

  void check_listed() {
    for (const auto& file : tree_.files()) {
      if (file.listed || file.path == kRootMets || !file.present) continue;
      const bool metadata = file.path.starts_with("metadata/") ||
                            (file.path.starts_with("representations/") &&
                             file.path.find("/metadata/") != std::string::npos &&
                             file.path.find("/data/") == std::string::npos);
      if (metadata) {
        findings_.warn("CSIP31", file.disk,
                       say("verify.metadata_not_listed", {{"file", file.path}}));
      } else {
        findings_.error("CSIP66", file.disk, say("verify.not_listed", {{"file", file.path}}));
      }
    }
  }

  void check_metadata() {
    std::vector<std::string> premis;
    for (const auto& reference : metadata_) {
      if (reference.mdtype.starts_with("PREMIS")) {
        premis.push_back(reference.path);
      } else if (reference.mime == "application/xml" || reference.mime == "text/xml") {
        check_document(reference);
      }
    }
    if (premis.empty()) {
      findings_.error("CSIP32", tree_.where(kRootMets), say("verify.no_premis"));
      return;
    }
    check_premis(root_, tree_, std::move(premis), findings_);
  }

  void check_document(const MetadataReference& reference) {
    SilentXml handler;
    Findings violations;
    parse_checked(root_, tree_.where(reference.path), handler, schemas_of(reference),
                  limits_for(tree_.files().size()), violations, findings_);
    for (auto& violation : violations) findings_.add(std::move(violation));
  }

  /// "urn:anjuan:case:1" is described by case.xsd; a document of no schema of ours is only checked
  /// to be well-formed.
  static const XmlSchemaSet* schemas_of(const MetadataReference& reference) {
    constexpr std::string_view kSpace = "urn:anjuan:";
    constexpr std::string_view kEdition = ":1";
    const std::string_view type = reference.other_mdtype;
    if (!type.starts_with(kSpace) || !type.ends_with(kEdition)) return nullptr;
    const auto name = type.substr(kSpace.size(), type.size() - kSpace.size() - kEdition.size());
    const auto file = fmt::format("{}.xsd", name);
    const auto known = embedded_paths("xml/");
    if (std::find(known.begin(), known.end(), "xml/" + file) == known.end()) return nullptr;
    return &XmlSchemaSet::embedded_set({file});
  }

  const std::filesystem::path& root_;
  AipTree& tree_;
  FindingSink& findings_;
  std::vector<MetadataReference> metadata_;
  std::string label_;
  bool complete_ = true;
  bool ours_ = true;
};

}  // namespace

std::string check_aip(const std::filesystem::path& root, AipTree& tree, FindingSink& findings) {
  AipCheck check(root, tree, findings);
  check.run();
  return check.label();
}

}  // namespace anjuan::packager
