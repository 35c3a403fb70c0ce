// Recordings of sound alone whose every second is known: what is missing is found where the file
// can show it, and clean files of many makers lack nothing.
#include "preservation/formats/continuity/continuity_words.h"
#include "tests/preservation/formats/continuity/truth.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;
using test::make_from;
using Arguments = std::vector<std::string>;

constexpr double kWhole = 20;

/// Noise: it never repeats and is never quiet.
fs::path sound(const std::string& name, const Arguments& coding) {
  Arguments arguments{"-f", "lavfi", "-i",
                      fmt::format("anoisesrc=d={}:c=pink:r=48000:a=0.3:s=7", kWhole)};
  arguments.insert(arguments.end(), coding.begin(), coding.end());
  return make_from(name, arguments);
}

/// The first `part` of the file's bytes, under another name.
fs::path shortened(const fs::path& whole, double part) {
  const fs::path cut = whole.parent_path() / ("short_" + whole.filename().string());
  fs::copy_file(whole, cut, fs::copy_options::overwrite_existing);
  fs::resize_file(cut,
                  static_cast<std::uintmax_t>(static_cast<double>(fs::file_size(whole)) * part));
  return cut;
}

class ContinuitySound : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  }
};

struct Maker {
  std::string name;
  Arguments coding;
};

const std::vector<Maker>& makers() {
  static const std::vector<Maker> all{
      {"pcm.wav", {"-c:a", "pcm_s16le"}},
      {"alaw.wav", {"-ar", "8000", "-ac", "1", "-c:a", "pcm_alaw"}},
      {"ima.wav", {"-ar", "8000", "-ac", "1", "-c:a", "adpcm_ima_wav"}},
      {"open.wav", {"-c:a", "pcm_s16le", "-seekable", "0"}},
      {"aac.m4a", {"-c:a", "aac"}},
      {"front.m4a", {"-c:a", "aac", "-movflags", "faststart"}},
      {"parts.m4a",
       {"-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", "-frag_duration", "1000000"}},
      {"cbr.mp3", {"-c:a", "libmp3lame", "-b:a", "64k"}},
      {"vbr.mp3", {"-c:a", "libmp3lame", "-q:a", "5"}},
      {"bare.mp3",
       {"-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0"}},
      {"opus.mka", {"-c:a", "libopus", "-b:a", "32k"}},
      {"opus.ogg", {"-c:a", "libopus", "-b:a", "32k"}},
      {"vorbis.mka", {"-c:a", "libvorbis"}},
      {"vorbis.ogg", {"-c:a", "libvorbis"}},
      {"live.mka", {"-c:a", "aac", "-live", "1", "-f", "matroska"}},
      {"lossless.flac", {"-c:a", "flac"}},
      {"media.wma", {"-c:a", "wmav2"}},
      {"adts.aac", {"-c:a", "aac"}},
      {"stream.ts", {"-c:a", "aac"}},
      {"apple.aiff", {"-c:a", "pcm_s16be"}},
      {"apple.caf", {"-c:a", "pcm_s16be"}},
      {"sun.au", {"-c:a", "pcm_s16be"}},
      {"sony.w64", {"-c:a", "pcm_s16le"}},
      {"flash.flv", {"-ar", "44100", "-c:a", "aac"}},
      {"video.avi", {"-c:a", "libmp3lame", "-b:a", "64k"}},
  };
  return all;
}

/// The recording of the maker of that name; empty where this ffmpeg lacks the encoder.
fs::path made(std::string_view name) {
  const auto& all = makers();
  const auto maker =
      std::find_if(all.begin(), all.end(), [name](const Maker& one) { return one.name == name; });
  return sound(maker->name, maker->coding);
}

TEST_F(ContinuitySound, MissesNothingInCleanFilesOfManyMakers) {
  for (const Maker& maker : makers()) {
    const auto path = sound(maker.name, maker.coding);
    if (path.empty()) continue;  // this ffmpeg lacks the encoder
    const auto judgement = judged({path});
    EXPECT_EQ(judgement.verdict, ContinuityVerdict::kNotContradicted)
        << maker.name << ": " << words(judgement);
    EXPECT_TRUE(judgement.findings.empty()) << maker.name << ": " << words(judgement);
    EXPECT_NEAR(judgement.recorded_s, kWhole, 0.2) << maker.name;
    EXPECT_DOUBLE_EQ(judgement.coverage, 1) << maker.name;
  }
}

