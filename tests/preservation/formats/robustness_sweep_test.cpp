// Every file of corpora/media, whole, cut short and with flipped bits, through every door that
// reads recordings: identification, characteristics, observation and judgement, both derivatives.
// There is always a result: no crash, no hang, no copy without proof, nothing left behind.
#include <chrono>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "preservation/formats/characterise.h"
#include "preservation/formats/continuity/judge.h"
#include "preservation/formats/photograph.h"
#include "preservation/formats/recording_pass.h"
#include "tests/support/corpora.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// How much of the corpus is gone through.
struct Extent {
  std::uintmax_t bytes_max;  ///< of a file
  std::size_t every;         ///< n-th file
  int cuts;                  ///< variants of each
  int flips;
};

constexpr Extent kSample{200'000, 3, 1, 1};
constexpr Extent kAll{UINTMAX_MAX, 1, 3, 5};
/// Ends in itself: not a file that takes long, but one that never ends.
constexpr std::chrono::minutes kHang{30};

class RobustnessSweep : public testing::Test {
 protected:
  void SetUp() override {
    if (test::corpora("media").empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
    policy_.case_bytes = 100'000'000;
  }

  void go_through(const Extent& extent) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(test::corpora("media"))) {
      if (entry.is_regular_file() && entry.file_size() <= extent.bytes_max) {
        files.push_back(entry.path());
      }
    }
    std::sort(files.begin(), files.end());
    for (std::size_t i = 0; i < files.size(); i += extent.every) take_file(files[i], extent);
    report();
  }

  std::map<std::string, int> results_;
  std::size_t files_ = 0;
  std::size_t variants_ = 0;

 private:
  void take_file(const fs::path& file, const Extent& extent) {
    ++files_;
    const std::string bytes = test::read_text(file);
    const std::string name = file.filename().string();
    take_variant(name, bytes, "whole");
    for (int i = 0; i < extent.cuts; ++i) {
      take_variant(name, bytes.substr(0, random_() % bytes.size()), "cut");
    }
    for (int i = 0; i < extent.flips; ++i) take_variant(name, flipped(bytes), "flipped");
  }

  /// Half of the bits in the first bytes, where containers keep their structure.
  std::string flipped(std::string bytes) {
    for (int i = 0; i < 12; ++i) {
      const std::size_t range =
          i % 2 == 0 ? std::min<std::size_t>(bytes.size(), 4096) : bytes.size();
      const std::size_t at = random_() % range;
      bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1U << (random_() % 8)));
    }
    return bytes;
  }

  void take_variant(const std::string& name, const std::string& bytes, const std::string& kind) {
    SCOPED_TRACE(name + " " + kind + " " + std::to_string(variants_));
    ++variants_;
    const test::TemporaryFolder folder;
    const fs::path file = folder / name;
    test::write_text(file, bytes);
    const auto begun = Clock::now();
    const Identification found = identify(file);
    characterise_one(file, found);
    pass_one(file, folder / "pass");
    if (!photograph_type(std::string_view(bytes).substr(0, 64)).empty()) photograph_one(file);
    const auto took = Clock::now() - begun;
    EXPECT_LT(took, kHang);
    if (took > longest_) {
      longest_ = took;
      longest_name_ = name + " " + kind;
    }
  }

  Identification identify(const fs::path& file) {
    Identification found = identifier_.identify(file);
    EXPECT_TRUE(found.identified() || !found.findings.empty());
    ++results_[found.identified() ? "identified" : "not identified, told"];
    return found;
  }

  void characterise_one(const fs::path& file, const Identification& found) {
    const FileHandle handle = FileHandle::open_read(file);
    const auto facts = characterise({&handle, file.filename().string()}, found);
    const bool any = facts.media || facts.photo || !facts.extensions.empty();
    ++results_[any                      ? "characterised"
               : facts.findings.empty() ? "nothing to characterise"
                                        : "not characterised, told"];
  }

  void pass_one(const fs::path& file, const fs::path& folder) {
    fs::create_directories(folder);
    PassJob job;
    job.input = file;
    job.folder = folder;
    job.key = "k";
    const RecordingPass pass = pass_recording(job, policy_, progress_);
    JudgeInput input;
    input.segments.push_back({file.filename().string(), pass.observed.seen});
    ++results_[std::string(verdict_word(judge_continuity(input).verdict))];
    ASSERT_TRUE(pass.preservation && pass.access);
    take_derivative("preservation", *pass.preservation);
    take_derivative("access", *pass.access);
  }

  void take_derivative(const std::string& purpose, const DerivationResult& result) {
    ++results_[purpose + " " + std::string(outcome_word(result.outcome))];
    if (result.outcome == DerivationOutcome::kMade) {
      EXPECT_TRUE(fs::exists(result.output));
      if (purpose == "access") return;
      EXPECT_GT(result.proof_lines, 0U);
      EXPECT_TRUE(result.pictures_equal && result.sound_equal);
      EXPECT_TRUE(fs::exists(result.proof));
    } else {
      EXPECT_FALSE(result.message.empty());
      EXPECT_TRUE(result.output.empty());
    }
  }

  void photograph_one(const fs::path& file) {
    const auto facts = check_photograph(file, SandboxLevel::kLeast);
    EXPECT_TRUE(facts.fault || facts.width > 0);
    ++results_[facts.fault ? "photograph refused, told" : "photograph decoded"];
  }

  void report() const {
    std::cout << fmt::format("{} files, {} variants\n", files_, variants_);
    for (const auto& [kind, count] : results_) std::cout << fmt::format("  {}: {}\n", kind, count);
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(longest_).count();
    std::cout << fmt::format("  longest: {} ms, {}\n", ms, longest_name_);
  }

  Identifier identifier_ = Identifier::open({});
  FormatPolicy policy_ = FormatPolicy::load();
  SilentProgress progress_;
  std::mt19937_64 random_{77};
  Clock::duration longest_{};
  std::string longest_name_;
};

using RobustnessSample = RobustnessSweep;
using RobustnessAll = RobustnessSweep;

TEST_F(RobustnessSample, HasAResultForEveryFile) {
  go_through(kSample);
  EXPECT_GE(files_, 4U);
  EXPECT_EQ(variants_, files_ * 3);
}

TEST_F(RobustnessAll, HasAResultForEveryFile) {
  go_through(kAll);
  EXPECT_GE(files_, 30U);
  EXPECT_EQ(variants_, files_ * 9);
  EXPECT_GT(results_["preservation made"], 0);
  EXPECT_GT(results_["access made"], 0);
}

}  // namespace
}  // namespace anjuan::formats
