#include "preservation/formats/deep_check.h"

#include "core/error.h"
#include "preservation/formats/ffv1_sweep.h"
#include "preservation/formats/proof_check.h"

namespace anjuan::formats {

namespace {

Findings check(const std::filesystem::path& derivative, const std::filesystem::path& proof,
               const std::string& subject, SandboxLevel least, Progress& progress) {
  Findings findings =
      findings_of(check_proof(derivative, proof, ProofSide::kDerivative, least, progress), subject);
  if (derivative.extension() != ".mkv") return findings;
  const Ffv1Sweep sweep = sweep_ffv1(derivative, least, progress);
  // A remux holds no FFV1: there is nothing to sweep, which is no finding.
  if (!sweep.fault && sweep.frames == 0) return findings;
  Findings swept = findings_of(sweep, subject);
  findings.insert(findings.end(), swept.begin(), swept.end());
  return findings;
}

}  // namespace

Findings check_derivative(const std::filesystem::path& derivative,
                          const std::filesystem::path& proof, const std::string& subject,
                          SandboxLevel least, Progress& progress) {
  try {
    return check(derivative, proof, subject, least, progress);
  } catch (const Error& error) {
    // The next derivative can still be checked.
    const bool stop =
        error.code() == ErrorCode::kInterrupted || error.code() == ErrorCode::kInternal;
    if (stop) throw;
    return {{"PROOF", Severity::kError, "", subject, error.what(), CheckResult::kNotChecked}};
  }
}

}  // namespace anjuan::formats
