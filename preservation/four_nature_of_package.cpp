#include "preservation/four_nature_of_package.h"

#include <algorithm>

#include "core/actor.h"
#include "core/database.h"
#include "core/error.h"
#include "core/messages.h"
#include "packager/mets_reader.h"
#include "packager/verify/verify.h"
#include "preservation/four_nature_case.h"
#include "preservation/store/package_reader.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kData = "representations/original/data/";
constexpr std::string_view kDataMets = "representations/original/METS.xml";
constexpr const char* kCase = "metadata/descriptive/case.xml";
constexpr const char* kDescription = "metadata/descriptive/description.xml";
constexpr const char* kMetadata[] = {
    "METS.xml",
    kCase,
    kDescription,
    "metadata/descriptive/ead.xml",
    "metadata/preservation/premis-0001.xml",
    "representations/original/METS.xml",
    "representations/original/metadata/preservation/premis-0001.xml"};

/// What a verifier's finding is about, by its code (docs/formats/verify-report.md).
enum class About { kDocuments, kStructure, kFixity };

About about(std::string_view code) {
  for (const std::string_view fixity : {"E092", "E093", "PREMIS-SIZE", "PREMIS-FIXITY"}) {
    if (code == fixity) return About::kFixity;
  }
  const bool structure = code.starts_with("CSIPSTR") || code.starts_with("PKG-") ||
                         (code.size() == 4 && (code[0] == 'E' || code[0] == 'W'));
  return structure ? About::kStructure : About::kDocuments;
}

bool is_error(const Finding& finding) {
  return finding.result == CheckResult::kFailed && finding.severity == Severity::kError;
}

/// One package while it is checked.
class PackageFacts {
 public:
  PackageFacts(const PackageChecks& checks, const packager::PackageId& id)
      : checks_(checks), reader_(checks.store, id), files_(reader_.files(reader_.head())) {}

  rules::FourNatureFacts all() {
    verify();
    CaseForChecks from;
    from.subject = reader_.id().uuid();
    from.fonds_code = checks_.home.config().archive.fonds_code;
    read_documents(from);
    for (const PackageFile& file : files_) {
      if (file.path.starts_with(kData)) from.files.push_back(content_file(file));
    }
    auto facts = facts_of_case(from, checks_.scanner, checks_.now, checks_.progress);
    add_verified_documents(facts.metadata);
    facts.language = checks_.language;
    facts.store = checks_.others;
    facts.seals = seals();
    facts.database = database();
    count_content(from.files.size());
    facts.package = std::move(package_);
    return facts;
  }

 private:
  void verify() {
    const auto object = checks_.store.find(reader_.id());
    const auto local = object ? checks_.store.primary().blobs().local_path(object->key)
                              : std::optional<fs::path>();
    if (!local) {
      throw Error(ErrorCode::kCannotCheck, reader_.id().uuid(),
                  say("four_nature.not_local", {{"package", reader_.id().uuid()}}));
    }
    packager::VerifyOptions options;
    options.now = checks_.now;
    const auto report = packager::verify_package(*local, options, checks_.progress);
    package_.verified_by = Actor::program().name;
    package_.files_listed = report.files_expected;
    package_.files_digested = report.files_checked;
    package_.was_all_checked = report.verdict != packager::Verdict::kUnchecked;
    for (const Finding& finding : report.findings) {
      if (is_error(finding)) sort_in(finding);
    }
    for (const char* path : kMetadata) {
      package_.metadata_expected.emplace_back(path);
      if (!has(path)) package_.metadata_missing.emplace_back(path);
    }
  }

  void sort_in(const Finding& finding) {
    switch (about(finding.code)) {
      case About::kDocuments:
        package_.documents.push_back(finding);
        if (finding.code == "XML" || finding.code == "XSD") {
          unreadable_.push_back({finding.where, finding.code});
        }
        return;
      case About::kStructure:
        package_.structure.push_back(finding);
        return;
      case About::kFixity:
        package_.fixity.push_back(finding);
        return;
    }
  }

