#pragma once
// A blob store in memory that fails on demand: power loss before or after any step, a full disk,
// bytes that change on their way, writes that end short.

#include <map>
#include <optional>
#include <set>

#include "preservation/store/blob_store.h"

namespace anjuan::test {

/// What a process that loses its power would not live to see; deliberately no Error.
struct PowerLoss {};

class FakeBlobStore final : public preservation::BlobStore {
 public:
  explicit FakeBlobStore(std::filesystem::path staging, std::string name = "fake");

  enum class When { kBefore, kAfter };
  /// The power goes at the `number`-th change from now (from 1), before or after it takes effect.
  void lose_power_at(int number, When when);

  /// Changes so far.
  int changes() const { return changes_; }

  void set_capacity(std::uint64_t bytes) { capacity_ = bytes; }

  /// The next put whose key ends in `suffix` stores a flipped bit, or half of the bytes.
  void flip_on_put(const std::string& suffix) { flip_ = suffix; }

  void cut_on_put(const std::string& suffix) { cut_ = suffix; }

  /// Flips a bit of what is stored.
  void flip(const std::string& key);

  /// Trees from outside staging() are refused as lying on another device.
  void set_other_device() { other_device_ = true; }

  const std::map<std::string, std::string>& blobs() const { return blobs_; }

  std::string name() const override { return name_; }

  void put_file(const std::string& key, const std::filesystem::path& file) override;
  void put_bytes(const std::string& key, std::string_view bytes) override;
  [[nodiscard]] preservation::PutTree put_tree(const std::string& key,
                                               const std::filesystem::path& folder) override;
  void replace_head(const std::string& key, std::string_view bytes,
                    const std::string& old_sha512) override;
  std::string move_aside(const std::string& key) override;
  void prune_empty(const std::string& key) override;
  bool exists(const std::string& key) const override;
  std::string get(const std::string& key, std::uint64_t offset,
                  std::uint64_t length) const override;
  std::vector<preservation::BlobInfo> list(const std::string& key) const override;
  std::vector<std::string> folders(const std::string& key) const override;
  std::string fetch(const std::string& key, const std::filesystem::path& target,
                    const preservation::OnRead& on_read) const override;
  std::string read_back(const std::string& key, const preservation::OnRead& on_read) const override;
  std::filesystem::path staging() const override;
  void discard_staging(const std::string& name) override;
  void sweep_staging() override;
  std::optional<std::filesystem::path> local_path(const std::string& key) const override;
  std::optional<std::uint64_t> free_bytes() const override;

 private:
  void change(const std::function<void()>& apply);
  std::string on_its_way(const std::string& key, std::string bytes);
  std::string& blob(const std::string& key);
  const std::string& blob(const std::string& key) const;
  std::uint64_t used() const;
  void refuse_existing(const std::string& key) const;

  std::filesystem::path staging_;
  std::string name_;
  std::map<std::string, std::string> blobs_;
  std::uint64_t capacity_ = 1ULL << 40;
  int changes_ = 0;
  int power_ends_at_ = 0;  ///< 0 = never
  When when_ = When::kBefore;
  std::string flip_;
  std::string cut_;
  bool other_device_ = false;
  int asides_ = 0;
};

}  // namespace anjuan::test
