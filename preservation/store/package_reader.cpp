#include "preservation/store/package_reader.h"

#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"

namespace anjuan::preservation {

namespace {

constexpr std::uint64_t kBlockBytes = 1024 * 1024;

StoredObject find_object(const Store& store, const packager::PackageId& id) {
  auto object = store.find(id);
  if (object) return *std::move(object);
  throw Error(ErrorCode::kNotFound, id.uuid(), say("export.no_package", {{"package", id.uuid()}}));
}

/// "v3/content/..." -> 3
int version_of(const std::string& content) {
  return std::stoi(content.substr(1, content.find('/') - 1));
}

/// What cannot be read in one copy may be whole in the other; a full disk or a stop is no damage.
bool is_damage(ErrorCode code) {
  return code == ErrorCode::kNotFound || code == ErrorCode::kIo || code == ErrorCode::kCorrupt ||
         code == ErrorCode::kRefused;
}

}  // namespace

PackageReader::PackageReader(const Store& store, const packager::PackageId& id)
    : store_(store), object_(find_object(store, id)) {
  for (const auto& [path, sha512] : object_.inventory.manifest) content_of_.emplace(sha512, path);
  primary_ = sizes_in(store.primary());
  replica_ = sizes_in(store.replica());
  for (const auto& [sha512, content] : content_of_) {
    if (!primary_.contains(content) && replica_.contains(content)) from_replica_.insert(content);
  }
}

PackageReader::Sizes PackageReader::sizes_in(const Repository& copy) const {
  Sizes sizes;
  for (const BlobInfo& blob : copy.blobs().list(object_.key)) {
    sizes.emplace(blob.key.substr(object_.key.size() + 1), blob.bytes);
  }
  return sizes;
}

const packager::OcflVersion& PackageReader::version(int number) const {
  return object_.inventory.versions.at(static_cast<std::size_t>(number - 1));
}

std::vector<PackageFile> PackageReader::files(int number) const {
  const std::string prefix = object_.id.objid() + "/";
  std::vector<PackageFile> files;
  for (const auto& [logical, sha512] : version(number).state) {
    if (!logical.starts_with(prefix)) continue;
    const std::string& content = content_of_.at(sha512);
    files.push_back({logical.substr(prefix.size()), size_of(content), sha512,
                     parse_instant(version(version_of(content)).created)});
  }
  return files;
}

void PackageReader::read(const PackageFile& file, const Take& take) const {
  const std::string& content = content_of_.at(file.sha512);
  const BlobStore& blobs = copy_of(content).blobs();
  const std::string key = object_.key + "/" + content;
  Hasher hasher(DigestAlgorithm::kSha512);
  for (std::uint64_t at = 0; at < file.bytes;) {
    stop_if_interrupted();
    std::string block;
    try {
      block = blobs.get(key, at, std::min(kBlockBytes, file.bytes - at));
    } catch (const Error& error) {
      if (!is_damage(error.code())) throw;
    }
    if (block.empty()) fail("export.damaged_copy", content);
    hasher.update(std::string_view(block));
    take(std::as_bytes(std::span(block)));
    at += block.size();
  }
  if (hasher.finish() != file.sha512) fail("export.damaged_copy", content);
}

std::filesystem::path PackageReader::local_file(const PackageFile& file) const {
  const std::string& content = content_of_.at(file.sha512);
  const auto local = copy_of(content).blobs().local_path(object_.key + "/" + content);
  if (local) return *local;
  throw Error(ErrorCode::kCannotCheck, content,
              say("export.not_local", {{"package", object_.id.uuid()}}));
}

std::string PackageReader::document(int number, const std::string& path) const {
  for (const PackageFile& file : files(number)) {
    if (file.path != path) continue;
    std::string bytes;
    read(file, [&](std::span<const std::byte> block) {
      bytes.append(reinterpret_cast<const char*>(block.data()), block.size());
    });
    return bytes;
  }
  throw Error(ErrorCode::kNotFound, path,
              say("export.no_document", {{"package", object_.id.uuid()}, {"path", path}}));
}

void PackageReader::examine(Progress& progress) {
  std::uint64_t total = 0;
  for (const auto& [sha512, content] : content_of_) total += size_of(content);
  progress.begin(say("export.examining"), total);
  from_replica_.clear();
  for (const auto& [sha512, content] : content_of_) {
    if (is_whole(store_.primary(), content, progress)) continue;
    if (!is_whole(store_.replica(), content, progress)) fail("export.damaged", content);
    from_replica_.insert(content);
  }
  progress.end();
}

bool PackageReader::is_whole(const Repository& copy, const std::string& content,
                             Progress& progress) const {
  try {
    const std::string key = object_.key + "/" + content;
    return copy.blobs().read_back(key, [&](std::uint64_t bytes) { progress.advance(bytes); }) ==
           object_.inventory.manifest.at(content);
  } catch (const Error& error) {
    if (!is_damage(error.code())) throw;
    return false;
  }
}

std::vector<std::string> PackageReader::from_replica() const {
  return {from_replica_.begin(), from_replica_.end()};
}

const Repository& PackageReader::copy_of(const std::string& content) const {
  return from_replica_.contains(content) ? store_.replica() : store_.primary();
}

std::uint64_t PackageReader::size_of(const std::string& content) const {
  const Sizes& sizes = from_replica_.contains(content) ? replica_ : primary_;
  const auto found = sizes.find(content);
  if (found == sizes.end()) fail("export.damaged", content);
  return found->second;
}

void PackageReader::fail(std::string_view message_id, const std::string& content) const {
  throw Error(ErrorCode::kCorrupt, content,
              say(message_id, {{"package", object_.id.uuid()}, {"path", content}}));
}

}  // namespace anjuan::preservation