  bool has(std::string_view path) const {
    return std::any_of(files_.begin(), files_.end(),
                       [path](const PackageFile& file) { return file.path == path; });
  }

  void read_documents(CaseForChecks& from) {
    try {
      const std::string text = reader_.document(reader_.head(), kCase);
      from.declared = std::make_shared<const CaseFile>(CaseFile::from_xml(text, "case.xml"));
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kInterrupted) throw;
      from.declared_problem = error.what();
    }
    try {
      from.description = reader_.document(reader_.head(), kDescription);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kInterrupted) throw;
      unreadable_.push_back({"description.xml", error.what()});
    }
    for (const char* name : {"case.json", "case.xml"}) {
      if (has(std::string(kData) + name)) from.declaration_name = name;
    }
  }

  /// The verifier compared every file with the inventory's digest; where it found fault, or did
  /// not come to the end, the bytes are digested here.
  ContentFile content_file(const PackageFile& file) const {
    ContentFile content;
    content.path = file.path.substr(kData.size());
    content.bytes = file.bytes;
    const bool is_sound = package_.fixity.empty() && package_.was_all_checked &&
                          package_.files_digested == package_.files_listed;
    try {
      content.local = reader_.local_file(file);
      content.sha512 = is_sound ? file.sha512 : digest_file(content.local).sha512;
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kInterrupted) throw;
      content.local.clear();
    }
    return content;
  }

  std::vector<rules::SealFact> seals() const {
    const std::uint64_t bad = package_.fixity.size();
    const std::uint64_t good = package_.files_digested - std::min(bad, package_.files_digested);
    return {{rules::SealFact::Kind::kDigest, package_.files_listed, good, bad}};
  }

  /// METS, PREMIS and EAD were parsed and validated by the verifier.
  void add_verified_documents(std::vector<rules::MetadataFact>& metadata) const {
    metadata.insert(metadata.end(), unreadable_.begin(), unreadable_.end());
    if (!package_.was_all_checked || !unreadable_.empty()) return;
    for (const char* path : kMetadata) {
      const bool is_own = path == std::string_view(kCase) || path == std::string_view(kDescription);
      if (!is_own && has(path)) metadata.push_back({path, ""});
    }
  }

  void count_content(std::size_t present) {
    package_.content_present = present;
    for (const PackageFile& file : files_) {
      if (file.path != kDataMets) continue;
      try {
        packager::read_mets(reader_.local_file(file), file.path,
                            [this](const packager::MetsGroup&, const packager::MetsFile& listed) {
                              if (listed.path.starts_with("data/")) ++package_.content_listed;
                            });
      } catch (const Error& error) {
        if (error.code() == ErrorCode::kInterrupted) throw;
        package_.content_listed = 0;  // an unreadable list lists nothing; documents say why
      }
    }
  }

  std::optional<rules::DatabaseFact> database() const {
    const fs::path file = checks_.home.index_file();
    if (!fs::exists(file)) return std::nullopt;
    rules::DatabaseFact fact;
    fact.name = file.filename().string();
    try {
      Database index = Database::open(file);
      fact.was_opened = true;
      const auto rows = index.run("PRAGMA quick_check(1)");
      if (!rows.empty()) fact.integrity = rows.front().text(0);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kInterrupted) throw;
      fact.was_opened = false;
      fact.integrity = error.what();
    }
    return fact;
  }

  const PackageChecks& checks_;
  PackageReader reader_;
  std::vector<PackageFile> files_;
  rules::PackageFact package_;
  std::vector<rules::MetadataFact> unreadable_;
};

}  // namespace

rules::FourNatureFacts facts_of_package(const PackageChecks& checks,
                                        const packager::PackageId& id) {
  return PackageFacts(checks, id).all();
}

rules::FourNatureReport four_nature_of_package(const PackageChecks& checks,
                                               const packager::PackageId& id, rules::Phase phase) {
  const auto formats = rules::FormatPolicy::load(checks.home.data());
  return rules::four_nature(phase, facts_of_package(checks, id), formats);
}

}  // namespace anjuan::preservation
