#include "packager/verify/prior_inventory.h"

#include "core/messages.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager {

namespace {

/// The states of the prior inventory's versions in digests of the root inventory: equal as they
/// are if both use one algorithm, else what both manifests call by the same content path.
class Translation {
 public:
  Translation(const ReadInventory& prior, const ReadInventory& root)
      : needed_(prior.algorithm != root.algorithm) {
    if (!needed_) return;
    for (const auto& [path, digest] : prior.manifest) {
      const auto found = root.manifest.find(path);
      if (found != root.manifest.end()) digests_.emplace(digest, found->second);
    }
  }

  bool equal(const PathDigests& prior, const PathDigests& root) const {
    if (!needed_) return prior == root;
    return prior.size() == root.size() &&
           std::equal(prior.begin(), prior.end(), root.begin(), [&](const auto& a, const auto& b) {
             const auto found = digests_.find(a.second);
             return a.first == b.first && found != digests_.end() && found->second == b.second;
           });
  }

 private:
  bool needed_;
  std::map<std::string_view, std::string_view> digests_;
};

class Comparison {
 public:
  Comparison(const ReadInventory& prior, const std::string& where, const ReadInventory& root,
             FindingSink& findings)
      : prior_(prior), where_(where), root_(root), findings_(findings) {}

  void run(const ReadVersion& version) {
    if (!prior_.id.empty() && !root_.id.empty() && prior_.id != root_.id) wrong("E037", "id");
    if (!prior_.head.empty() && prior_.head != version.name) wrong("E040", "head");
    compare_content_directory();
    const Translation translation(prior_, root_);
    for (const auto& old : prior_.versions) {
      if (old.number > 0) compare_version(old, translation);
    }
    if (prior_.has_manifest) find_missing_files(version.number);
  }

 private:
  void wrong(std::string_view code, std::string_view key) {
    findings_.error(
        code, where_,
        say("verify.prior_inventory_differs", {{"path", where_}, {"key", std::string(key)}}));
  }

  /// One sentence of the standard with two codes: set from the first version on (E019), and never
  /// changed (E020; the official test objects call that E019 too).
  void compare_content_directory() {
    const bool same = prior_.content_directory == root_.content_directory;
    const bool both = prior_.states_content_directory && root_.states_content_directory;
    const bool late = root_.states_content_directory && !prior_.states_content_directory;
    if (!same || late) wrong("E019", "contentDirectory");
    if (!same && both) wrong("E020", "contentDirectory");
  }

  void compare_version(const ReadVersion& old, const Translation& translation) {
    const auto* current = root_.version(old.name);
    if (current && (!old.has_state || !current->has_state)) return;
    if (!current || !translation.equal(old.state, current->state)) {
      findings_.error("E066", where_,
                      say("verify.prior_state_differs", {{"path", where_}, {"version", old.name}}));
      return;
    }
    const auto told = [](const ReadVersion& version) {
      return std::tie(version.created, version.message, version.user_name, version.user_address);
    };
    if (told(old) == told(*current)) return;
    findings_.warn("W011", where_,
                   say("verify.prior_metadata_differs", {{"path", where_}, {"version", old.name}}));
  }

  void find_missing_files(std::uint32_t number) {
    for (const auto& [file, digest] : root_.manifest) {
      const auto added = version_number(std::string_view(file).substr(0, file.find('/')));
      if (added == 0 || added > number || prior_.mentions(file)) continue;
      findings_.error("E023", where_,
                      say("verify.prior_manifest_lacks", {{"path", where_}, {"file", file}}));
    }
  }

  const ReadInventory& prior_;
  const std::string& where_;
  const ReadInventory& root_;
  FindingSink& findings_;
};

}  // namespace

void compare_with_root(const ReadInventory& prior, const ReadVersion& version,
                       const std::string& where, const ReadInventory& root, FindingSink& findings) {
  Comparison(prior, where, root, findings).run(version);
}

}  // namespace anjuan::packager
