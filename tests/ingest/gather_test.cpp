#include "ingest/gather.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/gather_fixture.h"

namespace anjuan::ingest {
namespace {

namespace fs = std::filesystem;
using namespace anjuan::test;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string kNfd = "cafe\xCC\x81.pdf";

class Gather : public GatherFixture {
 protected:
  GatheredCase gather_bytes(const std::string& name, const std::string& bytes) {
    put_file(folder_ / name, bytes);
    return gather_from(folder_ / name);
  }
};

TEST_F(Gather, CopiesAndDigestsEveryFileOfAFolder) {
  const auto gathered = gather_files(small_submission());
  ASSERT_EQ(gathered.files.size(), 4U);
  EXPECT_EQ(gathered.declared.case_no(), "澄水罚〔2025〕1号");
  EXPECT_EQ(gathered.declaration_name, "case.json");
  EXPECT_EQ(gathered.source_kind, "folder");
  EXPECT_EQ(gathered.sandbox, "");
  EXPECT_TRUE(gathered.findings.empty());
  for (const auto& file : gathered.files) {
    const std::string bytes = small_submission().at(file.path);
    EXPECT_EQ(read_text(file.staged), bytes);
    EXPECT_EQ(file.digests, digest_bytes(bytes));
  }
  EXPECT_EQ(gathered.file("av/V01.mp4")->path, "av/V01.mp4");
  EXPECT_EQ(gathered.file("av/V02.mp4"), nullptr);
}

TEST_F(Gather, GivesTheSameContentWhateverTheContainer) {
  const Submitted files = small_submission();
  const std::string digest = gather_files(files).file_set_digest;
  const std::string tar = tar_of(files);
  const std::pair<std::string, std::string> containers[] = {
      {"a.zip", zip_of(files)},
      {"top.zip", zip_of(files, "一号案/")},
      {"a.tar", tar},
      {"top.tar", tar_of(files, "./一号案/")},
      {"a.tar.gz", make_gzip(tar)},
  };
  for (const auto& [name, bytes] : containers) {
    const auto gathered = gather_bytes(name, bytes);
    EXPECT_EQ(gathered.file_set_digest, digest) << name;
    EXPECT_TRUE(gathered.findings.empty()) << name;
    EXPECT_THAT(gathered.sandbox, HasSubstr("seccomp")) << name;
  }
  const fs::path seven = folder_ / "a.7z";
  if (!run_tool(
          fmt::format("cd {}/submission1 && 7z a {} .", folder_.path().string(), seven.string()))) {
    GTEST_SKIP() << "no program 7z here: no 7z was gathered";
  }
  const auto gathered = gather_from(seven);
  EXPECT_EQ(gathered.file_set_digest, digest);
  EXPECT_EQ(gathered.source_kind, "7z");
}

TEST_F(Gather, TellsContentApartByNameAndBytes) {
  const std::string digest = gather_files(small_submission()).file_set_digest;
  Submitted other = small_submission();
  other["av/V01.mp4"].back() = 'w';
  EXPECT_NE(gather_files(other).file_set_digest, digest);
  Submitted renamed = small_submission();
  renamed["docs/x.pdf"] = renamed["docs/立案审批表.pdf"];
  renamed.erase("docs/立案审批表.pdf");
  EXPECT_NE(gather_files(renamed).file_set_digest, digest);
}

TEST_F(Gather, TakesLitterAndNameFormsForNoChangeOfContent) {
  Submitted files = small_submission();
  files[kNfd] = "x";
  const auto plain = gather_files(files);
  files["Thumbs.db"] = "thumbs";
  files["docs/~$b.docx"] = "";
  const auto littered = gather_files(files);
  EXPECT_EQ(littered.file_set_digest, plain.file_set_digest);
  EXPECT_EQ(littered.files.size(), plain.files.size() + 2);
  files.erase(kNfd);
  files["caf\xC3\xA9.pdf"] = "x";
  EXPECT_EQ(gather_files(files).file_set_digest, plain.file_set_digest);
}

TEST_F(Gather, KeepsNamesByteForByteInEveryContainer) {
  Submitted files = small_submission();
  const std::string longest(255, 'n');
  files[kNfd] = "nfd";
  files["深/" + longest] = "long";
  std::set<std::string> expected;
  for (const auto& [path, bytes] : files) expected.insert(path);
  std::vector<TarItem> pax;
  for (const auto& [path, bytes] : files) {
    pax.push_back(pax_path("top/" + path));
    pax.push_back({"short", bytes});
  }
  const auto names = [](const GatheredCase& gathered) {
    std::set<std::string> out;
    for (const auto& file : gathered.files) out.insert(file.path);
    return out;
  };
  EXPECT_EQ(names(gather_files(files)), expected);
  EXPECT_EQ(names(gather_bytes("a.zip", zip_of(files))), expected);
  EXPECT_EQ(names(gather_bytes("a.tar", make_tar(pax))), expected);
}

TEST_F(Gather, ReportsWhatIsWrongWithTheFiles) {
  Submitted files = small_submission();
  files.erase("docs/立案审批表.pdf");
  files["av/V01.mp4"] = "";
  files["unnamed.txt"] = "u";
  files["UNNAMED.TXT"] = "U";
  files[".DS_Store"] = "ds";
  files["案:b?.txt"] = "w";
  files["aux.txt"] = "w";
  files[kNfd] = "n";
  fs::create_directories(folder_ / "submission1/empty/inner");
  const auto codes = codes_of(gather_files(files).findings);
  const std::set<std::string> expected = {"GATHER-01 docs/立案审批表.pdf",
                                          "GATHER-02 UNNAMED.TXT",
                                          "GATHER-02 案:b?.txt",
                                          "GATHER-02 aux.txt",
                                          "GATHER-02 " + kNfd,
                                          "GATHER-02 unnamed.txt",
                                          "GATHER-03 unnamed.txt",
                                          "GATHER-04 .DS_Store",
                                          "GATHER-05 av/V01.mp4",
                                          "GATHER-08 案:b?.txt",
                                          "GATHER-08 aux.txt",
                                          "GATHER-09 empty/inner",
                                          "GATHER-10 " + kNfd};
  EXPECT_EQ(codes, expected);
}

TEST_F(Gather, SeversFindingsThatStopFromThoseThatDoNot) {
  Submitted files = small_submission();
  files["unnamed.txt"] = "u";
  EXPECT_FALSE(any_error(gather_files(files).findings));
  files["av/V01.mp4"] = "";
  EXPECT_TRUE(any_error(gather_files(files).findings));
}

TEST_F(Gather, FindsANamedFileThatDiffersInCaseOrFormOnly) {
  Submitted files = small_submission();
  files["AV/v01.MP4"] = files["av/V01.mp4"];
  files.erase("av/V01.mp4");
  const auto gathered = gather_files(files);
  EXPECT_EQ(gathered.file("av/V01.mp4")->path, "AV/v01.MP4");
  EXPECT_THAT(codes_of(gathered.findings), Contains("GATHER-07 AV/v01.MP4"));
  files["Av/V01.mp4"] = "another";
  EXPECT_THAT(codes_of(gather_files(files).findings), Contains("GATHER-01 av/V01.mp4"));
}

TEST_F(Gather, CountsFindingsInsteadOfFloodingTheList) {
  Submitted files = small_submission();
  for (int i = 0; i < 210; ++i) files[fmt::format("x{}", i)] = "x";
  const auto findings = gather_files(files).findings;
  EXPECT_EQ(findings.size(), 201U);
  EXPECT_THAT(findings.back().message, HasSubstr("还有 10 处"));
}

TEST_F(Gather, RecoversGb18030NamesOfZips) {
  std::vector<ZipItem> items = {{"\xB0\xB8/case.json", small_case(), 0, 0},
                                {"\xB0\xB8\\docs\\\xBE\xED.pdf", "x", 0, 0}};
  const auto gathered = gather_bytes("gb.zip", make_zip(items));
  ASSERT_EQ(gathered.files.size(), 2U);
  EXPECT_EQ(gathered.files[1].path, "docs/卷.pdf");
  EXPECT_THAT(codes_of(gathered.findings), Contains("GATHER-06 docs/卷.pdf"));
}

TEST_F(Gather, KeepsWhatAMacPutsBesideTheFolder) {
  Submitted files;
  for (const auto& [path, bytes] : small_submission()) files["案/" + path] = bytes;
  files["__MACOSX/案/._case.json"] = "fork";
  const auto gathered = gather_bytes("mac.zip", zip_of(files));
  EXPECT_EQ(gathered.file_set_digest, gather_files(small_submission()).file_set_digest);
  EXPECT_THAT(codes_of(gathered.findings), Contains("GATHER-04 __MACOSX/案/._case.json"));
}

TEST_F(Gather, ReadsCaseXmlToo) {
  Submitted files = small_submission();
  files.erase("case.json");
  files["case.xml"] = "<broken";
  put_folder(folder_ / "s", files);
  const Thrown thrown = refusal(folder_ / "s");
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_THAT(thrown.message, HasSubstr("case.xml"));
}

TEST_F(Gather, NeverTouchesTheSource) {
  put_folder(folder_ / "s", small_submission());
  const auto stamp = fs::last_write_time(folder_ / "s/docs");
  const auto before = names_in(folder_ / "s/docs");
  ASSERT_TRUE(run_tool("chmod -R a-w " + (folder_ / "s").string()));
  gather_from(folder_ / "s");
  ASSERT_TRUE(run_tool("chmod -R u+w " + (folder_ / "s").string()));
  EXPECT_EQ(names_in(folder_ / "s/docs"), before);
  EXPECT_EQ(fs::last_write_time(folder_ / "s/docs"), stamp);
}

/// Each makes a submission hostile; `said` is a part of the sentence that must come.
struct Hostile {
  const char* name;
  void (*make)(const fs::path& folder);
  const char* said;
};

void PrintTo(const Hostile& hostile, std::ostream* out) { *out << hostile.name; }

const Hostile kHostile[] = {
    {"LinkToFile",
     [](const fs::path& f) { fs::create_symlink("/etc/passwd", f / "docs/link.pdf"); },
     "“docs/link.pdf”是链接"},
    {"LinkToFolder", [](const fs::path& f) { fs::create_symlink("/etc", f / "more"); },
     "“more”是链接"},
    {"Pipe", [](const fs::path& f) { ::mkfifo((f / "pipe").c_str(), 0600); }, "“pipe”是设备、管道"},
    {"ControlCharacter", [](const fs::path& f) { put_file(f / "a\tb", "x"); }, "控制字符"},
    {"UnknownEncoding", [](const fs::path& f) { put_file(f / "\xFF\xFF", "x"); }, "GB18030"},
    {"Backslash", [](const fs::path& f) { put_file(f / "a\\b", "x"); }, "反斜杠"},
    {"SameNameInTwoEncodings",
     [](const fs::path& f) {
       put_file(f / "\xB0\xB8", "x");
       put_file(f / "案", "y");
     },
     "“案”出现了不止一次"},
    {"TooDeep",
     [](const fs::path& f) {
       std::string path;
       for (int i = 0; i < 33; ++i) path += "d/";
       put_file(f / (path + "x"), "x");
     },
     "层数"},
    {"NoDeclaration", [](const fs::path& f) { fs::remove(f / "case.json"); }, "没有案卷说明文件"},
    {"BothDeclarations", [](const fs::path& f) { put_file(f / "case.xml", "<case/>"); }, "同时有"},
    {"EmptyDeclaration", [](const fs::path& f) { put_file(f / "case.json", ""); }, "是空的"},
    {"BrokenDeclaration", [](const fs::path& f) { put_file(f / "case.json", "{"); }, "case.json"},
};

class GatherHostile : public Gather, public testing::WithParamInterface<Hostile> {};

TEST_P(GatherHostile, IsRefusedWithASentenceAndNothingIsLeft) {
  const fs::path folder = folder_ / "s";
  put_folder(folder, small_submission());
  GetParam().make(folder);
  const Thrown thrown = refusal(folder);
  EXPECT_TRUE(thrown.word == "refused" || thrown.word == "invalid") << thrown.word;
  EXPECT_THAT(thrown.message, HasSubstr(GetParam().said));
  EXPECT_TRUE(names_in(root_).empty());
  EXPECT_EQ(read_text(folder / "docs/b+c %23.pdf"), "%PDF-1.7 two");
}

INSTANTIATE_TEST_SUITE_P(, GatherHostile, testing::ValuesIn(kHostile),
                         [](const auto& hostile) { return std::string(hostile.param.name); });

TEST_F(Gather, LeavesNothingOfARefusedContainer) {
  const std::string zip = zip_of(small_submission());
  for (const std::string& bytes :
       {zip.substr(0, zip.size() - 4), make_zip({{"case.json", small_case()}, {"../x", "x"}}),
        make_tar({{"case.json", small_case()}, {"l", "", '2', "/etc"}})}) {
    put_file(folder_ / "bad", bytes);
    EXPECT_NE(refusal(folder_ / "bad").word, "nothing");
    EXPECT_TRUE(names_in(root_).empty());
  }
}

TEST_F(Gather, NamesEveryRefusedFileOfAFolderAtOnce) {
  put_folder(folder_ / "s", small_submission());
  for (int i = 0; i < 25; ++i) fs::create_symlink("/x", folder_ / fmt::format("s/link{:02}", i));
  const Thrown thrown = refusal(folder_ / "s");
  EXPECT_THAT(thrown.message, HasSubstr("“link00”"));
  EXPECT_THAT(thrown.message, HasSubstr("另有 5 处"));
}

TEST_F(Gather, RefusesAnUnreadableFile) {
  put_folder(folder_ / "s", small_submission());
  fs::permissions(folder_ / "s/av/V01.mp4", fs::perms::none);
  constexpr uid_t kNobody = 65534;
  const bool root = ::geteuid() == 0;
  if (root) {
    fs::permissions(folder_.path(), fs::perms::all);
    ASSERT_EQ(::seteuid(kNobody), 0);
  }
  const Thrown thrown = refusal(folder_ / "s");
  if (root && ::seteuid(0) != 0) FAIL() << "cannot be root again";
  EXPECT_EQ(thrown.word, "refused");
  EXPECT_THAT(thrown.message, HasSubstr("“av/V01.mp4”无法读取"));
}

TEST_F(Gather, HoldsTheLimitsOfTheConfiguration) {
  put_folder(folder_ / "s", small_submission());
  limits_.files_max = 5;
  EXPECT_THAT(refusal(folder_ / "s").message, HasSubstr("超过 5 个"));
  limits_.files_max = 6;
  EXPECT_EQ(refusal(folder_ / "s").word, "nothing");
  limits_.bytes_max = 300'000;
  EXPECT_THAT(refusal(folder_ / "s").message, HasSubstr("超过 300000 字节"));
}

TEST_F(Gather, AcceptsHardLinksAndABareDeclarationNot) {
  put_folder(folder_ / "s", small_submission());
  fs::create_hard_link(folder_ / "s/av/V01.mp4", folder_ / "s/again.mp4");
  EXPECT_EQ(refusal(folder_ / "s").word, "nothing");
  EXPECT_THAT(refusal(folder_ / "s/case.json").message, HasSubstr("只是案卷说明"));
}

/// Does something to the source while it is read.
class Meddler final : public Progress {
 public:
  explicit Meddler(std::function<void()> act) : act_(std::move(act)) {}

