// The policy as data, and the decisions that follow from it, without any file.
#include "preservation/formats/policy.h"

#include <gtest/gtest.h>

#include "core/embedded.h"
#include "preservation/formats/derivation.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

using test::thrown_by;

AvStreamInfo pictures(const std::string& codec) {
  AvStreamInfo stream;
  stream.kind = StreamKind::kVideo;
  stream.codec = codec;
  stream.time_base = {1, 25};
  stream.frame_rate = {25, 1};
  stream.duration = 25 * 60;
  stream.width = 1280;
  stream.height = 720;
  stream.pixel_format = "yuv420p";
  return stream;
}

AvStreamInfo sound(const std::string& codec, const std::string& format = "s16", int bits = 16) {
  AvStreamInfo stream;
  stream.index = 1;
  stream.kind = StreamKind::kAudio;
  stream.codec = codec;
  stream.sample_rate = 48000;
  stream.channels = 1;
  stream.sample_format = format;
  stream.bits_per_sample = bits;
  return stream;
}

MediaFacts facts_of(std::vector<AvStreamInfo> streams) {
  MediaFacts facts;
  facts.file.streams = std::move(streams);
  return facts;
}

DerivationPlan planned(std::vector<AvStreamInfo> streams,
                       DerivationPurpose purpose = DerivationPurpose::kPreservation,
                       std::uint64_t budget = UINT64_MAX) {
  return plan_derivation(facts_of(std::move(streams)), FormatPolicy::load(), purpose, budget);
}

TEST(FormatPolicy, DecidesByTheCodecThatLeads) {
  EXPECT_EQ(planned({pictures("h264"), sound("aac", "fltp")}).skip, "stable");
  EXPECT_EQ(planned({pictures("hevc")}).skip, "stable");
  EXPECT_EQ(planned({pictures("ffv1")}).skip, "lossless");
  EXPECT_EQ(planned({}).skip, "nothing");
  EXPECT_EQ(planned({sound("mp3", "fltp")}).skip, "stable");
  for (const char* codec :
       {"mjpeg", "mpeg2video", "mpeg4", "wmv3", "dvvideo", "rawvideo", "never"}) {
    const auto plan = planned({pictures(codec), sound("pcm_s16le")});
    ASSERT_EQ(plan.skip, "") << codec;
    EXPECT_EQ(plan.streams[0].action, StreamAction::kFfv1) << codec;
    EXPECT_EQ(plan.streams[1].action, StreamAction::kFlac) << codec;
  }
}

TEST(FormatPolicy, ABrokenContainerAroundAStableCodecIsReplaced) {
  MediaFacts facts = facts_of({pictures("h264"), sound("aac", "fltp")});
  facts.complaints.errors = 1;
  const auto plan =
      plan_derivation(facts, FormatPolicy::load(), DerivationPurpose::kPreservation, UINT64_MAX);
  EXPECT_EQ(plan.skip, "");
  EXPECT_EQ(plan.because, "container_broken");
  EXPECT_EQ(plan.streams[0].action, StreamAction::kCopy);
  EXPECT_EQ(plan.streams[1].action, StreamAction::kCopy);
}

TEST(FormatPolicy, SoundIsNeverRounded) {
  const auto action = [](const AvStreamInfo& stream) {
    return planned({pictures("mjpeg"), stream}).streams[1].action;
  };
  EXPECT_EQ(action(sound("pcm_alaw")), StreamAction::kFlac);
  EXPECT_EQ(action(sound("adpcm_ima_wav", "s16p", 4)), StreamAction::kFlac);
  EXPECT_EQ(action(sound("pcm_s24le", "s32", 24)), StreamAction::kFlac);
  EXPECT_EQ(action(sound("pcm_s32le", "s32", 32)), StreamAction::kCopy);
  EXPECT_EQ(action(sound("pcm_u8", "u8", 8)), StreamAction::kCopy);
  EXPECT_EQ(action(sound("amr_nb", "fltp", 0)), StreamAction::kPcm);
  EXPECT_EQ(action(sound("aac", "fltp", 0)), StreamAction::kCopy);
}

TEST(FormatPolicy, CopiesForBrowsersWhatTheyPlay) {
  const auto action = [](AvStreamInfo stream) {
    return planned({std::move(stream)}, DerivationPurpose::kAccess).streams[0].action;
  };
  EXPECT_EQ(action(pictures("h264")), StreamAction::kCopy);
  EXPECT_EQ(action(pictures("mpeg4")), StreamAction::kX264);
  AvStreamInfo deep = pictures("h264");
  deep.pixel_format = "yuv420p10le";
  EXPECT_EQ(action(deep), StreamAction::kX264);
  AvStreamInfo upright = pictures("h264");
  upright.width = 1080;
  upright.height = 1920;
  EXPECT_EQ(action(upright), StreamAction::kCopy);
  upright.height = 2560;
  EXPECT_EQ(action(upright), StreamAction::kX264);
}

