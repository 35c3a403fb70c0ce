#include "catalog/index/index.h"

#include <mutex>

#include "catalog/index/index_file.h"
#include "catalog/index/projection.h"
#include "catalog/index/queries.h"
#include "core/database.h"

namespace anjuan::catalog {

struct Index::State {
  explicit State(Database opened) : database(std::move(opened)) {}

  std::mutex mutex;  // one connection, used by one thread at a time
  Database database;
};

Index::Index(std::unique_ptr<State> state) : state_(std::move(state)) {}

Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

Index Index::open(const std::filesystem::path& file) {
  return Index(std::make_unique<State>(open_index_file(file)));
}

std::vector<FindingRow> Index::project(const preservation::Store& store,
                                       const packager::PackageId& id) {
  const std::lock_guard lock(state_->mutex);
  return project_stored(state_->database, store, id);
}

PackageList Index::list(const PackageFilter& filter) const {
  const std::lock_guard lock(state_->mutex);
  return select_packages(state_->database, filter);
}

std::optional<PackageDetail> Index::find(const packager::PackageId& id) const {
  const std::lock_guard lock(state_->mutex);
  return select_detail(state_->database, id.uuid());
}

std::vector<FileRow> Index::files(const packager::PackageId& id, std::int64_t limit) const {
  const std::lock_guard lock(state_->mutex);
  return select_files(state_->database, id.uuid(), limit);
}

std::optional<FileRow> Index::file(const packager::PackageId& id,
                                   const std::string& file_id) const {
  const std::lock_guard lock(state_->mutex);
  return select_file(state_->database, id.uuid(), file_id);
}

std::vector<std::int64_t> Index::years() const {
  const std::lock_guard lock(state_->mutex);
  return select_years(state_->database);
}

std::vector<FindingRow> Index::findings() const {
  const std::lock_guard lock(state_->mutex);
  return select_findings(state_->database);
}

std::int64_t Index::packages() const {
  const std::lock_guard lock(state_->mutex);
  return count_packages(state_->database);
}

std::int64_t Index::unreadable() const {
  const std::lock_guard lock(state_->mutex);
  return count_unreadable(state_->database);
}

}  // namespace anjuan::catalog
