// What other tools lose in silence, one test each: the copy has it, or the result says that it has
// not.
#include "tests/preservation/formats/derive_fixture.h"

namespace anjuan::formats {
namespace {

using test::ffmpeg_hashes;
using test::probed;
using test::test_picture;
using test::test_tone;

using TrapsTest = DeriveTest;

const std::vector<std::string> kMjpeg{"-c:v", "mjpeg", "-q:v", "5"};

TEST_F(TrapsTest, FullRangePicturesKeepEveryBitAndSayTheirRange) {
  const auto input = clip("full.avi", {test_picture("320x240", 0.4), kMjpeg});
  ASSERT_EQ(probed(input, "v:0", "stream=pix_fmt"), "yuvj420p");
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(probed(result.output, "v:0", "stream=pix_fmt,color_range"), "yuv420p\npc");
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(input, "v:0"));
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(result.output, "v:0"));
  EXPECT_EQ(proof_hashes(result, 0).size(), 10U);
}

TEST_F(TrapsTest, ATurnedPictureIsNotTransposedAndItsAngleIsKept) {
  // ffmpeg's "rotate" counts against the clock; what is kept is how a player must turn.
  const auto upright = clip("upright.mov", {test_picture("320x240", 0.2), kMjpeg});
  const auto input =
      clip("turned.mov", {{"-i", upright.string(), "-c", "copy", "-metadata:s:v:0", "rotate=270"}});
  auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(result.facts.file.streams[0].rotation, 90);
  EXPECT_EQ(probed(result.output, "v:0", "stream=width,height"), "320\n240");
  EXPECT_EQ(probed(result.output, "v:0", "stream_tags=ROTATION"), "90");
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(upright, "v:0"));
  std::filesystem::remove(result.output);
  std::filesystem::remove(result.proof);
  result = make(input, DerivationPurpose::kAccess);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(probed(result.output, "v:0", "stream_side_data=rotation"), "-90");
}

TEST_F(TrapsTest, SoundOf24BitsStays24Bits) {
  const auto input = clip("deep.avi", {test_picture("64x48", 1),
                                       test_tone(1.5),
                                       kMjpeg,
                                       {"-c:a", "pcm_s24le", "-af", "volume=0.7"}});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(probed(result.output, "a:0", "stream=codec_name,bits_per_raw_sample"), "flac\n24");
  const std::vector<std::string> seconds{"-af", "asetnsamples=n=48000:p=0", "-c:a", "pcm_s32le"};
  EXPECT_EQ(proof_hashes(result, 1), ffmpeg_hashes(input, "a:0", seconds));
  EXPECT_EQ(proof_hashes(result, 1), ffmpeg_hashes(result.output, "a:0", seconds));
  EXPECT_EQ(proof_hashes(result, 1).size(), 2U);
}

TEST_F(TrapsTest, SamplesThatFlacWouldRoundAreKeptAsTheyAre) {
  const auto input = clip("float.wav", {test_tone(1.2), {"-c:a", "pcm_f32le"}});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(result.streams[0].codec, "pcm_f32le");
  EXPECT_EQ(result.streams[0].action, "copy");
}

TEST_F(TrapsTest, AVideoWithoutSoundIsWhole) {
  const auto result = make(clip("silent.avi", {test_picture("64x48", 0.4), kMjpeg}));
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(result.streams.size(), 1U);
  EXPECT_TRUE(result.pictures_equal);
  EXPECT_TRUE(result.sound_equal);
}

TEST_F(TrapsTest, VariableFrameRatesKeepEveryTime) {
  const auto input = clip("vfr.mov", {test_picture("64x48", 2, 30),
                                      {"-vf", "select='lt(n,10)+not(mod(n,7))'", "-vsync", "vfr"},
                                      kMjpeg});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  std::string times;
  for (const std::int64_t time : proof_times(result, 0)) {
    times += (times.empty() ? "" : "\n") + std::to_string(time);
  }
  EXPECT_EQ(times, probed(input, "v:0", "frame=pts"));
  const auto counted = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(counted(times), counted(probed(result.output, "v:0", "frame=pts")));
}

