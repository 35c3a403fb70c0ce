#pragma once
// A case file put in order: documents by time, pages from 1 without a hole, the list of contents.
//
// What is made here is what the file should be like; what is declared is compared with it, for
// people. A page count that is not declared leaves all later pages of the volume blank: nothing is
// invented. Sources: 细则 Art. 32 (时间顺序); GB/T 9705 (卷内文件目录; cover, list and end note
// carry no page number).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/case/case_file.h"

namespace anjuan {

/// A document's place in its volume.
struct PlacedDocument {
  std::size_t document = 0;  ///< index in CaseFile::documents()
  std::int64_t seq = 0;      ///< from 1 in the volume
  std::optional<std::int64_t> page_from;
  std::optional<std::int64_t> page_to;
};

struct FiledVolume {
  std::optional<std::int64_t> no;  ///< as declared
  std::string kind;  ///< 正卷, 副卷, 音像卷, "" where the case declares no volumes
  std::vector<PlacedDocument> documents;
  std::optional<std::int64_t> pages;  ///< of all documents, if each is known
};

/// By date, then by sequence number, then as declared; a document without a readable date stays
/// behind the one before it. Documents that no declared volume names form a last volume of their
/// own. Without declared volumes there is one volume, also for a case without documents.
std::vector<FiledVolume> put_in_order(const CaseFile& file);

/// The lines of the 卷内文件目录 of one volume: date in 8 digits, first page, of the last document
/// "from-to"; a missing title is the kind of the document in [ ]. The author is that of the
/// declared list, since only the list names it.
std::vector<CaseIndexItem> list_of_contents(const CaseFile& file, const FiledVolume& volume);

/// Something declared that is not as put_in_order() and list_of_contents() would have it.
struct OrderDifference {
  std::string object;   ///< id of the document, or "case"
  std::string message;  ///< a sentence in the current language
};

inline constexpr std::size_t kDifferencesMax = 200;

/// At most kDifferencesMax, then one that says how many more there are.
std::vector<OrderDifference> differences(const CaseFile& file,
                                         const std::vector<FiledVolume>& volumes);

/// "20250617" of a date or time; "" of anything else.
std::string date_digits(const std::string& text);

}  // namespace anjuan
