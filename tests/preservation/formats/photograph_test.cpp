// Photographs: decoded to the last pixel with every complaint counted; HEIC as PNG, proved.
#include "preservation/formats/photograph.h"

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
};

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

TEST_F(PhotographTest, HeicOfTenBitsKeepsThem) {
  ANJUAN_NEEDS_PROGRAM("heif-enc");
  const auto png = photograph("deep.png", {"-pix_fmt", "rgb48be"});
  const auto made = test::run_process(
      {"heif-enc", "-b", "10", "-o", (folder / "deep.heic").string(), png.string()});
  if (made.exit_code != 0) GTEST_SKIP() << "this heif-enc writes no 10 bits";
  job.input = folder / "deep.heic";
  job.output = folder / "out.png";
  const auto result = derive_photograph(job, policy);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(test::probed(result.output, "v:0", "stream=pix_fmt"), "rgb48be");
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
