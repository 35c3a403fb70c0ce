// Photographs: decoded to the last pixel with every complaint counted; HEIC as PNG, proved.
#include "preservation/formats/photograph.h"

#include <libheif/heif.h>

#include "preservation/formats/derivation_remarks.h"
#include "preservation/formats/picture_file.h"
#include "preservation/formats/proof_check.h"
#include "tests/preservation/formats/derive_fixture.h"
#include "tests/support/corpora.h"

namespace anjuan::formats {
namespace {

using test::read_text;
using test::test_picture;

class PhotographTest : public DeriveTest {
 protected:
  PhotographFacts check(const std::filesystem::path& path) {
    return check_photograph(path, SandboxLevel::kLeast);
  }

  std::filesystem::path photograph(const std::string& name,
                                   const std::vector<std::string>& options = {}) {
    return clip(name, {test_picture("320x240", 1), {"-frames:v", "1"}, options});
  }

  std::filesystem::path heic(const std::vector<std::string>& options = {}) {
    const auto png = photograph("source.png", {"-pix_fmt", "rgb24"});
    const auto path = folder / "photo.heic";
    const auto made = test::run_process(
        test::joined({{"heif-enc", "-q", "80"}, options, {"-o", path.string(), png.string()}}));
    EXPECT_EQ(made.exit_code, 0) << made.err;
    return path;
  }

  /// A HEIC of 10 bits and one colour as the job's input. False if this heif-enc makes none.
  bool make_deep(const std::string& colour) {
    const auto png = folder / "deep.png";
    test::make_clip(png, {"-f", "lavfi", "-i", "color=" + colour + ":s=64x64,format=rgb48be",
                          "-frames:v", "1"});
    job.input = folder / "deep.heic";
    job.output = folder / "out.png";
    return test::run_process({"heif-enc", "-b", "10", "-o", job.input.string(), png.string()})
               .exit_code == 0;
  }

  /// Red, green and blue of the first pixel of a PNG, in 16 bits.
  std::array<int, 3> pixel_of(const std::filesystem::path& png) {
    const auto raw = folder / "pixel.raw";
    test::make_clip(raw, {"-i", png.string(), "-f", "rawvideo", "-pix_fmt", "rgb48be"});
    const std::string bytes = read_text(raw);
    std::array<int, 3> pixel{};
    for (std::size_t i = 0; i < 3; ++i) {
      pixel[i] = static_cast<unsigned char>(bytes[2 * i]) * 256 +
                 static_cast<unsigned char>(bytes[2 * i + 1]);
    }
    return pixel;
  }

