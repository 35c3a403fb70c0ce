#pragma once
// One clip in, one derivative out, and what the proof says.

#include <gtest/gtest.h>

#include "core/durable.h"
#include "core/progress.h"
#include "preservation/formats/proof.h"
#include "preservation/formats/transcode.h"
#include "tests/support/clips.h"
#include "tests/support/files.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {

class DeriveTest : public testing::Test {
 protected:
  void SetUp() override {
    ANJUAN_NEEDS_PROGRAM("ffmpeg");
    ANJUAN_NEEDS_PROGRAM("ffprobe");
  }

  /// A new recording of `arguments`, e.g. clip("a.avi", {..., "-c:v", "mjpeg"}).
  std::filesystem::path clip(const std::string& name,
                             const std::vector<std::vector<std::string>>& arguments) {
    const auto path = folder / name;
    test::make_clip(path, test::joined(arguments));
    return path;
  }

  DerivationResult make(const std::filesystem::path& input,
                        DerivationPurpose purpose = DerivationPurpose::kPreservation) {
    job.input = input;
    job.output = folder / "out.mkv";
    job.purpose = purpose;
    return derive(job, policy, progress);
  }

  /// Size and digest of each line of a stream of the proof.
  std::vector<std::string> proof_hashes(const DerivationResult& result, std::uint32_t stream) {
    std::vector<std::string> hashes;
    read_proof(result.proof, [&](const ProofLine& line) {
      if (line.stream == stream) hashes.push_back(std::to_string(line.bytes) + " " + line.sha256);
    });
    return hashes;
  }

  std::vector<std::int64_t> proof_times(const DerivationResult& result, std::uint32_t stream) {
    std::vector<std::int64_t> times;
    read_proof(result.proof, [&](const ProofLine& line) {
      if (line.stream == stream) times.push_back(line.pts);
    });
    return times;
  }

  /// Nothing of a derivative may be left where none was made.
  void expect_nothing_left() {
    EXPECT_FALSE(std::filesystem::exists(folder / "out.mkv"));
    EXPECT_FALSE(std::filesystem::exists(folder / "out.mkv.framehash"));
  }

  test::TemporaryFolder folder;
  FormatPolicy policy = FormatPolicy::load();
  SilentProgress progress;
  DerivationJob job;
};

}  // namespace anjuan::formats
