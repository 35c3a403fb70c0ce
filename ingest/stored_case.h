#pragma once
// What the store already holds of a case, as far as ingest needs to know it.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ingest/gather.h"
#include "ingest/submission_history.h"
#include "packager/package_id.h"
#include "preservation/store/store.h"

namespace anjuan::ingest {

class StoredCase {
 public:
  /// Nothing if the store has no such package. Throws Error(kCorrupt) if it cannot be read.
  static std::optional<StoredCase> find(const preservation::Store& store,
                                        const packager::PackageId& id);

  const packager::PackageId& id() const { return id_; }

  /// The stored object's folder. Throws Error(kInternal) if the primary is not local.
  std::filesystem::path object() const;

  int version() const { return version_; }

  const std::string& verdict() const { return verdict_; }

  std::uint64_t files() const { return state_.size(); }

  /// Of all files of the current version.
  std::uint64_t bytes() const;

  const std::vector<AcceptedSubmission>& history() const { return history_; }

  bool has_accepted(const std::string& file_set_digest) const;
  /// SHA-512 of the original at this relative path, or "".
  std::string original(const std::string& path) const;
  /// "3 个文件有改动(docs/D01.pdf …),新增 1 个,缺少 2 个": for the finding that asks.
  std::string difference(const GatheredCase& gathered) const;
  /// Those files of the current version whose paths inside the AIP folder begin with `prefix`.
  std::vector<std::string> paths(const std::string& prefix) const;
  /// Bytes of a file of the current version, by its path inside the AIP folder.
  std::string read(const std::string& path) const;

 private:
  StoredCase(const preservation::Store& store, packager::PackageId id)
      : store_(&store), id_(std::move(id)) {}

  const preservation::Store* store_;
  packager::PackageId id_;
  std::string key_;  ///< of the object in the primary
  int version_ = 0;
  std::string verdict_;
  std::vector<AcceptedSubmission> history_;
  std::map<std::string, std::string> state_;     ///< path in the AIP folder -> sha512
  std::map<std::string, std::string> contents_;  ///< sha512 -> content path
};

}  // namespace anjuan::ingest
