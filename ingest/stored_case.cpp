#include "ingest/stored_case.h"

#include <algorithm>

#include "core/error.h"
#include "core/messages.h"
#include "packager/mets_reader.h"
#include "packager/ocfl_inventory.h"
#include "packager/package_layout.h"

namespace anjuan::ingest {

namespace {

constexpr std::string_view kOriginals = "representations/original/data/";
constexpr const char* kMets = "METS.xml";
constexpr const char* kHistory = "metadata/other/submissions.xml";

std::string some_names(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) {
    text += (i == 0 ? "" : "、") + names[i];
  }
  return names.size() > kShown ? text + " …" : text;
}

}  // namespace

std::optional<StoredCase> StoredCase::find(const preservation::Store& store,
                                           const packager::PackageId& id) {
  const auto object = store.find(id);
  if (!object) return std::nullopt;
  StoredCase found(store, id);
  found.key_ = object->key;
  found.version_ = object->inventory.head();
  const std::string prefix = id.objid() + "/";
  for (const auto& [path, digest] : object->inventory.current().state) {
    if (path.starts_with(prefix)) found.state_[path.substr(prefix.size())] = digest;
  }
  for (const auto& [path, digest] : object->inventory.manifest) found.contents_[digest] = path;
  found.history_ = read_submission_history(found.read(kHistory), id.objid() + "/" + kHistory);
  const auto mets = found.object() / found.contents_.at(found.state_.at(kMets));
  const auto root = packager::read_mets(
      mets, kMets, [](const packager::MetsGroup&, const packager::MetsFile&) {});
  found.verdict_ = packager::verdict_word(root.status);
  return found;
}

std::filesystem::path StoredCase::object() const {
  const auto local = store_->primary().blobs().local_path(key_);
  if (!local) throw Error(ErrorCode::kInternal, key_, "the primary store is not local");
  return *local;
}

std::uint64_t StoredCase::bytes() const {
  std::map<std::string, std::uint64_t> sizes;
  for (const auto& blob : store_->primary().blobs().list(key_)) sizes[blob.key] = blob.bytes;
  std::uint64_t total = 0;
  for (const auto& [path, digest] : state_) total += sizes[key_ + "/" + contents_.at(digest)];
  return total;
}

bool StoredCase::has_accepted(const std::string& file_set_digest) const {
  return std::any_of(history_.begin(), history_.end(), [&](const AcceptedSubmission& submission) {
    return submission.file_set_digest == file_set_digest;
  });
}

std::string StoredCase::original(const std::string& path) const {
  const auto found = state_.find(std::string(kOriginals) + path);
  return found == state_.end() ? "" : found->second;
}

std::string StoredCase::difference(const GatheredCase& gathered) const {
  std::vector<std::string> changed;
  std::vector<std::string> added;
  std::size_t kept = 0;
  for (const auto& file : gathered.files) {
    const std::string before = original(file.path);
    if (before.empty()) {
      added.push_back(file.path);
    } else {
      ++kept;
      if (before != file.digests.sha512) changed.push_back(file.path);
    }
  }
  const auto originals =
      static_cast<std::size_t>(std::count_if(state_.begin(), state_.end(), [](const auto& entry) {
        return entry.first.starts_with(kOriginals);
      }));
  return say("ingest.difference", {{"changed", std::to_string(changed.size())},
                                   {"added", std::to_string(added.size())},
                                   {"missing", std::to_string(originals - kept)},
                                   {"names", some_names(changed.empty() ? added : changed)}});
}

std::vector<std::string> StoredCase::paths(const std::string& prefix) const {
  std::vector<std::string> found;
  for (auto at = state_.lower_bound(prefix); at != state_.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    found.push_back(at->first);
  }
  return found;
}

std::string StoredCase::read(const std::string& path) const {
  const auto digest = state_.find(path);
  if (digest == state_.end()) {
    throw Error(ErrorCode::kCorrupt, path,
                say("ingest.not_in_package", {{"package", id_.uuid()}, {"path", path}}));
  }
  return preservation::get_all(store_->primary().blobs(),
                               key_ + "/" + contents_.at(digest->second));
}

}  // namespace anjuan::ingest
