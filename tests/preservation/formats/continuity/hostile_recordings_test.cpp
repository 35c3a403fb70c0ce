// Containers and sound, damaged in every byte: what the observer's child reads of them before any
// picture is decoded, and that its parent takes whatever it tells.
#include <cmath>

#include <gmock/gmock.h>

#include "core/error.h"
#include "preservation/formats/continuity/box_walker.h"
#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/continuity/packet_timeline.h"
#include "tests/support/anonymous_file.h"
#include "tests/support/bent.h"
#include "tests/support/clips.h"
#include "tests/support/corpora.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

using test::AnonymousFile;

std::string big_endian(std::uint64_t value, unsigned bytes) {
  std::string text(bytes, '\0');
  for (unsigned i = 0; i < bytes; ++i) text[i] = static_cast<char>(value >> 8 * (bytes - 1 - i));
  return text;
}

std::string little_endian(std::uint64_t value, unsigned bytes) {
  const std::string text = big_endian(value, bytes);
  return {text.rbegin(), text.rend()};
}

std::string box(const std::string& type, const std::string& content) {
  return big_endian(content.size() + 8, 4) + type + content;
}

/// Seconds since 1904 of 2025-06-17 01:04:30.
constexpr std::uint64_t kCreated = 2'082'844'800ULL + 1'750'122'270ULL;

std::string track(const std::string& handler) {
  const std::string times = big_endian(0, 4) + big_endian(kCreated, 4) + big_endian(kCreated, 4);
  const std::string edits = big_endian(0, 4) + big_endian(2, 4) + big_endian(500, 4) +
                            big_endian(0xFFFFFFFF, 4) + big_endian(1, 4) + big_endian(2000, 4) +
                            big_endian(90000, 4) + big_endian(1, 4);
  const std::string table =
      big_endian(0, 4) + big_endian(1, 4) + big_endian(50, 4) + big_endian(3600, 4);
  return box("trak",
             box("tkhd", std::string(20, '\0')) + box("edts", box("elst", edits)) +
                 box("mdia", box("mdhd", times + big_endian(90000, 4) + big_endian(180000, 8)) +
                                 box("hdlr", big_endian(0, 8) + handler + big_endian(0, 8)) +
                                 box("minf", box("stbl", box("stts", table)))));
}

std::string small_movie() {
  const std::string header = big_endian(0, 4) + big_endian(kCreated, 4) + big_endian(kCreated, 4) +
                             big_endian(1000, 4) + big_endian(2000, 4) + std::string(80, '\0');
  return box("ftyp", "isom" + big_endian(512, 4) + "isomavc1") +
         box("moov", box("mvhd", header) + track("vide") + track("soun")) + big_endian(1, 4) +
         "mdat" + big_endian(16 + 40, 8) + std::string(40, 'x');
}

BoxFacts walk(const std::string& bytes) {
  const AnonymousFile file(bytes);
  return walk_boxes(file.get(), file.size());
}

