#pragma once
// The case as the bureau declares it: the JSON, kept whole, and typed views of what others need.
//
// Reading refuses only broken JSON or XML, a wrong type and a duplicate id (Error kInvalid, with
// line, column and key) and file names that leave the folder (Error kRefused). A missing key is an
// empty value: "" or nullopt. Unknown keys are kept and reported, never dropped.
// Sources: docs/formats/case.md; the accepted form of a case is docs/formats/case.md clause 2.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/json.h"

namespace anjuan {

struct CaseParty {
  std::string kind;  ///< 公民, 法人, 其他组织, 个体工商户
  std::string name;
  std::string id_no;
  std::string uscc;  ///< 统一社会信用代码
  std::string legal_rep;
  std::string phone;
  std::string address;
};

struct CaseRetention {
  std::optional<std::int64_t> years;
  std::string code;  ///< "D30", "Y" (DA/T 22)
  std::string basis;
};

/// 执法环节
struct CaseEvent {
  std::string id;
  std::string kind;  ///< EV_*, core/case/kinds.h
  std::string start;
  std::string end;
  std::string place;
};

/// 文书
struct CaseDocument {
  std::string id;
  std::optional<std::int64_t> seq;
  std::string kind;  ///< D_*, core/case/kinds.h
  std::string title;
  std::string doc_no;
  std::string date;
  std::optional<std::int64_t> pages;
  std::optional<std::int64_t> page_from;
  std::optional<std::int64_t> page_to;
  std::string event;  ///< id of its event, or ""
  std::string file;
};

/// One file of a recording that the device cut into several.
struct CaseSegment {
  std::string file;
  std::string made_at;
  std::optional<double> duration_s;
};

/// 音像记录
struct CaseRecording {
  std::string id;
  std::string event;
  std::string method;  ///< 照相, 录音, 录像, 视频监控
  std::string made_at;
  std::optional<double> duration_s;
  std::string maker;
  std::string purpose;
  std::string device_id;
  std::string location;
  std::string stored_at;
  std::optional<bool> continuous;
  std::string file;  ///< "" where there are segments
  std::vector<CaseSegment> segments;
};

/// A line of the 卷内文件目录 (GB/T 9705).
struct CaseIndexItem {
  std::optional<std::int64_t> seq;
  std::string doc_no;
  std::string author;
  std::string title;
  std::string date;
  std::string pages;  ///< "4", or "70-72" for the last one
  std::string note;
};

struct CaseVolume {
  std::optional<std::int64_t> no;
  std::string kind;    ///< 正卷, 副卷, 音像卷
  std::string medium;  ///< 纸质, 电子, 混合
  std::string shelf;
  std::vector<std::string> documents;  ///< ids
};

/// A file that the case names.
struct NamedFile {
  std::string path;      ///< relative, as declared
  std::string named_by;  ///< "D01", "V02", "V02#3" for its third segment; "/docs/3" without an id

  bool operator==(const NamedFile&) const = default;
};

enum class DescriptionDepth { kFull, kBasic };

class CaseFile {
 public:
  /// `subject` is how messages call the source, e.g. "case.json".
  static CaseFile from_json(std::string_view text, const std::string& subject);
  /// Also validates against schemas/xml/case.xsd.
  static CaseFile from_xml(std::string_view text, const std::string& subject);
  /// A value that is declared already (drafts). Checks like the others.
  static CaseFile from_value(Json declared, const std::string& subject);

  /// All that was declared, with the place of each value.
  const Json& declared() const { return declared_; }

  /// Unknown keys and characters that XML cannot carry, as warnings.
  const Findings& findings() const { return findings_; }

  /// The text of a key of the case itself ("case_no", "closed_at"), or "".
  std::string text(std::string_view key) const { return declared_.text_or(key, ""); }

  std::string case_no() const { return text("case_no"); }

  std::string title() const { return text("title"); }

  std::string type() const { return text("type"); }

  std::string procedure() const { return text("procedure"); }

  std::string agency() const { return text("agency"); }

  std::string section() const { return text("section"); }

  std::string fonds() const { return text("fonds"); }

  std::string category() const { return text("category"); }

  std::string file_no() const { return text("file_no"); }

  std::string security() const { return text("security"); }

  std::string closed_at() const { return text("closed_at"); }

  std::optional<std::int64_t> year() const;
  std::optional<std::int64_t> total_pages() const;
  DescriptionDepth depth() const;

  const CaseParty& party() const { return party_; }

  const CaseRetention& retention() const { return retention_; }

  const std::vector<CaseEvent>& events() const { return events_; }

  const std::vector<CaseDocument>& documents() const { return documents_; }

  const std::vector<CaseRecording>& recordings() const { return recordings_; }

  const std::vector<CaseIndexItem>& index() const { return index_; }

  /// Empty where the case declares none: then all documents are in one volume.
  const std::vector<CaseVolume>& volumes() const { return volumes_; }

  /// In the order of documents, then recordings. One file may be named twice.
  std::vector<NamedFile> named_files() const;

 private:
  CaseFile() = default;

  Json declared_;
  Findings findings_;
  CaseParty party_;
  CaseRetention retention_;
  std::vector<CaseEvent> events_;
  std::vector<CaseDocument> documents_;
  std::vector<CaseRecording> recordings_;
  std::vector<CaseIndexItem> index_;
  std::vector<CaseVolume> volumes_;
};

}  // namespace anjuan
