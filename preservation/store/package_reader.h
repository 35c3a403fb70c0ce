#pragma once
// A stored package as files to read: any version, checked against its inventory on the way.
//
// Files come from the primary copy. When one proves damaged (Error kCorrupt), the caller may call
// examine() and begin anew: from then on each file comes from the copy that has it whole.

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/progress.h"
#include "preservation/store/store.h"

namespace anjuan::preservation {

/// A file of one version of a package.
struct PackageFile {
  std::string path;  ///< inside the package's folder, e.g. "METS.xml"
  std::uint64_t bytes = 0;
  std::string sha512;
  Instant stored;  ///< when the version that brought its bytes was made
};

class PackageReader {
 public:
  using Take = std::function<void(std::span<const std::byte>)>;

  /// `store` outlives the reader. Throws Error(kNotFound) if there is no such package.
  PackageReader(const Store& store, const packager::PackageId& id);

  const packager::PackageId& id() const { return object_.id; }

  int head() const { return object_.inventory.head(); }

  const packager::OcflVersion& version(int number) const;

  /// In byte order of their paths.
  std::vector<PackageFile> files(int version) const;

  /// Hands the bytes to `take` while they are read. Throws Error(kCorrupt) naming the file if they
  /// were not those of the inventory: then nothing that was taken may be relied on.
  void read(const PackageFile& file, const Take& take) const;

  /// Where the file that read() reads lies. Throws Error(kCannotCheck) if not on this machine.
  std::filesystem::path local_file(const PackageFile& file) const;

  /// A document of a version. Throws Error(kCorrupt), Error(kNotFound) if the version has none.
  std::string document(int version, const std::string& path) const;

  /// Reads all bytes of the package once and finds for each file a copy that has it whole.
  /// Throws Error(kCorrupt) naming the first file that neither has.
  void examine(Progress& progress);

  /// Files that must be read from the replica, because the primary has them missing or damaged.
  std::vector<std::string> from_replica() const;

 private:
  /// Where the bytes of a content path lie, or nothing.
  using Sizes = std::map<std::string, std::uint64_t>;

  Sizes sizes_in(const Repository& copy) const;
  bool is_whole(const Repository& copy, const std::string& content, Progress& progress) const;
  const Repository& copy_of(const std::string& content) const;
  std::uint64_t size_of(const std::string& content) const;
  [[noreturn]] void fail(std::string_view message_id, const std::string& content) const;

  const Store& store_;
  StoredObject object_;
  std::map<std::string, std::string> content_of_;  ///< SHA-512 -> content path
  Sizes primary_;
  Sizes replica_;
  std::set<std::string> from_replica_;  ///< content paths
};

}  // namespace anjuan::preservation