TEST(FormatPolicy, KeepsWithinTheBudgetOfACase) {
  const auto policy = FormatPolicy::load();
  const auto facts = facts_of({pictures("mjpeg")});
  // One minute of 720p: 1,500 pictures of 1,382,400 bytes, of which 45 % are expected.
  EXPECT_EQ(expected_bytes(facts.file, policy), 933'120'000U);
  EXPECT_EQ(planned({pictures("mjpeg")}, DerivationPurpose::kPreservation, 933'119'999).skip,
            "budget");
  EXPECT_EQ(planned({pictures("mjpeg")}, DerivationPurpose::kPreservation, 933'120'000).skip, "");
  AvStreamInfo nonsense = pictures("mjpeg");
  nonsense.frames = INT64_MAX;
  nonsense.width = nonsense.height = INT32_MAX;
  EXPECT_EQ(planned({nonsense}, DerivationPurpose::kPreservation, 1'000'000).skip, "budget");
}

TEST(FormatPolicy, AnOrderComesThroughThePipeAsItWas) {
  auto plan = planned({pictures("mjpeg"), sound("pcm_s16le")});
  EXPECT_EQ(plan.width_max, 1920);
  plan.width_max = 640;
  plan.height_max = 360;
  const auto again = plan_from(Json::parse(to_json(plan).dump(), "plan"));
  EXPECT_EQ(again.slices, 16);
  EXPECT_EQ(again.speed, "veryfast");
  EXPECT_EQ(again.width_max, 640);
  EXPECT_EQ(again.height_max, 360);
  ASSERT_EQ(again.streams.size(), 2U);
  EXPECT_EQ(again.streams[1].action, StreamAction::kFlac);
}

TEST(FormatPolicy, FactsComeThroughThePipeAsTheyWere) {
  AvFileInfo file;
  file.format = "avi";
  file.streams = {pictures("mjpeg"), sound("pcm_s16le")};
  file.tags = {{"title", "现场检查"}};
  file.chapters = {{0, 1000, "一"}};
  const auto again = file_info_from(Json::parse(to_json(file).dump(), "facts"));
  EXPECT_EQ(to_json(again).dump(), to_json(file).dump());
  EXPECT_EQ(again.streams[0].width, 1280);
  Json broken = to_json(file);
  broken.set("streams", Json::array(std::vector<Json>(65, Json::object())));
  EXPECT_EQ(thrown_by([&] { file_info_from(broken); }).word, "invalid");
}

std::string changed(const std::string& from, const std::string& to) {
  std::string xml(embedded("policy/formats.xml"));
  const auto at = xml.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return xml.replace(at, from.size(), to);
}

TEST(FormatPolicy, OfAHomeHolds) {
  const test::TemporaryFolder home;
  std::filesystem::create_directories(home / "data/policy");
  test::write_text(
      home / "data/policy/formats.xml",
      changed("names=\"h264\" preservation=\"none\"", "names=\"h264\" preservation=\"ffv1\""));
  const auto policy = FormatPolicy::load(home.path());
  EXPECT_EQ(policy.rule(StreamKind::kVideo, "h264").preservation, PreservationAction::kFfv1);
}

TEST(FormatPolicy, ThatIsOffIsRefusedWithItsLine) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"slices=\"16\"", "slices=\"17\""},
           {"quality=\"23\"", "quality=\"99\""},
           {"because=\"stable\"", "because=\"whatever\""},
           {"preservation=\"ffv1\"", "preservation=\"ffv2\""},
           {"<budget ", "<budgets "}}) {
    const auto thrown =
        thrown_by([&, &from = from, &to = to] { FormatPolicy::parse(changed(from, to), "p.xml"); });
    EXPECT_EQ(thrown.word, "invalid") << to;
    EXPECT_NE(thrown.message.find("p.xml"), std::string::npos);
  }
  const std::string rest =
      "<codec kind=\"audio\" preservation=\"flac\" access=\"encode\" because=\"unknown\"/>";
  EXPECT_EQ(thrown_by([&] { FormatPolicy::parse(changed(rest, ""), "p.xml"); }).word, "invalid");
}

}  // namespace
}  // namespace anjuan::formats
