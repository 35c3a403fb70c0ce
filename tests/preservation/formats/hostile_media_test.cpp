// Every file of corpora/media, cut short and with flipped bits: a result each time, no crash, no
// hang, and never a copy whose proof does not hold.
#include <random>

#include "core/error.h"
#include "preservation/formats/photograph.h"
#include "preservation/formats/proof_check.h"
#include "tests/preservation/formats/derive_fixture.h"
#include "tests/support/corpora.h"

namespace anjuan::formats {
namespace {

class HostileMedia : public DeriveTest {
 protected:
  void SetUp() override {
    if (test::corpora("media").empty()) GTEST_SKIP() << "corpora/media is absent";
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(test::corpora("media"))) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    ASSERT_GT(files.size(), 30U);
  }

  /// The result, which must be one: made with a proof that holds, or nothing left and a sentence.
  void judge(const std::filesystem::path& file, DerivationPurpose purpose,
             const std::string& what) {
    const auto result = make(file, purpose);
    ++outcomes[result.outcome];
    if (result.outcome == DerivationOutcome::kMade) {
      EXPECT_TRUE(result.pictures_equal && result.sound_equal) << what;
      EXPECT_GT(result.proof_lines, 0U) << what;
      std::filesystem::remove(result.output);
      std::filesystem::remove(result.proof);
    } else {
      EXPECT_FALSE(result.message.empty()) << what;
    }
    expect_nothing_left();
  }

  std::vector<std::filesystem::path> files;
  std::map<DerivationOutcome, int> outcomes;
};

/// Larger files only take longer.
constexpr std::size_t kBytesMax = 700'000;

TEST_F(HostileMedia, EveryFileGetsAResult) {
  policy.case_bytes = 40'000'000;
  for (const auto& file : files) judge(file, DerivationPurpose::kPreservation, file.string());
  EXPECT_GT(outcomes[DerivationOutcome::kMade], 5);
  EXPECT_GT(outcomes[DerivationOutcome::kSkipped], 5);
  EXPECT_GT(outcomes[DerivationOutcome::kRefused], 5);
}

TEST_F(HostileMedia, EveryFileCutShortGetsAResult) {
  std::mt19937 random(41);
  for (const auto& file : files) {
    const std::string bytes = test::read_text(file);
    if (bytes.size() > kBytesMax) continue;
    test::write_text(folder / "cut", bytes.substr(0, random() % bytes.size()));
    judge(folder / "cut", DerivationPurpose::kRemux, file.string());
  }
}

TEST_F(HostileMedia, EveryFileWithFlippedBitsGetsAResult) {
  std::mt19937 random(42);
  for (const auto& file : files) {
    std::string bytes = test::read_text(file);
    if (bytes.size() > kBytesMax) continue;
    for (int flips = 0; flips < 12; ++flips) {
      // Half of them in the first bytes, where containers keep their structure.
      const std::size_t range =
          flips % 2 == 0 ? std::min<std::size_t>(bytes.size(), 4096) : bytes.size();
      const std::size_t at = random() % range;
      bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1U << (random() % 8)));
    }
    test::write_text(folder / "flipped", bytes);
    judge(folder / "flipped", DerivationPurpose::kPreservation, file.string());
  }
}

TEST_F(HostileMedia, PicturesOfEveryKindOfDamageGetAResult) {
  std::mt19937 random(43);
  for (const auto& file : files) {
    std::string bytes = test::read_text(file);
    if (photograph_type(std::string_view(bytes).substr(0, 64)).empty()) continue;
    for (int turn = 0; turn < 3; ++turn) {
      const std::size_t at = random() % bytes.size();
      bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
      test::write_text(folder / "flipped", bytes);
      const auto facts = check_photograph(folder / "flipped", SandboxLevel::kLeast);
      EXPECT_TRUE(facts.fault || facts.width > 0) << file;
    }
  }
}

/// Texts that make players open other files.
using ReferringMedia = DeriveTest;

TEST_F(ReferringMedia, NoOtherFileIsOpened) {
  const auto other = clip("other.avi", {test::test_picture("64x48", 0.2), {"-c:v", "mjpeg"}});
  const std::string texts[] = {
      "ffconcat version 1.0\nfile '" + other.string() + "'\n",
      "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://" + other.string() +
          "\n#EXT-X-ENDLIST\n",
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 26\n"};
  for (const std::string& text : texts) {
    test::write_text(folder / "list", text);
    const auto result = make(folder / "list");
    EXPECT_EQ(result.outcome, DerivationOutcome::kRefused) << text;
    EXPECT_EQ(result.reason, "unreadable") << text;
    expect_nothing_left();
  }
}

TEST(MediaLimits, GrowWithTheRecordingAndEnd) {
  EXPECT_EQ(media_limits(0).cpu, kMediaBaseTime);
  EXPECT_EQ(media_limits(10'000'000).cpu, kMediaBaseTime + 10 * kMediaTimePerMb);
  EXPECT_EQ(media_limits(UINT64_MAX).cpu, media_limits(1'000'000'000'000).cpu);
  // An hour of 1080p that a camera packed into 90 MB: encoding takes hours on a slow machine.
  constexpr std::uint64_t kHour = 3600ULL * 25 * 1920 * 1080 * 8;
  EXPECT_GT(media_limits(90'000'000, kHour).cpu, std::chrono::hours(10));
  EXPECT_LT(media_limits(UINT64_MAX, UINT64_MAX).cpu, std::chrono::hours(24 * 365 * 2));
  EXPECT_EQ(media_limits(0).memory_bytes, kMediaMemoryBytes);
}

TEST(LineCutter, RefusesALineWithoutEnd) {
  std::vector<std::string> lines;
  LineCutter cutter([&lines](std::string_view line) { lines.emplace_back(line); });
  const std::string two = "one\ntw";
  cutter.feed(std::as_bytes(std::span(two)));
  const std::string rest = "o\n";
  cutter.feed(std::as_bytes(std::span(rest)));
  EXPECT_EQ(lines, (std::vector<std::string>{"one", "two"}));
  const std::string endless(LineCutter::kLineMax + 1, 'x');
  EXPECT_THROW(cutter.feed(std::as_bytes(std::span(endless))), Error);
}

}  // namespace
}  // namespace anjuan::formats
