#pragma once
// What the four-nature checks look at: facts that somebody measured, each absent until he did.
//
// An absent member is "not looked at" and its items are 未执行. Nobody fills in a fact that he did
// not establish; what is empty but looked at (no missing file) is present and empty.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/case/case_file.h"
#include "core/case/description.h"
#include "core/clock.h"
#include "core/finding.h"
#include "core/messages.h"

namespace anjuan::rules {

/// A content file, as it was measured now.
struct FactFile {
  std::string path;
  std::vector<std::string> named_as;  ///< how the case calls it; empty = nothing names it
  bool is_declaration = false;        ///< case.json or case.xml itself
  std::uint64_t bytes = 0;
  std::string sha512;  ///< of all bytes; "" = they were not read
  std::string sm3;
  std::string mime;                  ///< by content, "" if not known
  std::string puid;                  ///< PRONOM, "" if not identified
  std::optional<bool> is_encrypted;  ///< by its bytes; absent = cannot be told without opening it
  std::optional<bool> is_archive;    ///< a compressed or packed file (zip, 7z, rar, gz ...)
  std::optional<bool> opens;         ///< decoded to the end, page by page or frame by frame
};

struct FileFacts {
  std::vector<FactFile> files;
  std::vector<std::string> missing;  ///< named by the case, but not there
};

/// A metadata document that was read and validated; `problem` "" = it can be read.
struct MetadataFact {
  std::string name;
  std::string problem;
};

/// The list that came with a hand-over (移交登记表).
struct HandOverFact {
  std::string list;  ///< how it is called
  std::optional<std::uint64_t> items;
  std::optional<std::uint64_t> bytes;
};

/// One kind of 固化信息 of the submission or package, and how much of it was verified.
struct SealFact {
  enum class Kind { kDigest, kSignature, kTimestamp };
  Kind kind = Kind::kDigest;
  std::uint64_t present = 0;
  std::uint64_t verified = 0;
  std::uint64_t failed = 0;
};

/// Digests that the sender recorded (a bag's manifests, a hand-over list), or our own on storing.
struct TransferFact {
  std::string recorded_by;
  std::uint64_t compared = 0;
  std::vector<std::string> differing;
};

/// A stored package as the verifier saw it.
struct PackageFact {
  std::string verified_by;         ///< program and version
  std::uint64_t files_listed = 0;  ///< by the inventory
  std::uint64_t files_digested = 0;
  bool was_all_checked = false;  ///< false: the verifier could not check everything
  Findings documents;            ///< of METS, PREMIS and other documents against their schemas
  Findings structure;            ///< of where things lie and how they are named
  Findings fixity;               ///< of sizes and digests
  std::vector<std::string> metadata_expected;
  std::vector<std::string> metadata_missing;
  std::uint64_t content_listed = 0;   ///< by the table of contents (METS)
  std::uint64_t content_present = 0;  ///< files that are there
};

/// A file that is infected (reason = the signature) or was not scanned (reason = the end of a
/// message's id "virus.why_...": absent, too_large, unreadable, ...).
struct ScanFact {
  std::string name;
  std::string reason;
  std::string detail{};  ///< what the scanner said
};

struct VirusFact {
  std::string engine;         ///< "ClamAV 1.4.3"; "" = no scanner answered
  std::string absent_reason;  ///< then: why, like ScanFact::reason
  std::string database;       ///< its version, "" if not known
  std::optional<std::int64_t> database_age_days;
  bool is_database_old = false;
  std::uint64_t clean = 0;
  std::vector<ScanFact> infected;     ///< file and signature
  std::vector<ScanFact> not_scanned;  ///< file and why
};

struct DatabaseFact {
  std::string name;
  bool was_opened = false;
  std::string integrity;  ///< "ok", or what the database says
};

/// The judgement by the rules of the law (preservation/rules/judgement.h), counted.
struct JudgementFact {
  std::string rules;  ///< version of the rule set
  std::size_t passed = 0;
  std::vector<std::string> failed;  ///< ids of rules that failed with error or block
  std::size_t not_checked = 0;
  std::size_t needs_person = 0;
  std::size_t declared = 0;  ///< results that rest on recordings as declared, not as measured
};

struct Judgement;
/// Defined in judgement_fact.cpp.
JudgementFact judgement_fact(const Judgement& judgement);

/// 档号, 案号 or 题名 that another case file of the store has too.
struct DuplicateFact {
  std::string what;
  std::string value;
  std::string other;
};

struct StoreFact {
  std::uint64_t others = 0;  ///< case files that were compared
  std::vector<DuplicateFact> duplicates;
};

/// An offline carrier that was read.
struct CarrierFact {
  std::string id;
  std::uint64_t files = 0;
  std::vector<std::string> surplus;  ///< files that belong to no case
  std::uint64_t bytes_read = 0;
  double seconds = 0;
};

/// What a person found and answers for, on the inspection form.
struct PersonFact {
  bool is_good = false;
  std::string by;
  std::string at;
  std::string note;
};

/// The log of operations, verified.
struct LogFact {
  std::uint64_t entries = 0;
  std::vector<std::string> faults;
};

struct FourNatureFacts {
  std::string subject;  ///< package or case number: for the report
  Instant now;          ///< of the check
  Language language = Language::kChinese;

  std::shared_ptr<const CaseFile> declared;
  std::string fonds_code;  ///< where the case names none
  std::shared_ptr<const Description> description;
  std::vector<MetadataFact> metadata;  ///< empty = none was read
  std::optional<FileFacts> content;
  std::optional<HandOverFact> hand_over;
  std::optional<std::vector<SealFact>> seals;
  std::optional<TransferFact> transfer;
  std::optional<PackageFact> package;
  std::optional<VirusFact> virus;
  std::optional<DatabaseFact> database;
  std::optional<JudgementFact> judgement;
  std::optional<StoreFact> store;
  std::optional<std::vector<CarrierFact>> carriers;
  std::map<std::string, PersonFact, std::less<>> persons;  ///< by item code without phase
  std::optional<LogFact> log;
};

}  // namespace anjuan::rules
