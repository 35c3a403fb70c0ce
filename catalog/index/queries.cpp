#include "catalog/index/queries.h"

#include "catalog/index/detail_queries.h"
#include "core/error.h"
#include "core/text.h"

namespace anjuan::catalog {

namespace {

constexpr std::string_view kPackageColumns =
    "id, version, inventory_digest, verdict, case_no, title, parties, type, procedure, cause,"
    " agency, section, fonds, category, file_no, archival_code, year, retention_code,"
    " retention_years, filed_on, decided_on, closed_on, created_at, modified_at, documents, pages,"
    " recordings, recorded_s, files, bytes";

PackageRow package_of(const Row& row) {
  std::size_t at = 0;
  const auto text = [&] { return row.text(at++); };
  const auto number = [&] { return row.integer(at++); };
  // Members in the order of kPackageColumns; braces evaluate from left to right.
  return {text(),   number(), text(),   text(),   text(),   text(),  text(), text(),
          text(),   text(),   text(),   text(),   text(),   text(),  text(), text(),
          number(), text(),   number(), text(),   text(),   text(),  text(), text(),
          number(), number(), number(), number(), number(), number()};
}

constexpr std::string_view kFileColumns =
    "id, mets, section, path, content_path, mime, bytes, sha512, created_at";

FileRow file_of(const Row& row) {
  return {row.text(0), row.text(1),    row.text(2), row.text(3), row.text(4),
          row.text(5), row.integer(6), row.text(7), row.text(8)};
}

struct Condition {
  std::string sql;
  std::vector<SqlValue> values;
};

Condition condition_of(const PackageFilter& filter) {
  Condition condition{" WHERE 1", {}};
  if (!filter.text.empty() && is_valid_utf8(filter.text)) {
    condition.sql += " AND instr(search, ?) > 0";
    condition.values.emplace_back(collision_key(filter.text));
  }
  if (filter.year) {
    condition.sql += " AND year = ?";
    condition.values.emplace_back(*filter.year);
  }
  if (!filter.verdict.empty()) {
    condition.sql += " AND verdict = ?";
    condition.values.emplace_back(filter.verdict);
  }
  if (!filter.continuity.empty()) {
    condition.sql += " AND id IN (SELECT package FROM recording_measured WHERE verdict = ?)";
    condition.values.emplace_back(filter.continuity);
  }
  return condition;
}

std::int64_t integer_of(Database& database, const std::string& sql,
                        const std::vector<SqlValue>& values = {}) {
  const auto value = database.scalar(sql, values);
  return value ? std::get<std::int64_t>(*value) : 0;
}

}  // namespace

PackageList select_packages(Database& database, const PackageFilter& filter) {
  auto condition = condition_of(filter);
  PackageList list;
  list.total =
      integer_of(database, "SELECT count(*) FROM package" + condition.sql, condition.values);
  condition.values.emplace_back(filter.limit);
  condition.values.emplace_back(filter.offset);
  const auto sql = fmt::format(
      "SELECT {} FROM package{} ORDER BY closed_on DESC, case_no, id"
      " LIMIT ? OFFSET ?",
      kPackageColumns, condition.sql);
  for (const auto& row : database.run(sql, condition.values)) list.rows.push_back(package_of(row));
  return list;
}

std::optional<PackageDetail> select_detail(Database& database, const std::string& package) {
  const auto rows =
      database.run(fmt::format("SELECT {} FROM package WHERE id = ?", kPackageColumns), {package});
  if (rows.empty()) return {};
  PackageDetail detail;
  detail.package = package_of(rows.front());
  detail.parties = select_parties(database, package);
  detail.steps = select_steps(database, package);
  detail.documents = select_documents(database, package);
  detail.recordings = select_recordings(database, package);
  detail.index_items = select_index_items(database, package);
  detail.events = select_events(database, package);
  detail.findings = select_findings(database, package);
  return detail;
}

std::vector<FileRow> select_files(Database& database, const std::string& package,
                                  std::int64_t limit) {
  std::vector<FileRow> files;
  const auto sql =
      fmt::format("SELECT {} FROM file WHERE package = ? ORDER BY position LIMIT ?", kFileColumns);
  for (const auto& row : database.run(sql, {package, limit})) files.push_back(file_of(row));
  return files;
}

std::optional<FileRow> select_file(Database& database, const std::string& package,
                                   const std::string& file) {
  const auto rows =
      database.run(fmt::format("SELECT {} FROM file WHERE package = ? AND id = ?", kFileColumns),
                   {package, file});
  if (rows.empty()) return {};
  return file_of(rows.front());
}

std::vector<std::int64_t> select_years(Database& database) {
  std::vector<std::int64_t> years;
  for (const auto& row :
       database.run("SELECT DISTINCT year FROM package WHERE year > 0 ORDER BY year DESC")) {
    years.push_back(row.integer(0));
  }
  return years;
}

std::vector<FindingRow> select_findings(Database& database, const std::string& package) {
  std::vector<FindingRow> findings;
  const auto rows = database.run(
      "SELECT object_path, package, code, severity, place, message FROM finding"
      " WHERE ? = '' OR package = ? ORDER BY object_path, position",
      {package, package});
  for (const auto& row : rows) {
    findings.push_back(
        {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)});
  }
  return findings;
}

std::int64_t count_unreadable(Database& database) {
  return integer_of(database, "SELECT count(*) FROM finding WHERE code = 'catalog.unreadable'");
}

std::int64_t count_packages(Database& database) {
  return integer_of(database, "SELECT count(*) FROM package");
}

}  // namespace anjuan::catalog
