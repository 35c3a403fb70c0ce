// A crafted file has taken over the worker that reads it. Through every door by which this program
// reads foreign recordings, pictures and containers, every way out is tried with the very job of
// that door: each is stopped, each is told, and the next file is read as if nothing had been.
#include <gmock/gmock.h>

#include "core/error.h"
#include "core/text.h"
#include "packager/container.h"
#include "preservation/formats/characterise.h"
#include "preservation/formats/continuity/observe.h"
#include "preservation/formats/deep_check.h"
#include "preservation/formats/ffv1_sweep.h"
#include "preservation/formats/identify/second_opinion.h"
#include "preservation/formats/photograph.h"
#include "preservation/formats/proof_check.h"
#include "preservation/formats/transcode.h"
#include "tests/escape/targets.h"
#include "tests/support/clips.h"
#include "tests/support/escape_hatch.h"
#include "tests/support/files.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;
using test::escape_order;

/// The true files that crafted ones are made of, and what one door says of a file: "" if it was
/// read in good order.
struct Bench {
  test::TemporaryFolder folder;
  SilentProgress progress;
  FormatPolicy policy = FormatPolicy::load();
  fs::path recording, copy, proof, picture, archive;

  Bench() {
    recording = folder / "clip.avi";
    picture = folder / "picture.jpg";
    archive = folder / "archive.ofd";
    test::make_clip(recording, test::joined({test::test_picture("64x48", 0.4),
                                             test::test_tone(0.4, 8000),
                                             {"-c:v", "mjpeg", "-c:a", "pcm_s16le"}}));
    test::make_clip(picture,
                    test::joined({test::test_picture("64x48", 0.1, 10), {"-vframes", "1"}}));
    test::write_text(archive, test::make_zip({{"OFD.xml", "<ofd:OFD>"}}));
    const auto made = derive_to("copy.mkv", recording);
    copy = made.output;
    proof = made.proof;
  }

  DerivationResult derive_to(const std::string& name, const fs::path& file,
                             DerivationPurpose purpose = DerivationPurpose::kPreservation) {
    DerivationJob job;
    job.input = file;
    job.output = folder / name;
    job.purpose = purpose;
    return derive(job, policy, progress);
  }
};

class NothingKept final : public packager::ContainerVisitor {
 public:
  void begin(const packager::ContainerEntry&) override {}

  void data(std::span<const std::byte>) override {}

  void end() override {}
};

std::string first_message(const Findings& findings) {
  return findings.empty() ? "" : findings.front().message;
}

std::string of_fault(const std::optional<MediaFault>& fault) {
  return fault ? std::string(media_fault_word(fault->kind)) + ": " + fault->detail : "";
}

std::string derived(Bench& bench, const fs::path& file, DerivationPurpose purpose) {
  const auto result = bench.derive_to("made.mkv", file, purpose);
  const bool there = fs::exists(bench.folder / "made.mkv");
  EXPECT_EQ(there, result.outcome == DerivationOutcome::kMade) << "a copy without a result";
  fs::remove(bench.folder / "made.mkv");
  fs::remove(bench.folder / "made.mkv.framehash");
  return result.message;
}

std::string identified(const fs::path& file) {
  return first_message(Identifier::open({}).identify(file).findings);
}

