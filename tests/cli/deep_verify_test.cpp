// verify --deep: derivatives in packages are decoded again and held against their proofs.
#include <gmock/gmock.h>

#include "core/json.h"
#include "packager/package_builder.h"
#include "tests/cli/home_fixture.h"
#include "tests/support/clips.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/packages.h"

namespace anjuan::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kCopy = "representations/preservation/data/现场.mkv";

/// What `anjuan verify --json` says of one package.
struct Verified {
  int exit_code = 0;
  std::string verdict;
  std::vector<std::string> codes;  ///< of errors
  std::vector<std::string> where;
  std::vector<std::string> messages;
};

class DeepVerify : public testing::Test {
 protected:
  void SetUp() override {
    ANJUAN_NEEDS_PROGRAM("ffmpeg");
    ANJUAN_NEEDS_PROGRAM("ffprobe");
    copy_ = lossless_copy("现场", 0.4);
  }

  ProcessResult anjuan(const std::vector<std::string>& arguments) const {
    return run_anjuan(folder_ / "home", arguments);
  }

  /// A recording of a codec at risk, and the copy of it that the policy makes.
  fs::path lossless_copy(const std::string& name, double seconds) {
    const fs::path source = folder_ / (name + ".avi");
    const fs::path copy = folder_ / (name + ".mkv");
    make_clip(source, joined({test_picture("320x240", seconds), {"-c:v", "mjpeg"}}));
    const auto made = anjuan({"transcode", source.string(), copy.string()});
    EXPECT_EQ(made.exit_code, 0) << made.out << made.err;
    return copy;
  }

  static packager::DraftFile draft_file(const fs::path& staged, const std::string& path,
                                        const std::string& mime) {
    return {path, staged, digest_file(staged),
            mime, "",     parse_instant("2025-06-17T09:05:00+08:00")};
  }

  /// An object that holds the copy, and `proof` beside it unless that is "".
  fs::path object_with(const fs::path& proof) {
    packager::PackageDraft draft = case_draft(folder_ / "in");
    packager::DraftRepresentation copies{"preservation", {}};
    copies.files.push_back(draft_file(copy_, "现场.mkv", "video/x-matroska"));
    if (!proof.empty()) {
      copies.files.push_back(draft_file(proof, "现场.mkv.framehash", "text/plain"));
    }
    draft.representations.push_back(std::move(copies));
    aip_ = "v1/content/" + draft.id.objid() + "/";
    const fs::path object = folder_ / "object";
    packager::build_first_version(draft, object);
    return object;
  }

  fs::path sound_object() { return object_with(proof_of(copy_)); }

  static fs::path proof_of(const fs::path& copy) { return copy.string() + ".framehash"; }

  /// Turns one bit over in the middle of the frame of this number, from 0. The built package
  /// shares its bytes with the draft, so a new file takes the place of the old one.
  static void damage_frame(const fs::path& copy, std::size_t number) {
    std::istringstream packets(probed(copy, "v:0", "packet=size,pos"));
    std::size_t size = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i <= number; ++i) packets >> size >> at;
    std::string bytes = read_text(copy);
    bytes.at(at + size / 2) ^= 1;
    fs::remove(copy);
    write_text(copy, bytes);
  }

  Verified verify(const fs::path& path, std::vector<std::string> options = {"--deep"}) const {
    options.insert(options.begin(), {"verify", path.string(), "--json"});
    const auto run = anjuan(options);
    Verified verified{run.exit_code, {}, {}, {}, {}};
    std::istringstream lines(run.out);
    for (std::string text; std::getline(lines, text);) {
      const Json line = Json::parse(text, "verify");
      if (line.find("verdict") != nullptr) verified.verdict = line.text_or("verdict", "");
      if (line.text_or("level", "") != "error") continue;
      verified.codes.push_back(line.text_or("code", ""));
      verified.where.push_back(line.text_or("where", ""));
      verified.messages.push_back(line.text_or("message", ""));
    }
    return verified;
  }

  TemporaryFolder folder_;
  fs::path copy_;
  std::string aip_;  ///< of an object, with '/' at its end
};

TEST_F(DeepVerify, ACopyWhoseProofHoldsIsValid) {
  const auto verified = verify(sound_object());
  EXPECT_EQ(verified.exit_code, 0) << testing::PrintToString(verified.messages);
  EXPECT_EQ(verified.verdict, "valid");
  EXPECT_THAT(verified.codes, IsEmpty());
}

TEST_F(DeepVerify, WithoutDeepSaysThatNoProofWasChecked) {
  const fs::path object = sound_object();
  const auto plain = anjuan({"verify", object.string()});
  EXPECT_EQ(plain.exit_code, 0);
  EXPECT_THAT(plain.out, HasSubstr("1 份转换副本附有逐帧核对文件，本次没有重新解码核对"));
  EXPECT_THAT(anjuan({"verify", "--deep", object.string()}).out,
              testing::Not(HasSubstr("没有重新解码核对")));
  const auto stand_alone = run_process({program("anjuan-verify"), "--deep", object.string()});
  EXPECT_EQ(stand_alone.exit_code, 0);
  EXPECT_THAT(stand_alone.out, HasSubstr("没有重新解码核对"));
}

