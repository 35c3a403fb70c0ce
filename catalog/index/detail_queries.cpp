#include "catalog/index/detail_queries.h"

namespace anjuan::catalog {

std::vector<PartyRow> select_parties(Database& database, const std::string& package) {
  std::vector<PartyRow> parties;
  for (const auto& row : database.run(
           "SELECT kind, name FROM party WHERE package = ? ORDER BY position", {package})) {
    parties.push_back({row.text(0), row.text(1)});
  }
  return parties;
}

std::vector<StepRow> select_steps(Database& database, const std::string& package) {
  std::vector<StepRow> steps;
  for (const auto& row : database.run(
           "SELECT id, kind, started_at, ended_at FROM step WHERE package = ? ORDER BY position",
           {package})) {
    steps.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
  }
  return steps;
}

std::vector<DocumentRow> select_documents(Database& database, const std::string& package) {
  std::vector<DocumentRow> documents;
  // Unnumbered documents (page 0) come last, in the order of the case.
  const auto rows = database.run(
      "SELECT d.id, d.kind, d.title, d.doc_no, d.date, d.pages, d.page_from, d.page_to, d.step,"
      " d.name, d.file, coalesce(f.mime, ''), coalesce(f.bytes, 0) FROM document d"
      " LEFT JOIN file f ON f.package = d.package AND f.id = d.file"
      " WHERE d.package = ? ORDER BY d.page_from = 0, d.page_from, d.position",
      {package});
  for (const auto& row : rows) {
    documents.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4),
                         row.integer(5), row.integer(6), row.integer(7), row.text(8), row.text(9),
                         row.text(10), row.text(11), row.integer(12)});
  }
  return documents;
}

namespace {

std::vector<SegmentRow> select_segments(Database& database, const std::string& package,
                                        std::int64_t recording) {
  std::vector<SegmentRow> segments;
  const auto rows = database.run(
      "SELECT s.name, s.file, coalesce(f.mime, ''), coalesce(f.bytes, 0), s.made_at, s.duration_s"
      " FROM segment s LEFT JOIN file f ON f.package = s.package AND f.id = s.file"
      " WHERE s.package = ? AND s.recording = ? ORDER BY s.position",
      {package, recording});
  for (const auto& row : rows) {
    segments.push_back(
        {row.text(0), row.text(1), row.text(2), row.integer(3), row.text(4), row.integer(5)});
  }
  return segments;
}

std::vector<PartRow> select_parts(Database& database, const std::string& package,
                                  std::int64_t recording) {
  std::vector<PartRow> parts;
  for (const auto& row :
       database.run("SELECT measured_ms, first_clock, last_clock FROM recording_part"
                    " WHERE package = ? AND recording = ? ORDER BY position",
                    {package, recording})) {
    parts.push_back({row.integer(0), row.text(1), row.text(2)});
  }
  return parts;
}

std::vector<GapRow> select_gaps(Database& database, const std::string& package,
                                std::int64_t recording) {
  std::vector<GapRow> gaps;
  for (const auto& row :
       database.run("SELECT part, at_ms, missing_ms, from_clock, to_clock FROM recording_gap"
                    " WHERE package = ? AND recording = ? ORDER BY position",
                    {package, recording})) {
    gaps.push_back({row.integer(0), row.integer(1), row.integer(2), row.text(3), row.text(4)});
  }
  return gaps;
}

std::vector<CopyRow> select_copies(Database& database, const std::string& package,
                                   std::int64_t recording) {
  std::vector<CopyRow> copies;
  for (const auto& row :
       database.run("SELECT c.role, c.file, c.source, c.proof, c.note, coalesce(f.mime, ''),"
                    " coalesce(f.bytes, 0) FROM recording_copy c"
                    " LEFT JOIN file f ON f.package = c.package AND f.id = c.file"
                    " WHERE c.package = ? AND c.recording = ? ORDER BY c.position",
                    {package, recording})) {
    copies.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                      row.integer(6)});
  }
  return copies;
}

std::vector<FoundRow> select_found(Database& database, const std::string& package,
                                   std::int64_t recording) {
  std::vector<FoundRow> found;
  for (const auto& row : database.run(
           "SELECT weight, message_zh, message_en, first_crop, crops FROM recording_finding"
           " WHERE package = ? AND recording = ? ORDER BY position",
           {package, recording})) {
    found.push_back({row.text(0), row.text(1), row.text(2), row.integer(3), row.integer(4)});
  }
  return found;
}

std::optional<MeasuredRow> select_measured(Database& database, const std::string& package,
                                           std::int64_t recording) {
  const auto rows = database.run(
      "SELECT sidecar, report, verdict, not_measured, coverage_ppm, step_coverage_ppm,"
      " measured_ms, duty, duty_article, due_at, due_kept, due_article FROM recording_measured"
      " WHERE package = ? AND recording = ?",
      {package, recording});
  if (rows.empty()) return {};
  const auto& row = rows.front();
  return MeasuredRow{row.text(0),
                     row.text(1),
                     row.text(2),
                     row.text(3),
                     row.integer(4),
                     row.integer(5),
                     row.integer(6),
                     row.text(7),
                     row.text(8),
                     row.text(9),
                     row.text(10),
                     row.text(11),
                     select_parts(database, package, recording),
                     select_gaps(database, package, recording),
                     select_copies(database, package, recording),
                     select_found(database, package, recording)};
}

std::vector<AgentRow> select_agents(Database& database, const std::string& package,
                                    std::int64_t event) {
  std::vector<AgentRow> agents;
  const auto rows = database.run(
      "SELECT e.agent, coalesce(a.name, e.agent), coalesce(a.type, ''), coalesce(a.version, ''),"
      " e.role FROM event_agent e LEFT JOIN agent a ON a.package = e.package AND a.id = e.agent"
      " WHERE e.package = ? AND e.event = ? ORDER BY e.position",
      {package, event});
  for (const auto& row : rows) {
    agents.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)});
  }
  return agents;
}

}  // namespace

std::vector<RecordingRow> select_recordings(Database& database, const std::string& package) {
  std::vector<RecordingRow> recordings;
  const auto rows = database.run(
      "SELECT position, id, step, method, made_at, maker, purpose, duration_s, device, location"
      " FROM recording WHERE package = ? ORDER BY position",
      {package});
  for (const auto& row : rows) {
    recordings.push_back({row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                          row.text(6), row.integer(7), row.text(8), row.text(9),
                          select_segments(database, package, row.integer(0)),
                          select_measured(database, package, row.integer(0))});
  }
  return recordings;
}

std::vector<IndexItemRow> select_index_items(Database& database, const std::string& package) {
  std::vector<IndexItemRow> items;
  const auto rows = database.run(
      "SELECT seq, doc_no, author, title, date, pages, note FROM index_item WHERE package = ?"
      " ORDER BY position",
      {package});
  for (const auto& row : rows) {
    items.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                     row.text(6)});
  }
  return items;
}

std::vector<EventRow> select_events(Database& database, const std::string& package) {
  std::vector<EventRow> events;
  const auto rows = database.run(
      "SELECT position, id, type, time, detail, outcome, outcome_note FROM event WHERE package = ?"
      " ORDER BY time, position",
      {package});
  for (const auto& row : rows) {
    events.push_back({row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6),
                      select_agents(database, package, row.integer(0))});
  }
  return events;
}

}  // namespace anjuan::catalog
