// One recording gone through once: what is kept, believed and made again.
#include "preservation/formats/recording_pass.h"

#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/derivation_json.h"
#include "tests/preservation/formats/derive_fixture.h"
#include "tests/support/child.h"
#include "tests/support/crash.h"
#include "tests/support/errors.h"
#include "tests/support/small_disk.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;
using test::names_in;
using test::read_text;
using test::test_picture;
using test::test_tone;

/// Notes what it is told.
class NotingProgress final : public Progress {
 public:
  void begin(std::string_view, std::uint64_t total_bytes) override {
    totals.push_back(total_bytes);
  }

  void advance(std::uint64_t bytes) override {
    done += bytes;
    if (bytes > 0) ++steps;
  }

  void end() override { ++ends; }

  std::vector<std::uint64_t> totals;
  std::uint64_t done = 0;
  std::uint64_t steps = 0;
  int ends = 0;
};

class RecordingPassTest : public DeriveTest {
 protected:
  void SetUp() override {
    DeriveTest::SetUp();
    fs::create_directory(made());
  }

  fs::path made() { return folder / "made"; }

  PassJob pass_of(const fs::path& input, PassDepth depth = PassDepth::kDerive) {
    PassJob pass;
    pass.input = input;
    pass.folder = made();
    pass.key = "k";
    pass.depth = depth;
    pass.notes.tags = {{"TITLE", "执法记录"}};
    return pass;
  }

  RecordingPass run(const PassJob& pass) { return pass_recording(pass, policy, progress); }

  fs::path mjpeg_clip(double seconds = 1) {
    return clip("in.avi", {test_picture("320x240", seconds),
                           test_tone(seconds),
                           {"-c:v", "mjpeg", "-c:a", "pcm_s16le"}});
  }

  std::string bytes_of(const std::string& name) { return read_text(made() / name); }

  /// Whatever is decoded from now on gives another result, or none.
  void make_unreadable(const fs::path& input) {
    test::write_text(input, std::string(fs::file_size(input), 'x'));
  }

  static std::string text_of(const RecordingPass& pass) {
    std::string text = to_json(pass.facts).dump() + to_json(pass.observed.sandbox).dump();
    write_observation(pass.observed.seen, [&](std::string_view line) { text += line; });
    for (const auto& result : {pass.preservation, pass.access}) {
      if (result) text += to_json(*result).dump() + result->message + result->output.string();
    }
    return text;
  }
};

TEST_F(RecordingPassTest, ObservesAndMakesBothCopies) {
  const auto pass = run(pass_of(mjpeg_clip()));
  EXPECT_FALSE(pass.facts.fault);
  EXPECT_EQ(pass.observed.seen.failure, "");
  ASSERT_TRUE(pass.observed.seen.video);
  EXPECT_EQ(pass.observed.seen.video->pictures, 25U);
  ASSERT_TRUE(pass.preservation && pass.access);
  EXPECT_EQ(pass.preservation->outcome, DerivationOutcome::kMade) << pass.preservation->message;
  EXPECT_TRUE(pass.preservation->pictures_equal);
  EXPECT_EQ(pass.access->outcome, DerivationOutcome::kMade) << pass.access->message;
  EXPECT_EQ(names_in(made()),
            (std::set<std::string>{"k.mkv", "k.mkv.framehash", "k.mp4", "k.facts.json",
                                   "k.observed.json", "k.preservation.json", "k.access.json"}));
}

TEST_F(RecordingPassTest, WhatIsKeptIsReturnedAndNothingIsDecodedAgain) {
  const auto order = pass_of(mjpeg_clip());
  const auto first = run(order);
  make_unreadable(order.input);
  const auto again = run(order);
  EXPECT_EQ(text_of(again), text_of(first));
}

TEST_F(RecordingPassTest, WhatWasObservedEarlierIsNotObservedAgain) {
  const auto input = mjpeg_clip();
  const auto watched = run(pass_of(input, PassDepth::kObserve));
  EXPECT_FALSE(watched.preservation || watched.access);
  EXPECT_EQ(names_in(made()), (std::set<std::string>{"k.facts.json", "k.observed.json"}));
  const std::string kept = bytes_of("k.observed.json");
  const auto written = fs::last_write_time(made() / "k.observed.json");
  const auto whole = run(pass_of(input));
  EXPECT_EQ(fs::last_write_time(made() / "k.observed.json"), written);
  EXPECT_EQ(bytes_of("k.observed.json"), kept);
  ASSERT_TRUE(whole.preservation && whole.access);
  EXPECT_EQ(whole.preservation->outcome, DerivationOutcome::kMade) << whole.preservation->message;
  EXPECT_EQ(whole.access->outcome, DerivationOutcome::kMade) << whole.access->message;
}

