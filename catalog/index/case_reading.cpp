#include "catalog/index/case_reading.h"

#include <charconv>
#include <cmath>

#include "core/case/case_file.h"
#include "core/case/description.h"

namespace anjuan::catalog {

namespace {

std::int64_t seconds_of(const std::optional<double>& seconds) {
  return seconds ? std::llround(*seconds) : 0;
}

PackageRow package_row(const CaseFile& declared) {
  PackageRow row;
  row.case_no = declared.case_no();
  row.title = declared.title();
  row.parties = declared.party().name;
  row.type = declared.type();
  row.procedure = declared.procedure();
  row.cause = declared.text("cause");
  row.agency = declared.agency();
  row.section = declared.section();
  row.fonds = declared.fonds();
  row.category = declared.category();
  row.file_no = declared.file_no();
  row.year = declared.year().value_or(0);
  row.retention_code = declared.retention().code;
  row.retention_years = declared.retention().years.value_or(0);
  row.filed_on = declared.text("filed_at");
  row.decided_on = declared.text("decided_at");
  row.closed_on = declared.closed_at();
  return row;
}

DocumentRow document_row(const CaseDocument& document) {
  DocumentRow row;
  row.id = document.id;
  row.kind = document.kind;
  row.title = document.title;
  row.doc_no = document.doc_no;
  row.date = document.date;
  row.pages = document.pages.value_or(0);
  row.page_from = document.page_from.value_or(0);
  row.page_to = document.page_to.value_or(0);
  row.step = document.event;
  row.name = document.file;
  return row;
}

RecordingRow recording_row(const CaseRecording& recording) {
  RecordingRow row;
  row.id = recording.id;
  row.step = recording.event;
  row.method = recording.method;
  row.made_at = recording.made_at;
  row.maker = recording.maker;
  row.purpose = recording.purpose;
  row.duration_s = seconds_of(recording.duration_s);
  row.device = recording.device_id;
  row.location = recording.location;
  for (const auto& part : recording.segments) {
    SegmentRow segment;
    segment.name = part.file;
    segment.made_at = part.made_at;
    segment.duration_s = seconds_of(part.duration_s);
    row.segments.push_back(segment);
    if (!recording.duration_s) row.duration_s += segment.duration_s;
  }
  if (row.segments.empty() && !recording.file.empty()) {
    row.segments.push_back({recording.file, "", "", 0, row.made_at, row.duration_s});
  }
  return row;
}

IndexItemRow index_item_row(const CaseIndexItem& item) {
  return {item.seq ? fmt::format("{}", *item.seq) : std::string(),
          item.doc_no,
          item.author,
          item.title,
          item.date,
          item.pages,
          item.note};
}

/// "D30" (DA/T 22) -> 30; 0 for "Y", permanent.
std::int64_t years_of(const std::string& code) {
  std::int64_t years = 0;
  if (code.starts_with("D")) std::from_chars(code.data() + 1, code.data() + code.size(), years);
  return years;
}

void count(CaseRows& rows) {
  auto& row = rows.package;
  row.documents = static_cast<std::int64_t>(rows.documents.size());
  row.recordings = static_cast<std::int64_t>(rows.recordings.size());
  for (const auto& document : rows.documents) row.pages += document.pages;
  for (const auto& recording : rows.recordings) row.recorded_s += recording.duration_s;
}

}  // namespace

CaseRows read_case(std::string_view xml, const std::string& subject) {
  const auto declared = CaseFile::from_xml(xml, subject);
  CaseRows rows;
  rows.package = package_row(declared);
  if (!declared.party().name.empty()) {
    rows.parties.push_back({declared.party().kind, declared.party().name});
  }
  for (const auto& event : declared.events()) {
    rows.steps.push_back({event.id, event.kind, event.start, event.end});
  }
  for (const auto& document : declared.documents()) {
    rows.documents.push_back(document_row(document));
  }
  for (const auto& recording : declared.recordings()) {
    rows.recordings.push_back(recording_row(recording));
  }
  for (const auto& item : declared.index()) rows.index_items.push_back(index_item_row(item));
  count(rows);
  return rows;
}

void take_description(std::string_view xml, const std::string& subject, PackageRow& package) {
  const auto description = read_description(xml, subject);
  package.archival_code = description.value("archivalCode");
  const auto title = description.value("title");
  if (!title.empty()) package.title = title;
  const auto code = description.value("retention/@code");
  if (code.empty() || code == package.retention_code) return;
  package.retention_code = code;
  package.retention_years = years_of(code);
}

}  // namespace anjuan::catalog
