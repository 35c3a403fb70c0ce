// What is in recordings and photographs, and children that fail or lie.
#include "preservation/formats/characterise.h"

#include <random>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/error.h"
#include "core/xml_reader.h"
#include "preservation/formats/characterise/answers.h"
#include "preservation/formats/probe_json.h"
#include "tests/support/corpora.h"
#include "tests/support/files.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;

Characteristics of(const fs::path& path, const std::string& mime) {
  const auto file = FileHandle::open_read(path);
  FormatName format;
  format.mime = mime;
  return characterise({&file, path.filename().string()}, format);
}

std::string shown(const Findings& findings) { return to_json(findings).dump(); }

TEST(Characterise, TellsTheStreamsOfARecording) {
  if (!test::has_program("ffmpeg")) GTEST_SKIP() << "no ffmpeg";
  const test::TemporaryFolder folder;
  const fs::path path = folder / "clip.mp4";
  ASSERT_TRUE(test::run_tool(
      "ffmpeg -v error -f lavfi -i testsrc2=s=320x240:r=25:d=1 -f lavfi -i sine=r=44100:d=1 "
      "-c:v libx264 -profile:v high -c:a aac -ac 2 -metadata title=执法 -metadata:s:a:0 "
      "language=chi " +
      path.string()));
  const auto facts = of(path, "video/mp4");
  EXPECT_TRUE(facts.findings.empty()) << shown(facts.findings);
  ASSERT_TRUE(facts.media);
  EXPECT_NEAR(static_cast<double>(facts.media->duration_ms), 1000, 60);
  EXPECT_EQ(facts.media->reader_errors, 0);
  ASSERT_EQ(facts.media->streams.size(), 2U);
  const StreamFacts& video = facts.media->streams[0];
  EXPECT_EQ(video.kind + " " + video.codec + " " + video.profile, "video h264 High");
  EXPECT_EQ(video.tag, "avc1");
  EXPECT_EQ(video.width, 320);
  EXPECT_EQ(video.height, 240);
  EXPECT_EQ(video.frame_rate, "25/1");
  EXPECT_EQ(video.frames, 25);
  const StreamFacts& audio = facts.media->streams[1];
  EXPECT_EQ(audio.kind + " " + audio.codec, "audio aac");
  EXPECT_EQ(audio.sample_rate, 44100);
  EXPECT_EQ(audio.channels, 2);
  EXPECT_EQ(audio.language, "chi");
  const auto& tags = facts.media->tags;
  EXPECT_TRUE(std::any_of(tags.begin(), tags.end(), [](const Tag& tag) {
    return tag.name == "title" && tag.value == "执法";
  }));
}

