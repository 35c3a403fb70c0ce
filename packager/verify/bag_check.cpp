#include "packager/verify/bag_check.h"

#include "core/messages.h"
#include "packager/verify/bag_coverage.h"
#include "packager/verify/bag_info.h"
#include "packager/verify/bag_names.h"
#include "packager/verify/bag_path.h"
#include "packager/verify/bag_text.h"
#include "packager/verify/digest_names.h"

namespace anjuan::packager {

namespace {

/// One for each algorithm and kind is what a bag can need.
constexpr std::size_t kManifestsMax = 64;
/// For people to read.
constexpr std::uint64_t kInfoBytesMax = 16ULL * 1024 * 1024;

class BagCheck {
 public:
  BagCheck(const BagFiles& bag, FindingSink& findings) : bag_(bag), findings_(findings) {}

  BagSummary run() {
    declaration_ = read_bag_declaration(bag_, findings_);
    read_manifests();
    check_required();
    const auto info = read_info();
    const auto fetch = read_fetch_file();
    const BagCoverage coverage(bag_, manifests_, fetch, declaration_.rules);
    // With files still to be fetched the payload cannot have the stated size yet.
    if (coverage.unfetched() == 0) {
      check_oxum(info, payload(), declaration_.rules, findings_);
    }
    coverage.report(findings_);
    check_bag_names(bag_.files(), coverage.unmatched(), findings_);
    compare_digests(coverage.expectations());
    summary_.files_expected += coverage.missing();
    summary_.label = info.value_of("External-Identifier");
    return std::move(summary_);
  }

 private:
  bool has(std::string_view path) const {
    const auto& files = bag_.files();
    const auto found =
        std::lower_bound(files.begin(), files.end(), path,
                         [](const BagFile& file, std::string_view key) { return file.path < key; });
    return found != files.end() && found->path == path;
  }

  void read_manifests() {
    for (const auto& file : bag_.files()) {
      const auto name = manifest_name(file.path);
      if (!name) continue;
      if (manifests_.size() == kManifestsMax) {
        findings_.not_checked(
            "PKG-LIMIT", file.path,
            say("bagit.too_many_manifests", {{"limit", std::to_string(kManifestsMax)}}));
        return;
      }
      read_one_manifest(file.path, *name);
    }
  }

  void read_one_manifest(const std::string& file, const ManifestName& name) {
    if (!name.is_normalised) {
      demand(findings_, declaration_.rules, "BAG-ALGORITHM", file,
             say("bagit.algorithm_name", {{"manifest", file}, {"algorithm", name.algorithm}}));
    }
    if (!digest_by_plain_name(name.algorithm)) {
      findings_.not_checked(
          "BAG-ALGORITHM", file,
          say("bagit.algorithm_unknown", {{"manifest", file}, {"algorithm", name.algorithm}}));
    }
    const auto text = read_tag_file(bag_, file, declaration_, tag_bytes_left_, findings_);
    if (text) tag_bytes_left_ -= std::min<std::uint64_t>(tag_bytes_left_, text->size());
    // A manifest that cannot be read has been reported; its files then count as not listed.
    manifests_.push_back(
        read_manifest(file, name, text.value_or(""), declaration_.rules, findings_));
  }

  void check_required() {
    if (!bag_.has_payload_folder()) {
      findings_.error("BAG-PAYLOAD", "data", say("bagit.no_payload_folder"));
    }
    const bool any = std::any_of(manifests_.begin(), manifests_.end(), [](const BagManifest& m) {
      return m.kind == ManifestKind::kPayload;
    });
    if (!any) findings_.error("BAG-MANIFEST", "", say("bagit.no_manifest"));
  }

  BagInfo read_info() {
    for (const auto* file : {"bag-info.txt", "package-info.txt"}) {
      const bool old = std::string_view(file) == "package-info.txt";
      if (!has(file) || (old && !declaration_.has_package_info)) continue;
      const auto text = read_tag_file(bag_, file, declaration_, kInfoBytesMax, findings_);
      if (text) return read_bag_info(file, *text, declaration_.rules, findings_);
    }
    return {};
  }

  std::vector<FetchEntry> read_fetch_file() {
    if (!has(kFetchFile)) return {};
    const auto text =
        read_tag_file(bag_, std::string(kFetchFile), declaration_, kTagBytesMax, findings_);
    if (!text) return {};
    return read_fetch(*text, declaration_.rules, findings_);
  }

  Oxum payload() const {
    Oxum oxum;
    for (const auto& file : bag_.files()) {
      if (!file.path.starts_with(kPayloadPrefix)) continue;
      oxum.bytes += file.bytes;
      ++oxum.files;
    }
    return oxum;
  }

  void compare_digests(const std::vector<std::vector<Expectation>>& expectations) {
    std::vector<DigestJob> jobs;
    std::vector<std::size_t> job_files;
    for (std::size_t i = 0; i < expectations.size(); ++i) {
      if (expectations[i].empty()) continue;
      ++summary_.files_expected;
      const auto& file = bag_.files()[i];
      DigestJob job{file.path, file.bytes, algorithms_in(expectations[i])};
      if (job.algorithms.empty()) continue;
      jobs.push_back(std::move(job));
      job_files.push_back(i);
    }
    const auto results = bag_.digest(jobs);
    for (std::size_t i = 0; i < results.size(); ++i) {
      compare(jobs[i], results[i], expectations[job_files[i]]);
    }
  }

  static std::vector<DigestAlgorithm> algorithms_in(const std::vector<Expectation>& expected) {
    std::vector<DigestAlgorithm> algorithms;
    for (const auto& said : expected) {
      const auto algorithm = said.manifest->algorithm;
      if (!algorithm) continue;
      const auto end = algorithms.end();
      if (std::find(algorithms.begin(), end, *algorithm) == end) algorithms.push_back(*algorithm);
    }
    return algorithms;
  }

  void compare(const DigestJob& job, const DigestResult& result,
               const std::vector<Expectation>& expected) {
    summary_.bytes_checked += result.bytes;
    if (!result.failure.empty()) {
      findings_.not_checked(
          "PKG-READ", job.path,
          say("verify.unreadable", {{"path", job.path}, {"reason", result.failure}}));
      return;
    }
    ++summary_.files_checked;
    for (const auto& said : expected) {
      const auto algorithm = said.manifest->algorithm;
      if (!algorithm) continue;
      const auto place = std::find(job.algorithms.begin(), job.algorithms.end(), *algorithm);
      const auto index = static_cast<std::size_t>(place - job.algorithms.begin());
      if (result.digests[index] == said.entry->digest) continue;
      const auto& manifest = said.manifest->file;
      findings_.error("BAG-DIGEST", job.path,
                      say("bagit.changed", {{"path", job.path}, {"manifest", manifest}}));
    }
  }

  const BagFiles& bag_;
  FindingSink& findings_;
  BagDeclaration declaration_;
  std::vector<BagManifest> manifests_;
  std::uint64_t tag_bytes_left_ = kTagBytesMax;  ///< for all manifests together
  BagSummary summary_;
};

}  // namespace

BagSummary check_bag(const BagFiles& bag, FindingSink& findings) {
  return BagCheck(bag, findings).run();
}

}  // namespace anjuan::packager
