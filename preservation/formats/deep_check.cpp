#include "preservation/formats/deep_check.h"

#include <algorithm>

#include "core/error.h"
#include "preservation/formats/ffv1_sweep.h"
#include "preservation/formats/proof_check.h"
#include "preservation/formats/transcode.h"

namespace anjuan::formats {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> proofs_below(const fs::path& folder) {
  std::vector<fs::path> proofs;
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
    if (entry.path().extension() == kProofSuffix) proofs.push_back(entry.path());
  }
  std::sort(proofs.begin(), proofs.end());
  return proofs;
}

void append(Findings& findings, Findings more) {
  findings.insert(findings.end(), more.begin(), more.end());
}

/// The findings of one proof; none if it holds.
Findings check_one(const fs::path& proof, const std::string& subject, SandboxLevel least,
                   Progress& progress) {
  fs::path derivative = proof;
  derivative.replace_extension();  // takes ".framehash" off
  Findings findings =
      findings_of(check_proof(derivative, proof, ProofSide::kDerivative, least, progress), subject);
  if (derivative.extension() == ".mkv") {
    const Ffv1Sweep sweep = sweep_ffv1(derivative, least, progress);
    // A remux holds no FFV1: there is nothing to sweep, which is no finding.
    if (sweep.fault || sweep.frames > 0) append(findings, findings_of(sweep, subject));
  }
  return findings;
}

}  // namespace

DeepCheck check_derivatives(const fs::path& folder, SandboxLevel least, Progress& progress) {
  DeepCheck check;
  for (const fs::path& proof : proofs_below(folder)) {
    ++check.proofs;
    fs::path name = proof.lexically_relative(folder);
    const std::string subject = name.replace_extension().generic_string();
    Findings findings;
    try {
      findings = check_one(proof, subject, least, progress);
    } catch (const Error& error) {
      const bool stop = error.code() == ErrorCode::kInterrupted ||
                        error.code() == ErrorCode::kCannotCheck ||
                        error.code() == ErrorCode::kInternal;
      if (stop) throw;
      findings.push_back(
          {"PROOF", Severity::kError, "", subject, error.what(), CheckResult::kNotChecked});
    }
    if (findings.empty()) ++check.held;
    append(check.findings, std::move(findings));
  }
  return check;
}

}  // namespace anjuan::formats
