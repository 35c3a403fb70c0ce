#include "packager/verify/content_check.h"

#include "core/messages.h"
#include "packager/verify/ocfl_vocabulary.h"

namespace anjuan::packager {

namespace {

class ContentCheck {
 public:
  ContentCheck(const CheckedObject& object, DigestAlgorithm algorithm, Examination& work)
      : object_(object), algorithm_(algorithm), work_(work) {}

  Digested run() {
    const auto& inventory = object_.inventory;
    const auto named = digest_named(inventory.algorithm);
    if (!named && !inventory.manifest.empty()) {
      work_.findings.not_checked(
          "PKG-DIGEST", "inventory.json",
          say("verify.other_algorithm",
              {{"path", "inventory.json"}, {"algorithm", inventory.algorithm}}));
    }
    auto digested = Digested::compute(jobs(named), work_);
    if (named) compare_manifest(*named, digested);
    for (const auto& [path, claims] : object_.claims.by_path()) {
      for (const auto& claim : claims) compare_claim(path, claim, digested);
    }
    return digested;
  }

 private:
  std::vector<DigestJob> jobs(const std::optional<NamedDigest>& named) {
    std::set<std::string_view> paths;
    for (const auto& [path, digest] : object_.inventory.manifest) paths.insert(path);
    for (const auto& [path, claims] : object_.claims.by_path()) paths.insert(path);
    work_.report.files_expected = paths.size();
    std::vector<DigestJob> jobs;
    for (const auto path : paths) {
      const auto* entry = work_.tree.find(path);
      if (!entry || entry->type != TreeEntry::Type::kFile) continue;
      jobs.push_back({std::string(path), entry->bytes, algorithms_for(path, named)});
    }
    return jobs;
  }

  std::vector<DigestAlgorithm> algorithms_for(std::string_view path,
                                              const std::optional<NamedDigest>& named) {
    std::set<DigestAlgorithm> algorithms = {algorithm_};
    if (work_.options.deep) algorithms.insert(DigestAlgorithm::kSm3);
    if (named && object_.inventory.manifest.contains(path)) algorithms.insert(named->algorithm);
    const auto claims = object_.claims.by_path().find(path);
    if (claims != object_.claims.by_path().end()) {
      for (const auto& claim : claims->second) {
        if (const auto claimed = digest_named(claim.algorithm)) {
          algorithms.insert(claimed->algorithm);
        }
      }
    }
    return {algorithms.begin(), algorithms.end()};
  }

  void compare_manifest(const NamedDigest& named, const Digested& digested) {
    for (const auto& [path, digest] : object_.inventory.manifest) {
      const auto real = digested.digest(path, named.algorithm);
      if (real.empty() || real == digest) continue;
      work_.findings.error("E092", path, say("verify.content_changed", {{"path", path}}));
    }
  }

  void compare_claim(const std::string& path, const ContentClaim& claim, const Digested& digested) {
    const bool fixity = claim.block == ContentClaim::Block::kFixity;
    const auto report = [&](std::string_view id) {
      work_.findings.error(fixity ? "E093" : "E092", path,
                           say(id, {{"inventory", object_.claims.source(claim)},
                                    {"file", path},
                                    {"algorithm", std::string(claim.algorithm)}}));
    };
    const auto* result = digested.find(path);
    if (!result) {
      // A file that the root manifest names as well was reported with it.
      if (fixity || !object_.inventory.manifest.contains(path)) report("ocfl.claimed_file_missing");
    } else if (const auto real = real_digest(path, claim, digested);
               !real.empty() && real != claim.digest) {
      report("ocfl.claimed_digest_wrong");
    }
  }

  /// "" if the file was not read.
  std::string real_digest(const std::string& path, const ContentClaim& claim,
                          const Digested& digested) {
    const auto& result = *digested.find(path);
    if (!result.failure.empty()) return {};
    if (claim.algorithm == kSizeDigest) return std::to_string(result.bytes);
    return std::string(digested.digest(path, digest_named(claim.algorithm)->algorithm));
  }

  const CheckedObject& object_;
  DigestAlgorithm algorithm_;
  Examination& work_;
};

}  // namespace

Digested check_content(const CheckedObject& object, DigestAlgorithm algorithm, Examination& work) {
  return ContentCheck(object, algorithm, work).run();
}

}  // namespace anjuan::packager