  void begin(std::string_view, std::uint64_t) override {}

  void advance(std::uint64_t) override {
    if (act_) std::exchange(act_, {})();
  }

  void end() override {}

 private:
  std::function<void()> act_;
};

TEST_F(Gather, TellsThatTheSourceChangedMeanwhile) {
  const std::function<void(const fs::path&)> changes[] = {
      [](const fs::path& f) { put_file(f / "new.pdf", "x"); },
      [](const fs::path& f) { fs::remove(f / "docs/立案审批表.pdf"); },
      [](const fs::path& f) { put_file(f / "av/V01.mp4", "other"); },
      [](const fs::path& f) { put_file(f / "docs/立案审批表.pdf", "%PDF-1.7 ONE"); }};
  for (const auto& change : changes) {
    const fs::path folder = folder_ / fmt::format("changing{}", ++count_);
    put_folder(folder, small_submission());
    Meddler meddler([&] { change(folder); });
    Workspace work = Workspace::open(root_, folder, clock_);
    const Thrown thrown = thrown_by([&] { gather(folder, work, limits_, meddler); });
    EXPECT_EQ(thrown.word, "conflict") << count_;
  }
}

TEST_F(Gather, TellsThatAContainerChangedMeanwhile) {
  const fs::path path = folder_ / "a.tar";
  put_file(path, tar_of(small_submission()));
  Meddler meddler([&] { fs::last_write_time(path, fs::file_time_type::clock::now()); });
  Workspace work = Workspace::open(root_, path, clock_);
  EXPECT_EQ(thrown_by([&] { gather(path, work, limits_, meddler); }).word, "conflict");
}

}  // namespace
}  // namespace anjuan::ingest
