#include "tests/support/fake_blob_store.h"

#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "tests/support/files.h"

namespace anjuan::test {

namespace fs = std::filesystem;
using preservation::BlobInfo;
using preservation::OnRead;
using preservation::PutTree;

namespace {

bool is_at_or_below(const std::string& key, const std::string& folder) {
  return folder.empty() || key == folder || key.starts_with(folder + "/");
}

void check_key(const std::string& key) {
  if (key.empty() || key.front() == '/' || key.back() == '/' ||
      ("/" + key + "/").find("/../") != std::string::npos ||
      ("/" + key + "/").find("/./") != std::string::npos || key.find("//") != std::string::npos) {
    throw Error(ErrorCode::kInternal, key, "bad key");
  }
}

}  // namespace

FakeBlobStore::FakeBlobStore(fs::path staging, std::string name)
    : staging_(std::move(staging)), name_(std::move(name)) {}

void FakeBlobStore::lose_power_at(int number, When when) {
  power_ends_at_ = number == 0 ? 0 : changes_ + number;
  when_ = when;
}

void FakeBlobStore::change(const std::function<void()>& apply) {
  ++changes_;
  if (changes_ == power_ends_at_ && when_ == When::kBefore) throw PowerLoss();
  apply();
  if (changes_ == power_ends_at_) throw PowerLoss();
}

std::string FakeBlobStore::on_its_way(const std::string& key, std::string bytes) {
  if (!flip_.empty() && key.ends_with(flip_) && !bytes.empty()) {
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    flip_.clear();
  }
  if (!cut_.empty() && key.ends_with(cut_)) {
    bytes.resize(bytes.size() / 2);
    cut_.clear();
  }
  if (used() + bytes.size() > capacity_) throw Error(ErrorCode::kNoSpace, name_, "full");
  return bytes;
}

std::uint64_t FakeBlobStore::used() const {
  std::uint64_t bytes = 0;
  for (const auto& [key, value] : blobs_) bytes += value.size();
  return bytes;
}

void FakeBlobStore::refuse_existing(const std::string& key) const {
  check_key(key);
  if (exists(key)) throw Error(ErrorCode::kConflict, key, "exists");
}

void FakeBlobStore::flip(const std::string& key) {
  std::string& bytes = blob(key);
  bytes.at(bytes.size() / 2) = static_cast<char>(bytes.at(bytes.size() / 2) ^ 1);
}

std::string& FakeBlobStore::blob(const std::string& key) {
  return const_cast<std::string&>(std::as_const(*this).blob(key));
}

const std::string& FakeBlobStore::blob(const std::string& key) const {
  check_key(key);
  const auto found = blobs_.find(key);
  if (found == blobs_.end()) throw Error(ErrorCode::kNotFound, key, "missing");
  return found->second;
}

void FakeBlobStore::put_file(const std::string& key, const fs::path& file) {
  put_bytes(key, read_file(file));
}

void FakeBlobStore::put_bytes(const std::string& key, std::string_view bytes) {
  refuse_existing(key);
  const std::string arriving = on_its_way(key, std::string(bytes));
  change([&] { blobs_[key] = arriving; });
}

PutTree FakeBlobStore::put_tree(const std::string& key, const fs::path& folder) {
  refuse_existing(key);
  if (other_device_ && !folder.string().starts_with(staging_.string())) {
    return PutTree::kOtherDevice;
  }
  std::map<std::string, std::string> arriving;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_symlink()) throw Error(ErrorCode::kRefused, entry.path().string(), "link");
    if (!entry.is_regular_file()) continue;
    const std::string name = key + "/" + entry.path().lexically_relative(folder).string();
    arriving[name] = on_its_way(name, read_text(entry.path()));
  }
  std::uint64_t bytes = used();
  for (const auto& [name, value] : arriving) bytes += value.size();
  if (bytes > capacity_) throw Error(ErrorCode::kNoSpace, name_, "full");
  change([&] {
    blobs_.merge(arriving);
    fs::remove_all(folder);
  });
  return PutTree::kDone;
}

void FakeBlobStore::replace_head(const std::string& key, std::string_view bytes,
                                 const std::string& old_sha512) {
  if (!key.ends_with("/inventory.json") && !key.ends_with("/inventory.json.sha512")) {
    throw Error(ErrorCode::kInternal, key, "not a head");
  }
  std::string& old = blob(key);
  if (digest_hex(DigestAlgorithm::kSha512, old) != old_sha512) {
    throw Error(ErrorCode::kConflict, key, "changed");
  }
  change([&] { old = bytes; });
}

std::string FakeBlobStore::move_aside(const std::string& key) {
  if (!exists(key)) throw Error(ErrorCode::kNotFound, key, "missing");
  const std::string aside = "extensions/aside-" + std::to_string(++asides_);
  change([&] {
    for (const BlobInfo& info : list(key)) {
      auto node = blobs_.extract(info.key);
      node.key() = aside + info.key.substr(key.size());
      blobs_.insert(std::move(node));
    }
  });
  return aside;
}

void FakeBlobStore::prune_empty(const std::string&) {}

bool FakeBlobStore::exists(const std::string& key) const {
  check_key(key);
  const auto found = blobs_.lower_bound(key);
  if (found != blobs_.end() && found->first == key) return true;
  const auto below = blobs_.lower_bound(key + "/");
  return below != blobs_.end() && below->first.starts_with(key + "/");
}

std::string FakeBlobStore::get(const std::string& key, std::uint64_t offset,
                               std::uint64_t length) const {
  const std::string& bytes = blob(key);
  return offset >= bytes.size() ? "" : bytes.substr(offset, length);
}

std::vector<BlobInfo> FakeBlobStore::list(const std::string& key) const {
  std::vector<BlobInfo> infos;
  for (const auto& [name, bytes] : blobs_) {
    if (is_at_or_below(name, key)) infos.push_back({name, bytes.size()});
  }
  return infos;
}

std::vector<std::string> FakeBlobStore::folders(const std::string& key) const {
  std::set<std::string> names;
  const std::size_t skip = key.empty() ? 0 : key.size() + 1;
  for (const auto& [name, bytes] : blobs_) {
    if (!is_at_or_below(name, key)) continue;
    const std::size_t slash = name.find('/', skip);
    if (slash != std::string::npos) names.insert(name.substr(skip, slash - skip));
  }
  return {names.begin(), names.end()};
}

std::string FakeBlobStore::fetch(const std::string& key, const fs::path& target,
                                 const OnRead& on_read) const {
  const std::string& bytes = blob(key);
  const FileHandle file = FileHandle::create(target);
  file.write_all(std::as_bytes(std::span(bytes)), target.string());
  if (on_read) on_read(bytes.size());
  return digest_hex(DigestAlgorithm::kSha512, bytes);
}

std::string FakeBlobStore::read_back(const std::string& key, const OnRead& on_read) const {
  const std::string& bytes = blob(key);
  if (on_read) on_read(bytes.size());
  return digest_hex(DigestAlgorithm::kSha512, bytes);
}

fs::path FakeBlobStore::staging() const {
  fs::create_directories(staging_);
  return staging_;
}

void FakeBlobStore::discard_staging(const std::string& name) { fs::remove_all(staging_ / name); }

void FakeBlobStore::sweep_staging() {}

std::optional<fs::path> FakeBlobStore::local_path(const std::string&) const { return std::nullopt; }

std::optional<std::uint64_t> FakeBlobStore::free_bytes() const {
  return capacity_ - std::min(capacity_, used());
}

}  // namespace anjuan::test
