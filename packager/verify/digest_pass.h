#pragma once
// Digests many files on several threads, the largest first, with constant memory per thread.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/digest.h"
#include "core/progress.h"

namespace anjuan::packager {

/// A file and the digests that are wanted of it; all of them come from one read.
struct DigestJob {
  std::string path;         ///< relative to the root
  std::uint64_t bytes = 0;  ///< expected; only for the order and the progress
  std::vector<DigestAlgorithm> algorithms;
};

struct DigestResult {
  std::vector<std::string> digests;  ///< lower-case hexadecimal, as the job's algorithms
  std::uint64_t bytes = 0;           ///< read
  std::string failure;               ///< why the file could not be read; then no digests
};

/// One result per job, in the order of the jobs. Links are not followed. Throws
/// Error(kInterrupted) and what `progress` throws, after all threads have stopped.
std::vector<DigestResult> digest_files(const std::filesystem::path& root,
                                       const std::vector<DigestJob>& jobs, unsigned threads,
                                       Progress& progress);

}  // namespace anjuan::packager
