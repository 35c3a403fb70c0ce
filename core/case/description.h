#pragma once
// The archive's own description of a case, description.xml: derived from the declaration, from
// measured facts and from archival decisions; DA/T 46, DA/T 63, DA/T 13 and GB/T 9705.
//
// What is not known is absent, or, where a standard demands it, stands as state="未著录"; what was
// declared in a form that its type does not allow stands as declared with state="待核". Nothing is
// invented. An edit makes a new version of the whole; the package keeps the old one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/case/case_file.h"
#include "core/case/description_node.h"
#include "core/clock.h"

namespace anjuan {

/// A file as it was measured on ingest.
struct MeasuredFile {
  std::string path;  ///< as the case names it
  std::uint64_t bytes = 0;
  std::string sha512;  ///< lower-case hexadecimal
  std::string sm3;
  std::string mime;    ///< "" if not known
  std::string format;  ///< name and version, "" if not known
  std::string puid;    ///< "fmt/95", "" if not known
};

struct ArchiveLocation {
  std::string kind;        ///< 在线 or 离线
  std::string carrier_no;  ///< 载体编号, "" for none
  std::string place;       ///< 存址
};

/// What neither the case nor its files say.
struct DescriptionFacts {
  std::string record_id;      ///< "urn:uuid:..." of the package
  std::string archival_code;  ///< 档号 given by the archive; "" = derived by DA/T 13
  std::string fonds_code;     ///< where the case names none
  std::string fonds_name;
  std::string creator_name;   ///< 立档单位
  std::string archives_name;  ///< 档案馆名称
  std::string archives_code;
  Instant created;
  std::string verdict;  ///< complete, defective, incomplete, blocked, unchecked, or "" for absent
  std::vector<ArchiveLocation> locations;
};

/// 档号 by DA/T 13: fonds-category·year·retention-fileNo[-itemNo], e.g.
/// "样J012-ZY·CF·2025·D30-0012-003". Nothing if a part is missing. `item_no` 0 = of the volume.
std::optional<std::string> archival_code(const CaseFile& file, std::string_view fonds_code = {},
                                         std::uint32_t item_no = 0);

/// description.xml, version 1, valid against schemas/xml/description.xsd.
/// Throws Error(kInvalid) if record_id is no urn:uuid or verdict is none of the words.
std::string describe(const CaseFile& file, const std::vector<MeasuredFile>& files,
                     const DescriptionFacts& facts);

/// A description that was read.
class Description {
 public:
  explicit Description(DescriptionNode root) : root_(std::move(root)) {}

  std::uint32_t version() const;
  std::string created() const;  ///< RFC 3339
  std::string edited() const;   ///< "" in version 1
  std::string verdict() const;

  /// The value at a path like "title", "party[2]/name", "item[3]/file/@digest" (from 1, [1] may be
  /// left out); "" if it is not described. Throws Error(kInvalid) for a path that is no field.
  std::string value(std::string_view path) const;
  /// How many there are, e.g. count("item"), count("item[2]/file").
  std::size_t count(std::string_view path) const;

  struct Entry {
    std::string path;      ///< with indexes where the field or its group repeats
    std::string chinese;   ///< name of the field
    std::string standard;  ///< its number
    std::string value;
    std::string state;  ///< "", "未著录" or "待核"
    bool is_fixed = false;
    bool is_sensitive = false;
  };

  /// Everything, in the order of the document: for pages and forms.
  std::vector<Entry> entries() const;

  const DescriptionNode& root() const { return root_; }

 private:
  DescriptionNode root_;
};

/// Throws Error(kInvalid) with subject and place if it is not valid.
Description read_description(std::string_view xml, const std::string& subject = "description.xml");

struct DescriptionChange {
  std::string path;
  std::string value;  ///< "" = not described any more
};

/// What leads from `before` to `after` in fields that are edited: to carry a person's edits over to
/// a description that was derived anew. Includes what was cleared.
std::vector<DescriptionChange> changes_between(const Description& before, const Description& after);

/// The next version with `changes`, validated. An index one beyond the last appends.
/// Throws Error(kInvalid) for an unknown path or a value that its type does not allow,
/// Error(kRefused) for a measured or declared fact that is not edited.
std::string edit_description(std::string_view xml, const std::vector<DescriptionChange>& changes,
                             Instant at);

}  // namespace anjuan
