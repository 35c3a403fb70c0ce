#pragma once
// Where the bytes of packages lie: a create-only store of blobs under keys ("a/b/c", UTF-8).
//
// Rules of every implementation (tests: blob_store_contract):
// - What a call has put is durable and read-only when the call returns; there is no separate sync.
// - Nothing that was put is ever changed or deleted. The one exception is replace_head(), for an
//   object's inventory.json and its sidecar. move_aside() keeps every byte.
// - put_tree() is all or nothing. A store that cannot do that (S3) puts inventory.json after the
//   other files and its sidecar last: no reader trusts a tree without them.
// - One writer per object at a time: the caller holds the lock. Readers need none.
// Retain-until and legal hold belong here once a store can enforce them (object lock); a file
// system cannot, so v1 does not pretend to.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::preservation {

struct BlobInfo {
  std::string key;
  std::uint64_t bytes = 0;

  bool operator==(const BlobInfo&) const = default;
};

/// How put_tree() ended.
enum class PutTree {
  kDone,
  kOtherDevice,  ///< nothing was put: the folder must be prepared below staging()
};

/// Called with each count of bytes read; may throw to stop.
using OnRead = std::function<void(std::uint64_t)>;

class BlobStore {
 public:
  virtual ~BlobStore() = default;

  /// How the store is called in messages, e.g. its folder.
  virtual std::string name() const = 0;

  /// Puts a copy of the file. Throws Error(kConflict) if the key exists, kNoSpace, kIo.
  virtual void put_file(const std::string& key, const std::filesystem::path& file) = 0;
  virtual void put_bytes(const std::string& key, std::string_view bytes) = 0;
  /// Takes the files of `folder` as key/RELATIVE-PATH; the folder is gone afterwards.
  /// Throws Error(kConflict) if the key exists, kRefused if a link or device is among them.
  [[nodiscard]] virtual PutTree put_tree(const std::string& key,
                                         const std::filesystem::path& folder) = 0;
  /// Replaces an inventory.json or its sidecar whose bytes have the SHA-512 `old_sha512`.
  /// Throws Error(kConflict) if they have another, kNotFound, kInternal for any other key.
  virtual void replace_head(const std::string& key, std::string_view bytes,
                            const std::string& old_sha512) = 0;
  /// Takes everything at or below `key` out of the way, keeping every byte; returns where it is.
  virtual std::string move_aside(const std::string& key) = 0;
  /// Removes empty folders at and above `key` (what a stopped put_tree() may leave).
  virtual void prune_empty(const std::string& key) = 0;

  virtual bool exists(const std::string& key) const = 0;
  /// Throws Error(kNotFound), kIo. Fewer bytes come only at the end of the blob.
  virtual std::string get(const std::string& key, std::uint64_t offset,
                          std::uint64_t length) const = 0;
  /// All blobs below the key ("" = all), in byte order of their keys. Throws Error(kCorrupt) for
  /// a link or device among them.
  virtual std::vector<BlobInfo> list(const std::string& key) const = 0;
  /// Names of the folders directly below the key ("" = the root), in byte order.
  virtual std::vector<std::string> folders(const std::string& key) const = 0;
  /// Copies a blob into the new local file `target` (not synced); returns the SHA-512 of what was
  /// read. The target is removed if that fails.
  virtual std::string fetch(const std::string& key, const std::filesystem::path& target,
                            const OnRead& on_read) const = 0;
  /// SHA-512 of the bytes as the medium gives them, past every cache that we can get past.
  virtual std::string read_back(const std::string& key, const OnRead& on_read) const = 0;

  /// The local folder below which trees for put_tree() are prepared; it exists.
  virtual std::filesystem::path staging() const = 0;
  /// Removes what was abandoned below staging()/`name`: never stored, so never a payload.
  virtual void discard_staging(const std::string& name) = 0;
  /// Removes unfinished single files below staging() that no process holds any more.
  virtual void sweep_staging() = 0;

  /// Where the blob or folder lies on this machine, if it does.
  virtual std::optional<std::filesystem::path> local_path(const std::string& key) const = 0;
  /// Room left, if the store can tell.
  virtual std::optional<std::uint64_t> free_bytes() const = 0;
};

/// The whole blob. Throws Error(kRefused) above `limit_bytes`.
std::string get_all(const BlobStore& blobs, const std::string& key,
                    std::uint64_t limit_bytes = 256ULL * 1024 * 1024);

}  // namespace anjuan::preservation