std::string unpacked(const fs::path& file) {
  NothingKept visitor;
  try {
    packager::read_container(file, {}, SandboxLevel::kLeast, visitor);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

struct Door {
  std::string name;
  std::string worker;
  const fs::path& (*base)(const Bench&);  ///< the true file
  std::string (*ask)(Bench&, const fs::path&);
};

const fs::path& a_recording(const Bench& bench) { return bench.recording; }

const fs::path& a_copy(const Bench& bench) { return bench.copy; }

const fs::path& a_picture(const Bench& bench) { return bench.picture; }

const fs::path& an_archive(const Bench& bench) { return bench.archive; }

constexpr auto kLeast = SandboxLevel::kLeast;

const Door kDoors[] = {
    {"Facts", "media-facts", a_recording,
     [](Bench&, const fs::path& file) {
       return of_fault(read_media_facts(FileHandle::open_read(file), kLeast).fault);
     }},
    {"Observe", "observe", a_recording,
     [](Bench&, const fs::path& file) { return observe(file, {}, kLeast).seen.failure; }},
    {"LosslessCopy", "transcode", a_recording,
     [](Bench& bench, const fs::path& file) {
       return derived(bench, file, DerivationPurpose::kPreservation);
     }},
    {"AccessCopy", "transcode", a_recording,
     [](Bench& bench, const fs::path& file) {
       return derived(bench, file, DerivationPurpose::kAccess);
     }},
    {"Remux", "transcode", a_recording,
     [](Bench& bench, const fs::path& file) {
       return derived(bench, file, DerivationPurpose::kRemux);
     }},
    {"Characterise", "characterise", a_recording,
     [](Bench&, const fs::path& file) {
       const FileHandle handle = FileHandle::open_read(file);
       FormatName avi;
       avi.mime = "video/x-msvideo";
       return first_message(characterise({&handle, "clip.avi"}, avi, kLeast).findings);
     }},
    {"ProofCheck", "proof-check", a_copy,
     [](Bench& bench, const fs::path& file) {
       return first_message(check_derivative(file, bench.proof, "copy", kLeast, bench.progress));
     }},
    {"SliceSweep", "ffv1-sweep", a_copy,
     [](Bench& bench, const fs::path& file) {
       return first_message(findings_of(sweep_ffv1(file, kLeast, bench.progress), "copy"));
     }},
    {"Photograph", "photograph", a_picture,
     [](Bench&, const fs::path& file) { return of_fault(check_photograph(file, kLeast).fault); }},
    {"LookInside", "identify-container", an_archive,
     [](Bench&, const fs::path& file) { return identified(file); }},
    {"Unpack", "unpack", an_archive, [](Bench&, const fs::path& file) { return unpacked(file); }},
};

Bench& bench() {
  static Bench one;
  return one;
}

class Escape : public testing::TestWithParam<std::tuple<Door, const char*>> {
 protected:
  void SetUp() override { ANJUAN_NEEDS_PROGRAM("ffmpeg"); }

  fs::path crafted(const Door& door, const std::string& act) const {
    const fs::path& base = door.base(bench());
    const fs::path file = folder_ / ("crafted" + base.extension().string());
    const std::string order = escape_order(door.worker, act, targets_.argument(act));
    test::write_text(file, test::read_text(base) + order);
    return file;
  }

  test::TemporaryFolder folder_;
  test::EscapeTargets targets_;
};

TEST_P(Escape, IsStoppedAndToldAndTheNextFileIsRead) {
  const auto& [door, act] = GetParam();
  EXPECT_EQ(door.ask(bench(), door.base(bench())), "") << "the door opens for the true file";
  const std::string sentence = door.ask(bench(), crafted(door, act));
  EXPECT_NE(sentence, "") << "nobody was told";
  EXPECT_TRUE(is_valid_utf8(sentence));
  targets_.expect_untouched(sentence);
  EXPECT_EQ(door.ask(bench(), door.base(bench())), "") << "the next file";
}

std::string name_of(const testing::TestParamInfo<std::tuple<Door, const char*>>& info) {
  return std::get<0>(info.param).name + "_" + std::get<1>(info.param);
}

INSTANTIATE_TEST_SUITE_P(Doors, Escape,
                         testing::Combine(testing::ValuesIn(kDoors),
                                          testing::ValuesIn(test::kActs)),
                         name_of);

class EscapeLimits : public Escape {};

TEST_P(EscapeLimits, AreSetForEveryJob) {
  const Door& door = std::get<0>(GetParam());
  door.ask(bench(), crafted(door, "limits"));
  std::istringstream order(test::read_text(targets_.created()));
  std::uint64_t parent = 0, memory = 0, cpu = 0, file = 0, descriptors = 0;
  order >> parent >> memory >> cpu >> file >> descriptors;
  ASSERT_TRUE(order) << "the worker was not reached";
  constexpr std::uint64_t kGiB = 1ULL << 30U;
  EXPECT_GE(memory, kGiB / 2);
  EXPECT_LE(memory, 6 * kGiB);
  EXPECT_GE(cpu, 20U);
  EXPECT_LE(cpu, 3600U) << "for a file of some kilobytes";
  EXPECT_EQ(descriptors, 32U);
  if (door.worker != "transcode") {
    EXPECT_EQ(file, 0U) << "it has no file to write";
  } else {
    EXPECT_GT(file, 0U);
    EXPECT_LE(file, bench().policy.case_bytes);
  }
}

INSTANTIATE_TEST_SUITE_P(Doors, EscapeLimits,
                         testing::Combine(testing::ValuesIn(kDoors), testing::Values("limits")),
                         name_of);

/// libmagic's child answers for many files: one that takes it over loses its own answer only.
TEST_F(Escape, OfOneOfManyHeadsCostsTheOthersNothing) {
  const std::string pdf = "%PDF-1.4\n%%EOF";
  for (const char* act : test::kActs) {
    const std::string bad = escape_order("magic", act, targets_.argument(act));
    const std::string_view heads[] = {bad, pdf, pdf};
    const auto answers = second_opinions(heads, kLeast);
    ASSERT_EQ(answers.size(), 3U) << act;
    EXPECT_EQ(answers[0], "") << act;
    EXPECT_EQ(answers[1], "application/pdf") << act;
    EXPECT_EQ(answers[2], "application/pdf") << act;
  }
  targets_.expect_untouched("");
}

/// An attack is told apart from a broken file, in words that say what to do.
TEST_F(Escape, IsCalledWhatItIs) {
  for (const std::size_t door : {1U, 2U}) {
    const std::string sentence = kDoors[door].ask(bench(), crafted(kDoors[door], "exec"));
    EXPECT_THAT(sentence, testing::HasSubstr("企图做被禁止的事")) << sentence;
    EXPECT_THAT(sentence, testing::HasSubstr("请交信息安全人员检查")) << sentence;
  }
  EXPECT_THAT(kDoors[0].ask(bench(), crafted(kDoors[0], "loop")),
              testing::HasSubstr("超过了处理时间、内存或文件大小的上限"));
}

/// The verbs of the program itself, with a media program beside it that can be taken over.
class EscapeVerbs : public Escape {
 protected:
  void SetUp() override {
    Escape::SetUp();
    for (const char* name : {"anjuan", "escape/anjuan-media"}) {
      const fs::path from = test::program(name);
      fs::copy_file(from, folder_ / from.filename().string());
    }
  }

  test::ProcessResult anjuan(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {folder_ / "anjuan", "--home", folder_ / "home"});
    return test::run_process(arguments, {{"LANG", "zh_CN.UTF-8"}});
  }

  std::string crafted_for(const std::string& worker) const {
    const fs::path file = folder_ / (worker + ".avi");
    const std::string order = escape_order(worker, "exec", targets_.argument("exec"));
    test::write_text(file, test::read_text(bench().recording) + order);
    return file;
  }
};

TEST_F(EscapeVerbs, GoOnToTheNextFile) {
  const std::string good = bench().recording;
  const auto probed = anjuan({"probe", crafted_for("characterise"), good});
  EXPECT_EQ(probed.exit_code, 0) << probed.err;
  EXPECT_THAT(probed.out, testing::HasSubstr("企图做被禁止的事"));
  EXPECT_THAT(probed.out, testing::HasSubstr("mjpeg")) << "of the second file";
  const auto copied = anjuan({"transcode", crafted_for("transcode"), folder_ / "out.mkv"});
  EXPECT_EQ(copied.exit_code, 3);
  EXPECT_THAT(copied.err, testing::HasSubstr("企图做被禁止的事"));
  EXPECT_FALSE(fs::exists(folder_ / "out.mkv"));
  const auto judged = anjuan({"continuity", crafted_for("observe"), good});
  EXPECT_EQ(judged.exit_code, 4);
  EXPECT_THAT(judged.out, testing::HasSubstr("企图做被禁止的事"));
  targets_.expect_untouched(probed.out + copied.out + judged.out);
}

}  // namespace
}  // namespace anjuan::formats
