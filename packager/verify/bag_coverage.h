#pragma once
// Which file of a bag which manifest lists, in both directions: what is missing, and what no
// manifest speaks of (RFC 8493, 3).

#include <map>
#include <string>
#include <vector>

#include "packager/verify/bag_fetch.h"
#include "packager/verify/bag_files.h"
#include "packager/verify/bag_manifest.h"

namespace anjuan::packager {

/// What one manifest says of a file.
struct Expectation {
  const BagManifest* manifest = nullptr;
  const ManifestEntry* entry = nullptr;
};

class BagCoverage {
 public:
  /// All must outlive it.
  BagCoverage(const BagFiles& bag, const std::vector<BagManifest>& manifests,
              const std::vector<FetchEntry>& fetch, BagRules rules);

  /// Reports BAG-MISSING, BAG-UNFETCHED, BAG-UNLISTED, BAG-TAG, BAG-FETCH and, for paths with
  /// backslashes that name no file, BAG-PATH.
  void report(FindingSink& findings) const;

  /// Per file of the bag, in their order.
  const std::vector<std::vector<Expectation>>& expectations() const { return expectations_; }

  /// Listed paths that stand so on no file: of missing files, and of those that were found by a
  /// name that differs in case or normalisation form.
  const std::vector<std::string>& unmatched() const { return unmatched_; }

  std::size_t missing() const { return missing_.size(); }

  /// Files of fetch.txt that are not there.
  std::size_t unfetched() const;

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::size_t find(const std::string& path);
  std::size_t find_exactly(std::string_view path) const;
  std::size_t find_alike(std::string_view path);
  bool listed_by(std::size_t file, const BagManifest& manifest) const;
  const FetchEntry* fetched(std::string_view path) const;
  void report_missing(FindingSink& findings) const;
  void report_payload(FindingSink& findings) const;
  void report_tag_files(FindingSink& findings) const;
  void report_fetch(FindingSink& findings) const;

  const std::vector<BagFile>& files_;
  const std::vector<BagManifest>& manifests_;
  const std::vector<FetchEntry>& fetch_;
  BagRules rules_;
  std::vector<std::vector<Expectation>> expectations_;
  std::vector<std::string> unmatched_;
  std::map<std::string, Expectation> missing_;  ///< path -> where it is listed first
  std::map<std::string, std::size_t> alike_;    ///< alike_key() -> file; kNone = several
};

}  // namespace anjuan::packager
