// A child that lies about its proof: what it tells must agree with itself, with the plan and with
// what is known of the recording.
#include "preservation/formats/transcode_report.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

const std::string kDigest(64, 'a');

class TargetReportTest : public testing::Test {
 protected:
  TargetReportTest() {
    source.streams.resize(2);
    source.streams[0].kind = StreamKind::kVideo;
    source.streams[1].kind = StreamKind::kAudio;
    source.streams[1].index = 1;
    source.streams[1].sample_rate = 8000;
    plan.streams = {{0, StreamAction::kFfv1}, {1, StreamAction::kFlac}};
    lines = {{0, 0, 0, 1, 100, kDigest},
             {1, 0, 0, 8000, 16000, kDigest},
             {1, 8000, 8000, 8000, 16000, kDigest},
             {1, 16000, 16000, 500, 1000, kDigest}};
    made = R"([{"frames":1,"codec":"ffv1"},{"frames":9,"samples":16500,"codec":"flac"}])";
  }

  /// What the parent makes of a child that tells `lines` and then that it made `made`.
  std::string verdict() {
    NewFile proof(folder / fmt::format("proof{}", count_++));
    TargetReport report(plan, source, proof);
    std::string text;
    std::vector<ProofStream> heads(plan.streams.size());
    heads[0].time_base = {1, 25};
    heads[0].width = heads[0].height = 10;
    heads[1].sample_rate = 8000;
    heads[1].channels = 1;
    for (ProofStream& head : heads) head.codec = head.source_codec = "any";
    heads[1].kind = StreamKind::kAudio;
    heads[1].time_base = {1, 8000};
    ProofWriter writer([&text](std::string_view part) { text += part; }, heads);
    for (const ProofLine& line : lines) writer.line(line);
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) report.line(line);
    report.line("{\"made\":" + made + ",\"offset_s\":0}");
    const auto fault = report.finish();
    return fault ? std::string(media_fault_word(fault->kind)) : "";
  }

  test::TemporaryFolder folder;
  AvFileInfo source;
  DerivationPlan plan;
  std::vector<ProofLine> lines;
  std::string made;

 private:
  int count_ = 0;
};

TEST_F(TargetReportTest, AWholeProofIsBelieved) { EXPECT_EQ(verdict(), ""); }

TEST_F(TargetReportTest, OneLineForAnHourOfSoundIsNoProof) {
  made = R"([{"frames":1},{"frames":9,"samples":28800000}])";
  lines = {{0, 0, 0, 1, 100, kDigest}, {1, 0, 0, 8000, 16000, kDigest}};
  EXPECT_EQ(verdict(), "not_equal");
  lines[1].duration = 28800000;
  EXPECT_EQ(verdict(), "not_equal");
}

TEST_F(TargetReportTest, EverySecondMustBeThereAndNoneMore) {
  const auto whole = lines;
  lines.pop_back();
  EXPECT_EQ(verdict(), "not_equal");
  lines = whole;
  lines.push_back({1, 24000, 24000, 8000, 16000, kDigest});
  EXPECT_EQ(verdict(), "not_equal");
  lines = whole;
  lines.back().duration = 100;
  EXPECT_EQ(verdict(), "not_equal");
}

TEST_F(TargetReportTest, EveryPictureMustBeThere) {
  made = R"([{"frames":2},{"frames":9,"samples":16500}])";
  EXPECT_EQ(verdict(), "not_equal");
}

TEST_F(TargetReportTest, EveryPacketOfACopyMustBeThereOfWhateverKind) {
  plan.streams[1].action = StreamAction::kCopy;
  made = R"([{"frames":1},{"frames":3}])";
  EXPECT_EQ(verdict(), "");
  made = R"([{"frames":1},{"frames":4}])";
  EXPECT_EQ(verdict(), "not_equal");
  source.streams[1].kind = StreamKind::kSubtitle;
  EXPECT_EQ(verdict(), "not_equal");
}

TEST_F(TargetReportTest, AnAccessCopyOfPacketsIsProvedOrNothing) {
  plan.container = Container::kFastStartMp4;
  plan.streams = {{0, StreamAction::kCopy}, {1, StreamAction::kCopy}};
  made = R"([{"frames":5},{"frames":3}])";
  EXPECT_EQ(verdict(), "not_equal");
  lines.clear();
  EXPECT_EQ(verdict(), "not_equal");
}

TEST_F(TargetReportTest, WhatWasEncodedAnewHasNoProof) {
  plan.container = Container::kFastStartMp4;
  plan.streams = {{0, StreamAction::kX264}, {1, StreamAction::kAac}};
  EXPECT_EQ(verdict(), "not_equal");
  lines.clear();
  EXPECT_EQ(verdict(), "");
}

}  // namespace
}  // namespace anjuan::formats
