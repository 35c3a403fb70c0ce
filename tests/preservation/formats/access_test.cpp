// Access copies that are encoded anew: in step, in the right colours, no larger than the policy
// says.
#include <cmath>

#include "preservation/formats/derivation_remarks.h"
#include "tests/preservation/formats/derive_fixture.h"

namespace anjuan::formats {
namespace {

using test::probed;
using test::read_text;
using test::run_process;
using test::test_picture;
using test::test_tone;

class AccessTest : public DeriveTest {
 protected:
  DerivationResult access(const std::filesystem::path& input) {
    const auto result = make(input, DerivationPurpose::kAccess);
    EXPECT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
    return result;
  }

  /// Sound of one channel and 8,000 samples a second as a player gives it: silence until it begins,
  /// and packet after packet.
  std::vector<std::int16_t> played(const std::filesystem::path& file) {
    const auto raw = folder / "played.raw";
    test::make_clip(raw, {"-i", file.string(), "-map", "a:0", "-ac", "1", "-ar", "8000", "-f",
                          "s16le", "-c:a", "pcm_s16le"});
    const std::string bytes = read_text(raw);
    std::vector<std::int16_t> samples(bytes.size() / 2);
    std::memcpy(samples.data(), bytes.data(), samples.size() * 2);
    return samples;
  }

  /// The second at which sound of more than a tenth of full scale begins, from `after` on.
  static double beep_at(const std::vector<std::int16_t>& samples, double after) {
    for (auto i = static_cast<std::size_t>(after * 8000); i < samples.size(); ++i) {
      if (std::abs(samples[i]) > 3276) return static_cast<double>(i) / 8000;
    }
    return -1;
  }

  /// Brightness of the middle of the first picture, as the numbers stand in the file.
  int brightness(const std::filesystem::path& file) {
    const auto raw = folder / "first.yuv";
    test::make_clip(raw, {"-i", file.string(), "-frames:v", "1", "-map", "v:0", "-f", "rawvideo"});
    const std::string planes = read_text(raw);
    const int width = std::stoi(probed(file, "v:0", "stream=width"));
    const int height = std::stoi(probed(file, "v:0", "stream=height"));
    return static_cast<unsigned char>(
        planes[static_cast<std::size_t>(height / 2 * width + width / 2)]);
  }

  /// Pictures of one colour, e.g. grey("yuvj422p", "white", {"-c:v", "mjpeg"}, "a.avi").
  std::filesystem::path plain(const std::string& name, const std::string& colour,
                              const std::vector<std::string>& coding) {
    return clip(name, {{"-f", "lavfi", "-i", "color=" + colour + ":s=128x96:r=25:d=0.2"}, coding});
  }