TEST_F(RecordingPassTest, TheSameInputGivesTheSameBytes) {
  const auto order = pass_of(mjpeg_clip());
  run(order);
  std::map<std::string, std::string> first;
  for (const auto& name : names_in(made())) first[name] = bytes_of(name);
  fs::remove_all(made());
  fs::create_directory(made());
  run(order);
  for (const auto& [name, bytes] : first) EXPECT_TRUE(bytes_of(name) == bytes) << name;
}

TEST_F(RecordingPassTest, AResultThatIsGoneOrDamagedIsMadeAgain) {
  const auto order = pass_of(mjpeg_clip());
  const std::string first = text_of(run(order));
  const std::string copy = bytes_of("k.mkv");
  const std::string kept = bytes_of("k.preservation.json");
  for (const std::string& damaged :
       {std::string(), kept.substr(0, kept.size() / 2), kept.substr(0, kept.size() - 1),
        kept.substr(kept.find('\n') + 1)}) {
    test::write_text(made() / "k.preservation.json", damaged);
    test::write_text(made() / "k.mkv", "half a copy");
    EXPECT_EQ(text_of(run(order)), first);
    EXPECT_TRUE(bytes_of("k.mkv") == copy);
    EXPECT_EQ(bytes_of("k.preservation.json"), kept);
  }
  std::string flipped = kept;
  flipped[flipped.find("\"made\"") + 1] = 'M';
  test::write_text(made() / "k.preservation.json", flipped);
  EXPECT_EQ(text_of(run(order)), first);
}

TEST_F(RecordingPassTest, AResultWhoseFilesAreNotThereIsNotBelieved) {
  const auto order = pass_of(mjpeg_clip());
  run(order);
  const std::string copy = bytes_of("k.mkv");
  const std::string proof = bytes_of("k.mkv.framehash");
  fs::remove(made() / "k.mkv");
  run(order);
  EXPECT_TRUE(bytes_of("k.mkv") == copy);
  test::write_text(made() / "k.mkv", copy.substr(0, copy.size() - 1));
  run(order);
  EXPECT_TRUE(bytes_of("k.mkv") == copy);
  test::write_text(made() / "k.mkv.framehash", proof + "\n");
  run(order);
  EXPECT_EQ(bytes_of("k.mkv.framehash"), proof);
}

TEST_F(RecordingPassTest, AnotherOrderIsAnotherDerivative) {
  auto order = pass_of(mjpeg_clip());
  run(order);
  const std::string copy = bytes_of("k.mkv");
  order.notes.tags = {{"TITLE", "另一份记录"}};
  const auto other = run(order);
  EXPECT_EQ(other.preservation->outcome, DerivationOutcome::kMade);
  EXPECT_FALSE(bytes_of("k.mkv") == copy);
  // Nothing may be left of the copy where none is made any more.
  order.budget_bytes = 1;
  EXPECT_EQ(run(order).preservation->reason, "budget");
  EXPECT_FALSE(fs::exists(made() / "k.mkv"));
  EXPECT_FALSE(fs::exists(made() / "k.mkv.framehash"));
}

TEST_F(RecordingPassTest, WhatIsNoRecordingHasAResultToo) {
  test::write_text(folder / "in.avi", "no recording");
  const auto pass = run(pass_of(folder / "in.avi"));
  EXPECT_TRUE(pass.facts.fault);
  EXPECT_NE(pass.observed.seen.failure, "");
  EXPECT_EQ(pass.preservation->outcome, DerivationOutcome::kRefused);
  EXPECT_EQ(pass.access->outcome, DerivationOutcome::kRefused);
  EXPECT_TRUE(names_in(made()).empty());
}

TEST_F(RecordingPassTest, AnOriginalThatBrowsersPlayNeedsNoAccessCopy) {
  const std::vector<std::string> coding{"-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"};
  const auto quick = clip(
      "quick.mp4", {test_picture("320x240", 1), test_tone(1), coding, {"-movflags", "+faststart"}});
  auto pass = run(pass_of(quick));
  EXPECT_TRUE(pass.facts.fast_start);
  EXPECT_EQ(pass.access->outcome, DerivationOutcome::kSkipped);
  EXPECT_EQ(pass.access->reason, "original_serves");
  EXPECT_NE(pass.access->message.find(quick.string()), std::string::npos);
  auto order = pass_of(clip("slow.mp4", {test_picture("320x240", 1), test_tone(1), coding}));
  order.key = "slow";
  pass = run(order);
  EXPECT_FALSE(pass.facts.fast_start);
  EXPECT_EQ(pass.access->outcome, DerivationOutcome::kMade);
  EXPECT_EQ(pass.access->output, made() / "slow.mp4");
  order =
      pass_of(clip("quick.mov", {test_picture("320x240", 1), coding, {"-movflags", "+faststart"}}));
  order.key = "mov";
  EXPECT_FALSE(run(order).facts.fast_start);
}

