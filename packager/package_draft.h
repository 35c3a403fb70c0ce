#pragma once
// What goes into a package, before it is one: the only input of the package builder.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/actor.h"
#include "core/clock.h"
#include "core/digest.h"
#include "packager/package_id.h"

namespace anjuan::packager {

/// A file of a representation. `path` is its original relative name (UTF-8, byte for byte).
struct DraftFile {
  std::string path;
  std::filesystem::path staged;  ///< where its bytes lie now; the builder links them in
  Digests digests;
  std::string mime;  ///< IANA type
  std::string puid;  ///< PRONOM, "" = not identified
  Instant modified;  ///< METS CREATED of the file
  /// What is known of its content, as whole XML documents of other standards (EBUCore, MIX), each
  /// well-formed UTF-8 without a DOCTYPE: PREMIS objectCharacteristicsExtension. Together at most
  /// kCharacteristicsBytesMax: whoever fills the draft leaves out what is longer, and says so.
  std::vector<std::string> characteristics{};
  /// Path inside the package ("representations/original/data/...") of the file that this one was
  /// made from, in this draft or in an earlier version; "" = it was not made from another.
  std::string derived_from{};
};

/// Of one file; MediaInfo's EBUCore of a recording has some 10 KB.
inline constexpr std::size_t kCharacteristicsBytesMax = 256UL * 1024;

/// representations/`name`/data/...; name is "original", "preservation" or "access".
struct DraftRepresentation {
  std::string name;
  std::vector<DraftFile> files;
};

/// A document of metadata/descriptive (a dmdSec of its own) or metadata/other.
struct DraftMetadata {
  enum class Kind { kDescriptive, kOther };
  Kind kind = Kind::kDescriptive;
  std::string name;  ///< file name in that folder, e.g. "case.xml"
  std::string bytes;
  std::string mdtype;       ///< METS MDTYPE, e.g. "OTHER", "EAD"
  std::string othermdtype;  ///< e.g. "urn:anjuan:case:1"
  std::string mime = "application/xml";
};

/// A PREMIS agent. The builder adds the program (Actor::program()) and the draft's actor itself.
struct DraftAgent {
  std::string id;  ///< unique in the package, e.g. "os:liyang"
  std::string name;
  std::string type;     ///< PREMIS agentType: "person", "software", "organization"
  std::string version;  ///< of software, else ""
};

/// A PREMIS event; every event links its agents (AIP16).
struct DraftEvent {
  std::string type;  ///< PREMIS preservation event type, e.g. "ingestion", "fixity check"
  Instant time;
  std::string detail;   ///< what was done, in words
  std::string outcome;  ///< "success", "failure", "warning", "not checked"
  std::string outcome_note;
  std::vector<std::pair<std::string, std::string>> agents;  ///< agent id, PREMIS role
  /// Paths inside the package ("representations/original/data/...") or empty = the package itself.
  std::vector<std::string> objects;
};

/// What may be done with the package, and by which law (METS rightsMD, PREMIS rights).
struct DraftRights {
  std::string security_class;  ///< 密级, e.g. "非涉密"; "" = not stated
  std::string restriction;     ///< of giving it out, in words; "" = no decision was made yet
  std::string statute = "中华人民共和国政府信息公开条例(国务院令第711号修订,2019年5月15日起施行)";
};

/// Made as PackageDraft{id}; everything else is filled in.
struct PackageDraft {
  PackageId id;
  std::string case_no{};
  std::string title{};
  std::string creator{};  ///< the agency that made the records (立档单位)
  /// complete, defective, incomplete, blocked or unchecked: stands in the METS of each version.
  std::string verdict = "unchecked";
  Instant created{};      ///< of this version: METS CREATEDATE / LASTMODDATE, OCFL created
  Actor actor{};          ///< OCFL version user
  std::string message{};  ///< OCFL version message
  std::vector<DraftRepresentation> representations{};
  std::vector<DraftMetadata> metadata{};
  std::vector<DraftAgent> agents{};
  std::vector<DraftEvent> events{};
  /// Absent: a first version says that nothing is stated; a later one keeps what there is.
  std::optional<DraftRights> rights{};
};

}  // namespace anjuan::packager
