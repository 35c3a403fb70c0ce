// What a derivation promises: proof or nothing, the same bytes again, and others can read it.
#include "preservation/formats/transcode.h"

#include "preservation/formats/deep_check.h"
#include "preservation/formats/proof_check.h"
#include "tests/preservation/formats/derive_fixture.h"
#include "tests/support/errors.h"

namespace anjuan::formats {
namespace {

using test::ffmpeg_hashes;
using test::probed;
using test::read_text;
using test::run_process;
using test::test_picture;
using test::test_tone;
using test::thrown_by;

class TranscodeTest : public DeriveTest {
 protected:
  std::filesystem::path mjpeg_clip() {
    return clip("in.avi", {test_picture("320x240", 2),
                           test_tone(2),
                           {"-c:v", "mjpeg", "-c:a", "pcm_s16le", "-shortest"}});
  }

  std::filesystem::path h264_clip(const std::string& name = "in.mp4") {
    return clip(name, {test_picture("320x240", 2),
                       test_tone(2),
                       {"-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"}});
  }
};

TEST_F(TranscodeTest, TheProofIsWhatFfmpegFindsInOriginalAndCopy) {
  const auto input = mjpeg_clip();
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(input, "v:0"));
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(result.output, "v:0"));
  const std::vector<std::string> seconds{"-af", "asetnsamples=n=48000:p=0"};
  EXPECT_EQ(proof_hashes(result, 1), ffmpeg_hashes(input, "a:0", seconds));
  EXPECT_EQ(proof_hashes(result, 1), ffmpeg_hashes(result.output, "a:0", seconds));
  EXPECT_EQ(result.proof_lines, 52U);
  EXPECT_NEAR(result.measured_s, 2.0, 0.01);
  EXPECT_EQ(result.because, "at_risk");
}

TEST_F(TranscodeTest, TwoRunsGiveTheSameBytes) {
  const auto input = mjpeg_clip();
  const auto first = make(input);
  const std::string copy = read_text(first.output);
  const std::string proof = read_text(first.proof);
  std::filesystem::remove(first.output);
  std::filesystem::remove(first.proof);
  const auto second = make(input);
  EXPECT_EQ(read_text(second.output) == copy, true);
  EXPECT_EQ(read_text(second.proof), proof);
}

TEST_F(TranscodeTest, WordsChaptersAndAttachmentsAreInTheCopy) {
  job.notes.tags = {{"RECORDING_METHOD", "执法记录仪"}, {"PURPOSE", "证明现场检查经过"}};
  job.notes.chapters = {{0, 900, "出示证件"}, {900, 2000, "现场勘验"}};
  job.notes.attachments = {{"recording.xml", "text/xml", "<recording>说明</recording>"}};
  const auto result = make(mjpeg_clip());
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(probed(result.output, "", "format_tags=RECORDING_METHOD,PURPOSE"),
            "执法记录仪\n证明现场检查经过");
  EXPECT_EQ(probed(result.output, "", "chapter_tags=title"), "出示证件\n现场勘验");
  const auto extracted = folder / "attached.xml";
  run_process({"ffmpeg", "-v", "error", "-y", "-dump_attachment:t:0", extracted.string(), "-i",
               result.output.string()});
  EXPECT_EQ(read_text(extracted), "<recording>说明</recording>");
}

TEST_F(TranscodeTest, MkvmergeAndMediainfoReadTheCopy) {
  ANJUAN_NEEDS_PROGRAM("mkvmerge");
  ANJUAN_NEEDS_PROGRAM("mediainfo");
  job.notes.tags = {{"RECORDING_METHOD", "执法记录仪"}};
  const auto result = make(mjpeg_clip());
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  const auto merge = run_process({"mkvmerge", "-J", result.output.string()});
  ASSERT_EQ(merge.exit_code, 0) << merge.out;
  const Json json = Json::parse(merge.out, "mkvmerge");
  EXPECT_TRUE(json.find("container")->find("supported")->as_boolean());
  ASSERT_EQ(json.find("tracks")->items().size(), 2U);
  const auto& tracks = json.find("tracks")->items();
  EXPECT_NE(tracks[0].text_or("codec", "").find("FFV1"), std::string::npos);
  EXPECT_EQ(tracks[1].text_or("codec", ""), "FLAC");
  const auto info = run_process({"mediainfo", "--Output=JSON", result.output.string()});
  EXPECT_NE(info.out.find("\"FFV1\""), std::string::npos) << info.out;
  EXPECT_NE(info.out.find("执法记录仪"), std::string::npos);
  EXPECT_NE(info.out.find("\"Lossless\""), std::string::npos);
}

