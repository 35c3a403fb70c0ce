#include "packager/verify/verify_anjuan.h"

#include <set>

#include "core/messages.h"
#include "packager/verify/aip_check.h"
#include "packager/verify/digest_pass.h"
#include "packager/verify/ocfl_check.h"

namespace anjuan::packager {

namespace {

/// Files of a package with the digests of their bytes on the disk.
class Digested {
 public:
  /// `paths` in byte order; those that are no files on the disk are left out.
  template <typename Paths>
  static Digested compute(const Paths& paths, DigestAlgorithm algorithm, Examination& work) {
    Digested digested;
    std::uint64_t total = 0;
    for (const std::string& path : paths) {
      const auto* entry = work.tree.find(path);
      if (!entry || entry->type != TreeEntry::Type::kFile) continue;
      digested.jobs_.push_back({path, entry->bytes});
      total += entry->bytes;
    }
    work.progress.begin(say("verify.step_digests"), total);
    digested.results_ = digest_files(work.root, digested.jobs_, algorithm,
                                     work.options.deep ? SecondDigest::kSm3 : SecondDigest::kNone,
                                     work.options.threads, work.progress);
    work.progress.end();
    digested.report(work);
    return digested;
  }

  /// Nothing for a file that is not on the disk.
  const DigestResult* find(std::string_view path) const {
    const auto found =
        std::lower_bound(jobs_.begin(), jobs_.end(), path,
                         [](const DigestJob& job, std::string_view key) { return job.path < key; });
    if (found == jobs_.end() || found->path != path) return nullptr;
    return &results_[static_cast<std::size_t>(found - jobs_.begin())];
  }

  AipFile file(std::string path, const std::string& disk) const {
    AipFile file{std::move(path), disk, 0, {}, {}, false, false};
    if (const auto* result = find(disk)) {
      file.present = true;
      file.bytes = result->bytes;
      file.sha512 = result->digest;
      file.sm3 = result->sm3;
    }
    return file;
  }

 private:
  void report(Examination& work) const {
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      const auto& result = results_[i];
      work.report.bytes_checked += result.bytes;
      if (result.failure.empty()) {
        ++work.report.files_checked;
        continue;
      }
      work.findings.not_checked(
          "PKG-READ", jobs_[i].path,
          say("verify.unreadable", {{"path", jobs_[i].path}, {"reason", result.failure}}));
    }
  }

  std::vector<DigestJob> jobs_;
  std::vector<DigestResult> results_;
};

void compare_with_manifest(const ReadInventory& inventory, const Digested& digested,
                           FindingSink& findings) {
  for (const auto& [path, digest] : inventory.manifest) {
    const auto* result = digested.find(path);
    if (!result || result->digest.empty() || result->digest == digest) continue;
    findings.error("E092", path, say("verify.content_changed", {{"path", path}}));
  }
}

/// Where the bytes of each digest lie.
std::multimap<std::string_view, std::string_view> content_paths(const ReadInventory& inventory) {
  std::multimap<std::string_view, std::string_view> paths;
  for (const auto& [path, digest] : inventory.manifest) paths.emplace(digest, path);
  return paths;
}

/// Of the places with these bytes, the one named as the logical path is; else the first; "" = none.
std::string content_of(const std::multimap<std::string_view, std::string_view>& paths,
                       std::string_view digest, const std::string& logical) {
  const auto [first, last] = paths.equal_range(digest);
  const auto named = std::find_if(
      first, last, [&](const auto& entry) { return entry.second.ends_with("/" + logical); });
  if (named != last) return std::string(named->second);
  return first == last ? "" : std::string(first->second);
}

/// The AIPs of a version, by the name of their folder.
std::map<std::string, std::vector<AipFile>> aips_of(const ReadVersion& version,
                                                    const ReadInventory& inventory,
                                                    const Digested& digested,
                                                    FindingSink& findings) {
  const auto paths = content_paths(inventory);
  std::map<std::string, std::vector<AipFile>> aips;
  for (const auto& [logical, digest] : version.state) {
    const auto content = content_of(paths, digest, logical);
    if (content.empty()) continue;  // E050
    const auto slash = logical.find('/');
    const auto folder = logical.substr(0, slash);
    if (slash != logical.npos && folder.starts_with("aip-")) {
      aips[folder].push_back(digested.file(logical.substr(slash + 1), content));
    } else if (folder != "evidence" || slash == logical.npos) {
      findings.warn("PKG-STRAY", content, say("verify.stray_file", {{"file", logical}}));
    }
  }
  return aips;
}

void check_version(const ReadVersion& version, const ReadInventory& inventory,
                   const Digested& digested, Examination& work) {
  auto aips = aips_of(version, inventory, digested, work.findings);
  if (aips.size() != 1) {
    work.findings.error("PKG-AIP", version.name,
                        say("verify.not_one_aip",
                            {{"version", version.name}, {"count", std::to_string(aips.size())}}));
  }
  for (auto& [name, files] : aips) {
    AipTree tree(name, std::move(files));
    work.report.label = check_aip(work, tree, AipDigests::Want::kPending);
  }
}

void check_identity(const ReadInventory& inventory, FindingSink& findings) {
  constexpr std::string_view kUrn = "urn:uuid:";
  if (!inventory.id.starts_with(kUrn)) return;
  const auto expected = "aip-" + inventory.id.substr(kUrn.size());
  const auto* head = inventory.version(inventory.head);
  if (!head) return;
  const auto first = head->state.lower_bound(expected + "/");
  if (first != head->state.end() && first->first.starts_with(expected + "/")) return;
  findings.error("PKG-ID", "inventory.json",
                 say("verify.identity", {{"id", inventory.id}, {"folder", expected}}));
}

std::vector<std::string> paths_of(const PathDigests& manifest) {
  std::vector<std::string> paths;
  for (const auto& [path, digest] : manifest) paths.push_back(path);
  return paths;
}

}  // namespace

void verify_anjuan(Examination& work) {
  const auto inventory = check_ocfl_structure(work.root, work.tree, work.findings);
  if (!inventory) return;
  work.report.files_expected = inventory->manifest.size();
  if (inventory->algorithm != "sha512") {
    work.findings.not_checked("PKG-DIGEST", "inventory.json",
                              say("verify.other_algorithm", {{"path", "inventory.json"},
                                                             {"algorithm", inventory->algorithm}}));
    return;
  }
  const auto digested =
      Digested::compute(paths_of(inventory->manifest), DigestAlgorithm::kSha512, work);
  compare_with_manifest(*inventory, digested, work.findings);
  check_identity(*inventory, work.findings);
  for (const auto& version : inventory->versions) {
    const bool head = version.name == inventory->head;
    if (head || work.options.deep) check_version(version, *inventory, digested, work);
  }
}

}  // namespace anjuan::packager
