#pragma once
// What a METS document of ours says: the value that the writer writes and the reader reads back.
//
// The package METS holds everything here; a METS of a representation has the files of its one
// group streamed past it (packager/mets_writer.h). docs/formats/mets.md shows both.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace anjuan::packager {

/// A file of a file group, or the file that a metadata section refers to.
struct MetsFile {
  std::string id;       ///< METS ID of the file; unused in a metadata section
  std::string path;     ///< relative to the folder of this METS.xml, not percent-encoded
  std::string mime;     ///< IANA type
  std::string created;  ///< xs:dateTime with offset
  std::string sha512;
  std::uint64_t bytes = 0;

  bool operator==(const MetsFile&) const = default;
};

struct MetsAgent {
  std::string role;        ///< METS ROLE; CREATOR for the program alone (reference: validators)
  std::string other_role;  ///< with role OTHER
  std::string type;        ///< INDIVIDUAL, ORGANIZATION or OTHER
  std::string other_type;  ///< with type OTHER
  std::string name;
  std::string note;
  std::string note_type;  ///< csip:NOTETYPE of the note

  bool operator==(const MetsAgent&) const = default;
};

/// A dmdSec, or a digiprovMD or rightsMD of the one amdSec, by reference (mdRef).
struct MetsSection {
  enum class Kind { kDescriptive, kProvenance, kRights };
  Kind kind = Kind::kDescriptive;
  std::string id;
  std::string created;  ///< of the section
  bool current = true;  ///< STATUS CURRENT or SUPERSEDED
  std::string mdtype;   ///< METS MDTYPE
  std::string other_mdtype;
  std::string mdtype_version;
  MetsFile file;

  bool operator==(const MetsSection&) const = default;
};

struct MetsGroup {
  std::string id;
  std::string use;           ///< "Documentation", "Schemas", "Representations/original"
  std::string content_type;  ///< csip:OTHERCONTENTINFORMATIONTYPE
  std::vector<MetsFile> files;

  bool operator==(const MetsGroup&) const = default;
};

struct MetsDocument {
  std::string objid;  ///< name of the folder of the package or of the representation
  std::string label;  ///< for people: title and case number
  std::string profile;
  std::string created;     ///< of the first version, for ever
  std::string modified{};  ///< of this version, "" in the first
  std::string status{};    ///< RECORDSTATUS: the verdict, word and Chinese ("unchecked 未检查")
  std::vector<MetsAgent> agents{};
  std::vector<std::pair<std::string, std::string>> alternative_ids{};  ///< TYPE, value
  std::vector<MetsSection> sections{};
  std::vector<MetsGroup> groups{};

  bool operator==(const MetsDocument&) const = default;
};

}  // namespace anjuan::packager
