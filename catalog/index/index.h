#pragma once
// index.db: lists and pages without opening packages. A projection; packages are the truth.
//
// Rules for the caller: project() after each package that was stored; reindex() whenever the index
// is lost, damaged or doubted - both give the same rows. The file names people (parties, makers of
// recordings), so it is readable by its owner only. One object may be used from several threads.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/index/rows.h"
#include "core/progress.h"
#include "preservation/store/store.h"

namespace anjuan::catalog {

struct PackageFilter {
  std::string text;  ///< part of title, case number or party; "" = all
  std::optional<std::int64_t> year;
  std::string verdict;  ///< "" = all
  /// Of the continuity of at least one of its recordings, e.g. "GAP_FOUND"; "" = all.
  std::string continuity{};
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};

struct PackageList {
  std::vector<PackageRow> rows;  ///< newest closing first, then by case number
  std::int64_t total = 0;        ///< that pass the filter
};

struct ReindexReport {
  std::int64_t packages = 0;  ///< read and in the index
  std::int64_t unreadable = 0;
  std::vector<FindingRow> findings;
};

class Index {
 public:
  /// Opens or creates, mode 0600. Throws Error(kCorrupt | kInvalid | kBusy | kIo).
  static Index open(const std::filesystem::path& file);
  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;

  /// Replaces all rows of the package by what its newest stored version says; a package that is no
  /// longer stored loses its rows. One that cannot be read leaves no row but a finding. Returns the
  /// findings about the package.
  std::vector<FindingRow> project(const preservation::Store& store, const packager::PackageId& id);

  /// Makes `file` again from the packages of `store` alone. Builds beside it (index.db.new), then
  /// takes the result over in one transaction: readers see the old index until then, and a crash
  /// leaves the old one (docs/adr/0012-catalog-v0.md). An index that cannot be opened is put aside.
  static ReindexReport reindex(const std::filesystem::path& file, const preservation::Store& store,
                               Progress& progress);

  PackageList list(const PackageFilter& filter) const;
  std::optional<PackageDetail> find(const packager::PackageId& id) const;
  /// Files of a package in METS order.
  std::vector<FileRow> files(const packager::PackageId& id, std::int64_t limit) const;
  std::optional<FileRow> file(const packager::PackageId& id, const std::string& file_id) const;
  std::vector<std::int64_t> years() const;   ///< that occur, newest first
  std::vector<FindingRow> findings() const;  ///< of all packages
  std::int64_t packages() const;
  std::int64_t unreadable() const;  ///< packages of which there is only a finding

 private:
  struct State;
  explicit Index(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace anjuan::catalog