TEST_F(TrapsTest, WhatAnEditListHidesIsInTheCopyAndBothAreTold) {
  const auto whole = clip("whole.mp4", {test_picture("64x48", 2), {"-c:v", "mpeg4", "-g", "50"}});
  const auto input = clip("cut.mp4", {{"-ss", "1", "-i", whole.string(), "-c", "copy"}});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  ASSERT_EQ(result.facts.edits.size(), 1U);
  const EditFacts& edits = result.facts.edits[0];
  EXPECT_EQ(edits.held_frames, 50);
  EXPECT_LT(edits.shown_frames, 30);
  EXPECT_EQ(result.streams[0].frames, 50U);
}

TEST_F(TrapsTest, DataTracksAreToldAsNotCarried) {
  const auto input =
      clip("timecode.mov", {test_picture("64x48", 0.4), kMjpeg, {"-timecode", "10:00:00:00"}});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  ASSERT_EQ(result.not_carried.size(), 1U);
  EXPECT_EQ(result.not_carried[0].kind, "data");
  EXPECT_EQ(result.streams.size(), 1U);
}

TEST_F(TrapsTest, OddSizesKeepTheirLastRowAndColumn) {
  const auto input =
      clip("odd.avi", {test_picture("400x300", 0.2), {"-vf", "scale=353:287"}, kMjpeg});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(probed(result.output, "v:0", "stream=width,height"), "353\n287");
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(input, "v:0"));
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(result.output, "v:0"));
}

TEST_F(TrapsTest, ColoursOfHighDynamicRangeAreKeptAndNamed) {
  const auto input = clip(
      "hdr.mp4", {test_picture("128x96", 0.2),
                  {"-pix_fmt", "yuv420p10le", "-c:v", "libx264", "-color_primaries", "bt2020",
                   "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv"}});
  const auto result = make(input, DerivationPurpose::kFfv1);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  const std::string entry = "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries";
  EXPECT_EQ(probed(result.output, "v:0", entry), "yuv420p10le\ntv\nbt2020nc\nsmpte2084\nbt2020");
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(result.output, "v:0"));
}

/// Largest light of a picture, mean of one, largest of the display, as ffprobe tells them.
std::string light_of(const std::filesystem::path& file) {
  const std::string luminance = probed(file, "v:0", "stream_side_data=max_luminance");
  const auto slash = luminance.find('/');
  if (slash == std::string::npos) return "no luminance";
  return fmt::format("{} {:.0f}", probed(file, "v:0", "stream_side_data=max_content,max_average"),
                     std::stod(luminance) / std::stod(luminance.substr(slash + 1)));
}

/// Whether it stands in the container, or only in the coded stream.
TEST_F(TrapsTest, WhatADisplayOfHighDynamicRangeMustKnowIsKept) {
  ANJUAN_NEEDS_PROGRAM("mkvmerge");
  const auto coded =
      clip("coded.mkv",
           {test_picture("128x96", 0.2),
            {"-pix_fmt", "yuv420p10le", "-c:v", "libx265", "-x265-params",
             "log-level=none:hdr10=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:"
             "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):"
             "max-cll=1000,400"}});
  const auto boxed = folder / "boxed.mkv";
  const auto merged = test::run_process(
      {"mkvmerge", "-q", "-o", boxed.string(), "--max-content-light", "0:900", "--max-frame-light",
       "0:300", "--max-luminance", "0:800", "--min-luminance", "0:0.01",
       "--chromaticity-coordinates", "0:0.68,0.32,0.265,0.69,0.15,0.06",
       "--white-colour-coordinates", "0:0.3127,0.329", coded.string()});
  ASSERT_EQ(merged.exit_code, 0) << merged.out;
  for (const auto& [input, light] :
       {std::pair(coded, "1000\n400 1000"), std::pair(boxed, "900\n300 800")}) {
    for (const auto purpose : {DerivationPurpose::kFfv1, DerivationPurpose::kAccess}) {
      const auto result = make(input, purpose);
      ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
      EXPECT_EQ(light_of(result.output), light) << input << static_cast<int>(purpose);
      std::filesystem::remove(result.output);
      std::filesystem::remove(result.proof);
    }
  }
}

