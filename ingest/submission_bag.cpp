#include "ingest/submission_bag.h"

#include "core/error.h"
#include "core/messages.h"
#include "packager/verify/bag_check.h"
#include "packager/verify/bag_manifest.h"
#include "packager/verify/bag_path.h"
#include "packager/verify/read_bounded.h"
#include "packager/verify/verify.h"

namespace anjuan::ingest {

namespace {

using packager::DigestJob;
using packager::DigestResult;

constexpr unsigned kThreads = 2;
/// Reasons that a refusal spells out.
constexpr std::size_t kReasonsShown = 3;

/// The bag as it was gathered, with the digests that gathering computed.
class StagedBag final : public packager::BagFiles {
 public:
  StagedBag(const Staging& staging, const std::string& bag, Progress& progress)
      : staging_(staging), bag_(bag), progress_(progress) {
    for (const auto& [path, file] : staging.files()) {
      if (path.starts_with(bag)) files_.push_back({path.substr(bag.size()), file.digests.bytes});
    }
  }

  const std::vector<packager::BagFile>& files() const override { return files_; }

  bool has_payload_folder() const override {
    return std::any_of(files_.begin(), files_.end(), [](const packager::BagFile& file) {
      return file.path.starts_with(packager::kPayloadPrefix);
    });
  }

  std::optional<std::string> read(const std::string& path, std::uint64_t limit_bytes,
                                  packager::FindingSink& findings) const override {
    return packager::read_bounded(staging_.folder(), staged(path).copy, limit_bytes, findings);
  }

  std::vector<DigestResult> digest(const std::vector<DigestJob>& jobs) const override {
    std::vector<DigestJob> unknown;
    std::uint64_t bytes = 0;
    for (const auto& job : jobs) {
      DigestJob rest{staged(job.path).copy, job.bytes, {}};
      for (const auto algorithm : job.algorithms) {
        if (!known(job.path, algorithm)) rest.algorithms.push_back(algorithm);
      }
      if (rest.algorithms.empty()) continue;
      bytes += rest.bytes;
      unknown.push_back(std::move(rest));
    }
    progress_.begin(say("verify.step_digests"), bytes);
    const auto read = packager::digest_files(staging_.folder(), unknown, kThreads, progress_);
    progress_.end();
    return merged(jobs, read);
  }

 private:
  const StagedFile& staged(const std::string& path) const {
    return staging_.files().at(bag_ + path);
  }

  /// The digest that gathering computed, or nullptr.
  const std::string* known(const std::string& path, DigestAlgorithm algorithm) const {
    const auto& digests = staged(path).digests;
    if (algorithm == DigestAlgorithm::kSha512) return &digests.sha512;
    return algorithm == DigestAlgorithm::kSm3 ? &digests.sm3 : nullptr;
  }

  /// `read` has, in the order of the jobs, the digests that were not known.
  std::vector<DigestResult> merged(const std::vector<DigestJob>& jobs,
                                   const std::vector<DigestResult>& read) const {
    std::vector<DigestResult> results;
    auto next_read = read.begin();
    for (const auto& job : jobs) {
      DigestResult result{{}, staged(job.path).digests.bytes, {}};
      const DigestResult* computed = nullptr;
      std::size_t used = 0;
      for (const auto algorithm : job.algorithms) {
        const auto* digest = known(job.path, algorithm);
        if (!digest && !computed) computed = &*next_read++;
        if (!digest && !computed->failure.empty()) {
          result = *computed;
          break;
        }
        result.digests.push_back(digest ? *digest : computed->digests[used++]);
      }
      results.push_back(std::move(result));
    }
    return results;
  }

  const Staging& staging_;
  const std::string& bag_;
  Progress& progress_;
  std::vector<packager::BagFile> files_;
};

[[noreturn]] void refuse(const Findings& findings, const std::string& source) {
  std::string reasons;
  std::size_t count = 0;
  for (const auto& finding : findings) {
    if (finding.severity != Severity::kError) continue;
    if (++count <= kReasonsShown) reasons += "\n" + finding.message;
  }
  if (count > kReasonsShown) {
    reasons += "\n" + say("bagit.import_more", {{"count", std::to_string(count - kReasonsShown)}});
  }
  throw Error(ErrorCode::kInvalid, source,
              say("bagit.import_refused", {{"source", source}, {"reasons", reasons + "\n"}}));
}

std::string manifests_of(const packager::BagFiles& bag) {
  std::string names;
  for (const auto& file : bag.files()) {
    if (packager::manifest_name(file.path)) names += (names.empty() ? "" : ", ") + file.path;
  }
  return names;
}

}  // namespace

std::optional<std::string> find_bag(const std::set<std::string_view>& names,
                                    const std::string& top) {
  for (const auto& root : {std::string(), top}) {
    if (names.contains(root + std::string(packager::kBagDeclaration))) return root;
  }
  return std::nullopt;
}

std::string root_in_bag(const std::vector<std::string>& paths, const std::string& bag) {
  std::string payload = bag + std::string(packager::kPayloadPrefix);
  std::string only;
  for (const auto& path : paths) {
    if (!path.starts_with(payload)) continue;
    const auto slash = path.find('/', payload.size());
    if (slash == path.npos) return payload;
    const auto first = path.substr(0, slash + 1);
    if (!only.empty() && first != only) return payload;
    only = first;
  }
  return only.empty() ? payload : only;
}

CheckedBag check_bag_of(const Staging& staging, const std::string& bag, const std::string& source,
                        Progress& progress) {
  const StagedBag staged(staging, bag, progress);
  packager::FindingSink sink;
  check_bag(staged, sink);
  CheckedBag checked{manifests_of(staged), sink.take()};
  if (packager::verdict_of(checked.warnings) != packager::Verdict::kValid) {
    refuse(checked.warnings, source);
  }
  std::erase_if(checked.warnings, [](const Finding& f) { return f.severity != Severity::kWarn; });
  return checked;
}

}  // namespace anjuan::ingest
