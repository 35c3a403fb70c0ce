#include "catalog/index/row_writer.h"

#include "core/text.h"

namespace anjuan::catalog {

namespace {

// Original files lie here under the names that the case gives them (docs/formats/package.md).
constexpr const char* kOriginals = "representations/original/data/";

std::string search_text(const PackageRow& row) {
  const auto text = row.case_no + "\n" + row.title + "\n" + row.parties;
  return is_valid_utf8(text) ? collision_key(text) : text;
}

}  // namespace

void RowWriter::clear(const std::string& package) {
  database_.run("DELETE FROM finding WHERE object_path = ? OR (package = ? AND package <> '')",
                {object_path_, package});
  database_.run("DELETE FROM package WHERE id = ?", {package});
}

void RowWriter::begin_package(const PackageRow& row) {
  database_.run(
      "INSERT INTO package VALUES"
      " (?, ?, ?, '', '', '', '', '', '', '', '', '', '', '', '', '', 0, '', 0, '', '', '', '', '',"
      " 0, 0, 0, 0, 0, 0, '')",
      {row.id, row.version, row.inventory_digest});
}

void RowWriter::finish_package(const PackageRow& row) {
  database_.run(
      "UPDATE package SET verdict = ?, case_no = ?, title = ?, parties = ?, type = ?,"
      " procedure = ?, cause = ?, agency = ?, section = ?, fonds = ?, category = ?, file_no = ?,"
      " archival_code = ?, year = ?, retention_code = ?, retention_years = ?, filed_on = ?,"
      " decided_on = ?, closed_on = ?, created_at = ?, modified_at = ?, documents = ?, pages = ?,"
      " recordings = ?, recorded_s = ?, files = ?, bytes = ?, search = ? WHERE id = ?",
      {row.verdict,         row.case_no,   row.title,         row.parties,    row.type,
       row.procedure,       row.cause,     row.agency,        row.section,    row.fonds,
       row.category,        row.file_no,   row.archival_code, row.year,       row.retention_code,
       row.retention_years, row.filed_on,  row.decided_on,    row.closed_on,  row.created_at,
       row.modified_at,     row.documents, row.pages,         row.recordings, row.recorded_s,
       row.files,           row.bytes,     search_text(row),  row.id});
}

void RowWriter::file(const std::string& package, const FileRow& row) {
  const auto nfc = is_valid_utf8(row.path) ? to_nfc(row.path) : row.path;
  database_.run("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                {package, row.id, files_++, row.mets, row.section, row.path, nfc, row.content_path,
                 row.mime, row.bytes, row.sha512, row.created_at});
}

void RowWriter::case_rows(const std::string& package, const CaseRows& rows) {
  std::int64_t position = 0;
  for (const auto& row : rows.parties) {
    database_.run("INSERT INTO party VALUES (?, ?, ?, ?)",
                  {package, position++, row.kind, row.name});
  }
  position = 0;
  for (const auto& row : rows.steps) {
    database_.run("INSERT INTO step VALUES (?, ?, ?, ?, ?, ?)",
                  {package, position++, row.id, row.kind, row.started_at, row.ended_at});
  }
  position = 0;
  for (const auto& row : rows.documents) document(package, position++, row);
  position = 0;
  for (const auto& row : rows.recordings) recording(package, position++, row);
  position = 0;
  for (const auto& row : rows.index_items) {
    database_.run("INSERT INTO index_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  {package, position++, row.seq, row.doc_no, row.author, row.title, row.date,
                   row.pages, row.note});
  }
}

void RowWriter::document(const std::string& package, std::int64_t position,
                         const DocumentRow& row) {
  database_.run("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                {package, position, row.id, row.kind, row.title, row.doc_no, row.date, row.pages,
                 row.page_from, row.page_to, row.step, row.name, file_called(package, row.name)});
}

