// Cases with recordings that take over whatever reads them: one at each door of ingest. Each case
// ends as any other, each recording that was stopped is named, what it is stays in doubt for the
// rules, nothing half is stored, and the next case of the same run is packaged.
#include <map>
#include <set>

#include <gmock/gmock.h>

#include "core/digest.h"
#include "core/json.h"
#include "packager/package_id.h"
#include "preservation/rules/check_report.h"
#include "tests/escape/targets.h"
#include "tests/support/clips.h"
#include "tests/support/escape_hatch.h"
#include "tests/support/law.h"
#include "tests/support/process.h"
#include "tests/support/small_case.h"

namespace anjuan::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kForbidden = "企图做被禁止的事";

/// A recording: who of its readers is taken over, and the finding that tells it.
struct Crafted {
  std::string file;
  std::string worker;  ///< "" = it is harmless
  std::string finding;
  std::string object;  ///< of the finding
  bool claims_whole = false;
};

using Recordings = std::vector<Crafted>;

/// What cannot be opened sends the case back; all else is a doubt about one recording.
const Recordings kUnopened = {{"av/V01.mp4", "media-facts", "MEDIA-UNREADABLE", "V01", true},
                              {"av/V02.jpg", "photograph", "MEDIA-UNREADABLE", "V02"}};
const Recordings kDoubtful = {{"av/V01.mp4", "observe", "MEDIA-OBSERVE", "av/V01.mp4", true},
                              {"av/V02.avi", "transcode", "MEDIA-COPY", "av/V02.avi"},
                              {"av/V03.mp4", "characterise", "CHARACTERISE-STREAMS", "av/V03.mp4"},
                              {"av/V04.avi", "", "", ""}};

/// Acts that end the child at once, wherever they are tried.
const std::set<std::string> kKillingActs = {"write", "delete", "tcp", "unix",
                                            "exec",  "fork",   "kill"};

constexpr const char* kOriginals = "/representations/original/data/";
constexpr const char* kCopies = "/representations/preservation/data/";
constexpr const char* kAccess = "/representations/access/data/";

Json text(const std::string& value) { return Json::string(value); }

/// Programs beside one another, the media program with its trapdoor, and true files to spoil.
struct Workshop {
  TemporaryFolder folder;
  fs::path motion_jpeg = folder / "clip.avi";
  fs::path picture = folder / "picture.jpg";

  Workshop() {
    for (const char* name : {"anjuan", "escape/anjuan-media"}) {
      const fs::path from = program(name);
      fs::copy_file(from, folder / from.filename().string());
    }
    make_clip(motion_jpeg, joined({test_picture("64x48", 0.4), {"-c:v", "mjpeg"}}));
    make_clip(picture, joined({test_picture("64x48", 0.1, 10), {"-vframes", "1"}}));
  }

  std::string base_of(const std::string& file) const {
    if (file.ends_with(".avi")) return read_text(motion_jpeg);
    if (file.ends_with(".jpg")) return read_text(picture);
    return small_recording();
  }
};

/// In MP4 as a box that readers pass over; behind the end of the others.
std::string with_order(const std::string& file, std::string bytes, const std::string& order) {
  if (!file.ends_with(".mp4")) return bytes + order;
  constexpr std::size_t kBoxHead = 8;
  const auto size = static_cast<std::uint32_t>(order.size() + kBoxHead);
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(size >> shift);
  return bytes + "free" + order;
}

/// All as SmallCase has it, but for what each recording is and claims to be.
Json declared_of(const std::string& case_no, const Recordings& recordings) {
  SmallCase small;
  small.case_no = case_no;
  small.files = {{"docs/D01.pdf", ""}};
  for (const Crafted& one : recordings) small.files[one.file + ".mp4"] = "";
  Json declared = Json::parse(small.declaration(), "case.json");
  Json all = Json::array();
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const Crafted& one = recordings[i];
    Json recording = declared.find("av")->items()[i];
    recording.set("file", text(one.file));
    if (one.file.ends_with(".jpg")) recording.set("method", text("照相"));
    if (one.claims_whole) recording.set("continuous", Json::boolean(true));
    all.append(std::move(recording));
  }
  declared.set("av", std::move(all));
  Json event = declared.find("events")->items().front();
  event.set("start", text("2026-02-13T08:39:40+08:00"));
  event.set("end", text("2026-02-13T08:40:40+08:00"));
  declared.set("events", Json::array({event}));
  return declared;
}

