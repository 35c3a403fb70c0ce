#include "packager/verify/derivative_check.h"

#include <set>

#include "core/messages.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kProofSuffix = ".framehash";
/// Endings of the copies that are stored with a proof only (docs/adr/0052-transcode.md).
constexpr std::string_view kProvedSuffixes[] = {".mkv", ".png"};
constexpr std::string_view kPreservation = "preservation";

/// NAME of ".../representations/NAME/data/...", the outermost one; "" if the path is no such.
std::string_view representation_of(std::string_view path) {
  constexpr std::string_view kFolder = "representations/";
  constexpr std::string_view kData = "/data/";
  const auto at = path.find(kFolder);
  if (at == path.npos || (at > 0 && path[at - 1] != '/')) return {};
  path.remove_prefix(at + kFolder.size());
  const auto end = path.find('/');
  return end != path.npos && path.substr(end).starts_with(kData) ? path.substr(0, end)
                                                                 : std::string_view();
}

bool is_proved_kind(std::string_view path) {
  return std::any_of(std::begin(kProvedSuffixes), std::end(kProvedSuffixes),
                     [&](std::string_view suffix) { return path.ends_with(suffix); });
}

class DerivativeCheck {
 public:
  DerivativeCheck(const AipTree& tree, PackageMaker maker, Examination& work)
      : tree_(tree), maker_(maker), work_(work) {}

  void run() {
    for (const AipFile& file : tree_.files()) {
      const auto representation = representation_of(file.path);
      if (representation.empty() || representation == "original" || !file.present) continue;
      if (file.path.ends_with(kProofSuffix)) {
        take_proof(file);
      } else if (representation == kPreservation) {
        expect_proof(file);
      }
    }
    if (unchecked_ == 0) return;
    work_.findings.add({"PROOF",
                        Severity::kInfo,
                        {},
                        {},
                        say("verify.proofs_not_checked", {{"count", std::to_string(unchecked_)}}),
                        CheckResult::kNotChecked});
  }

 private:
  void take_proof(const AipFile& proof) {
    const auto name = proof.path.substr(0, proof.path.size() - kProofSuffix.size());
    const AipFile* derivative = tree_.find(name);
    if (derivative == nullptr || !derivative->present) {
      work_.findings.error("PROOF", proof.disk(),
                           say("verify.proof_alone", {{"proof", proof.disk()}, {"file", name}}));
    } else if (!work_.options.deep || !work_.options.check_derivative) {
      ++unchecked_;
    } else if (checked_.emplace(derivative->disk(), proof.disk()).second) {
      auto found =
          work_.options.check_derivative(work_.root / derivative->disk(), work_.root / proof.disk(),
                                         derivative->disk(), work_.progress);
      ++work_.report.proofs_checked;
      for (auto& finding : found) work_.findings.add(std::move(finding));
    }
  }

  void expect_proof(const AipFile& file) {
    if (maker_ != PackageMaker::kThisProgram || !is_proved_kind(file.path)) return;
    const AipFile* proof = tree_.find(file.path + std::string(kProofSuffix));
    if (proof != nullptr && proof->present) return;
    work_.findings.error("PROOF", file.disk(),
                         say("verify.proof_missing", {{"file", file.disk()}}));
  }

  const AipTree& tree_;
  PackageMaker maker_;
  Examination& work_;
  std::set<std::pair<std::string, std::string>> checked_;
  std::uint64_t unchecked_ = 0;
};

}  // namespace

void check_derivatives_of(const AipTree& tree, PackageMaker maker, Examination& work) {
  DerivativeCheck(tree, maker, work).run();
}

}  // namespace anjuan::packager