void RowWriter::recording(const std::string& package, std::int64_t position,
                          const RecordingRow& row) {
  database_.run("INSERT INTO recording VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                {package, position, row.id, row.step, row.method, row.made_at, row.maker,
                 row.purpose, row.duration_s, row.device, row.location});
  std::int64_t segment = 0;
  for (const auto& part : row.segments) {
    database_.run("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?)",
                  {package, position, segment++, part.name, file_called(package, part.name),
                   part.made_at, part.duration_s});
  }
}

void RowWriter::measured(const std::string& package, std::int64_t position,
                         const MeasuredRow& row) {
  database_.run(
      "INSERT INTO recording_measured VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {package, position, file_at(package, row.sidecar), file_at(package, row.report), row.verdict,
       row.not_measured, row.coverage_ppm, row.step_coverage_ppm, row.measured_ms, row.duty,
       row.duty_article, row.due_at, row.due_kept, row.due_article});
  std::int64_t number = 0;
  for (const auto& part : row.parts) {
    database_.run(
        "INSERT INTO recording_part VALUES (?, ?, ?, ?, ?, ?)",
        {package, position, number++, part.measured_ms, part.first_clock, part.last_clock});
  }
  number = 0;
  for (const auto& gap : row.gaps) {
    database_.run("INSERT INTO recording_gap VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                  {package, position, number++, gap.part, gap.at_ms, gap.missing_ms, gap.from_clock,
                   gap.to_clock});
  }
  number = 0;
  for (const auto& copy : row.copies) {
    database_.run("INSERT INTO recording_copy VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                  {package, position, number++, copy.role, file_at(package, copy.file),
                   file_at(package, copy.source), file_at(package, copy.proof), copy.note});
  }
  found(package, position, row);
}

void RowWriter::found(const std::string& package, std::int64_t recording, const MeasuredRow& row) {
  std::int64_t number = 0;
  for (const auto& each : row.findings) {
    database_.run("INSERT INTO recording_finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                  {package, recording, number++, each.weight, each.message_zh, each.message_en,
                   each.first_crop, each.crops});
  }
}

std::string RowWriter::file_at(const std::string& package, const std::string& path) {
  if (path.empty() || !is_valid_utf8(path)) return {};
  const auto id = database_.scalar(
      "SELECT id FROM file WHERE package = ? AND path_nfc = ? AND path = ? ORDER BY position"
      " LIMIT 1",
      {package, to_nfc(path), path});
  return id ? std::get<std::string>(*id) : std::string();
}

std::string RowWriter::file_called(const std::string& package, const std::string& name) {
  if (name.empty() || !is_valid_utf8(name)) return {};
  const auto path = kOriginals + name;
  // A case may spell a name composed where the file system held it decomposed; of two files that
  // differ only in this the exact one wins.
  const auto id = database_.scalar(
      "SELECT id FROM file WHERE package = ? AND path_nfc = ?"
      " ORDER BY path = ? DESC, position LIMIT 1",
      {package, to_nfc(path), path});
  return id ? std::get<std::string>(*id) : std::string();
}

void RowWriter::event(const std::string& package, const EventRow& row) {
  const auto event = events_++;
  database_.run(
      "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {package, event, row.id, row.type, row.time, row.detail, row.outcome, row.outcome_note});
  std::int64_t position = 0;
  for (const auto& agent : row.agents) {
    database_.run("INSERT INTO event_agent VALUES (?, ?, ?, ?, ?)",
                  {package, event, position++, agent.id, agent.role});
  }
}

void RowWriter::agent(const std::string& package, const AgentRow& row) {
  // Each batch of events describes its agents again; the newest description stands.
  database_.run(
      "INSERT INTO agent VALUES (?, ?, ?, ?, ?) ON CONFLICT (package, id) DO UPDATE SET"
      " name = excluded.name, type = excluded.type, version = excluded.version",
      {package, row.id, row.name, row.type, row.version});
}

void RowWriter::finding(const std::string& package, const std::string& code,
                        const std::string& place, const std::string& message) {
  const auto position = static_cast<std::int64_t>(findings_.size());
  findings_.push_back({object_path_, package, code, "error", place, message});
  database_.run("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?)",
                {object_path_, position, package, code, std::string("error"), place, message});
}

}  // namespace anjuan::catalog