  /// Of a HEIC of one colour, as libheif decodes it: 0 to 1023.
  static std::array<int, 3> ten_bits_of(const std::filesystem::path& path) {
    heif_context* context = heif_context_alloc();
    heif_image_handle* handle = nullptr;
    heif_image* image = nullptr;
    std::array<int, 3> pixel{-1, -1, -1};
    heif_context_read_from_file(context, path.c_str(), nullptr);
    heif_context_get_primary_image_handle(context, &handle);
    heif_decode_image(handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RRGGBB_LE,
                      nullptr);
    int stride = 0;
    const auto* row = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
    for (std::size_t i = 0; i < 3; ++i) pixel[i] = row[2 * i] + row[2 * i + 1] * 256;
    heif_image_release(image);
    heif_image_handle_release(handle);
    heif_context_free(context);
    return pixel;
  }
};

TEST_F(PhotographTest, AnAccessCopyOfAPhotographIsNotCalledAPreservationCopy) {
  job.output = folder / "out.png";
  job.purpose = DerivationPurpose::kAccess;
  for (const auto& [name, reason] : std::vector<std::pair<std::string, std::string>>{
           {"a.jpg", "picture_serves"}, {"a.png", "picture_serves"}, {"a.tiff", "on_demand"}}) {
    job.input = photograph(name);
    const auto result = derive_photograph(job, policy);
    EXPECT_EQ(result.outcome, DerivationOutcome::kSkipped) << name;
    EXPECT_EQ(result.reason, reason) << name;
    EXPECT_EQ(result.message.find("保存副本"), std::string::npos) << result.message;
    EXPECT_NE(result.message.find(job.input.string()), std::string::npos) << result.message;
    EXPECT_FALSE(std::filesystem::exists(job.output));
  }
}

TEST_F(PhotographTest, WholePicturesDecodeWithoutAComplaint) {
  for (const std::string name : {"a.jpg", "a.png", "a.tiff"}) {
    const auto facts = check(photograph(name));
    EXPECT_TRUE(facts.whole()) << name;
    EXPECT_EQ(facts.width, 320) << name;
    EXPECT_EQ(facts.height, 240) << name;
    EXPECT_EQ(facts.pages, 1) << name;
  }
}

TEST_F(PhotographTest, ACutPictureIsNotWhole) {
  for (const std::string name : {"a.jpg", "a.png", "a.tiff"}) {
    const auto path = photograph(name);
    const std::string bytes = read_text(path);
    test::write_text(path, bytes.substr(0, bytes.size() / 2));
    EXPECT_FALSE(check(path).whole()) << name;
  }
}

TEST_F(PhotographTest, APngWithAWrongCheckSumIsNotWhole) {
  const auto path = photograph("a.png");
  std::string bytes = read_text(path);
  bytes[bytes.find("IDAT") + 2000] ^= 1;
  test::write_text(path, bytes);
  EXPECT_FALSE(check(path).whole());
}

TEST_F(PhotographTest, PhotographsOfCamerasAreWhole) {
  const auto folder_of_images = test::corpora("media") / "img";
  if (!std::filesystem::is_directory(folder_of_images)) GTEST_SKIP() << "corpora/media is absent";
  for (const auto& entry : std::filesystem::directory_iterator(folder_of_images)) {
    EXPECT_TRUE(check(entry.path()).whole()) << entry.path();
  }
}

TEST_F(PhotographTest, WhatIsNoPictureIsToldSo) {
  test::write_text(folder / "a.jpg", "not a picture");
  const auto facts = check(folder / "a.jpg");
  ASSERT_TRUE(facts.fault.has_value());
  EXPECT_EQ(facts.fault->kind, MediaFaultKind::kUnsupported);
}

TEST_F(PhotographTest, ATiffThatBitesItsTailIsRefused) {
  using namespace std::string_literals;
  // One directory without entries whose next directory is itself.
  const std::string tiff = "II*\0\x08\0\0\0\0\0\x08\0\0\0"s;
  EXPECT_EQ(tiff_pages(std::as_bytes(std::span(tiff))), 0);
  const std::string one = "II*\0\x08\0\0\0\0\0\0\0\0\0"s;
  EXPECT_EQ(tiff_pages(std::as_bytes(std::span(one))), 1);
}

TEST_F(PhotographTest, HeicBecomesPngWithEveryPixelProved) {
  ANJUAN_NEEDS_PROGRAM("heif-enc");
  job.input = heic();
  job.output = folder / "out.png";
  const auto result = derive_photograph(job, policy);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(test::probed(result.output, "v:0", "stream=width,height,pix_fmt"), "320\n240\nrgb24");
  EXPECT_EQ(proof_hashes(result, 0), test::ffmpeg_hashes(result.output, "v:0"));
  const auto check = check_proof(result.output, result.proof, ProofSide::kDerivative,
                                 SandboxLevel::kLeast, progress);
  EXPECT_TRUE(check.holds());
}

/// The first pixel, as libheif itself gives it in 10 bits, against the PNG that we made.
TEST_F(PhotographTest, HeicOfTenBitsKeepsThem) {
  ANJUAN_NEEDS_PROGRAM("heif-enc");
  for (const std::string colour : {"white", "black", "0x3060c0"}) {
    if (!make_deep(colour)) GTEST_SKIP() << "this heif-enc writes no 10 bits";
    const auto result = derive_photograph(job, policy);
    ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
    EXPECT_EQ(test::probed(result.output, "v:0", "stream=pix_fmt"), "rgb48be");
    const std::string png = read_text(result.output);
    EXPECT_NE(png.find(std::string("sBIT") + "\x0a\x0a\x0a"), std::string::npos);
    const auto made = pixel_of(result.output);
    const auto original = ten_bits_of(job.input);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(made[i] >> 6, original[i]) << colour;
      EXPECT_EQ(made[i], (original[i] << 6) | (original[i] >> 4)) << colour;
    }
    if (colour == "white") {
      EXPECT_GE(*std::min_element(made.begin(), made.end()), 0xFC00);
    }
    if (colour == "black") {
      EXPECT_LE(*std::max_element(made.begin(), made.end()), 0x03FF);
    }
    const auto check = check_proof(result.output, result.proof, ProofSide::kDerivative,
                                   SandboxLevel::kLeast, progress);
    EXPECT_TRUE(check.holds());
    EXPECT_EQ(proof_hashes(result, 0), test::ffmpeg_hashes(result.output, "v:0"));
    std::filesystem::remove(result.output);
    std::filesystem::remove(result.proof);
  }
}

TEST_F(PhotographTest, FurtherPicturesOfAHeicAreToldAsNotCarried) {
  ANJUAN_NEEDS_PROGRAM("heif-enc");
  const auto one = photograph("one.png", {"-pix_fmt", "rgb24"});
  const auto two = photograph("two.png", {"-pix_fmt", "rgb24", "-vf", "negate"});
  job.input = folder / "two.heic";
  job.output = folder / "out.png";
  const auto made = test::run_process(
      {"heif-enc", "-o", job.input.string(), one.string(), two.string(), one.string()});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const auto result = derive_photograph(job, policy);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  ASSERT_EQ(result.not_carried.size(), 2U);
  EXPECT_EQ(result.not_carried[0].kind, "picture");
  EXPECT_EQ(result.not_carried[0].codec, "heic");
  EXPECT_EQ(result.not_carried[0].stream, 1);
  EXPECT_EQ(result.not_carried[1].stream, 2);
  const auto remarks = remarks_on(result, "two.heic", Language::kChinese);
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_NE(remarks[0].find("共有 3 幅图像"), std::string::npos) << remarks[0];
}

TEST_F(PhotographTest, ACutHeicLeavesNothing) {
  ANJUAN_NEEDS_PROGRAM("heif-enc");
  job.input = heic();
  const std::string bytes = read_text(job.input);
  test::write_text(job.input, bytes.substr(0, bytes.size() / 2));
  job.output = folder / "out.png";
  const auto result = derive_photograph(job, policy);
  EXPECT_EQ(result.outcome, DerivationOutcome::kRefused);
  EXPECT_FALSE(std::filesystem::exists(job.output));
  EXPECT_FALSE(std::filesystem::exists(folder / "out.png.framehash"));
}

TEST_F(PhotographTest, JpegIsKeptAsItIs) {
  job.input = photograph("a.jpg");
  job.output = folder / "out.png";
  const auto result = derive_photograph(job, policy);
  EXPECT_EQ(result.outcome, DerivationOutcome::kSkipped);
  EXPECT_FALSE(std::filesystem::exists(job.output));
}

}  // namespace
}  // namespace anjuan::formats