void expect_sane(const BoxFacts& facts) {
  ASSERT_LE(facts.fingerprint.size(), 4000U);
  for (const char letter : facts.fingerprint) ASSERT_TRUE(letter >= ' ' && letter < '\x7f');
  ASSERT_TRUE(facts.brand.empty() || facts.brand.size() == 4);
  ASSERT_LE(facts.edits, 10'000U);
  for (const double value : {facts.skipped_s, facts.empty_s, facts.declared_s}) {
    ASSERT_TRUE(std::isfinite(value));
  }
  for (const auto& time : {facts.created_s, facts.modified_s}) {
    ASSERT_TRUE(!time || (*time >= 0 && *time <= 10'000'000'000));
  }
}

TEST(HostileBoxes, TellWhatAValidMovieHolds) {
  const BoxFacts facts = walk(small_movie());
  EXPECT_TRUE(facts.is_box_file && facts.has_index && facts.index_first && !facts.fragmented);
  EXPECT_EQ(facts.brand, "isom");
  EXPECT_EQ(facts.created_s, 1'750'122'270);
  EXPECT_EQ(facts.edits, 1U);
  EXPECT_EQ(facts.skipped_s, 1);
  EXPECT_EQ(facts.empty_s, 0.5);
  EXPECT_EQ(facts.declared_s, 2);
  EXPECT_EQ(facts.samples, 50U);
  EXPECT_EQ(facts.missing_bytes, 0U);
}

TEST(HostileBoxes, MeasureWhatEveryTruncationTookAway) {
  const std::string movie = small_movie();
  const std::size_t ftyp = 24;
  const std::size_t media = movie.size() - 56;
  test::each_beginning(movie, [&](const std::string& part) {
    const BoxFacts facts = walk(part);
    expect_sane(facts);
    // A header that is not whole promises nothing; one of eight bytes more needs all sixteen.
    const std::size_t size = part.size();
    const std::size_t end = size < ftyp ? ftyp : size < media ? media : movie.size();
    const std::size_t begin = size < ftyp ? 0 : size < media ? ftyp : media;
    const bool promises = size - begin >= (begin == media ? 16U : 8U);
    EXPECT_EQ(facts.missing_bytes, promises ? end - size : 0) << size;
    EXPECT_EQ(facts.has_index, size >= ftyp + 8) << size;
  });
}

TEST(HostileBoxes, StaySaneWhateverIsDamaged) {
  std::set<std::string> seen;
  test::each_damage(small_movie(), [&](const std::string& bent) {
    const BoxFacts facts = walk(bent);
    expect_sane(facts);
    seen.insert(fmt::format("{} {} {} {}", facts.fingerprint, facts.skipped_s, facts.declared_s,
                            facts.created_s.value_or(0)));
  });
  EXPECT_GT(seen.size(), 200U);
}

TEST(HostileBoxes, EndWhereALengthRunsOver) {
  for (const std::uint64_t length :
       {std::uint64_t{0}, std::uint64_t{15}, UINT64_MAX, UINT64_MAX - 15, UINT64_MAX / 2}) {
    const std::string wide = big_endian(1, 4) + "free" + big_endian(length, 8);
    const BoxFacts facts = walk(box("ftyp", "isom") + wide + std::string(40, '\0'));
    EXPECT_TRUE(facts.is_box_file);
    expect_sane(facts);
  }
}

TEST(HostileBoxes, AreCountedAndThenLeft) {
  std::string many;
  for (std::uint32_t i = 0; i < kBoxesMax; ++i) many += box("free", "");
  EXPECT_FALSE(walk(many + box("moov", "")).has_index);
  EXPECT_TRUE(walk(many.substr(8) + box("moov", "")).has_index);
}

/// What the child of observe() does before pictures; that what it tells is taken.
SegmentObservation observed(const std::string& bytes) {
  const AnonymousFile file(bytes);
  SegmentObservation seen;
  try {
    AvInput input(file.get());
    seen.container.format = input.container();
    seen.container.encoder = input.encoder();
    seen.container.created_s = input.created_s();
    read_timeline(input, seen);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalid);
    seen.failure = error.what();
  }
  ObservationReader reader;
  write_observation(seen, [&reader](std::string_view line) { reader.take(line); });
  EXPECT_TRUE(reader.complete());
  return seen;
}

/// Eight-bit sound of 16,000 samples a second: a tone with three silent seconds in the middle.
std::string small_wav() {
  constexpr int kRate = 16'000;
  std::string samples;
  for (int i = 0; i < 7 * kRate; ++i) {
    const bool quiet = i >= 2 * kRate && i < 5 * kRate;
    samples += static_cast<char>(quiet ? 128 : 128 + (i % 8 < 4 ? 90 : -90));
  }
  const std::string format = little_endian(1, 2) + little_endian(1, 2) + little_endian(kRate, 4) +
                             little_endian(kRate, 4) + little_endian(1, 2) + little_endian(8, 2);
  return "RIFF" + little_endian(samples.size() + 36, 4) + "WAVEfmt " +
         little_endian(format.size(), 4) + format + "data" + little_endian(samples.size(), 4) +
         samples;
}

TEST(HostileSound, IsHeardToBeSilentWhereItIs) {
  const auto seen = observed(small_wav());
  ASSERT_TRUE(seen.sound);
  EXPECT_NEAR(seen.sound->end_s, 7, 0.5);
  ASSERT_EQ(seen.events.size(), 1U);
  EXPECT_EQ(seen.events[0].kind, "silence");
  EXPECT_NEAR(seen.events[0].at_s, 2, 0.5);
  EXPECT_NEAR(seen.events[0].value, 3, 0.6);
}

TEST(HostileSound, GivesAResultWhateverIsDamaged) {
  const std::string whole = small_wav();
  constexpr std::size_t kHead = 44;
  const std::string samples = whole.substr(kHead);
  int readable = 0;
  int unreadable = 0;
  const auto use = [&](const std::string& head) {
    ++(observed(head + samples).failure.empty() ? readable : unreadable);
  };
  test::each_flip(whole.substr(0, kHead), [&](const std::string& head, std::size_t) { use(head); });
  test::each_chance(whole.substr(0, kHead), 200, use);
  EXPECT_GT(readable, 100);
  EXPECT_GT(unreadable, 20);
}

class HostileTimelines : public testing::TestWithParam<const char*> {};

/// Beginnings, flips and chance of a clip of half a second; not every one, since libav opens each.
TEST_P(HostileTimelines, GiveAResultWhateverIsDamaged) {
  ANJUAN_NEEDS_PROGRAM("ffmpeg");
  const test::TemporaryFolder folder;
  const auto path = folder / (std::string("clip.") + GetParam());
  const bool hevc = std::string(GetParam()) == "ts";
  test::make_clip(path, test::joined({test::test_picture("64x48", 0.4),
                                      test::test_tone(0.4, 22050),
                                      {"-c:v", hevc ? "libx265" : "libx264", "-preset", "ultrafast",
                                       "-b:a", "16k", "-shortest"}}));
  const std::string whole = test::text_of(path);
  const auto seen = observed(whole);
  ASSERT_TRUE(seen.video && seen.sound) << seen.failure;
  EXPECT_EQ(seen.video->pictures, 10U);
  int fewer = 0;
  for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 60) {
    const auto part = observed(whole.substr(0, size));
    if (!part.video || part.video->pictures < 10) ++fewer;
  }
  EXPECT_GT(fewer, 20);
  for (std::size_t bit = 0; bit < whole.size() * 8; bit += 1 + whole.size() * 8 / 200) {
    std::string bent = whole;
    bent[bit / 8] = static_cast<char>(bent[bit / 8] ^ 1 << bit % 8);
    observed(bent);
  }
  test::each_chance(whole, 60, [](const std::string& bent) { observed(bent); });
}

INSTANTIATE_TEST_SUITE_P(Containers, HostileTimelines,
                         testing::Values("mp4", "mkv", "ts", "avi", "flv"));

}  // namespace
}  // namespace anjuan::formats
