#include "packager/verify/verify_anjuan.h"

#include <set>

#include "core/messages.h"
#include "packager/verify/aip_check.h"
#include "packager/verify/content_check.h"
#include "packager/verify/derivative_check.h"
#include "packager/verify/ocfl_check.h"

namespace anjuan::packager {

namespace {

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
    const CheckedAip aip = check_aip(work, tree, AipDigests::Want::kPending);
    work.report.label = aip.label;
    if (version.name != inventory.head) continue;
    check_derivatives_of(tree, aip.ours ? PackageMaker::kThisProgram : PackageMaker::kOther, work);
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

}  // namespace

void verify_anjuan(Examination& work) {
  const auto object = check_ocfl_structure(work.root, work.tree, work.findings);
  if (!object) return;
  const auto& inventory = object->inventory;
  // METS and PREMIS state SHA-512, whatever the inventory uses.
  const auto digested = check_content(*object, DigestAlgorithm::kSha512, work);
  check_identity(inventory, work.findings);
  for (const auto& version : inventory.versions) {
    const bool head = version.name == inventory.head;
    if (head || work.options.deep) check_version(version, inventory, digested, work);
  }
}

}  // namespace anjuan::packager
