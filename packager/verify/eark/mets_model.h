#pragma once
// What the rules of E-ARK need to know of one METS document, without its files and sections: those
// are handed out one by one while the document is read (mets_reader.h).

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"

namespace anjuan::packager::eark {

/// The value of an attribute; nothing if the element has none.
using Value = std::optional<std::string>;

/// An attribute of the type xs:ID.
struct Identifier {
  Value value;
  bool repeated = false;  ///< an element before has the same
};

struct AgentNote {
  Value type;  ///< csip:NOTETYPE
  std::string text;
};

struct Agent {
  Value role;
  Value other_role;
  Value type;
  Value other_type;
  std::vector<std::string> names;
  std::vector<AgentNote> notes;
  Place place;
};

struct AlternativeId {
  std::string type;
  std::string text;
  Place place;
};

struct Header {
  Value created;
  Value modified;
  Value package_type;   ///< csip:OAISPACKAGETYPE
  Value record_status;  ///< RECORDSTATUS
  std::vector<Agent> agents;
  std::vector<AlternativeId> alternative_ids;
  Place place;
};

/// An mptr, FLocat or mdRef as a link.
struct Link {
  Value locator;  ///< LOCTYPE
  Value type;     ///< xlink:type
  Value href;     ///< xlink:href
  Value title;    ///< xlink:title
  Place place;
};

/// What file and mdRef say of the bytes.
struct FileFacts {
  Value mime;
  Value size;
  Value created;
  Value checksum;
  Value checksum_type;
};

enum class SectionKind { kDescriptive, kTechnical, kRights, kSource, kProvenance };

struct MetadataReference {
  Link link;
  FileFacts facts;
  Value mdtype;
  Value other_mdtype;
  Value mdtype_version;
};

/// dmdSec, techMD, rightsMD, sourceMD or digiprovMD.
struct Section {
  SectionKind kind = SectionKind::kDescriptive;
  Identifier id;
  Value created;
  Value status;
  std::optional<MetadataReference> reference;
  bool wraps = false;  ///< has an mdWrap
  Place place;
};

struct FileElement {
  Identifier id;
  FileFacts facts;
  Value owner_id;
  Value admid;
  Value dmdid;
  std::vector<Link> locations;
  std::vector<std::pair<std::string, std::string>> sip;  ///< sip:FILEFORMAT... and their values
  Place place;
};

struct FileGroup {
  Identifier id;
  Value use;
  Value admid;
  Value content_type;
  Value other_content_type;
  std::uint64_t files = 0;  ///< directly inside
  bool has_groups = false;  ///< groups inside
  bool nested = false;      ///< inside another: CSIP's rules are for the outer ones
  bool pointed_at = false;  ///< an fptr names it
  Place place;
};

struct FilePointer {
  Value file_id;
  Place place;
};

struct Division {
  Identifier id;
  Value label;
  Value admid;
  Value dmdid;
  std::vector<FilePointer> files;
  std::vector<Link> documents;      ///< mptr
  std::vector<Division> divisions;  ///< of the main division only
  bool has_divisions = false;
  Place place;
};

struct StructMap {
  Identifier id;
  Value type;
  Value label;
  std::vector<Division> divisions;
  Place place;
};

/// A section after it was checked.
struct SectionNote {
  std::string id;
  SectionKind kind = SectionKind::kDescriptive;
  bool current = true;  ///< not SUPERSEDED
  bool has_reference = false;
  bool premis = false;
  Value mdtype_version;
  bool says_current = false;  ///< STATUS is CURRENT
};

/// IDs by their hashes, in one table: 100,000 of them in two megabytes.
class IdSet {
 public:
  /// False if it was there.
  bool add(std::string_view id);
  bool contains(std::string_view id) const;

 private:
  std::size_t place_of(std::uint64_t hash) const;
  void grow();

  std::vector<std::uint64_t> slots_;  ///< 0 = free; a power of two of them, half of them free
  std::size_t count_ = 0;
};

struct MetsModel {
  Value objid;
  Value label;
  Value type;
  Value other_type;
  Value content_type;
  Value other_content_type;
  Value profile;
  Place place;
  std::vector<Header> headers;
  std::size_t administrative = 0;  ///< amdSec
  IdSet administrative_ids;        ///< of amdSec themselves
  std::vector<SectionNote> sections;
  std::size_t file_sections = 0;
  Identifier file_section_id;
  Place file_section_place;
  std::vector<FileGroup> groups;
  std::map<std::string, std::string> documents;  ///< METS.xml that a file names -> ID of the file
  std::vector<StructMap> maps;
  IdSet ids;                      ///< of all elements of METS
  std::string last_section_time;  ///< the latest CREATED of a section, as written
  std::string last_file_time;     ///< the same of files and metadata documents
  bool is_mets = false;           ///< the root element is mets of METS 1
  bool is_mets2 = false;          ///< the root element is of METS 2
  bool truncated = false;         ///< more than kItemsMax of something: the rest was not kept
};

}  // namespace anjuan::packager::eark