void put(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  write_text(file, bytes);
}

/// Of each rule and object what was told of it.
using Told = std::multimap<std::pair<std::string, std::string>, Json>;

Told told_in(const std::string& lines) {
  Told told;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const Json json = Json::parse(line, "a line of ingest");
    const auto rule = json.text_or("rule", "");
    if (!rule.empty()) told.emplace(std::pair{rule, json.text_or("object", "")}, json);
  }
  return told;
}

std::set<std::string> names_of(const std::map<std::string, std::string>& files) {
  std::set<std::string> names;
  for (const auto& [name, bytes] : files) names.insert(name);
  return names;
}

/// Programs of this workshop that are still alive.
std::vector<std::string> left_running(const fs::path& folder) {
  std::vector<std::string> found;
  std::error_code ignored;
  for (const auto& process : fs::directory_iterator("/proc")) {
    const auto program = fs::read_symlink(process.path() / "exe", ignored).string();
    if (program.starts_with(folder.string())) found.push_back(process.path().string());
  }
  return found;
}

class TrapdoorIngest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (has_program("ffmpeg")) workshop_ = std::make_unique<Workshop>();
  }

  static void TearDownTestSuite() { workshop_.reset(); }

  void SetUp() override {
    ANJUAN_NEEDS_PROGRAM("ffmpeg");
    ASSERT_EQ(anjuan({"init"}).exit_code, 0);
  }

  void put_case(const fs::path& folder, const std::string& case_no, const Recordings& recordings,
                const std::string& act) const {
    for (const Crafted& one : recordings) {
      const std::string order =
          one.worker.empty() ? "" : escape_order(one.worker, act, targets_.argument(act));
      put(folder / one.file, with_order(one.file, workshop_->base_of(one.file), order));
    }
    put(folder / "docs/D01.pdf", "%PDF-1.7 of " + case_no);
    put(folder / "case.json", declared_of(case_no, recordings).dump_pretty());
  }

  /// What cannot be read is explained, so that the case may be stored.
  fs::path put_statement() const {
    StatementParts parts;
    parts.case_no = "样水罚〔2026〕1号";
    for (const char* id : {"V01", "V02"}) {
      rules::StatedDefect defect;
      defect.rule = "MEDIA-UNREADABLE";
      defect.object = id;
      defect.reason = "原始文件只有这一份，已交信息安全人员检查";
      defect.curable = rules::Curable::kNo;
      parts.defects.push_back(std::move(defect));
    }
    parts.scan_sha512 = digest_hex(DigestAlgorithm::kSha512, "signed");
    put(folder_ / "scan.pdf", "signed");
    put(folder_ / "defects.xml", parts.xml());
    return folder_ / "defects.xml";
  }

  ProcessResult anjuan(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {workshop_->folder / "anjuan", "--home", folder_ / "home"});
    return run_process(
        arguments, {{"LANG", "zh_CN.UTF-8"}, {"ANJUAN_FIXED_TIME", "2026-11-23T10:00:00+08:00"}});
  }

  using Files = std::map<std::string, std::string>;

  /// Of the case's package: the files below `part`.
  Files stored(const std::string& case_no, const std::string& part) const {
    Files files;
    for (const auto& [path, bytes] : tree_of(object_of(case_no))) {
      const auto at = path.find(part);
      if (at != std::string::npos) files[path.substr(at + part.size())] = bytes;
    }
    return files;
  }

  /// The stored object; an empty path, thus no files, if the case is not stored.
  fs::path object_of(const std::string& case_no) const {
    const auto id = packager::PackageId::of_case("样J012", case_no);
    const fs::path object = folder_ / "home" / "storage" / id.object_path();
    return fs::exists(object) ? object : fs::path();
  }

  /// As checks.xml keeps it: readers that were stopped proved nothing.
  void expect_left_in_doubt(const std::string& case_no,
                            const std::vector<std::string>& expected) const {
    const auto documents = stored(case_no, "/metadata/other/");
    const auto report = rules::read_check_report(documents.at("checks.xml"));
    std::set<std::string> results;
    for (const auto& one : report.results) {
      if (one.object == "V01") results.insert(one.rule + " " + one.result);
    }
    EXPECT_THAT(results, testing::IsSupersetOf(expected));
  }

  void expect_nothing_left() const {
    EXPECT_EQ(left_running(workshop_->folder.path()), std::vector<std::string>{});
    for (const auto& [path, bytes] : tree_of(folder_ / "home" / "workspace")) {
      EXPECT_TRUE(path.ends_with(".lock")) << path;
    }
  }

  static void expect_told(const std::string& lines, const Recordings& recordings,
                          const std::string& act) {
    const Told told = told_in(lines);
    for (const Crafted& one : recordings) {
      if (!one.worker.empty()) expect_told(told, one, act);
    }
  }

  static void expect_told(const Told& told, const Crafted& one, const std::string& act) {
    SCOPED_TRACE(one.file + " " + one.finding);
    const auto found = told.find({one.finding, one.object});
    ASSERT_NE(found, told.end()) << "nobody was told";
    const auto sentence = found->second.text_or("message", "");
    EXPECT_THAT(sentence, HasSubstr(one.file));
    EXPECT_NE(found->second.text_or("result", ""), "passed");
    if (kKillingActs.contains(act)) {
      EXPECT_THAT(sentence, AllOf(HasSubstr(kForbidden), HasSubstr("请交信息安全人员检查")));
    } else {
      EXPECT_THAT(sentence, testing::Not(HasSubstr(kForbidden)));
    }
  }

  static std::unique_ptr<Workshop> workshop_;
  TemporaryFolder folder_;
  EscapeTargets targets_;
  fs::path unopened_ = folder_ / "unopened";
  fs::path doubtful_ = folder_ / "doubtful";
};

