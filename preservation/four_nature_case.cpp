#include "preservation/four_nature_case.h"

#include <array>

#include "core/case/named_files.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/media_type.h"
#include "preservation/formats/protection.h"

namespace anjuan::preservation {

namespace {

using rules::FactFile;

std::string mime_of(const ContentFile& file) {
  if (!file.mime.empty() || file.local.empty()) return file.mime;
  const FileHandle handle = FileHandle::open_read(file.local);
  std::array<std::byte, kMediaTypeHeadBytes> head{};
  const std::size_t count = handle.read_some(head, file.local.string());
  return media_type({reinterpret_cast<const char*>(head.data()), count}, file.path);
}

FactFile fact_of(const ContentFile& file, const CaseForChecks& from) {
  FactFile fact;
  fact.path = file.path;
  fact.is_declaration = file.path == from.declaration_name;
  fact.bytes = file.bytes;
  fact.sha512 = file.sha512;
  fact.sm3 = file.sm3;
  fact.puid = file.puid;
  if (file.local.empty()) return fact;
  try {
    fact.mime = mime_of(file);
    const Protection protection = protection_of(file.local, file.path);
    fact.is_encrypted = protection.is_encrypted;
    fact.is_archive = protection.is_archive;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInterrupted) throw;
    fact.sha512.clear();  // it cannot be read now, whatever was known of it before
  }
  return fact;
}

rules::FileFacts content_of(const CaseForChecks& from, Progress& progress) {
  rules::FileFacts content;
  std::vector<std::string> paths;
  for (const ContentFile& file : from.files) {
    content.files.push_back(fact_of(file, from));
    paths.push_back(file.path);
    progress.advance(file.bytes);
  }
  if (from.declared == nullptr) return content;
  const auto named = resolve_named_files(*from.declared, paths);
  for (const auto& [name, index] : named) content.files[index].named_as.push_back(name);
  for (const NamedFile& file : from.declared->named_files()) {
    if (!named.contains(file.path)) content.missing.push_back(file.path);
  }
  return content;
}

/// A clean reply counts for the bytes that the package has, not for any others.
void add_result(const VirusResult& result, const FactFile& file, rules::VirusFact& virus) {
  if (result.state == VirusState::kInfected) {
    virus.infected.push_back({file.path, result.detail});
    return;
  }
  const bool is_same = !file.sha512.empty() && result.sha512 == file.sha512;
  if (result.state == VirusState::kClean && is_same) {
    ++virus.clean;
    return;
  }
  const NotScanned why = result.state == VirusState::kClean ? NotScanned::kUnreadable : result.why;
  virus.not_scanned.push_back({file.path, std::string(not_scanned_word(why)), result.detail});
}

rules::VirusFact viruses_in(const CaseForChecks& from, const rules::FileFacts& content,
                            const VirusScanner& scanner, Instant now, Progress& progress) {
  const ScannerInfo& info = scanner.info();
  rules::VirusFact virus;
  virus.engine = info.is_present() ? info.engine : "";
  virus.absent_reason = not_scanned_word(info.why);
  virus.database = info.database;
  virus.database_age_days = info.database_age_days(now);
  virus.is_database_old = virus.database_age_days.value_or(0) > kDatabaseAgeWarnDays;
  if (!info.is_present()) return virus;
  for (std::size_t i = 0; i < from.files.size(); ++i) {
    const ContentFile& file = from.files[i];
    VirusResult result;
    result.why = NotScanned::kUnreadable;
    if (!file.local.empty()) result = scanner.scan(file.local);
    add_result(result, content.files[i], virus);
    progress.advance(file.bytes);
  }
  return virus;
}

void add_metadata(const CaseForChecks& from, rules::FourNatureFacts& facts) {
  if (from.declared != nullptr || !from.declared_problem.empty()) {
    facts.metadata.push_back({"case.xml", from.declared_problem});
  }
  facts.declared = from.declared;
  if (from.description.empty()) return;
  try {
    facts.description = std::make_shared<const Description>(read_description(from.description));
    facts.metadata.push_back({"description.xml", ""});
  } catch (const Error& error) {
    facts.metadata.push_back({"description.xml", error.what()});
  }
}

}  // namespace

rules::FourNatureFacts facts_of_case(const CaseForChecks& from, const VirusScanner& scanner,
                                     Instant now, Progress& progress) {
  rules::FourNatureFacts facts;
  facts.subject = from.subject;
  facts.now = now;
  facts.fonds_code = from.fonds_code;
  add_metadata(from, facts);
  std::uint64_t bytes = 0;
  for (const ContentFile& file : from.files) bytes += file.bytes;
  progress.begin(say("four_nature.progress"), bytes * (scanner.info().is_present() ? 2 : 1));
  facts.content = content_of(from, progress);
  facts.virus = viruses_in(from, *facts.content, scanner, now, progress);
  progress.end();
  return facts;
}

}  // namespace anjuan::preservation
