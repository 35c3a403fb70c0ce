// Recordings that break off: where a length is promised the rest is counted; where none is, it is
// only said that the file does not end as a whole one does; whole files give no alarm.
#include "core/durable.h"
#include "preservation/formats/continuity/continuity_words.h"
#include "preservation/formats/continuity/file_promise.h"
#include "tests/preservation/formats/continuity/truth.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;
using test::make_from;
using Arguments = std::vector<std::string>;

constexpr double kWhole = 12;

/// Moving pictures without a clock, with sound: only the file can show that its end is missing.
fs::path film(const std::string& name, const Arguments& coding) {
  Arguments arguments{"-f",      "lavfi",
                      "-i",      "testsrc2=s=320x240:r=25",
                      "-f",      "lavfi",
                      "-i",      "anoisesrc=c=pink:r=48000:a=0.3:s=7",
                      "-t",      fmt::format("{}", kWhole),
                      "-c:v",    "libx264",
                      "-preset", "veryfast",
                      "-g",      "25",
                      "-bf",     "0",
                      "-c:a",    "aac"};
  arguments.insert(arguments.end(), coding.begin(), coding.end());
  return make_from(name, arguments);
}

fs::path cut_at(const fs::path& whole, std::uintmax_t bytes) {
  const fs::path cut =
      whole.parent_path() / fmt::format("cut_{}_{}", bytes, whole.filename().string());
  fs::copy_file(whole, cut, fs::copy_options::overwrite_existing);
  fs::resize_file(cut, bytes);
  return cut;
}

std::uintmax_t part_of(const fs::path& whole, double part) {
  return static_cast<std::uintmax_t>(static_cast<double>(fs::file_size(whole)) * part);
}

void expect_whole(const fs::path& path) {
  const auto judgement = judged({path});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kNotContradicted)
      << path.filename() << ": " << words(judgement);
}

/// Nothing more than "it does not end": no gap, and a person decides.
void expect_cut_short(const fs::path& path) {
  const auto judgement = judged({path});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kUndetermined)
      << path.filename() << ": " << words(judgement);
  EXPECT_TRUE(judgement.gaps.empty()) << path.filename();
  EXPECT_THAT(words(judgement), testing::HasSubstr("cut_short")) << path.filename();
}

void expect_missing(const fs::path& path, double seconds) {
  const auto judgement = judged({path});
  ASSERT_EQ(judgement.verdict, ContinuityVerdict::kGapFound)
      << path.filename() << ": " << words(judgement);
  EXPECT_NEAR(judgement.gaps[0].missing_s, seconds, 1.5) << path.filename();
}

class ContinuityEnds : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  }
};

/// As a recorder writes that cannot go back: neither length nor size of the segment.
TEST_F(ContinuityEnds, OfLiveMatroska) {
  const auto whole = film("live.mkv", {"-live", "1", "-cluster_time_limit", "1000"});
  expect_whole(whole);
  const std::string bytes = test::read_text(whole);
  const auto cluster = bytes.find("\x1F\x43\xB6\x75", bytes.size() / 2);
  ASSERT_NE(cluster, std::string::npos);
  expect_cut_short(cut_at(whole, part_of(whole, 0.6)));  // inside a block
  expect_cut_short(cut_at(whole, cluster + 2));          // inside a cluster's head
  expect_cut_short(cut_at(whole, cluster + 200));
  expect_whole(cut_at(whole, cluster));  // nobody can know that more was to come
}

TEST_F(ContinuityEnds, OfMatroskaWithALength) {
  const auto whole = film("length.mkv", {});
  expect_whole(whole);
  expect_missing(cut_at(whole, part_of(whole, 0.6)), kWhole * 0.4);
}

TEST_F(ContinuityEnds, OfFragmentedMp4) {
  const auto whole = film("parts.mp4", {"-movflags", "frag_keyframe+empty_moov"});
  expect_whole(whole);
  const std::string bytes = test::read_text(whole);
  const auto fragment = bytes.find("moof", bytes.size() / 2);
  ASSERT_NE(fragment, std::string::npos);
  expect_cut_short(cut_at(whole, part_of(whole, 0.6)));
  const auto in_index = judged({cut_at(whole, fragment + 400)});  // libav reads nothing of it
  EXPECT_EQ(in_index.verdict, ContinuityVerdict::kUndetermined) << words(in_index);
  expect_whole(cut_at(whole, fragment - 4));  // at the border of a box
}

TEST_F(ContinuityEnds, OfATransportStream) {
  const auto whole = film("stream.ts", {});
  expect_whole(whole);
  const auto packets = part_of(whole, 0.6) / 188;
  expect_cut_short(cut_at(whole, packets * 188 + 100));
}

