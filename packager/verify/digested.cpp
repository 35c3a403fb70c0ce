#include "packager/verify/digested.h"

#include "core/messages.h"

namespace anjuan::packager {

std::vector<DigestResult> digest_all(Examination& work, const std::vector<DigestJob>& jobs) {
  if (work.options.digests == DigestCheck::kNone) {
    work.findings.not_checked("PKG-DIGEST", "", say("verify.digests_skipped"));
    return {};
  }
  std::uint64_t total = 0;
  for (const auto& job : jobs) total += job.bytes;
  work.progress.begin(say("verify.step_digests"), total);
  auto results = digest_files(work.root, jobs, work.options.threads, work.progress);
  work.progress.end();
  return results;
}

Digested Digested::compute(std::vector<DigestJob> jobs, Examination& work) {
  Digested digested;
  digested.jobs_ = std::move(jobs);
  digested.results_ = digest_all(work, digested.jobs_);
  digested.report(work);
  if (digested.results_.empty()) {  // nothing was read: the sizes are the disk's
    for (const auto& job : digested.jobs_) digested.results_.push_back({{}, job.bytes, {}});
  }
  return digested;
}

std::size_t Digested::place(std::string_view path) const {
  const auto found =
      std::lower_bound(jobs_.begin(), jobs_.end(), path,
                       [](const DigestJob& job, std::string_view key) { return job.path < key; });
  if (found == jobs_.end() || found->path != path) return jobs_.size();
  return static_cast<std::size_t>(found - jobs_.begin());
}

const DigestResult* Digested::find(std::string_view path) const {
  const auto index = place(path);
  return index == jobs_.size() ? nullptr : &results_[index];
}

std::string_view Digested::digest(std::string_view path, DigestAlgorithm algorithm) const {
  const auto index = place(path);
  if (index == jobs_.size() || results_[index].digests.empty()) return {};
  const auto& algorithms = jobs_[index].algorithms;
  const auto found = std::find(algorithms.begin(), algorithms.end(), algorithm);
  if (found == algorithms.end()) return {};
  return results_[index].digests[static_cast<std::size_t>(found - algorithms.begin())];
}

AipFile Digested::file(std::string path, const std::string& disk) const {
  AipFile file{std::move(path), disk, 0, {}, {}, false, false};
  if (const auto* result = find(disk)) {
    file.present = true;
    file.bytes = result->bytes;
    file.sha512 = digest(disk, DigestAlgorithm::kSha512);
    file.sm3 = digest(disk, DigestAlgorithm::kSm3);
  }
  return file;
}

void Digested::report(Examination& work) const {
  for (std::size_t i = 0; i < results_.size(); ++i) {
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

}  // namespace anjuan::packager
