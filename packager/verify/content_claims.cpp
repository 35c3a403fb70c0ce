#include "packager/verify/content_claims.h"

#include "core/messages.h"
#include "packager/verify/ocfl_vocabulary.h"

namespace anjuan::packager {

void ContentClaims::add_fixity(const ReadInventory& inventory, const std::string& where) {
  for (const auto& [algorithm, paths] : inventory.fixity) {
    const auto named = digest_named(algorithm);
    if (!named && algorithm != kSizeDigest) continue;  // E028: to be ignored
    const auto name = named ? named->name : kSizeDigest;
    for (const auto& [path, digest] : paths) {
      add(path, {ContentClaim::Block::kFixity, name, digest}, where);
    }
  }
}

void ContentClaims::add_manifest(const ReadInventory& prior, const std::string& where,
                                 const ReadInventory& root) {
  const auto named = digest_named(prior.algorithm);
  if (!named) {
    findings_.not_checked(
        "PKG-DIGEST", where,
        say("verify.other_algorithm", {{"path", where}, {"algorithm", prior.algorithm}}));
    return;
  }
  for (const auto& [path, digest] : prior.manifest) {
    const auto current = root.manifest.find(path);
    const bool same = prior.algorithm == root.algorithm && current != root.manifest.end() &&
                      current->second == digest;
    if (!same) add(path, {ContentClaim::Block::kManifest, named->name, digest}, where);
  }
}

void ContentClaims::add(const std::string& path, ContentClaim claim, const std::string& where) {
  if (count_ == kClaimsMax) {
    ++count_;
    findings_.not_checked("PKG-LIMIT", where, say("ocfl.too_many_digests", {{"path", where}}));
  }
  if (count_ > kClaimsMax) return;
  if (sources_.empty() || sources_.back() != where) sources_.push_back(where);
  claim.source = sources_.size() - 1;
  if (by_path_[path].insert(std::move(claim)).second) ++count_;
}

}  // namespace anjuan::packager