TEST_F(DeepVerify, OneBitOfASliceIsToldWithFrameAndTime) {
  const fs::path object = sound_object();
  damage_frame(object / (aip_ + kCopy), 5);
  const auto verified = verify(object);
  EXPECT_EQ(verified.exit_code, 3);
  EXPECT_EQ(verified.verdict, "invalid");
  ASSERT_THAT(verified.codes,
              ElementsAre("E092", "CSIP71", "PREMIS-FIXITY", "PREMIS-FIXITY", "PROOF", "FFV1-CRC"));
  EXPECT_EQ(verified.where[4], aip_ + kCopy);
  EXPECT_THAT(verified.messages[4], HasSubstr("10 条中有 1 条不符，第一处在第 0.200 秒"));
  EXPECT_EQ(verified.where[5], aip_ + kCopy + " 00:00:00.200");
  EXPECT_THAT(verified.messages[5], HasSubstr("第 6 帧"));
}

TEST_F(DeepVerify, ALaterVersionKeepsTheProofOfTheFirst) {
  const fs::path object = sound_object();
  install(packager::build_next_version(edit_draft(), object, folder_ / "next"), object);
  EXPECT_EQ(verify(object).verdict, "valid");
  damage_frame(object / (aip_ + kCopy), 2);
  const auto verified = verify(object);
  EXPECT_EQ(std::count(verified.codes.begin(), verified.codes.end(), "PROOF"), 1)
      << "once a file, however many versions there are";
}

TEST_F(DeepVerify, AnEarlierVersionsCopyIsOfNoInterest) {
  const fs::path object = object_with(proof_of(lossless_copy("别处", 0.6)));
  EXPECT_THAT(verify(object).codes, ElementsAre("PROOF"));
  auto draft = edit_draft();
  draft.representations = {
      {"preservation", {draft_file(proof_of(copy_), "现场.mkv.framehash", "text/plain")}}};
  install(packager::build_next_version(draft, object, folder_ / "next"), object);
  EXPECT_THAT(verify(object).codes, IsEmpty()) << "the second version has the right proof";
}

TEST_F(DeepVerify, ACopyWithoutItsProofIsInvalid) {
  for (const std::vector<std::string>& options : {std::vector<std::string>{"--deep"}, {}}) {
    fs::remove_all(folder_ / "object");
    const auto verified = verify(object_with({}), options);
    EXPECT_EQ(verified.verdict, "invalid");
    ASSERT_THAT(verified.codes, ElementsAre("PROOF"));
    EXPECT_THAT(verified.messages[0], HasSubstr("旁边没有逐帧核对文件"));
  }
}

TEST_F(DeepVerify, AProofOfAnotherRecordingDoesNotHold) {
  const auto verified = verify(object_with(proof_of(lossless_copy("别处", 0.6))));
  EXPECT_EQ(verified.exit_code, 3);
  ASSERT_THAT(verified.codes, ElementsAre("PROOF"));
  EXPECT_THAT(verified.messages[0], HasSubstr("与逐帧核对文件不一致"));
}

TEST_F(DeepVerify, AProofThatIsNoneIsNotChecked) {
  write_text(folder_ / "none", "not a proof\n");
  const auto verified = verify(object_with(folder_ / "none"));
  EXPECT_EQ(verified.exit_code, 4);
  EXPECT_EQ(verified.verdict, "unchecked");
  EXPECT_THAT(verified.codes, ElementsAre("PROOF"));
}

TEST_F(DeepVerify, AProofWithoutItsCopyIsInvalid) {
  const fs::path object = sound_object();
  fs::remove(object / (aip_ + kCopy));
  EXPECT_THAT(verify(object).codes, testing::Contains("PROOF"));
}

TEST_F(DeepVerify, FoldersAndContainersAreCheckedLikeObjects) {
  const fs::path object = sound_object();
  const fs::path aip = (object / aip_).parent_path();
  const std::string tar = aip.filename().string() + ".tar";
  const std::string zip = aip.filename().string() + ".zip";
  const auto pack = [&] {
    ASSERT_EQ(run_process({"tar", "-C", aip.parent_path().string(), "-cf", (folder_ / tar).string(),
                           aip.filename().string()})
                  .exit_code,
              0);
    std::vector<ZipItem> members;
    for (const auto& [path, bytes] : tree(aip)) {
      members.push_back({aip.filename().string() + "/" + path, bytes, 0x0800});
    }
    write_text(folder_ / zip, make_zip(members));
  };
  pack();
  for (const fs::path& path : {aip, folder_ / tar, folder_ / zip}) {
    EXPECT_THAT(verify(path).codes, IsEmpty()) << path;
  }
  damage_frame(aip / kCopy, 5);
  pack();
  for (const fs::path& path : {aip, folder_ / tar, folder_ / zip}) {
    const auto verified = verify(path);
    EXPECT_EQ(verified.verdict, "invalid") << path;
    ASSERT_THAT(verified.codes, testing::IsSupersetOf({"PROOF", "FFV1-CRC"})) << path;
    EXPECT_EQ(verified.where.back(), std::string(kCopy) + " 00:00:00.200");
  }
}

TEST_F(DeepVerify, AWholeStorageRootIsCheckedObjectByObject) {
  const fs::path root = folder_ / "root";
  fs::create_directories(root);
  write_text(root / "0=ocfl_1.1", "ocfl_1.1\n");
  fs::rename(sound_object(), root / "object");
  EXPECT_EQ(verify(root).exit_code, 0);
  damage_frame(root / "object" / (aip_ + kCopy), 0);
  const auto verified = verify(root);
  EXPECT_EQ(verified.exit_code, 3);
  EXPECT_THAT(verified.codes, testing::IsSupersetOf({"PROOF", "FFV1-CRC"}));
}

}  // namespace
}  // namespace anjuan::test
