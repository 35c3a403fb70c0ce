// The small parts of the observer, with hostile and with known input.
#include <random>

#include <gmock/gmock.h>

#include "core/durable.h"
#include "preservation/formats/continuity/box_walker.h"
#include "preservation/formats/continuity/clock_face.h"
#include "preservation/formats/continuity/clock_line.h"
#include "preservation/formats/continuity/nal_chain.h"
#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/continuity/observe.h"
#include "tests/support/anonymous_file.h"
#include "tests/support/corpora.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;

TEST(ClockLines, JoinReadingsThatAgreeAndTellWhereTheyBreak) {
  std::vector<ClockReading> readings;
  for (int i = 0; i < 20; ++i) {
    const double offset = i < 10 ? 100 : 100.12;
    readings.push_back({double(i), i + 0.96, i, offset, offset + 0.04});
  }
  const LineRules rules;
  const auto lines = lines_of(readings, rules);
  ASSERT_EQ(lines.size(), 2U);
  const auto steps = steps_of(lines, rules);
  EXPECT_NEAR(steps[0].step_s, 0.12, 1e-9);
  EXPECT_EQ(steps[0].before, 9U);
  EXPECT_EQ(steps[0].after, 10U);
}

/// Two parts of seconds, misread alike beside a cut, say nothing: the cut is measured between whole
/// ones.
TEST(ClockLines, AreNoneWhereLessThanASecondIsSeen) {
  std::vector<ClockReading> readings;
  for (int i = 0; i < 5; ++i) readings.push_back({double(i), i + 0.96, 100 + i, 100, 100.04});
  readings.push_back({5, 5.3, 101, 96, 96.7});
  readings.push_back({5.34, 5.8, 102, 96.66, 96.7});
  for (int i = 6; i < 11; ++i) readings.push_back({double(i), i + 0.96, 102 + i, 102, 102.04});
  const LineRules rules;
  const auto lines = lines_of(readings, rules);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NEAR(steps_of(lines, rules)[0].step_s, 2, 1e-9);
}

/// At 25 pictures a second: after a cut, one second is left of the recording.
TEST(ClockLines, MayBeOneSecondThatDoesNotKeepTheRhythm) {
  LineRules rules;
  rules.jitter_s = 0.024;
  const auto second = [](double at_s, std::int64_t shows) {
    const auto value = static_cast<double>(shows);
    return ClockReading{at_s, at_s + 0.96, shows, value - at_s, value - at_s + 0.04};
  };
  std::vector<ClockReading> readings;
  for (int i = 0; i < 8; ++i) readings.push_back(second(i, 100 + i));
  const auto steps_with = [&](const ClockReading& lone, std::size_t at) {
    auto all = readings;
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(at), lone);
    return steps_of(lines_of(all, rules), rules);
  };
  const auto after = steps_with(second(8.5, 112), 8);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_NEAR(after[0].step_s, 3.5, 0.05);
  const auto before = steps_with(second(-1.3, 95), 0);
  ASSERT_EQ(before.size(), 1U);
  EXPECT_NEAR(before[0].step_s, 3.7, 0.05);
  EXPECT_TRUE(steps_with(second(8, 188), 8).empty()) << "a digit misread errs by whole seconds";
  EXPECT_TRUE(steps_with({8.5, 8.7, 112, 103.5, 104.3}, 8).empty()) << "a part of a second";
}

TEST(ClockLines, FollowADriftThatNoPictureShows) {
  std::vector<ClockReading> readings;
  for (int i = 0; i < 3600; i += 60) {
    const double offset = 100 + i * 100e-6;
    readings.push_back({double(i), i + 0.96, i, offset, offset + 0.04});
  }
  EXPECT_EQ(lines_of(readings, {}).size(), 1U);
}

TEST(ClockLines, GoOnAfterMidnightWithoutADate) {
  std::vector<ClockReading> readings;
  for (int i = 0; i < 20; ++i) {
    const double offset = i < 10 ? 86390 : -10;
    readings.push_back({double(i), i + 0.96, i, offset, offset + 0.04});
  }
  LineRules rules;
  rules.wraps_daily = true;
  EXPECT_EQ(lines_of(readings, rules).size(), 1U);
  rules.wraps_daily = false;
  EXPECT_EQ(lines_of(readings, rules).size(), 2U);
}

