#include "packager/verify/eark/package_check.h"

#include "core/messages.h"
#include "packager/verify/eark/mets_reader.h"
#include "packager/verify/eark/rules.h"
#include "packager/verify/eark/structure.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/xml_check.h"

namespace anjuan::packager::eark {

namespace {

constexpr std::string_view kMets = "METS.xml";
constexpr std::string_view kRepresentations = "representations/";

/// One METS document: what the reader hands out goes to the rules at once.
class DocumentCheck final : public MetsVisitor {
 public:
  DocumentCheck(RuleContext& context, PackageSummary& summary)
      : context_(context), summary_(summary) {}

  void section(const Section& section) override {
    auto* file = check_section(context_, section);
    if (!file) return;
    file->listed = true;
    const auto& reference = *section.reference;
    MetadataDocument document{file->path, reference.mdtype.value_or(""),
                              reference.other_mdtype.value_or(""),
                              reference.facts.mime.value_or("")};
    // Each document once, however often a hostile METS names it; what a reference leaves out
    // another may say.
    const auto [place, fresh] = documents_.emplace(file->path, summary_.metadata.size());
    if (fresh) {
      summary_.metadata.push_back(std::move(document));
    } else if (summary_.metadata[place->second].mdtype.empty()) {
      summary_.metadata[place->second] = std::move(document);
    }
  }

  void file(const FileElement& element) override {
    auto* file = check_file(context_, model_, element);
    if (!file) return;
    file->listed = true;
    if (file_name(file->path) == kMets) {
      model_.documents.emplace(file->path, element.id.value.value_or(""));
    }
  }

  void misplaced(std::string_view element, Place place) override {
    if (model_.is_mets) {
      violation(place, say("eark.misplaced", {{"element", std::string(element)}}));
    }
  }

  void repeated_id(std::string_view id, Place place) override {
    violation(place, say("eark.repeated_id", {{"what", "@ID"}, {"value", std::string(id)}}));
  }

  /// Returns the METS documents that this one points to.
  std::vector<std::string> run(const std::filesystem::path& root) {
    static const auto& schemas =
        XmlSchemaSet::embedded_set({"xlink.xsd", "anjuan-csip.xsd", "anjuan-mets.xsd"});
    MetsReader reader(model_, *this);
    Findings violations;
    auto& findings = context_.report.findings();
    const bool complete =
        parse_checked(root, context_.where, reader, &schemas,
                      limits_for(context_.tree.files().size()), violations, findings);
    summary_.readable &= complete && model_.is_mets;
    if (!complete) return {};
    if (!model_.is_mets) {
      not_mets();
      return {};
    }
    const bool ours = is_ours();
    for (auto& each : ours ? violations : grammar_) findings.add(std::move(each));
    if (context_.is_root()) {
      summary_.ours = ours;
      summary_.label = model_.label.value_or("");
      context_.rules = summary_.rules = rules_of(model_);
    }
    return check_whole();
  }

 private:
  void violation(Place place, const std::string& message) {
    if (grammar_.size() >= kXmlFindingsMax) return;
    grammar_.push_back(
        {"XSD", Severity::kError, {}, context_.here(place), message, CheckResult::kFailed});
  }

  void not_mets() {
    auto& findings = context_.report.findings();
    if (model_.is_mets2) {
      findings.not_checked("PKG-PROFILE", context_.where, say("eark.mets2"));
    } else {
      findings.error("XSD", context_.where, say("eark.not_mets"));
    }
  }

  bool is_ours() const {
    if (model_.headers.empty()) return false;
    const auto& agents = model_.headers.front().agents;
    return std::any_of(agents.begin(), agents.end(), [](const Agent& agent) {
      return !agent.names.empty() && agent.names.front().starts_with("Anjuan");
    });
  }

  std::vector<std::string> check_whole() {
    if (model_.truncated) {
      context_.report.findings().not_checked(
          "PKG-LIMIT", context_.where,
          say("eark.too_many_items", {{"limit", std::to_string(kItemsMax)}}));
    }
    check_root(context_, model_);
    check_header(context_, model_);
    check_sections(context_, model_);
    check_file_section(context_, model_);
    auto documents = check_map(context_, model_);
    if (context_.is_root()) check_package_rules(context_, model_);
    return documents;
  }

  RuleContext& context_;
  PackageSummary& summary_;
  MetsModel model_;
  Findings grammar_;
  std::map<std::string, std::size_t> documents_;  ///< path -> place in the summary
};

class PackageCheck {
 public:
  PackageCheck(const std::filesystem::path& root, AipTree& tree, Instant now, Report& report)
      : root_(root), tree_(tree), now_(now), report_(report), names_(tree) {}

  PackageSummary run() {
    check_structure(tree_, report_);
    if (!is_present(std::string(kMets))) return {};
    summary_.readable = true;
    std::set<std::string> documents;
    for (auto& path : check(std::string(kMets), tree_.name())) {
      if (path != kMets) documents.insert(std::move(path));
    }
    for (const auto& folder : tree_.folders()) {
      const bool representation = folder.starts_with(kRepresentations) &&
                                  folder.find('/', kRepresentations.size()) == folder.npos;
      const auto path = fmt::format("{}/{}", folder, kMets);
      if (representation && is_present(path)) documents.insert(path);
    }
    // Those that they point to themselves are not followed: E-ARK has two levels.
    for (const auto& path : documents) check(path, std::string(file_name(parent(path))));
    // A METS that broke off lists less than it should.
    if (summary_.readable) report_unlisted();
    return std::move(summary_);
  }

 private:
  bool is_present(const std::string& path) const {
    const auto* file = tree_.find(path);
    return file && file->present;
  }

  static std::string_view parent(std::string_view path) { return path.substr(0, path.rfind('/')); }

  std::vector<std::string> check(const std::string& path, const std::string& folder) {
    RuleContext context{tree_, path, folder, now_, report_, summary_.pending, tree_.where(path),
                        names_};
    return DocumentCheck(context, summary_).run(root_);
  }

  void report_unlisted() {
    for (const auto& file : tree_.files()) {
      if (file.listed || file.path == kMets || !file.present) continue;
      // What keeps an empty folder in a version control system; it holds nothing.
      if (file.bytes == 0 && file_name(file.path) == ".gitkeep") continue;
      report_unlisted(file);
    }
  }

  void report_unlisted(const AipFile& file) {
    const std::string_view path = file.path;
    const auto slash =
        path.starts_with(kRepresentations) ? path.find('/', kRepresentations.size()) : path.npos;
    const auto inside = slash == path.npos ? path : path.substr(slash + 1);
    if (!inside.starts_with("metadata/")) {
      report_.fails("CSIP66", file.disk(), say("eark.not_listed", {{"file", file.path}}));
      return;
    }
    const auto id = inside.starts_with("metadata/descriptive/")    ? "CSIP17"
                    : inside.starts_with("metadata/preservation/") ? "CSIP32"
                                                                   : "CSIP31";
    report_.fails(id, file.disk(), say("eark.metadata_not_listed", {{"file", file.path}}));
  }

  const std::filesystem::path& root_;
  AipTree& tree_;
  Instant now_;
  Report& report_;
  CaselessNames names_;
  PackageSummary summary_;
};

}  // namespace

PackageSummary check_package(const std::filesystem::path& root, AipTree& tree, Instant now,
                             Report& report) {
  return PackageCheck(root, tree, now, report).run();
}

}  // namespace anjuan::packager::eark
