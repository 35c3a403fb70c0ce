#include "catalog/index/package_source.h"

#include "core/digest.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::catalog {

PackageSource::PackageSource(const preservation::Store& store, preservation::StoredObject object)
    : object_(std::move(object)), folder_(object_folder(store, object_.key)) {}

std::optional<std::string> PackageSource::digest_of(const std::string& path) const {
  const auto& state = object_.inventory.current().state;
  const auto found = state.find(id().objid() + "/" + path);
  if (found == state.end()) return {};
  return found->second;
}

std::string PackageSource::content_path_of(const std::string& sha512) const {
  auto path = object_.inventory.content_path(sha512);
  if (!is_plain_path(path)) {
    throw Error(ErrorCode::kCorrupt, object_.key,
                say("catalog.no_content", {{"object", object_.key}, {"digest", sha512}}));
  }
  return path;
}

std::filesystem::path PackageSource::checked_file(const std::string& path) const {
  const auto sha512 = digest_of(path);
  if (!sha512) {
    throw Error(ErrorCode::kNotFound, path, say("catalog.file_missing", {{"file", path}}));
  }
  auto file = folder_ / content_path_of(*sha512);
  if (digest_file(file).sha512 != *sha512) {
    throw Error(ErrorCode::kCorrupt, file.string(),
                say("catalog.digest_differs", {{"file", path}}));
  }
  return file;
}

std::filesystem::path object_folder(const preservation::Store& store, const std::string& key) {
  auto folder = store.primary().blobs().local_path(key);
  if (!folder) {
    throw Error(ErrorCode::kCannotCheck, key,
                say("catalog.not_on_this_machine", {{"object", key}}));
  }
  return *folder;
}

bool is_plain_path(std::string_view path) {
  while (true) {
    const auto slash = path.find('/');
    const auto segment = path.substr(0, slash);
    if (segment.empty() || segment == "." || segment == "..") return false;
    if (segment.find('\0') != segment.npos) return false;
    if (slash == path.npos) return true;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace anjuan::catalog
