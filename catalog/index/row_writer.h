#pragma once
// INSERT statements of index.db, for one package within the caller's transaction.

#include <string>
#include <vector>

#include "catalog/index/case_reading.h"
#include "catalog/index/rows.h"
#include "core/database.h"

namespace anjuan::catalog {

class RowWriter {
 public:
  RowWriter(Database& database, std::string object_path)
      : database_(database), object_path_(std::move(object_path)) {}

  /// Removes every row of the package and every finding about it or its place.
  void clear(const std::string& package);

  /// The row that all others refer to; finish_package() replaces it once everything is known.
  void begin_package(const PackageRow& row);
  void finish_package(const PackageRow& row);
  void file(const std::string& package, const FileRow& row);
  /// Parties, steps, documents, recordings, index: the files must be written before.
  void case_rows(const std::string& package, const CaseRows& rows);
  /// What the archive found out about the recording at `position`; `row` names files by path.
  void measured(const std::string& package, std::int64_t position, const MeasuredRow& row);
  void event(const std::string& package, const EventRow& row);
  void agent(const std::string& package, const AgentRow& row);
  void finding(const std::string& package, const std::string& code, const std::string& place,
               const std::string& message);

  const std::vector<FindingRow>& findings() const { return findings_; }

 private:
  void document(const std::string& package, std::int64_t position, const DocumentRow& row);
  void recording(const std::string& package, std::int64_t position, const RecordingRow& row);
  void found(const std::string& package, std::int64_t recording, const MeasuredRow& row);
  /// Id of the file at exactly this path, or "".
  std::string file_at(const std::string& package, const std::string& path);
  /// Id of the file that the case calls `name`, or "".
  std::string file_called(const std::string& package, const std::string& name);

  Database& database_;
  std::string object_path_;
  std::int64_t files_ = 0;
  std::int64_t events_ = 0;
  std::vector<FindingRow> findings_;
};

}  // namespace anjuan::catalog