TEST_F(TrapsTest, FieldOrderAndShapeOfPixelsAreKept) {
  const auto input =
      clip("fields.mpg",
           {test_picture("352x288", 0.4),
            {"-vf", "setsar=16/15", "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-top", "1"}});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  const std::string entry = "stream=sample_aspect_ratio,field_order";
  EXPECT_EQ(probed(result.output, "v:0", entry), probed(input, "v:0", entry));
  EXPECT_EQ(probed(input, "v:0", "stream=field_order"), "tt");
}

TEST_F(TrapsTest, EverySoundTrackIsCarried) {
  const auto input = clip("two.mov", {test_picture("64x48", 1),
                                      test_tone(1),
                                      test_tone(1, 44100),
                                      {"-map", "0", "-map", "1", "-map", "2", "-c:a:0", "pcm_s16le",
                                       "-c:a:1", "adpcm_ima_qt"},
                                      kMjpeg});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  ASSERT_EQ(result.streams.size(), 3U);
  EXPECT_EQ(result.streams[1].codec, "flac");
  EXPECT_EQ(result.streams[2].codec, "flac");
  EXPECT_TRUE(result.sound_equal);
}

TEST_F(TrapsTest, PicturesThatAreCodedOutOfOrderComeOutInOrder) {
  const auto input =
      clip("b.mp4",
           {test_picture("64x48", 1), test_tone(1), {"-c:v", "mpeg4", "-bf", "2", "-c:a", "aac"}});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  const auto times = proof_times(result, 0);
  EXPECT_EQ(times.size(), 25U);
  EXPECT_TRUE(std::is_sorted(times.begin(), times.end()));
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(result.output, "v:0"));
  // AAC is copied; what the encoder put before the first sample is copied with it.
  EXPECT_EQ(result.streams[1].action, "copy");
  EXPECT_EQ(proof_hashes(result, 1), ffmpeg_hashes(result.output, "a:0", {"-c", "copy"}));
}

TEST_F(TrapsTest, PicturesInAviWithoutTimesKeepTheirOrder) {
  const auto input = clip("b.avi", {test_picture("64x48", 1), {"-c:v", "mpeg4", "-bf", "2"}});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(input, "v:0"));
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(result.output, "v:0"));
}

TEST_F(TrapsTest, ADamagedRecordingIsNeverCleanlyProved) {
  const auto input = clip("damaged.avi", {test_picture("320x240", 1), kMjpeg});
  std::string bytes = test::read_text(input);
  const std::size_t middle = bytes.size() / 2;
  bytes.replace(middle, 600, std::string(600, '\xFF'));
  test::write_text(input, bytes);
  const auto result = make(input);
  EXPECT_EQ(result.outcome, DerivationOutcome::kRefused);
  EXPECT_EQ(result.reason, "damaged") << result.message;
  expect_nothing_left();
}

TEST_F(TrapsTest, ARecordingWithoutItsIndexIsUnreadable) {
  const auto input = clip("cut.mp4", {test_picture("320x240", 1), {"-c:v", "mpeg4"}});
  std::string bytes = test::read_text(input);
  test::write_text(input, bytes.substr(0, bytes.size() / 2));
  const auto result = make(input);
  EXPECT_EQ(result.outcome, DerivationOutcome::kRefused);
  EXPECT_EQ(result.reason, "unreadable");
  EXPECT_NE(result.message.find(input.string()), std::string::npos);
  expect_nothing_left();
}

TEST_F(TrapsTest, ARecordingWithoutAFrameIsRefused) {
  const auto input = clip("none.avi", {test_picture("64x48", 1), kMjpeg, {"-frames:v", "0"}});
  const auto result = make(input);
  EXPECT_EQ(result.outcome, DerivationOutcome::kRefused);
  EXPECT_TRUE(result.reason == "empty" || result.reason == "unreadable") << result.reason;
  expect_nothing_left();
}

TEST_F(TrapsTest, APixelFormatThatWouldHaveToBeConvertedIsRefused) {
  const auto input = clip("rgba.mov", {test_picture("64x48", 0.2), {"-c:v", "png"}});
  const auto result = make(input);
  EXPECT_EQ(result.outcome, DerivationOutcome::kRefused);
  EXPECT_EQ(result.reason, "unsupported");
  expect_nothing_left();
}

}  // namespace
}  // namespace anjuan::formats