TEST(ClockFaces, KnowTimesAndDates) {
  EXPECT_EQ(to_time_of_day({2, 3, 5, 9, 5, 9}), 86399);
  EXPECT_EQ(to_time_of_day({2, 4, 0, 0, 0, 0}), std::nullopt);
  EXPECT_EQ(to_time_of_day({0, 0, 6, 0, 0, 0}), std::nullopt);
  EXPECT_EQ(to_day({1, 9, 9, 0, 0, 1, 0, 1}), 7305);
  EXPECT_EQ(to_day({2, 0, 2, 5, 0, 2, 3, 0}), std::nullopt);
}

/// A picture so long and narrow that height times height needs more than 31 bits.
TEST(Pictures, MayBeAsLongAsTheyLike) {
  Luma strip(4, 60'000, 7);
  strip.row(59'999)[3] = 107;
  const Luma small = thumbnail(strip, 320, 1'000'000);
  EXPECT_EQ(small.height, 60'000);
  EXPECT_EQ(small.pixels, strip.pixels);
  EXPECT_EQ(thumbnail(strip, 1, 30'000).pixels.back(), 7 + 100 / 8);
}

/// SPS (baseline, frame_num of 4 bits) and PPS as x264 writes them, then slices made here.
std::vector<std::uint8_t> slice(std::uint8_t header, std::uint32_t frame_num) {
  // first_mb 0, slice_type 5 (I), pps 0, then 4 bits of frame_num; an IDR's id 0 follows as 1s.
  // bits: 1 00110 1 ffff 11111
  const std::uint32_t bits = 0b1001101U << 9 | (frame_num & 15U) << 5 | 31U;
  return {
      0, 0, 0, 3, header, static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits)};
}

std::vector<std::uint8_t> avcc() {
  // profile 66, level 30; sps id 0, frame_num 4 bits, poc type 2, 1 reference, no gaps, 1x1,
  // frames.
  const std::vector<std::uint8_t> sps = {0x67, 66, 0, 30, 0b11011010, 0b01111001};
  const std::vector<std::uint8_t> pps = {0x68, 0b11001000};
  std::vector<std::uint8_t> extra = {1, 66, 0, 30, 0xFF, 0xE1, 0, 6};
  extra.insert(extra.end(), sps.begin(), sps.end());
  extra.insert(extra.end(), {1, 0, 2});
  extra.insert(extra.end(), pps.begin(), pps.end());
  return extra;
}

TEST(NalChains, SeeAPictureThatIsMissing) {
  for (const bool missing : {false, true}) {
    NalChain chain(avcc());
    std::vector<StreamEvent> events;
    chain.take(slice(0x65, 0), 0, events);
    for (std::uint32_t i = 1; i < 40; ++i) {
      if (missing && i == 20) continue;
      chain.take(slice(0x41, i), i * 0.04, events);
    }
    ASSERT_EQ(events.size(), missing ? 1U : 0U);
    if (missing) {
      EXPECT_EQ(events[0].kind, "frame_num");
      EXPECT_DOUBLE_EQ(events[0].value, 1);
      EXPECT_DOUBLE_EQ(events[0].at_s, 21 * 0.04);
    }
  }
}

TEST(NalChains, SurviveAnyBytes) {
  std::mt19937 random(7);
  for (int turn = 0; turn < 2000; ++turn) {
    std::vector<std::uint8_t> extra = turn % 2 == 0 ? avcc() : std::vector<std::uint8_t>{};
    for (auto& byte : extra) {
      if (random() % 8 == 0) byte = static_cast<std::uint8_t>(random());
    }
    NalChain chain(extra);
    std::vector<StreamEvent> events;
    std::vector<std::uint8_t> packet(random() % 200);
    for (auto& byte : packet) byte = static_cast<std::uint8_t>(random() % 4 == 0 ? random() : 0);
    chain.take(packet, 0, events);
    chain.finish(events);
  }
}

BoxFacts walk(std::string_view bytes) {
  const test::AnonymousFile file(bytes);
  return walk_boxes(file.get(), file.size());
}

std::string box(std::string_view type, std::string_view content) {
  std::string bytes(4, '\0');
  const auto length = static_cast<std::uint32_t>(content.size() + 8);
  for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<char>(length >> (24 - 8 * i));
  return bytes + std::string(type) + std::string(content);
}

TEST(BoxWalkers, TellTreeAndTruncation) {
  const std::string file = box("ftyp", "isom\0\0\0\1isomavc1") + box("moov", box("free", "ab")) +
                           box("mdat", std::string(100, 'x'));
  const auto whole = walk(file);
  EXPECT_TRUE(whole.is_box_file && whole.has_index);
  EXPECT_THAT(whole.fingerprint, testing::HasSubstr("moov(free) mdat"));
  EXPECT_EQ(whole.missing_bytes, 0U);
  EXPECT_EQ(walk(file.substr(0, file.size() - 60)).missing_bytes, 60U);
  EXPECT_FALSE(walk("RIFF....AVI ").is_box_file);
}

TEST(BoxWalkers, SurviveBoxesInBoxesAndAnyLength) {
  std::string deep = box("trak", "");
  for (int i = 0; i < 2000; ++i) deep = box("trak", deep);
  walk(box("moov", deep));
  std::mt19937 random(11);
  std::string file =
      box("ftyp", "isom") + box("moov", box("trak", box("edts", box("elst", "abcdefgh"))));
  for (int turn = 0; turn < 3000; ++turn) {
    std::string bent = file;
    for (int i = 0; i < 3; ++i)
      bent[8 + random() % (bent.size() - 8)] = static_cast<char>(random());
    walk(bent);
  }
}

TEST(ObservationLines, ComeBack) {
  SegmentObservation seen;
  seen.container = {"mov", "ftyp", "enc", 5, 6, 1, 0.5, 20};
  seen.video = VideoView{"h264", 640, 360, 500, 0.04, 0.08, 20.08, true};
  seen.sound = SoundView{"aac", 900, 0.021, 0, 20};
  seen.clock.found = true;
  seen.clock.place = {1, 2, 3, 4};
  seen.clock.readings.push_back({1, 1.96, 7, 6, 6.04});
  seen.clock.pictures.push_back({1, 1.04, 0, 2, 5, 1, 6, PictureFlow::kBroken});
  seen.events.push_back({"scar", 3, 0.001, 0});
  seen.crops.push_back({1, "\x89PNG\r\n\x1a\n"});
  ObservationReader reader;
  write_observation(seen, [&reader](std::string_view line) {
    for (const char letter : line) reader.take({&letter, 1});
  });
  ASSERT_TRUE(reader.complete());
  const SegmentObservation& back = reader.observation();
  EXPECT_EQ(back.clock.readings, seen.clock.readings);
  EXPECT_EQ(back.clock.pictures, seen.clock.pictures);
  EXPECT_EQ(back.events, seen.events);
  EXPECT_EQ(back.clock.place, seen.clock.place);
  EXPECT_EQ(back.container.created_s, 5);
  EXPECT_TRUE(back.video->variable);
}

TEST(ObservationLines, RefuseWhatNoObserverWrites) {
  for (const char* line : {"x\n", "{}\n",
                           R"({"kind":"what"})"
                           "\n",
                           R"({"kind":"event","event":"x"})"
                           "\n",
                           R"({"kind":"event","event":"x","values":[1,2]})"
                           "\n",
                           R"({"kind":"event","event":"x","values":[1,2,1e300]})"
                           "\n",
                           R"({"kind":"crop","at":[1],"png":"AAAA"})"
                           "\n",
                           R"({"kind":"video","codec":"x","width":-1,"height":1,"pictures":1,)"
                           R"("times":[1,2,3],"variable":true})"
                           "\n",
                           R"({"kind":"clock","date":true,"sampled":1,"read":1,)"
                           R"("place":[0,0,1e10,1]})"
                           "\n",
                           R"({"kind":"end"})"
                           "\n"
                           R"({"kind":"end"})"
                           "\n"}) {
    ObservationReader reader;
    EXPECT_EQ(test::thrown_by([&] { reader.take(line); }).word, "invalid") << line;
  }
}

/// Everything gets a result: it was observed, or it is said why not.
void expect_result(const fs::path& path) {
  const auto seen = observe(path, {}, SandboxLevel::kLeast).seen;
  const bool something = seen.video || seen.sound || !seen.failure.empty();
  EXPECT_TRUE(something) << path;
}

TEST(ContinuityCorpus, EveryFileGetsAResult) {
  const fs::path media = test::corpora("media");
  if (media.empty()) GTEST_SKIP() << "ANJUAN_CORPORA/media is absent";
  const test::TemporaryFolder folder;
  std::mt19937 random(3);
  for (const auto& entry : fs::recursive_directory_iterator(media)) {
    if (!entry.is_regular_file()) continue;
    expect_result(entry.path());
    if (entry.file_size() > 700'000) continue;
    std::string bytes = test::text_of(entry.path());
    const fs::path bent = folder / "bent";
    for (const std::size_t part : {std::size_t{2}, std::size_t{10}}) {
      fs::remove(bent);
      create_durably(bent, bytes.substr(0, bytes.size() / part));
      expect_result(bent);
    }
    for (int i = 0; i < 20 && !bytes.empty(); ++i) {
      bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    }
    fs::remove(bent);
    create_durably(bent, bytes);
    expect_result(bent);
  }
}

}  // namespace
}  // namespace anjuan::formats