TEST_F(ContinuityEnds, OfAviWithAndWithoutItsIndex) {
  const auto whole = film("index.avi", {"-c:v", "mjpeg", "-c:a", "pcm_s16le"});
  expect_whole(whole);
  const std::string bytes = test::read_text(whole);
  const auto index = bytes.rfind("idx1");
  ASSERT_NE(index, std::string::npos);
  expect_cut_short(cut_at(whole, index));  // all pictures, but the file promises more
  expect_missing(cut_at(whole, part_of(whole, 0.6)), kWhole * 0.4);
}

TEST_F(ContinuityEnds, OfMp4WithItsIndexInFrontAndBehind) {
  const auto front = film("front.mp4", {"-movflags", "faststart"});
  expect_whole(front);
  expect_missing(cut_at(front, part_of(front, 0.6)), kWhole * 0.4);
  const auto behind = film("behind.mp4", {});
  expect_whole(behind);
  const auto judgement = judged({cut_at(behind, part_of(behind, 0.6))});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kUndetermined) << words(judgement);
  EXPECT_THAT(words(judgement), testing::HasSubstr("unreadable"));
}

/// What lies behind the packets that may be kept is not read: that is said, and no gap is.
TEST_F(ContinuityEnds, OfWhatMayBeRead) {
  const ObserverOptions few{.packets_max = 250};
  for (const char* name : {"most.mp4", "most.mkv"}) {
    const auto judgement = judged({film(name, {})}, few);
    EXPECT_EQ(judgement.verdict, ContinuityVerdict::kUndetermined) << words(judgement);
    EXPECT_TRUE(judgement.gaps.empty()) << words(judgement);
    EXPECT_THAT(words(judgement), testing::HasSubstr("read_in_part at 3")) << words(judgement);
  }
}

FilePromise promise_of(const std::string& bytes) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "file", bytes);
  const FileHandle file = FileHandle::open_read(folder / "file");
  return read_promise(file.get(), bytes.size());
}

std::string little32(std::uint32_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

/// A WAV header of 8000 bytes a second that promises `data` bytes, with `there` of them.
std::string wave(std::uint32_t riff, std::uint32_t data, std::size_t there) {
  return "RIFF" + little32(riff) + "WAVEfmt " + little32(16) + std::string("\1\0\1\0", 4) +
         little32(8000) + little32(8000) + std::string("\1\0\10\0", 4) + "data" + little32(data) +
         std::string(there, 'x');
}

TEST(FilePromises, OfWav) {
  EXPECT_DOUBLE_EQ(promise_of(wave(36 + 16000, 16000, 16000)).length_s, 2);
  EXPECT_FALSE(promise_of(wave(36 + 16000, 16000, 16000)).cut_short);
  EXPECT_TRUE(promise_of(wave(36 + 16000, 16000, 15999)).cut_short);
  for (const std::uint32_t open : {0U, 0xFFFFFFFFU, 0x7FFFFFFFU, 0x80000000U}) {
    EXPECT_EQ(promise_of(wave(open, open, 16000)).length_s, 0) << open;
    EXPECT_FALSE(promise_of(wave(open, open, 16000)).cut_short) << open;
  }
}

TEST(FilePromises, OfMatroskaWithAnythingBehindIt) {
  const std::string whole("\x1A\x45\xDF\xA3\x82zz\x18\x53\x80\x67\x83\xEC\x81z", 15);
  EXPECT_FALSE(promise_of(whole).cut_short);
  EXPECT_FALSE(promise_of(whole + std::string(5, '\0')).cut_short) << "zeros are no element";
  EXPECT_TRUE(promise_of(whole + "\x1F\x43").cut_short) << "a cluster was begun";
  EXPECT_TRUE(promise_of(whole.substr(0, 14)).cut_short);
}

/// Any bytes at all: an answer, and soon.
TEST(FilePromises, OfNonsense) {
  for (const char* few : {"RIFF", "RIFF1234", "OggS", "G"}) {
    EXPECT_FALSE(promise_of(few).length_s > 0) << few;
  }
  unsigned seed = 5;
  for (const std::string& start :
       {std::string("RIFF\xFF\1\0\0AVI LIST", 16), std::string("\x1A\x45\xDF\xA3"),
        std::string("OggS"), std::string("\x30\x26\xB2\x75\x8E\x66\xCF\x11"), std::string("RF64"),
        std::string()}) {
    for (int turn = 0; turn < 40; ++turn) {
      std::string bytes = start;
      while (bytes.size() < 400)
        bytes += static_cast<char>((seed = seed * 1103515245 + 12345) >> 16);
      EXPECT_GE(promise_of(bytes).length_s, 0);
    }
  }
}

}  // namespace
}  // namespace anjuan::formats
