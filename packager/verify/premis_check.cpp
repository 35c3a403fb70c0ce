#include "packager/verify/premis_check.h"

#include <set>

#include "core/messages.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/premis_dates.h"
#include "packager/verify/premis_files.h"
#include "packager/verify/premis_units.h"
#include "packager/verify/xml_check.h"

namespace anjuan::packager {

namespace {

/// A vocabulary of the Library of Congress (id.loc.gov/vocabulary/preservation).
struct Vocabulary {
  std::string_view unit;
  std::string_view terms;  ///< each framed by '|'
};

constexpr Vocabulary kVocabularies[] = {
    {"eventType",
     "|accession|appraisal|capture|compiling|compression|creation|deaccession|decompression|"
     "decryption|deletion|digital signature generation|digital signature validation|displaying|"
     "dissemination|encryption|execution|exporting|extraction|filename change|fixity check|"
     "forensic feature analysis|format identification|imaging|information package creation|"
     "information package merging|information package splitting|ingestion|ingestion end|"
     "ingestion start|interpreting|message digest calculation|metadata extraction|"
     "metadata modification|migration|modification|normalization|packing|policy assignment|"
     "printing|quarantine|recovery|redaction|refreshment|rendering|replication|transfer|"
     "unpacking|unquarantine|validation|virus check|"},
    {"agentType", "|hardware|organization|person|software|"},
    {"rightsBasis", "|copyright|institutional policy|license|other|statute|"},
    {"relationshipType", "|dependency|derivation|logical|reference|replacement|structural|"},
};

/// Different terms outside the vocabularies; more are not reported.
constexpr std::size_t kTermsMax = 200;

bool in_vocabulary(std::string_view unit, std::string_view term) {
  const auto framed = "|" + lower(term) + "|";
  return std::any_of(std::begin(kVocabularies), std::end(kVocabularies), [&](const auto& each) {
    return each.unit == unit && each.terms.find(framed) != each.terms.npos;
  });
}

/// Hears all documents of a package, one after the other.
class PremisCheck final : public PremisVisitor {
 public:
  PremisCheck(const std::filesystem::path& root, const AipTree& tree, PremisProfile profile,
              FindingSink& findings)
      : root_(root),
        tree_(tree),
        profile_(profile),
        findings_(findings),
        history_(profile, findings),
        files_(root, tree, profile, findings) {}

  void read(const std::string& path) {
    document_ = path;
    where_ = tree_.where(path);
    history_.begin_document(where_);
    if (profile_ == PremisProfile::kAnjuan) {
      read_ours();
    } else {
      read_foreign();
    }
  }

  void report() {
    files_.report_fixities();
    // What a broken document would have described is not missing.
    if (!complete_) return;
    history_.report();
    files_.report_undescribed();
  }

  void other_version(std::string_view version, Place place) override {
    complete_ = false;
    findings_.not_checked("PREMIS-VERSION", at(where_, place),
                          say("premis.other_version", {{"version", std::string(version)}}));
  }

  void reference(PremisKind to, const PremisIdentifier& id) override { history_.refer(to, id); }

  void date(std::string_view unit, std::string_view text, Place place) override {
    if (profile_ == PremisProfile::kAnjuan) return;  // our own XSD is stricter
    if (!text.empty() && !is_premis_date(text)) {
      findings_.warn(
          "PREMIS-DATE", at(where_, place),
          say("premis.date", {{"unit", std::string(unit)}, {"text", std::string(text)}}));
    }
    if (unit == "endDate" && ends_before(start_, text)) {
      findings_.warn("PREMIS-DATE", at(where_, place),
                     say("premis.period", {{"start", start_}, {"end", std::string(text)}}));
    }
    start_ = unit == "startDate" ? text : "";
  }

  void term(std::string_view unit, std::string_view text, Place place) override {
    if (text.empty() || in_vocabulary(unit, text) || terms_.size() >= kTermsMax) return;
    if (!terms_.emplace(unit, text).second) return;
    findings_.info("PREMIS-TERM", at(where_, place),
                   say("premis.term", {{"unit", std::string(unit)}, {"term", std::string(text)}}));
  }

  void entity(PremisEntity& entity) override {
    history_.describe(entity);
    if (entity.kind == PremisKind::kObject) files_.describe(entity, document_);
    if (entity.kind == PremisKind::kRights && !entity.explains_basis && !entity.basis.empty()) {
      findings_.warn("PREMIS-RIGHTS", at(where_, entity.place),
                     say("premis.basis_unexplained", {{"basis", entity.basis}}));
    }
  }

 private:
  void read_ours() {
    static const auto& schemas = XmlSchemaSet::embedded_set({"anjuan-premis.xsd"});
    PremisReader reader(*this);
    Findings violations;
    complete_ &= parse_checked(root_, where_, reader, &schemas,
                               premis_limits_for(tree_.files().size()), violations, findings_);
    for (auto& violation : violations) findings_.add(std::move(violation));
  }

  void read_foreign() {
    PremisReader reader(*this);
    PremisUnits units(where_, findings_);
    XmlPair both(reader, units);
    Findings none;
    complete_ &= parse_checked(root_, where_, both, nullptr,
                               premis_limits_for(tree_.files().size()), none, findings_);
  }

  /// Two that hear one document.
  class XmlPair final : public XmlHandler {
   public:
    XmlPair(XmlHandler& first, XmlHandler& second) : first_(first), second_(second) {}

    void start(std::string_view uri, std::string_view name,
               const std::vector<XmlAttribute>& attributes, Place place) override {
      first_.start(uri, name, attributes, place);
      second_.start(uri, name, attributes, place);
    }

    void text(std::string_view characters) override {
      first_.text(characters);
      second_.text(characters);
    }

    void end(std::string_view uri, std::string_view name) override {
      first_.end(uri, name);
      second_.end(uri, name);
    }

   private:
    XmlHandler& first_;
    XmlHandler& second_;
  };

  const std::filesystem::path& root_;
  const AipTree& tree_;
  PremisProfile profile_;
  FindingSink& findings_;
  PremisHistory history_;
  PremisFiles files_;
  std::string document_;  ///< path in the package
  std::string where_;     ///< the same on the disk
  std::string start_;     ///< of a period whose end may follow
  std::set<std::pair<std::string, std::string>> terms_;
  bool complete_ = true;
};

}  // namespace

void check_premis(const std::filesystem::path& root, const AipTree& tree,
                  std::vector<std::string> documents, FindingSink& findings,
                  PremisProfile profile) {
  std::sort(documents.begin(), documents.end());
  PremisCheck check(root, tree, profile, findings);
  for (const auto& path : documents) check.read(path);
  check.report();
}

}  // namespace anjuan::packager
