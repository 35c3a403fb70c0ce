#pragma once
// Makes a stored proof again from the derivative, or from the original, and compares line by line.
//
// For `anjuan verify --deep` and for anybody who doubts. Decoding happens in a sandboxed child; the
// comparison here.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/finding.h"
#include "core/progress.h"
#include "core/sandbox.h"
#include "preservation/formats/av_source.h"

namespace anjuan::formats {

/// Which file the proof is held against: its streams have other numbers in each.
enum class ProofSide { kDerivative, kSource };

struct ProofDifference {
  std::uint32_t stream = 0;
  std::uint64_t line = 0;  ///< from 0, within its stream
  double time_s = 0;       ///< as the proof says
};

struct ProofCheck {
  static constexpr std::size_t kDifferencesMax = 100;  ///< listed; all are counted

  std::optional<MediaFault> fault;
  std::uint64_t lines = 0;      ///< of the proof
  std::uint64_t checked = 0;    ///< of them, made again
  std::uint64_t different = 0;  ///< in digest, size or time, missing, or too many
  std::vector<ProofDifference> differences;

  bool holds() const { return !fault && lines > 0 && checked == lines && different == 0; }
};

/// Throws Error(kNotFound | kIo | kInvalid for a proof that is none | kCannotCheck | kInterrupted).
ProofCheck check_proof(const std::filesystem::path& file, const std::filesystem::path& proof,
                       ProofSide side, SandboxLevel least, Progress& progress);

/// Code "PROOF"; nothing if it holds; result kNotChecked if the file could not be decoded at all.
Findings findings_of(const ProofCheck& check, const std::string& subject);

}  // namespace anjuan::formats