TEST_F(RecordingPassTest, AnEditListThatHidesPicturesNeedsAnAccessCopy) {
  const auto source =
      clip("long.mp4", {test_picture("320x240", 2), {"-c:v", "libx264", "-pix_fmt", "yuv420p"}});
  const auto cut = folder / "cut.mp4";
  test::make_clip(cut,
                  {"-ss", "1.2", "-i", source.string(), "-c", "copy", "-movflags", "+faststart"});
  const auto pass = run(pass_of(cut));
  EXPECT_TRUE(pass.facts.fast_start);
  EXPECT_EQ(pass.access->outcome, DerivationOutcome::kMade) << pass.access->reason;
}

TEST_F(RecordingPassTest, SoundAloneGetsSoundForAccess) {
  const auto pass = run(pass_of(clip("talk.wav", {test_tone(2, 8000), {"-c:a", "pcm_alaw"}})));
  EXPECT_EQ(pass.access->output, made() / "k.m4a");
  EXPECT_EQ(pass.preservation->output, made() / "k.mkv");
}

TEST_F(RecordingPassTest, CountsTheBytesOfTheRecordingOnceWhateverIsDone) {
  const auto input = mjpeg_clip(8);
  const std::uint64_t bytes = fs::file_size(input);
  NotingProgress noted;
  pass_recording(pass_of(input, PassDepth::kObserve), policy, noted);
  EXPECT_EQ(noted.totals, std::vector<std::uint64_t>{bytes});
  EXPECT_EQ(noted.done, bytes);
  EXPECT_GT(noted.steps, 2U);
  EXPECT_EQ(noted.ends, 1);
  for (int turn = 0; turn < 2; ++turn) {  // made, then kept
    NotingProgress again;
    pass_recording(pass_of(input), policy, again);
    EXPECT_EQ(again.totals, std::vector<std::uint64_t>{bytes});
    EXPECT_EQ(again.done, bytes);
    EXPECT_EQ(again.ends, 1);
  }
}

TEST_F(RecordingPassTest, StopsWhereTheProgressThrows) {
  class Stopping final : public Progress {
   public:
    void begin(std::string_view, std::uint64_t) override {}

    void advance(std::uint64_t) override { throw Error(ErrorCode::kInterrupted, "", "stop"); }

    void end() override {}
  };

  Stopping stopping;
  const auto input = mjpeg_clip(4);
  EXPECT_EQ(test::thrown_by([&] { pass_recording(pass_of(input), policy, stopping); }).word,
            "interrupted");
  EXPECT_FALSE(fs::exists(made() / "k.mkv"));
  EXPECT_FALSE(fs::exists(made() / "k.mp4"));
  EXPECT_EQ(run(pass_of(input)).access->outcome, DerivationOutcome::kMade);
}

class RecordingPassCrashTest : public RecordingPassTest {};

TEST_F(RecordingPassCrashTest, AfterAnyKillTheNextCallFinishesWithTheSameFiles) {
  const auto order = pass_of(mjpeg_clip(0.2));
  const std::string whole = text_of(run(order));
  std::map<std::string, std::string> files;
  for (const auto& name : names_in(made())) files[name] = bytes_of(name);
  const auto afresh = [&] {
    fs::remove_all(made());
    fs::create_directory(made());
  };
  afresh();
  const auto points = test::crash_points_of([&] { run(order); });
  if (points.empty()) GTEST_SKIP() << "built without fault points: this test was not run";
  EXPECT_GT(points.size(), 12U);
  for (const auto& point : points) {
    afresh();
    EXPECT_TRUE(test::killed_at(point, [&] { run(order); })) << point.name;
    EXPECT_EQ(text_of(run(order)), whole) << point.number << " " << point.name;
    for (const auto& [name, bytes] : files) EXPECT_TRUE(bytes_of(name) == bytes) << name;
  }
}

/// The access copy of HEVC is encoded, and there is no other.
TEST_F(RecordingPassTest, OnAFullDiskStopsAndMakesTheCopyOnceThereIsRoom) {
  const auto input =
      clip("in.mp4", {{"-f", "lavfi", "-i"},
                      {"color=gray:size=640x480:rate=10:duration=3,noise=alls=60:allf=t"},
                      {"-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p"},
                      {"-x265-params", "log-level=error:pools=1"}});
  const int code = test::exit_code_of([&] {
    if (!test::mount_small_disk(made(), 300'000)) return test::kChildCannot;
    const auto stopped = test::thrown_by([&] { run(pass_of(input)); });
    std::cerr << "stopped: " << stopped.word << "\n";
    if (stopped.word != "no_space") return 1;
    if (fs::exists(made() / "k.mp4") || fs::exists(made() / "k.access.json")) return 2;
    if (::mount("tmpfs", made().c_str(), "tmpfs", MS_REMOUNT, "size=200000000") != 0) return 3;
    const auto pass = run(pass_of(input));
    if (pass.access->bytes <= 300'000) return 4;
    return pass.access->outcome == DerivationOutcome::kMade ? 0 : 5;
  });
  if (code == test::kChildCannot) GTEST_SKIP() << "needs the right to mount";
  EXPECT_EQ(code, 0);
}

}  // namespace
}  // namespace anjuan::formats
