#include "packager/verify/aip_digests.h"

#include "core/messages.h"
#include "packager/verify/digested.h"

namespace anjuan::packager {

AipDigests AipDigests::compute(Examination& work, AipTree& tree,
                               const eark::PendingDigests& pending, Want want) {
  AipDigests digests;
  digests.add_jobs(tree, pending, want, work.options.deep);
  if (digests.jobs_.empty()) return digests;
  // Of a stored object it was told already.
  if (want == Want::kPending && work.options.digests == DigestCheck::kNone) return digests;
  digests.results_ = digest_all(work, digests.jobs_);
  digests.take(work, tree, want);
  return digests;
}

void AipDigests::add_jobs(const AipTree& tree, const eark::PendingDigests& pending, Want want,
                          bool deep) {
  places_.assign(tree.files().size(), 0);
  const auto job_of = [&](std::size_t file) -> DigestJob& {
    if (places_[file] == 0) {
      jobs_.push_back({tree.files()[file].disk(), tree.files()[file].bytes, {}});
      files_.push_back(file);
      places_[file] = static_cast<std::uint32_t>(jobs_.size());
    }
    return jobs_[places_[file] - 1];
  };
  for (std::size_t i = 0; want == Want::kAll && i < tree.files().size(); ++i) {
    if (!tree.files()[i].present) continue;
    job_of(i).algorithms = {DigestAlgorithm::kSha512};
    if (deep) job_of(i).algorithms.push_back(DigestAlgorithm::kSm3);
  }
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const auto each = pending.at(i);
    auto& algorithms = job_of(each.file).algorithms;
    const bool known =
        std::find(algorithms.begin(), algorithms.end(), each.algorithm) != algorithms.end();
    if (!known) algorithms.push_back(each.algorithm);
  }
}

void AipDigests::take(Examination& work, AipTree& tree, Want want) const {
  for (std::size_t i = 0; want == Want::kAll && i < results_.size(); ++i) {
    const auto& result = results_[i];
    auto& file = tree.files()[files_[i]];
    work.report.bytes_checked += result.bytes;
    if (!result.failure.empty()) {
      work.findings.not_checked(
          "PKG-READ", file.disk(),
          say("verify.unreadable", {{"path", file.disk()}, {"reason", result.failure}}));
      continue;
    }
    ++work.report.files_checked;
    file.sha512 = of(files_[i], DigestAlgorithm::kSha512);
    file.sm3 = of(files_[i], DigestAlgorithm::kSm3);
  }
}

std::string AipDigests::of(std::size_t file, DigestAlgorithm algorithm) const {
  if (places_.empty() || places_[file] == 0 || results_.empty()) return {};
  const auto& job = jobs_[places_[file] - 1];
  const auto& result = results_[places_[file] - 1];
  const auto found = std::find(job.algorithms.begin(), job.algorithms.end(), algorithm);
  if (!result.failure.empty() || found == job.algorithms.end()) return {};
  return result.digests[static_cast<std::size_t>(found - job.algorithms.begin())];
}

}  // namespace anjuan::packager