std::unique_ptr<Workshop> TrapdoorIngest::workshop_;

class EscapeIngest : public TrapdoorIngest, public testing::WithParamInterface<const char*> {};

}  // namespace

TEST_P(EscapeIngest, IsToldAndEachCaseGoesItsWay) {
  const std::string first = "样水罚〔2026〕1号";
  const std::string second = "样水罚〔2026〕2号";
  const std::string act = GetParam();
  put_case(unopened_, first, kUnopened, act);
  put_case(doubtful_, second, kDoubtful, act);
  const auto submitted = tree_of(unopened_);
  const auto both = anjuan({"ingest", unopened_, doubtful_, "--json"});
  EXPECT_EQ(both.exit_code, 3) << both.out << both.err;
  expect_told(both.out, kUnopened, act);
  expect_told(both.out, kDoubtful, act);
  EXPECT_EQ(object_of(first), fs::path()) << "sent back";
  EXPECT_TRUE(tree_of(unopened_) == submitted) << "what was submitted is nobody's to change";
  EXPECT_TRUE(stored(second, kOriginals) == tree_of(doubtful_)) << "every file is kept";
  EXPECT_EQ(names_of(stored(second, kCopies)),
            (std::set<std::string>{"av/V04.avi.mkv", "av/V04.avi.mkv.framehash"}));
  EXPECT_EQ(names_of(stored(second, kAccess)), std::set<std::string>{"av/V04.avi.mp4"});
  expect_left_in_doubt(second, {"MEDIA-CONTINUITY needs_person", "QCL-15-6 needs_person"});

  const auto explained = anjuan({"ingest", unopened_, "--defects", put_statement(), "--json"});
  EXPECT_EQ(explained.exit_code, 0) << explained.out << explained.err;
  expect_told(explained.out, kUnopened, act);
  EXPECT_TRUE(stored(first, kOriginals) == submitted) << "every file is kept";
  EXPECT_TRUE(stored(first, kCopies).empty() && stored(first, kAccess).empty());
  expect_left_in_doubt(first, {"MEDIA-UNREADABLE failed", "QCL-15-6 needs_person"});

  EXPECT_EQ(anjuan({"verify", "--all", "--deep"}).exit_code, 0);
  targets_.expect_untouched(both.out + both.err + explained.out + explained.err);
  expect_nothing_left();
}

TEST_F(TrapdoorIngest, AsksEachRecordingOnceWhatItIs) {
  put_case(doubtful_, "样水罚〔2026〕2号",
           {{"av/V01.mp4", "media-facts", "", ""}, {"av/V02.avi", "media-facts", "", ""}}, "count");
  const auto result = anjuan({"ingest", doubtful_});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(read_text(targets_.created()), "media-facts\nmedia-facts\n");
}

INSTANTIATE_TEST_SUITE_P(Acts, EscapeIngest, testing::ValuesIn(kActs),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace anjuan::test