TEST_F(TranscodeTest, AStableCodecIsNotTranscoded) {
  const auto result = make(h264_clip());
  EXPECT_EQ(result.outcome, DerivationOutcome::kSkipped);
  EXPECT_EQ(result.reason, "stable");
  EXPECT_FALSE(result.message.empty());
  expect_nothing_left();
}

TEST_F(TranscodeTest, ARemuxKeepsEveryPacket) {
  const auto input = h264_clip();
  const auto result = make(input, DerivationPurpose::kRemux);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(input, "v:0", {"-c", "copy"}));
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(result.output, "v:0", {"-c", "copy"}));
  EXPECT_EQ(proof_hashes(result, 1), ffmpeg_hashes(result.output, "a:0", {"-c", "copy"}));
  EXPECT_EQ(proof_hashes(result, 0).size(), 50U);
}

TEST_F(TranscodeTest, ARemuxFromAnotherPackagingIsProvedToo) {
  const auto input = h264_clip("in.ts");
  const auto result = make(input, DerivationPurpose::kRemux);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(proof_hashes(result, 0), ffmpeg_hashes(result.output, "v:0", {"-c", "copy"}));
  EXPECT_EQ(proof_hashes(result, 1), ffmpeg_hashes(result.output, "a:0", {"-c", "copy"}));
}

TEST_F(TranscodeTest, AnAccessCopyOfBrowserSafePicturesIsACopyOfPackets) {
  const auto result = make(h264_clip(), DerivationPurpose::kAccess);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(result.streams[0].action, "copy");
  EXPECT_TRUE(result.pictures_equal);
  const std::string bytes = read_text(result.output);
  EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
}

TEST_F(TranscodeTest, AnAccessCopyOfOtherPicturesIsEncodedAnewAndProvesNothing) {
  const auto result = make(mjpeg_clip(), DerivationPurpose::kAccess);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(probed(result.output, "v:0", "stream=codec_name,pix_fmt").substr(0, 4), "h264");
  EXPECT_EQ(probed(result.output, "a:0", "stream=codec_name"), "aac");
  EXPECT_FALSE(result.pictures_equal);
  EXPECT_TRUE(result.proof.empty());
  EXPECT_FALSE(std::filesystem::exists(folder / "out.mkv.framehash"));
}

TEST_F(TranscodeTest, LargePicturesBecomeSmallerForAccess) {
  const auto input =
      clip("4k.mp4", {test_picture("2560x1440", 0.2), {"-c:v", "libx264", "-preset", "ultrafast"}});
  const auto result = make(input, DerivationPurpose::kAccess);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(probed(result.output, "v:0", "stream=width,height"), "1920\n1080");
}

TEST_F(TranscodeTest, NothingIsOverwritten) {
  test::write_text(folder / "out.mkv", "somebody's work");
  const auto input = mjpeg_clip();
  EXPECT_EQ(thrown_by([&] { make(input); }).word, "conflict");
  EXPECT_EQ(read_text(folder / "out.mkv"), "somebody's work");
  std::filesystem::remove(folder / "out.mkv");
  test::write_text(folder / "out.mkv.framehash", "somebody's proof");
  EXPECT_EQ(thrown_by([&] { make(input); }).word, "conflict");
  EXPECT_EQ(read_text(folder / "out.mkv.framehash"), "somebody's proof");
  EXPECT_FALSE(std::filesystem::exists(folder / "out.mkv"));
}

TEST_F(TranscodeTest, WhatWouldExceedTheBudgetIsNotBegun) {
  job.budget_bytes = 1'000'000;
  const auto result = make(mjpeg_clip());
  EXPECT_EQ(result.outcome, DerivationOutcome::kSkipped);
  EXPECT_EQ(result.reason, "budget");
  expect_nothing_left();
}

TEST_F(TranscodeTest, WhatGrowsBeyondTheBudgetIsStopped) {
  policy.expected_share = 0.0001;
  job.budget_bytes = 200'000;
  const auto result = make(mjpeg_clip());
  EXPECT_EQ(result.outcome, DerivationOutcome::kRefused);
  EXPECT_EQ(result.reason, "too_large") << result.message;
  expect_nothing_left();
}

TEST_F(TranscodeTest, TooManyWordsAreRefused) {
  job.notes.tags = {{"COMMENT", std::string(kNotesBytesMax, 'x')}};
  const auto input = mjpeg_clip();
  EXPECT_EQ(thrown_by([&] { make(input); }).word, "refused");
  expect_nothing_left();
}