/// Cut to six tenths of its bytes: eight seconds are missing.
TEST_F(ContinuitySound, SaysHowMuchIsMissingWhereTheFilePromisesALength) {
  for (const char* name : {"pcm.wav", "alaw.wav", "ima.wav", "front.m4a", "cbr.mp3", "vbr.mp3",
                           "opus.mka", "vorbis.mka", "lossless.flac", "media.wma", "apple.aiff",
                           "sun.au", "flash.flv", "video.avi"}) {
    const auto whole = made(name);
    if (whole.empty()) continue;
    const auto judgement = judged({shortened(whole, 0.6)});
    EXPECT_EQ(judgement.verdict, ContinuityVerdict::kGapFound) << name << words(judgement);
    ASSERT_FALSE(judgement.gaps.empty()) << name;
    EXPECT_NEAR(judgement.gaps[0].missing_s, 8, 0.7) << name << ": " << words(judgement);
    EXPECT_NEAR(judgement.coverage, 0.6, 0.04) << name;
    EXPECT_EQ(answer_for_rules(judgement, 5), ContinuityAnswer::kInterrupted) << name;
  }
}

TEST_F(ContinuitySound, SaysThatAFileIsNotWholeWhereNothingTellsItsLength) {
  for (const char* name : {"live.mka", "opus.ogg", "vorbis.ogg", "parts.m4a", "stream.ts"}) {
    const auto whole = made(name);
    if (whole.empty()) continue;
    const auto judgement = judged({shortened(whole, 0.6)});
    EXPECT_EQ(judgement.verdict, ContinuityVerdict::kUndetermined) << name << words(judgement);
    EXPECT_TRUE(judgement.gaps.empty()) << name;
    // At the border of a transport stream's packets only the last sound is in pieces.
    EXPECT_THAT(words(judgement), testing::AnyOf(testing::HasSubstr("cut_short at 1"),
                                                 testing::HasSubstr("decode_error")))
        << name;
  }
}

/// Packets are dropped and the time stamps kept: from 8 s on five seconds.
TEST_F(ContinuitySound, FindsAHole) {
  const Maker holes[] = {{"hole.m4a", {"-c:a", "aac"}},
                         {"hole.mka", {"-c:a", "aac"}},
                         {"hole_opus.mka", {"-c:a", "libopus"}}};
  for (const Maker& maker : holes) {
    const auto whole = sound("whole_" + maker.name, maker.coding);
    const auto judgement =
        judged({make_from(maker.name, {"-i", "@whole_" + maker.name, "-c", "copy", "-bsf:a",
                                       "noise=drop='between(pts*tb,8,13)'"})});
    EXPECT_EQ(judgement.verdict, ContinuityVerdict::kGapFound) << maker.name << words(judgement);
    ASSERT_EQ(judgement.gaps.size(), 1U) << maker.name << words(judgement);
    EXPECT_NEAR(judgement.gaps[0].missing_s, 5, 0.1) << maker.name;
    EXPECT_NEAR(judgement.gaps[0].at_s, 8, 0.1) << maker.name;
    EXPECT_NEAR(judgement.coverage, 0.75, 0.01) << maker.name;
    EXPECT_EQ(judgement.findings[0].kind, "sound_gap");
    EXPECT_THAT(verdict_sentence(judgement, Language::kChinese), testing::HasSubstr("共缺少 5"));
  }
}

/// A frame whose bytes are others: the decoder refuses it.
TEST_F(ContinuitySound, CountsDamage) {
  sound("sane.flac", {"-c:a", "flac"});
  const auto bent = judged({make_from("bent.mka", {"-i", "@sane.flac", "-c", "copy", "-bsf:a",
                                                   "noise=amount='between(n,40,42)'"})});
  EXPECT_EQ(bent.verdict, ContinuityVerdict::kUndetermined) << words(bent);
  EXPECT_THAT(words(bent), testing::HasSubstr("decode_error"));
}

}  // namespace
}  // namespace anjuan::formats
