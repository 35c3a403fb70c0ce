#pragma once
// What the index knows, as values: one struct for each table of index.db (docs/formats/index.md).
//
// Times and dates are the texts of the package. An empty text means that the package does not say.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace anjuan::catalog {

struct PackageRow {
  std::string id;  ///< UUID
  std::int64_t version = 0;
  std::string inventory_digest;  ///< SHA-512 of inventory.json
  std::string verdict;           ///< complete, defective, incomplete, blocked, unchecked
  std::string case_no;
  std::string title;
  std::string parties;  ///< names joined by "、"
  std::string type;
  std::string procedure;
  std::string cause;
  std::string agency;
  std::string section;
  std::string fonds;
  std::string category;
  std::string file_no;
  std::string archival_code;  ///< 档号
  std::int64_t year = 0;      ///< 0 = not said
  std::string retention_code;
  std::int64_t retention_years = 0;  ///< 0 = permanent or not said: the code decides
  std::string filed_on;
  std::string decided_on;
  std::string closed_on;
  std::string created_at;
  std::string modified_at;
  std::int64_t documents = 0;
  std::int64_t pages = 0;
  std::int64_t recordings = 0;
  std::int64_t recorded_s = 0;
  std::int64_t files = 0;
  std::int64_t bytes = 0;

  bool operator==(const PackageRow&) const = default;
};

struct FileRow {
  std::string id;
  std::string mets;          ///< logical path of the METS document that lists it, "" = none
  std::string section;       ///< "Metadata", "Documentation", "Schemas", "Representations/NAME"
  std::string path;          ///< logical, inside the AIP folder
  std::string content_path;  ///< inside the OCFL object
  std::string mime;
  std::int64_t bytes = 0;
  std::string sha512;
  std::string created_at;
};

struct PartyRow {
  std::string kind;
  std::string name;
};

struct StepRow {
  std::string id;
  std::string kind;
  std::string started_at;
  std::string ended_at;
};

struct DocumentRow {
  std::string id;
  std::string kind;
  std::string title;
  std::string doc_no;
  std::string date;
  std::int64_t pages = 0;
  std::int64_t page_from = 0;  ///< 0 = not numbered
  std::int64_t page_to = 0;
  std::string step;
  std::string name;  ///< as declared
  std::string file;  ///< FileRow::id, "" = not in the package
  std::string mime;  ///< of that file
  std::int64_t bytes = 0;
};

struct SegmentRow {
  std::string name;
  std::string file;  ///< FileRow::id, "" = not in the package
  std::string mime;
  std::int64_t bytes = 0;
  std::string made_at;
  std::int64_t duration_s = 0;
};

/// A file of a recording as it was measured.
struct PartRow {
  std::int64_t measured_ms = 0;  ///< 0 = not known
  std::string first_clock;       ///< what the picture's clock showed; "" = not read
  std::string last_clock;
};

struct GapRow {
  std::int64_t part = 0;  ///< it lies in this file, or after it
  std::int64_t at_ms = 0;
  std::int64_t missing_ms = 0;
  std::string from_clock;
  std::string to_clock;
};

/// What the judge of continuity found.
struct FoundRow {
  std::string weight;  ///< gap, trace, unclear, adjusted, note
  std::string message_zh;
  std::string message_en;
  std::int64_t first_crop = 0;  ///< number of its first picture in continuity.xml, from 0
  std::int64_t crops = 0;
};

/// A preservation or access copy, or the word that there is none.
struct CopyRow {
  std::string role;    ///< "preservation", "access"
  std::string file;    ///< FileRow::id, "" = there is none
  std::string source;  ///< FileRow::id of what it was made from
  std::string proof;   ///< FileRow::id, "" = none
  std::string note;    ///< why there is none
  std::string mime;    ///< of the file
  std::int64_t bytes = 0;
};

/// What the archive found out about a recording (its sidecar).
struct MeasuredRow {
  std::string sidecar;       ///< FileRow::id
  std::string report;        ///< FileRow::id of continuity.xml, "" = none
  std::string verdict;       ///< CONTINUOUS_CONFIRMED...; "" = none
  std::string not_measured;  ///< why there is none, a word
  std::int64_t coverage_ppm = 0;
  std::int64_t step_coverage_ppm = -1;  ///< -1 = not known
  std::int64_t measured_ms = 0;         ///< 0 = not measured
  std::string duty;                     ///< to be uninterrupted: required, not-required, unknown
  std::string duty_article;
  std::string due_at;
  std::string due_kept;  ///< yes, no, unknown; "" = nobody asked
  std::string due_article;
  std::vector<PartRow> parts;
  std::vector<GapRow> gaps;
  std::vector<CopyRow> copies;
  std::vector<FoundRow> findings;
};

struct RecordingRow {
  std::string id;
  std::string step;
  std::string method;
  std::string made_at;
  std::string maker;
  std::string purpose;
  std::int64_t duration_s = 0;
  std::string device;
  std::string location;
  std::vector<SegmentRow> segments;
  std::optional<MeasuredRow> measured{};  ///< absent: stored without sidecar
};

struct IndexItemRow {
  std::string seq;
  std::string doc_no;
  std::string author;
  std::string title;
  std::string date;
  std::string pages;
  std::string note;
};

struct AgentRow {
  std::string id;
  std::string name;
  std::string type;
  std::string version;
  std::string role;  ///< in the event that lists it
};

struct EventRow {
  std::string id;
  std::string type;
  std::string time;
  std::string detail;
  std::string outcome;
  std::string outcome_note;
  std::vector<AgentRow> agents;
};

struct FindingRow {
  std::string object_path;
  std::string package;  ///< "" if not even the identity can be read
  std::string code;
  std::string severity;
  std::string place;
  std::string message;
};

/// Everything about one package but its files, which may be very many (Index::files).
struct PackageDetail {
  PackageRow package;
  std::vector<PartyRow> parties;
  std::vector<StepRow> steps;
  std::vector<DocumentRow> documents;  ///< in page order
  std::vector<RecordingRow> recordings;
  std::vector<IndexItemRow> index_items;
  std::vector<EventRow> events;  ///< in order of time
  std::vector<FindingRow> findings;
};

}  // namespace anjuan::catalog
