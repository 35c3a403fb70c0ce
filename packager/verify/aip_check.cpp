#include "packager/verify/aip_check.h"

#include "core/embedded.h"
#include "core/messages.h"
#include "packager/verify/eark/container_rules.h"
#include "packager/verify/eark/package_check.h"
#include "packager/verify/eark/references.h"
#include "packager/verify/premis_check.h"
#include "packager/verify/xml_check.h"

namespace anjuan::packager {

namespace {

using eark::MetadataDocument;

class AipCheck {
 public:
  AipCheck(Examination& work, AipTree& tree, AipDigests::Want want)
      : work_(work), root_(work.root), tree_(tree), findings_(work.findings), want_(want) {}

  void run() {
    eark::Report report(findings_);
    auto summary = eark::check_package(root_, tree_, work_.options.now, report);
    if (work_.container) {
      eark::check_container(*work_.container, work_.report.path, summary.rules, report);
    }
    const auto digests = AipDigests::compute(work_, tree_, summary.pending, want_);
    eark::check_digests(
        summary.pending, tree_,
        [&](std::size_t file, DigestAlgorithm algorithm) { return digests.of(file, algorithm); },
        report);
    report.close();
    checked_ = {summary.label, summary.ours};
    metadata_ = std::move(summary.metadata);
    if (summary.ours) {
      check_metadata();
    } else {
      check_foreign_metadata(summary.rules);
    }
  }

  const CheckedAip& checked() const { return checked_; }

 private:
  /// Of a package of others only its history is judged: what else it carries has its own schemas.
  void check_foreign_metadata(eark::PackageRules rules) {
    auto premis = premis_documents();
    if (premis.empty()) return;
    const bool aip = rules == eark::PackageRules::kAip;
    check_premis(root_, tree_, std::move(premis), findings_,
                 aip ? PremisProfile::kAip : PremisProfile::kOther);
  }

  void check_metadata() {
    for (const auto& reference : metadata_) {
      const bool xml = reference.mime == "application/xml" || reference.mime == "text/xml";
      if (xml && !is_premis(reference)) check_document(reference);
    }
    auto premis = premis_documents();
    if (premis.empty()) {
      findings_.error("CSIP32", tree_.where("METS.xml"), say("verify.no_premis"));
      return;
    }
    check_premis(root_, tree_, std::move(premis), findings_);
  }

  static bool is_premis(const MetadataDocument& document) {
    return document.mdtype.starts_with("PREMIS");
  }

  std::vector<std::string> premis_documents() const {
    std::vector<std::string> paths;
    for (const auto& document : metadata_) {
      if (is_premis(document)) paths.push_back(document.path);
    }
    return paths;
  }

  void check_document(const MetadataDocument& reference) {
    SilentXml handler;
    Findings violations;
    parse_checked(root_, tree_.where(reference.path), handler, schemas_of(reference),
                  limits_for(tree_.files().size()), violations, findings_);
    for (auto& violation : violations) findings_.add(std::move(violation));
  }

  /// "urn:anjuan:case:1" is described by case.xsd; a document of no schema of ours is only checked
  /// to be well-formed.
  static const XmlSchemaSet* schemas_of(const MetadataDocument& reference) {
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

  Examination& work_;
  const std::filesystem::path& root_;
  AipTree& tree_;
  FindingSink& findings_;
  AipDigests::Want want_;
  std::vector<MetadataDocument> metadata_;
  CheckedAip checked_;
};

}  // namespace

CheckedAip check_aip(Examination& work, AipTree& tree, AipDigests::Want want) {
  AipCheck check(work, tree, want);
  check.run();
  return check.checked();
}

}  // namespace anjuan::packager