  static constexpr auto kColours = "stream=color_range,color_space,color_transfer,color_primaries";
};

/// Silence with a beep at 1 s and one at 12 s; between them 5 s are missing.
TEST_F(AccessTest, SoundWithAHoleStaysInStepAndTheHoleIsTold) {
  const auto whole =
      clip("whole.mkv", {test_picture("64x48", 14),
                         {"-f", "lavfi", "-i",
                          "aevalsrc='0.5*sin(2*PI*880*t)*(between(t,1,1.2)+between(t,12,12.3))'"
                          ":s=48000:d=14",
                          "-c:v", "mjpeg", "-c:a", "pcm_s16le"}});
  const auto input =
      clip("hole.mkv",
           {{"-i", whole.string(), "-c", "copy", "-bsf:a", "noise=drop='between(pts*tb,4,9)'"}});
  const auto result = access(input);
  const auto samples = played(result.output);
  EXPECT_NEAR(beep_at(samples, 0), 1, 0.05);
  EXPECT_NEAR(beep_at(samples, 2), 12, 0.05);
  EXPECT_NEAR(static_cast<double>(samples.size()) / 8000, 14, 0.1);
  ASSERT_EQ(result.streams.size(), 2U);
  EXPECT_EQ(result.streams[1].holes, 1U);
  const auto remarks = remarks_on(result, "hole.mkv", Language::kChinese);
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_NE(remarks[0].find("补了静音"), std::string::npos) << remarks[0];
}

TEST_F(AccessTest, SoundWithoutAHoleIsToldToHaveNone) {
  const auto input =
      clip("in.mkv",
           {test_picture("64x48", 3), test_tone(3, 44100), {"-c:v", "mjpeg", "-c:a", "pcm_s16le"}});
  const auto result = access(input);
  EXPECT_EQ(result.streams[1].holes, 0U);
  EXPECT_TRUE(remarks_on(result, "in.mkv", Language::kChinese).empty());
}

/// Of another rate than AAC has, so that the resampler is between source and silence.
TEST_F(AccessTest, AHoleIsFilledAtTheRateOfTheSource) {
  const auto whole =
      clip("whole.mkv",
           {test_picture("64x48", 6), test_tone(6, 7350), {"-c:v", "mjpeg", "-c:a", "pcm_s16le"}});
  const auto input =
      clip("hole.mkv",
           {{"-i", whole.string(), "-c", "copy", "-bsf:a", "noise=drop='between(pts*tb,2,4)'"}});
  const auto result = access(input);
  const auto samples = played(result.output);
  EXPECT_NEAR(static_cast<double>(samples.size()) / 8000, 6, 0.1);
  EXPECT_LT(beep_at(samples, 0.5), 0.6);
  EXPECT_NEAR(beep_at(samples, 3), 4, 0.2);
}

TEST_F(AccessTest, FullRangeOfAnyFormatStaysFullAndIsCalledSo) {
  for (const std::string format : {"yuvj420p", "yuvj422p", "yuvj444p"}) {
    const auto input = plain(format + ".avi", "white", {"-pix_fmt", format, "-c:v", "mjpeg"});
    ASSERT_EQ(brightness(input), 255) << format;
    const auto result = access(input);
    EXPECT_EQ(probed(result.output, "v:0", "stream=color_range"), "pc") << format;
    EXPECT_NEAR(brightness(result.output), 255, 1) << format;
    std::filesystem::remove(result.output);
  }
}

TEST_F(AccessTest, LimitedRangeOfAnyFormatStaysLimited) {
  for (const std::string format : {"yuv420p", "yuv422p", "yuv422p10le"}) {
    const auto input = plain(format + ".mkv", "white", {"-pix_fmt", format, "-c:v", "ffv1"});
    const auto result = access(input);
    // H.264 that says nothing is limited; x264 says nothing where nothing else is known either.
    EXPECT_NE(probed(result.output, "v:0", "stream=color_range"), "pc") << format;
    EXPECT_NEAR(brightness(result.output), 235, 1) << format;
    std::filesystem::remove(result.output);
  }
}

TEST_F(AccessTest, PicturesOfRedGreenAndBlueBecomeWhatTheyAreCalled) {
  const auto result = access(plain("rgb.avi", "white", {"-pix_fmt", "bgr24", "-c:v", "rawvideo"}));
  EXPECT_EQ(probed(result.output, "v:0", "stream=color_range,color_space"), "tv\nsmpte170m");
  EXPECT_NEAR(brightness(result.output), 235, 1);
}

TEST_F(AccessTest, GreyOfFullRangeStaysFull) {
  const auto result = access(plain("grey.avi", "white", {"-pix_fmt", "gray", "-c:v", "ffv1"}));
  EXPECT_EQ(probed(result.output, "v:0", "stream=color_range"), "pc");
  EXPECT_NEAR(brightness(result.output), 255, 1);
}

TEST_F(AccessTest, ColoursKeepTheirNames) {
  const auto input = plain("named.mkv", "red",
                           {"-pix_fmt", "yuv422p", "-c:v", "ffv1", "-color_primaries", "bt709",
                            "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"});
  const auto result = access(input);
  EXPECT_EQ(probed(result.output, "v:0", kColours), "tv\nbt709\nbt709\nbt709");
}

TEST_F(AccessTest, HighDynamicRangeKeepsItsNamesAndIsTold) {
  const auto input =
      plain("hdr.mkv", "white",
            {"-pix_fmt", "yuv420p10le", "-c:v", "ffv1", "-color_primaries", "bt2020", "-color_trc",
             "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv"});
  const auto result = access(input);
  EXPECT_EQ(probed(result.output, "v:0", kColours), "tv\nbt2020nc\nsmpte2084\nbt2020");
  const auto remarks = remarks_on(result, "hdr.mkv", Language::kEnglish);
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_NE(remarks[0].find("smpte2084"), std::string::npos) << remarks[0];
}

TEST_F(AccessTest, IsNoLargerThanThePolicySays) {
  policy.access_width_max = 640;
  policy.access_height_max = 360;
  const auto size = [&](const std::string& name, const std::string& pictures) {
    const auto result = access(clip(name, {test_picture(pictures, 0.2), {"-c:v", "mjpeg"}}));
    const std::string told = probed(result.output, "v:0", "stream=width,height");
    std::filesystem::remove(result.output);
    return told;
  };
  EXPECT_EQ(size("wide.avi", "1280x720"), "640\n360");
  EXPECT_EQ(size("upright.avi", "720x1280"), "360\n640");
  EXPECT_EQ(size("small.avi", "320x240"), "320\n240");
}

}  // namespace
}  // namespace anjuan::formats
