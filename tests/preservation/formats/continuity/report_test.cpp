// What is said and written of a judgement: sentences, continuity.xml, device profiles.
#include <gmock/gmock.h>

#include "preservation/formats/continuity/continuity_words.h"
#include "preservation/formats/continuity/continuity_xml.h"
#include "tests/preservation/formats/continuity/observations.h"
#include "tests/support/errors.h"

namespace anjuan::formats {
namespace {

TEST(ContinuityWords, HaveASentenceForEachFindingAndAccuseNobody) {
  JudgeInput input = input_of({with_event({"scar", 9, 0.001, 0})});
  const auto judged = judge_continuity(input);
  const std::string chinese = sentence_of(judged.findings[0], input, true, Language::kChinese);
  EXPECT_THAT(chinese, testing::HasSubstr("REC_0001.mp4"));
  EXPECT_THAT(chinese, testing::HasSubstr("请书面说明"));
  EXPECT_THAT(chinese, testing::Not(testing::HasSubstr("篡改")));
  EXPECT_EQ(wall_text(kNoon, true), "2025-06-17T11:00:00.000+08:00");
  EXPECT_EQ(wall_text(3723.5, false), "01:02:03.500");
}

/// Each kind that the judge may find has a sentence of its own, which names what it speaks of.
TEST(ContinuityWords, HaveASentenceForEachKind) {
  for (const char* kind :
       {"cut_short", "read_in_part", "sound_gap", "ends_early", "decode_error", "audio_hole",
        "pts_gap", "clock_step", "seam_gap", "freeze", "repeat_sound"}) {
    JudgeInput input = input_of({recording(20)});
    const ContinuityFinding one{Signal::kDamage, kind, Weight::kNote, 0, 9, 9, std::nullopt, 4, 2};
    for (const Language in : {Language::kChinese, Language::kEnglish}) {
      const std::string sentence = sentence_of(one, input, true, in);
      EXPECT_THAT(sentence, testing::HasSubstr("REC_0001.mp4")) << kind;
      EXPECT_THAT(sentence, testing::Not(testing::HasSubstr("{"))) << kind;
    }
  }
}

TEST(ContinuityWords, ReadLongTimesAloud) {
  const std::pair<double, const char*> rows[] = {
      {8.04, "缺少末尾 8.04 秒（"},          {60, "缺少末尾 1 分 0 秒（"},
      {870.12, "缺少末尾 14 分 30.12 秒（"}, {33'130, "缺少末尾 9 小时 12 分（"},
      {3599.7, "缺少末尾 59 分 59.7 秒（"},  {3599.9999, "缺少末尾 1 小时 0 分（"},
      {3630, "缺少末尾 1 小时 1 分（"},      {278'000, "缺少末尾 3 天 5 小时（"}};
  JudgeInput input = input_of({recording(20)});
  for (const auto& [seconds, aloud] : rows) {
    const ContinuityFinding one{Signal::kDamage, "ends_early", Weight::kGap, 0, 9, 9,
                                std::nullopt,    seconds,      0.5};
    EXPECT_THAT(sentence_of(one, input, true, Language::kChinese), testing::HasSubstr(aloud));
  }
}

TEST(ContinuityWords, TellWhenNothingWasRecorded) {
  SegmentObservation seen = recording(30);
  step_clock(seen, 12, 8.04, PictureFlow::kBroken);
  const auto judged = judge_continuity(input_of({seen}));
  ASSERT_EQ(judged.gaps.size(), 1U);
  const auto from = wall_text(judged.gaps[0].start_wall_s.value(), false);
  const auto until = wall_text(judged.gaps[0].end_wall_s.value(), false);
  EXPECT_THAT(verdict_sentence(judged, Language::kChinese),
              testing::HasSubstr(fmt::format("画面时钟 {} 至 {}", from, until)));
  EXPECT_THAT(verdict_sentence(judged, Language::kEnglish),
              testing::HasSubstr(fmt::format("clock {} to {}", from, until)));
}

TEST(ContinuityWords, SpeakOfNoPictureWhereThereIsSoundAlone) {
  SegmentObservation sound;
  sound.sound = SoundView{"aac", 900, 0.021, 0, 20};
  SegmentObservation film = recording(20);
  film.clock = {};
  for (const bool alone : {true, false}) {
    const auto judged = judge_continuity(input_of({alone ? sound : film}));
    ASSERT_EQ(judged.verdict, ContinuityVerdict::kNotContradicted);
    const std::string chinese = verdict_sentence(judged, Language::kChinese);
    EXPECT_EQ(chinese.starts_with("录音未发现中断迹象"), alone) << chinese;
    EXPECT_EQ(chinese.find("但画面上没有") == std::string::npos, alone) << chinese;
    const std::string english = verdict_sentence(judged, Language::kEnglish);
    EXPECT_EQ(english.find("sound recording") != std::string::npos, alone) << english;
    EXPECT_THAT(english, testing::HasSubstr("100.00%"));
  }
}

TEST(ContinuityXml, ReadsWhatItWrites) {
  SegmentObservation seen = recording(30);
  step_clock(seen, 12, 5, PictureFlow::kBroken);
  seen.crops.push_back({11.6, "\x89PNG\r\n\x1a\nabc"});
  const JudgeInput input = input_of({seen});
  const auto judged = judge_continuity(input);
  std::string xml;
  write_continuity_xml(input, judged, [&xml](std::string_view bytes) { xml += bytes; });
  const auto document = read_continuity_xml(xml, "continuity.xml");
  EXPECT_EQ(document.verdict, ContinuityVerdict::kGapFound);
  ASSERT_EQ(document.gaps.size(), 1U);
  EXPECT_DOUBLE_EQ(document.gaps[0].missing_s, 5);
  EXPECT_EQ(document.gaps[0].signal, "S1");
  ASSERT_EQ(document.findings.size(), 1U);
  ASSERT_EQ(document.findings[0].crops.size(), 1U);
  EXPECT_EQ(document.findings[0].crops[0].png, seen.crops[0].png);
  EXPECT_NE(document.findings[0].message_zh, document.findings[0].message_en);
}

TEST(ContinuityXml, RefusesWhatIsNoReport) {
  EXPECT_EQ(test::thrown_by([] { read_continuity_xml("<x/>", "x.xml"); }).word, "invalid");
  SegmentObservation seen = with_event({"pts_gap", 9, 4, 13});
  const JudgeInput input = input_of({seen});
  std::string xml;
  write_continuity_xml(input, judge_continuity(input), [&](std::string_view b) { xml += b; });
  const auto at = xml.find("<gap segment=\"1\"");
  ASSERT_NE(at, std::string::npos);
  xml.replace(at, 16, "<gap segment=\"7\"");
  EXPECT_EQ(test::thrown_by([&] { read_continuity_xml(xml, "x.xml"); }).word, "invalid");
}

TEST(DeviceProfiles, ComeBackAndRefuseWhatIsOff) {
  const DeviceProfile profile{"DSJ-1", "ftyp moov", "", 0.5, 1, 30};
  EXPECT_EQ(parse_device_profile(to_json(profile), "p.json"), profile);
  for (const char* bad : {"[]", "{}", R"({"device":"x","seam_s":-1})", R"({"device":"x","y":1})",
                          R"({"device":"x","seam_s":"1"})"}) {
    EXPECT_EQ(test::thrown_by([&] { parse_device_profile(bad, "p.json"); }).word, "invalid") << bad;
  }
}

TEST(DeviceProfiles, KeepWhatAllRecordingsShare) {
  SegmentObservation one = recording(5);
  one.container.fingerprint = "ftyp moov mdat";
  one.container.encoder = "A";
  SegmentObservation other = one;
  other.container.encoder = "B";
  other.container.skipped_s = 12;
  const auto profile = learn_device_profile("DSJ-1", {one, other});
  EXPECT_EQ(profile.fingerprint, "ftyp moov mdat");
  EXPECT_EQ(profile.encoder, "");
  EXPECT_EQ(profile.pre_record_s, 12);
}

}  // namespace
}  // namespace anjuan::formats
