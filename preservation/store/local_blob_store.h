#pragma once
// A blob store in a folder of a local file system: keys are paths, files are read-only (0444).
//
// Trees come in by one rename, single files by a temporary name below staging() and one rename;
// each is synced before and its folders after. docs/formats/store.md,
// docs/adr/0011-store-commit.md.

#include <memory>

#include "preservation/store/blob_store.h"

namespace anjuan::preservation {

/// Folder of what is being prepared, below the storage root: always on its file system.
inline constexpr std::string_view kStagingFolder = "extensions/anjuan-staging";
/// Folder of what was withdrawn: unfinished or damaged versions that were never called stored.
inline constexpr std::string_view kWithdrawnFolder = "extensions/anjuan-withdrawn";

class LocalBlobStore final : public BlobStore {
  struct Checked {
    std::filesystem::path root;
  };

 public:
  /// For open() alone.
  explicit LocalBlobStore(Checked checked) : root_(std::move(checked.root)) {}

  /// Throws Error(kNotFound) if the folder is missing.
  static std::shared_ptr<LocalBlobStore> open(const std::filesystem::path& root);

  const std::filesystem::path& root() const { return root_; }

  std::string name() const override { return root_.string(); }

  void put_file(const std::string& key, const std::filesystem::path& file) override;
  void put_bytes(const std::string& key, std::string_view bytes) override;
  [[nodiscard]] PutTree put_tree(const std::string& key,
                                 const std::filesystem::path& folder) override;
  void replace_head(const std::string& key, std::string_view bytes,
                    const std::string& old_sha512) override;
  std::string move_aside(const std::string& key) override;
  void prune_empty(const std::string& key) override;

  bool exists(const std::string& key) const override;
  std::string get(const std::string& key, std::uint64_t offset,
                  std::uint64_t length) const override;
  std::vector<BlobInfo> list(const std::string& key) const override;
  std::vector<std::string> folders(const std::string& key) const override;
  std::string fetch(const std::string& key, const std::filesystem::path& target,
                    const OnRead& on_read) const override;
  std::string read_back(const std::string& key, const OnRead& on_read) const override;

  std::filesystem::path staging() const override;
  void discard_staging(const std::string& name) override;
  void sweep_staging() override;

  std::optional<std::filesystem::path> local_path(const std::string& key) const override;
  std::optional<std::uint64_t> free_bytes() const override;

 private:
  /// Throws Error(kInternal) for a key that is absolute, empty or climbs.
  std::filesystem::path path_of(const std::string& key) const;

  std::filesystem::path root_;
};

}  // namespace anjuan::preservation