TEST(Characterise, GivesEbuCoreAndMix) {
  const fs::path media = test::corpora("media");
  if (media.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  const auto clip = of(media / "rot.mp4", "video/mp4");
  ASSERT_EQ(clip.extensions.size(), 1U) << shown(clip.findings);
  EXPECT_EQ(clip.extensions[0].standard, "EBUCore");
  const auto ebu = read_xml_tree(clip.extensions[0].xml, "ebu");
  EXPECT_EQ(ebu.namespace_uri, "urn:ebu:metadata-schema:ebucore");
  for (const char* moment : {"Generated at", "LastModified"}) {
    EXPECT_EQ(clip.extensions[0].xml.find(moment), std::string::npos) << "no two texts are alike";
  }
  const auto photo = of(media / "img/DSCN0010.jpg", "image/jpeg");
  ASSERT_EQ(photo.extensions.size(), 1U) << shown(photo.findings);
  EXPECT_EQ(photo.extensions[0].standard, "MIX");
  const auto mix = read_xml_tree(photo.extensions[0].xml, "mix");
  EXPECT_EQ(mix.namespace_uri, "http://www.loc.gov/mix/v20");
}

TEST(Characterise, TellsRotationAndDataTracks) {
  const fs::path media = test::corpora("media");
  if (media.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  const auto turned = of(media / "rot.mp4", "video/mp4");
  ASSERT_TRUE(turned.media);
  EXPECT_EQ(std::abs(turned.media->streams.at(0).rotation_deg), 90);
  const auto camera = of(media / "av/gopro_karma.mp4", "video/mp4");
  ASSERT_TRUE(camera.media);
  EXPECT_EQ(camera.media->streams.at(3).tag, "gpmd");
}

TEST(Characterise, TellsTimePlaceAndCameraOfAPhotograph) {
  const fs::path media = test::corpora("media");
  if (media.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  const auto facts = of(media / "img/DSCN0010.jpg", "image/jpeg");
  EXPECT_TRUE(facts.findings.empty()) << shown(facts.findings);
  ASSERT_TRUE(facts.photo);
  EXPECT_EQ(facts.photo->taken, "2008-10-22T16:28:39");
  EXPECT_EQ(facts.photo->make + " " + facts.photo->model, "NIKON COOLPIX P6000");
  EXPECT_EQ(facts.photo->orientation, 1);
  EXPECT_EQ(facts.photo->exif_version, "0220");
  ASSERT_TRUE(facts.photo->latitude && facts.photo->longitude);
  EXPECT_NEAR(*facts.photo->latitude, 43.467448, 1e-5);
  EXPECT_NEAR(*facts.photo->longitude, 11.885126, 1e-5);
}

TEST(Characterise, TellsTheSizeOfHeif) {
  if (!test::has_program("heif-enc") || !test::has_program("ffmpeg")) {
    GTEST_SKIP() << "no heif-enc";
  }
  const test::TemporaryFolder folder;
  const std::string png = (folder / "a.png").string();
  const std::string heic = (folder / "a.heic").string();
  if (!test::run_tool("ffmpeg -v error -f lavfi -i testsrc2=s=320x240 -frames:v 1 " + png) ||
      !test::run_tool("heif-enc " + png + " -o " + heic + " >/dev/null 2>&1")) {
    GTEST_SKIP() << "this heif-enc has no encoder";
  }
  const auto facts = of(heic, "image/heif");
  ASSERT_TRUE(facts.photo) << shown(facts.findings);
  EXPECT_EQ(facts.photo->width, 320);
  EXPECT_EQ(facts.photo->height, 240);
}

TEST(Characterise, OpensNoOtherFileThatAPlaylistNames) {
  const test::TemporaryFolder folder;
  const fs::path media = test::corpora("media");
  if (media.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  fs::copy_file(media / "rot.mp4", folder / "other.mp4");
  const std::string other = (folder / "other.mp4").string();
  test::write_text(folder / "a.m3u8",
                   "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + other + "\n#EXT-X-ENDLIST\n");
  test::write_text(folder / "a.ffconcat", "ffconcat version 1.0\nfile '" + other + "'\n");
  for (const char* name : {"a.m3u8", "a.ffconcat"}) {
    const auto facts = of(folder / name, "video/mp4");
    const bool nothing =
        !facts.media || facts.media->streams.empty() || facts.media->streams.front().width == 0;
    EXPECT_TRUE(nothing) << name;
  }
}

TEST(Characterise, OfDamagedMediaAlwaysHasAResult) {
  const fs::path media = test::corpora("media");
  if (media.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  const test::TemporaryFolder folder;
  std::mt19937_64 random(11);
  for (const auto& entry : fs::recursive_directory_iterator(media)) {
    const std::string extension = entry.path().extension().string();
    if (!entry.is_regular_file() || extension == ".ofd" || extension == ".doc") continue;
    std::string bytes = test::read_text(entry.path());
    bytes.resize(std::min<std::size_t>(bytes.size() * 2 / 3, 400'000));
    for (int i = 0; i < 16; ++i) {
      char& byte = bytes[random() % bytes.size()];
      byte = static_cast<char>(byte ^ (1 << (random() % 8)));
    }
    test::write_text(folder / "x", bytes);
    const auto facts = of(folder / "x", extension == ".jpg" ? "image/jpeg" : "video/mp4");
    EXPECT_TRUE(facts.media || !facts.findings.empty()) << entry.path();
  }
}

// ---- children that fail or lie

void write(std::string_view text) { write_worker_output(std::as_bytes(std::span(text))); }

/// Answers part by part as the part's name says.
int lie(const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    if (part.starts_with("good")) write("{\"a\": 1}\n");
    if (part == "garbage") write("this is no JSON\n");
    if (part == "list") write("[1,2]\n");
    while (part == "endless") write(std::string(60'000, '['));
    if (part == "crash") std::abort();
    if (part == "exec") ::execl("/bin/true", "true", nullptr);
  }
  return 0;
}

const WorkerRegistration kLie{"test-lie", lie};

Answers answers_to(const std::vector<std::string>& parts) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "x", "x");
  const auto file = FileHandle::open_read(folder / "x");
  return ask_parts(file, parts, SandboxLevel::kLeast, {"", "test-lie"});
}

std::string answered(const std::vector<std::string>& parts) {
  std::string names;
  for (const auto& [part, answer] : answers_to(parts).told) names += part + " ";
  return names;
}

TEST(AskWorker, BelievesOnlyObjects) {
  for (const char* how : {"garbage", "list", "endless", "crash", "silent"}) {
    EXPECT_EQ(answered({how}), "") << how;
  }
  EXPECT_EQ(answered({"good"}), "good ");
}

TEST(AskWorker, GoesOnBehindThePartThatBringsTheChildDown) {
  EXPECT_EQ(answered({"good1", "crash", "good2"}), "good1 good2 ");
  EXPECT_EQ(answered({"crash", "good2"}), "good2 ");
  EXPECT_EQ(answered({"good1", "crash"}), "good1 ");
}

TEST(AskWorker, TellsHowThePartEndedTheChild) {
  const auto answers = answers_to({"good1", "garbage", "endless", "crash", "good2", "silent"});
  EXPECT_EQ(answers.told.size(), 2U);
  const decltype(answers.ended) expected = {{"garbage", SandboxEnd::kCrashed},
                                            {"endless", SandboxEnd::kKilledByLimit},
                                            {"crash", SandboxEnd::kCrashed},
                                            {"silent", SandboxEnd::kOk}};
  EXPECT_EQ(answers.ended, expected);
}

TEST(AskWorker, AsksNothingMoreOfAFileThatTriedWhatIsForbidden) {
  const auto answers = answers_to({"good1", "exec", "good2"});
  EXPECT_EQ(answers.told.size(), 1U);
  const decltype(answers.ended) expected = {{"exec", SandboxEnd::kForbiddenAct}};
  EXPECT_EQ(answers.ended, expected);
}

TEST(AskWorker, TakesNumbersOnlyWithinTheirRangeAndTextWithoutControlCharacters) {
  const Json object = Json::parse(
      R"({"big": 99999999999999999999, "seven": 7, "text": "a\u0007b", "float": 1.5})", "test");
  EXPECT_EQ(number_in(object, "seven", 0, 10), 7);
  EXPECT_EQ(number_in(object, "seven", 8, 10, -1), -1);
  EXPECT_EQ(number_in(object, "big", 0, 10, -1), -1);
  EXPECT_EQ(number_in(object, "float", 0, 10, -1), -1);
  EXPECT_EQ(number_in(object, "absent", 0, 10, -1), -1);
  EXPECT_EQ(text_in(object, "text"), "ab");
  EXPECT_EQ(text_in(object, "seven"), "");
}

}  // namespace
}  // namespace anjuan::formats
