#include "packager/verify/digested.h"

#include "core/messages.h"

namespace anjuan::packager {

Digested Digested::compute(std::vector<DigestJob> jobs, DigestAlgorithm algorithm,
                           Examination& work) {
  Digested digested(algorithm);
  digested.jobs_ = std::move(jobs);
  if (work.options.digests == DigestCheck::kNone) {
    for (const auto& job : digested.jobs_) digested.results_.push_back({{}, {}, job.bytes, {}});
    work.findings.not_checked("PKG-DIGEST", "", say("ocfl.digests_skipped"));
    return digested;
  }
  std::uint64_t total = 0;
  for (const auto& job : digested.jobs_) total += job.bytes;
  work.progress.begin(say("verify.step_digests"), total);
  digested.results_ = digest_files(work.root, digested.jobs_, algorithm,
                                   work.options.deep ? SecondDigest::kSm3 : SecondDigest::kNone,
                                   work.options.threads, work.progress);
  work.progress.end();
  digested.report(work);
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
  if (index == jobs_.size()) return {};
  const auto& result = results_[index];
  if (algorithm == algorithm_) return result.digest;
  const auto& also = jobs_[index].also;
  const auto found = std::find(also.begin(), also.end(), algorithm);
  const auto number = static_cast<std::size_t>(found - also.begin());
  return number < result.also.size() ? std::string_view(result.also[number]) : std::string_view();
}

AipFile Digested::file(std::string path, const std::string& disk) const {
  AipFile file{std::move(path), disk, 0, {}, {}, false, false};
  if (const auto* result = find(disk)) {
    file.present = true;
    file.bytes = result->bytes;
    file.sha512 = result->digest;
    file.sm3 = result->sm3;
  }
  return file;
}

void Digested::report(Examination& work) const {
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

}  // namespace anjuan::packager
