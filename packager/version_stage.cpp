#include "packager/version_stage.h"

#include <cerrno>

#include <unistd.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "core/text.h"
#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

namespace fs = std::filesystem;

/// A new file in place of the remains of an interrupted run.
void overwrite(const fs::path& path, std::string_view bytes) {
  std::error_code ignored;
  fs::remove(path, ignored);
  const auto file = FileHandle::create(path);
  file.write_all(std::as_bytes(std::span(bytes)), path.string());
}

/// Size of the regular file, or nothing.
std::optional<std::uint64_t> size_of(const fs::path& path) {
  std::error_code error;
  if (fs::symlink_status(path, error).type() != fs::file_type::regular) return std::nullopt;
  const auto size = fs::file_size(path, error);
  if (error) return std::nullopt;
  return size;
}

/// "os:liyang" -> "urn:anjuan:os:liyang"
std::string actor_uri(const Actor& actor) {
  std::string uri = "urn:anjuan:";
  for (std::string_view rest = actor.id; !rest.empty();) {
    const auto end = std::min(rest.find(':'), rest.size());
    uri += to_href(rest.substr(0, end));
    if (end < rest.size()) uri += ':';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return uri;
}

}  // namespace

VersionStage::VersionStage(const PackageId& id, fs::path staging)
    : id_(id), staging_(std::move(staging)) {
  inventory_.id = id.urn();
  inventory_.versions.emplace_back();
}

VersionStage::VersionStage(const PackageId& id, fs::path staging, OcflInventory previous,
                           fs::path object)
    : id_(id),
      staging_(std::move(staging)),
      object_(std::move(object)),
      inventory_(std::move(previous)) {
  for (const auto& [path, digest] : inventory_.manifest) held_.emplace(digest, path);
  OcflVersion next;
  next.state = inventory_.current().state;
  inventory_.versions.push_back(std::move(next));
}

void VersionStage::link_in(const DraftFile& file, const std::string& path) {
  if (held(file.digests.sha512)) {
    inventory_.versions.back().state[logical(path)] = file.digests.sha512;
    return;
  }
  const auto target = content() / logical(path);
  if (size_of(file.staged).has_value()) {
    make_parents(target);
    std::error_code ignored;
    fs::remove(target, ignored);
    fault_point("packager.link");
    if (::link(file.staged.c_str(), target.c_str()) != 0) {
      throw_errno(errno, file.path, "packager.cannot_link");
    }
  }
  const auto size = size_of(target);
  if (!size) {
    throw Error(ErrorCode::kNotFound, file.path,
                say("packager.staged_missing", {{"path", file.path}}));
  }
  if (*size != file.digests.bytes) {
    throw Error(ErrorCode::kCorrupt, file.path,
                say("packager.staged_size", {{"path", file.path},
                                             {"expected", std::to_string(file.digests.bytes)},
                                             {"found", std::to_string(*size)}}));
  }
  record(path, file.digests.sha512);
}

Digests VersionStage::write(const std::string& path, std::string_view bytes) {
  auto digests = digest_bytes(bytes);
  if (held(digests.sha512)) {
    inventory_.versions.back().state[logical(path)] = digests.sha512;
    return digests;
  }
  overwrite(open(path), bytes);
  record(path, digests.sha512);
  return digests;
}

fs::path VersionStage::open(const std::string& path) {
  auto target = content() / logical(path);
  make_parents(target);
  std::error_code ignored;
  fs::remove(target, ignored);
  fault_point("packager.write");
  return target;
}

void VersionStage::record(const std::string& path, const std::string& sha512) {
  inventory_.versions.back().state[logical(path)] = sha512;
  inventory_.manifest[stored(path)] = sha512;
}

void VersionStage::rename(const std::string& from, const std::string& to) {
  auto& state = inventory_.versions.back().state;
  auto node = state.extract(logical(from));
  node.key() = logical(to);
  state.insert(std::move(node));
}

std::string VersionStage::digest(const std::string& path) const {
  const auto found = state().find(logical(path));
  return found == state().end() ? "" : found->second;
}

fs::path VersionStage::bytes_of(const std::string& path) const {
  const auto here = stored(path);
  const auto sha512 = digest(path);
  const auto found = inventory_.manifest.find(here);
  if (found != inventory_.manifest.end() && found->second == sha512) return staging_ / here;
  const auto earlier = held_.find(sha512);
  if (earlier == held_.end()) {
    throw Error(ErrorCode::kInternal, path, fmt::format("no bytes of {} in the package", path));
  }
  return object_ / earlier->second;
}

const std::map<std::string, std::string>& VersionStage::state() const {
  return inventory_.versions.back().state;
}

fs::path VersionStage::content() const {
  return staging_ / fmt::format("v{}", version()) / "content";
}

std::string VersionStage::stored(const std::string& path) const {
  return fmt::format("v{}/content/{}", version(), logical(path));
}

void VersionStage::make_parents(const fs::path& file) {
  const auto folder = file.parent_path();
  if (!made_.insert(folder.string()).second) return;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw_errno(error.value(), folder.string(), "packager.cannot_create");
}

std::string VersionStage::finish(const PackageDraft& draft) {
  auto& version = inventory_.versions.back();
  version.created = to_text(draft.created);
  version.message = draft.message.empty() ? fmt::format("v{}", this->version()) : draft.message;
  const auto actor = responsible_actor(draft);
  version.user_name = actor.name.empty() ? actor.id : actor.name;
  version.user_address = actor_uri(actor);
  const auto json = inventory_.to_json();
  auto digest = digest_hex(DigestAlgorithm::kSha512, json);
  // Two spaces: OCFL allows them and `sha512sum -c` wants them.
  const auto sidecar = digest + "  inventory.json\n";
  for (const auto& folder : {staging_ / fmt::format("v{}", inventory_.head()), staging_}) {
    fault_point("packager.inventory");
    overwrite(folder / "inventory.json", json);
    overwrite(folder / "inventory.json.sha512", sidecar);
  }
  if (inventory_.head() == 1) overwrite(staging_ / "0=ocfl_object_1.1", "ocfl_object_1.1\n");
  return digest;
}

}  // namespace anjuan::packager