TEST_F(TranscodeTest, AProofCanBeMadeAgainFromCopyAndOriginal) {
  const auto input = mjpeg_clip();
  const auto result = make(input);
  const auto copy = check_proof(result.output, result.proof, ProofSide::kDerivative,
                                SandboxLevel::kLeast, progress);
  EXPECT_TRUE(copy.holds()) << copy.different << ' ' << copy.lines;
  EXPECT_TRUE(findings_of(copy, "out.mkv").empty());
  const auto original =
      check_proof(input, result.proof, ProofSide::kSource, SandboxLevel::kLeast, progress);
  EXPECT_TRUE(original.holds()) << original.different;
  EXPECT_EQ(original.checked, 52U);
}

TEST_F(TranscodeTest, AProofOfARemuxCanBeMadeAgainFromCopyAndOriginal) {
  const auto input = h264_clip("in.ts");
  const auto result = make(input, DerivationPurpose::kRemux);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  for (const auto side : {ProofSide::kDerivative, ProofSide::kSource}) {
    const auto& file = side == ProofSide::kSource ? input : result.output;
    const auto check = check_proof(file, result.proof, side, SandboxLevel::kLeast, progress);
    EXPECT_TRUE(check.holds()) << check.different << " of " << check.lines;
  }
}

TEST_F(TranscodeTest, AChangedLineOfTheProofIsFoundWithItsTime) {
  const auto result = make(mjpeg_clip());
  std::string proof = read_text(result.proof);
  const auto line = proof.find("0,         25,         25,");
  ASSERT_NE(line, std::string::npos);
  const auto digit = proof.find('\n', line) - 1;
  proof[digit] = proof[digit] == '0' ? '1' : '0';
  test::write_text(result.proof, proof);
  const auto check = check_proof(result.output, result.proof, ProofSide::kDerivative,
                                 SandboxLevel::kLeast, progress);
  EXPECT_EQ(check.different, 1U);
  ASSERT_EQ(check.differences.size(), 1U);
  EXPECT_NEAR(check.differences[0].time_s, 1.0, 0.001);
  const auto findings = findings_of(check, "out.mkv");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].message.find("1.000"), std::string::npos);
}

TEST_F(TranscodeTest, ADamagedCopyDoesNotHold) {
  const auto result = make(mjpeg_clip());
  std::string bytes = read_text(result.output);
  bytes[bytes.size() / 2] ^= 1;
  test::write_text(result.output, bytes);
  const auto check = check_proof(result.output, result.proof, ProofSide::kDerivative,
                                 SandboxLevel::kLeast, progress);
  EXPECT_FALSE(check.holds());
}

TEST_F(TranscodeTest, ADeepCheckFindsWhatDoesNotHold) {
  const auto made = make(mjpeg_clip());
  const auto check = [&](const std::filesystem::path& file, const std::filesystem::path& proof) {
    return check_derivative(file, proof, "a/out.mkv", SandboxLevel::kLeast, progress);
  };
  EXPECT_TRUE(check(made.output, made.proof).empty());
  std::string bytes = read_text(made.output);
  bytes[bytes.size() / 2] ^= 1;
  test::write_text(made.output, bytes);
  const Findings damaged = check(made.output, made.proof);
  ASSERT_EQ(damaged.size(), 2U);
  EXPECT_EQ(damaged[0].code, "PROOF");
  EXPECT_EQ(damaged[0].where, "a/out.mkv");
  EXPECT_EQ(damaged[1].code, "FFV1-CRC");
  EXPECT_TRUE(damaged[1].where.starts_with("a/out.mkv 00:00:00.")) << damaged[1].where;
  test::write_text(folder / "none.framehash", "no proof");
  for (const Findings& unreadable :
       {check(folder / "lost.mkv", made.proof), check(made.output, folder / "none.framehash")}) {
    ASSERT_EQ(unreadable.size(), 1U);
    EXPECT_EQ(unreadable[0].result, CheckResult::kNotChecked);
  }
}

TEST_F(TranscodeTest, SoundAloneBecomesFlac) {
  const auto input = clip("talk.wav", {test_tone(2.5, 8000), {"-c:a", "pcm_alaw"}});
  const auto result = make(input);
  ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  EXPECT_EQ(result.streams[0].codec, "flac");
  EXPECT_EQ(result.streams[0].samples, 20000U);
  EXPECT_EQ(proof_hashes(result, 0),
            ffmpeg_hashes(input, "a:0", {"-af", "asetnsamples=n=8000:p=0"}));
}

}  // namespace
}  // namespace anjuan::formats
