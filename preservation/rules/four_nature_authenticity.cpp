// ZS-1-1, ZS-3-1, ZS-4-1, ZS-5-*: fixed information, files against their records, the package.
#include <map>

#include "preservation/rules/four_nature_checks.h"

namespace anjuan::rules::items {

namespace {

std::string_view kind_id(SealFact::Kind kind) {
  switch (kind) {
    case SealFact::Kind::kDigest:
      return "four_nature.seal_digest";
    case SealFact::Kind::kSignature:
      return "four_nature.seal_signature";
    case SealFact::Kind::kTimestamp:
      break;
  }
  return "four_nature.seal_timestamp";
}

/// All kinds that are there must be verified; what is not there is named as such.
Outcome seals(const CheckInput& in) {
  const Language language = in.facts.language;
  if (!in.facts.seals) return missing(in, "four_nature.no_seals");
  std::vector<std::string> there;
  std::vector<std::string> unverified;
  bool is_failed = false;
  for (const SealFact& seal : *in.facts.seals) {
    if (seal.present == 0) continue;
    const std::string kind = say_in(language, kind_id(seal.kind));
    there.push_back(say_in(language, "four_nature.seal_counts",
                           {{"kind", kind},
                            {"present", number(seal.present)},
                            {"verified", number(seal.verified)},
                            {"failed", number(seal.failed)}}));
    is_failed = is_failed || seal.failed > 0;
    if (seal.verified + seal.failed < seal.present) unverified.push_back(kind);
  }
  if (there.empty()) return missing(in, "four_nature.no_seals");
  std::string evidence =
      say_in(language, "four_nature.seals_seen", {{"list", listed(there, language)}});
  if (is_failed) return failed(std::move(evidence));
  if (unverified.empty()) return passed(std::move(evidence));
  return not_run(
      say_in(language, "four_nature.seals_unverified", {{"list", listed(unverified, language)}}),
      std::move(evidence));
}

/// How a described file differs from the measured one; nothing where it does not.
struct Comparison {
  std::size_t compared = 0;
  std::vector<std::string> unread;
  std::vector<std::string> faults;
};

void compare(const DescribedFile& described, const FactFile* file, Comparison& out) {
  if (file == nullptr) {
    out.faults.push_back(described.name);
    return;
  }
  const auto* digest = described.node->attribute("digest");
  const auto* size = described.node->attribute("size");
  if (file->sha512.empty() || digest == nullptr || size == nullptr) {
    out.unread.push_back(described.name);
    return;
  }
  ++out.compared;
  const auto* mime = described.node->attribute("mime");
  const bool same = *digest == file->sha512 && *size == number(file->bytes) &&
                    (mime == nullptr || file->mime.empty() || *mime == file->mime);
  if (!same) out.faults.push_back(described.name);
}

using FilesByName = std::map<std::string_view, const FactFile*>;

FilesByName by_name(const FileFacts& content) {
  FilesByName files;
  for (const FactFile& file : content.files) {
    files.emplace(file.path, &file);
    for (const std::string& name : file.named_as) files.emplace(name, &file);
  }
  return files;
}

Outcome file_properties(const CheckInput& in) {
  const Language language = in.facts.language;
  if (in.facts.description == nullptr) {
    return missing(in, "four_nature.no_description");
  }
  if (!in.facts.content) return missing(in, "four_nature.no_content");
  const FilesByName files = by_name(*in.facts.content);
  Comparison out;
  for (const DescribedFile& described : described_files(*in.facts.description)) {
    const auto found = files.find(described.name);
    compare(described, found == files.end() ? nullptr : found->second, out);
  }
  const MessageArgument count{"count", number(out.compared)};
  if (!out.faults.empty()) {
    return failed(say_in(language, "four_nature.properties_differ",
                         {count, {"list", listed(out.faults, language)}}));
  }
  if (out.compared == 0) return missing(in, "four_nature.no_file_records");
  std::string evidence = say_in(language, "four_nature.properties_same", {count});
  if (out.unread.empty()) return passed(std::move(evidence));
  return not_run(
      say_in(language, "four_nature.properties_unread", {{"list", listed(out.unread, language)}}),
      std::move(evidence));
}

Outcome references(const CheckInput& in) {
  const Language language = in.facts.language;
  if (!in.facts.content) return missing(in, "four_nature.no_content");
  const FileFacts& content = *in.facts.content;
  std::vector<std::string> unlisted;
  std::size_t named = 0;
  for (const FactFile& file : content.files) {
    if (!file.named_as.empty()) ++named;
    if (file.named_as.empty() && !file.is_declaration) unlisted.push_back(file.path);
  }
  if (!content.missing.empty() || !unlisted.empty()) {
    return failed(say_in(language, "four_nature.references_bad",
                         {{"named", number(named)},
                          {"missing", number(content.missing.size())},
                          {"unlisted", number(unlisted.size())},
                          {"missing_list", listed(content.missing, language)},
                          {"unlisted_list", listed(unlisted, language)}}));
  }
  if (named == 0) return missing(in, "four_nature.no_files");
  return passed(say_in(language, "four_nature.references_good", {{"named", number(named)}}));
}

Outcome of_package(const CheckInput& in, const Findings& findings, std::string_view what_id) {
  const Language language = in.facts.language;
  const PackageFact& package = *in.facts.package;
  const std::string what = say_in(language, what_id);
  std::vector<std::string> faults;
  for (const Finding& finding : findings) {
    if (finding.result != CheckResult::kFailed) continue;
    faults.push_back(finding.code + " " + finding.where);
  }
  if (!faults.empty()) {
    return failed(say_in(language, "four_nature.package_bad",
                         {{"what", what},
                          {"count", number(faults.size())},
                          {"list", listed(faults, language)},
                          {"by", package.verified_by}}));
  }
  if (!package.was_all_checked) {
    return not_run(say_in(language, "four_nature.package_part", {{"by", package.verified_by}}));
  }
  return passed(say_in(
      language, "four_nature.package_good",
      {{"what", what}, {"by", package.verified_by}, {"files", number(package.files_listed)}}));
}

Outcome package_documents(const CheckInput& in) {
  if (!in.facts.package) return missing(in, "four_nature.no_package");
  return of_package(in, in.facts.package->documents, "four_nature.what_documents");
}

Outcome package_structure(const CheckInput& in) {
  if (!in.facts.package) return missing(in, "four_nature.no_package");
  return of_package(in, in.facts.package->structure, "four_nature.what_structure");
}

/// The sender's digests where there are some, else those of our own storing.
Outcome same_package(const CheckInput& in) {
  const Language language = in.facts.language;
  if (in.facts.transfer && in.facts.transfer->compared > 0) {
    const TransferFact& transfer = *in.facts.transfer;
    const MessageArgument by{"by", transfer.recorded_by};
    const MessageArgument count{"count", number(transfer.compared)};
    if (transfer.differing.empty()) {
      return passed(say_in(language, "four_nature.transfer_same", {by, count}));
    }
    return failed(say_in(language, "four_nature.transfer_differs",
                         {by, count, {"list", listed(transfer.differing, language)}}));
  }
  if (!in.facts.package) return missing(in, "four_nature.no_sender_digest");
  const PackageFact& package = *in.facts.package;
  const bool are_all = package.files_listed > 0 && package.files_digested == package.files_listed;
  if (package.fixity.empty() && !are_all) {
    return not_run(say_in(language, "four_nature.package_part", {{"by", package.verified_by}}));
  }
  return of_package(in, package.fixity, "four_nature.what_fixity");
}

}  // namespace

ItemChecks authenticity_checks() {
  return {{"ZS-1-1", seals},
          {"ZS-3-1", file_properties},
          {"ZS-4-1", references},
          {"ZS-5-1", package_documents},
          {"ZS-5-2", package_structure},
          {"ZS-5-3", same_package}};
}

}  // namespace anjuan::rules::items
