#include "packager/container.h"

#include "core/error.h"
#include "tests/support/files.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using namespace anjuan::test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

const std::string kNfd = "cafe\xCC\x81 \xE6\xA1\x88.txt";  // e + combining acute

/// Keeps what it is shown.
class Recorder final : public ContainerVisitor {
 public:
  void begin(const ContainerEntry& entry) override {
    entries.push_back(entry);
    contents[entry.path];
    current = entry.path;
  }

  void data(std::span<const std::byte> block) override {
    bytes += block.size();
    if (bytes > 8UL * 1024 * 1024) return;
    contents[current].append(reinterpret_cast<const char*>(block.data()), block.size());
  }

  void end() override { current.clear(); }

  std::vector<ContainerEntry> entries;
  std::map<std::string, std::string> contents;
  std::string current;
  std::uint64_t bytes = 0;
};

class Container : public testing::Test {
 protected:
  std::filesystem::path put(std::string_view bytes) {
    const auto path = folder_ / fmt::format("container{}", ++count_);
    put_file(path, bytes);
    return path;
  }

  ContainerSummary read(const std::filesystem::path& path) {
    recorder_ = {};
    return read_container(path, limits_, SandboxLevel::kLeast, recorder_);
  }

  ContainerSummary read_bytes(std::string_view bytes) { return read(put(bytes)); }

  /// The Error that reading `bytes` ends with, as "word: message".
  std::string refusal(std::string_view bytes) { return refusal_of(put(bytes)); }

  std::string refusal_of(const std::filesystem::path& path) {
    try {
      read(path);
      return "accepted";
    } catch (const Error& error) {
      return fmt::format("{}: {}", error_word(error.code()), error.what());
    }
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : recorder_.entries) names.push_back(entry.path);
    return names;
  }

  TemporaryFolder folder_;
  ContainerLimits limits_;
  Recorder recorder_;
  int count_ = 0;
};

TEST_F(Container, ReadsZipStoredAndDeflated) {
  const std::string text(300'000, 'x');
  const auto summary =
      read_bytes(make_zip({{"案卷/", "", kUtf8Name, 040755},
                           {"案卷/一.txt", "hello", kUtf8Name},
                           {"案卷/二.txt", text, kUtf8Name, 0100644, Packing::kDeflated}}));
  EXPECT_EQ(summary.format, ContainerFormat::kZip);
  EXPECT_EQ(summary.entries, 3U);
  EXPECT_EQ(summary.bytes, 300'005U);
  EXPECT_GE(summary.sandbox.level, SandboxLevel::kLeast);
  EXPECT_THAT(recorder_.contents, ElementsAre(Pair("案卷", ""), Pair("案卷/一.txt", "hello"),
                                              Pair("案卷/二.txt", text)));
  EXPECT_EQ(recorder_.entries[0].type, EntryType::kFolder);
  EXPECT_EQ(to_text(*recorder_.entries[1].modified), "2025-06-17T09:17:02+08:00");
}

TEST_F(Container, ReadsTarWithLongAndChineseNames) {
  const std::string longest(255, 'n');
  const auto summary = read_bytes(make_tar({{"./", "", '5'},
                                            {"./a.txt", "one"},
                                            pax_path("深/" + longest),
                                            {"short", "two"},
                                            {"案.txt", "three"}}));
  EXPECT_EQ(summary.format, ContainerFormat::kTar);
  EXPECT_THAT(recorder_.contents, ElementsAre(Pair("a.txt", "one"), Pair("案.txt", "three"),
                                              Pair("深/" + longest, "two")));
  EXPECT_EQ(to_text(*recorder_.entries[0].modified), "2025-06-15T23:06:40+08:00");
}

TEST_F(Container, ReadsCompressedTars) {
  const std::string tar = make_tar({{"case.json", "{}"}, {"b", std::string(5000, 'b')}});
  EXPECT_EQ(read_bytes(make_gzip(tar)).format, ContainerFormat::kTarGz);
  EXPECT_EQ(recorder_.contents.at("case.json"), "{}");
  const std::pair<std::string, ContainerFormat> tools[] = {{"xz", ContainerFormat::kTarXz},
                                                           {"bzip2", ContainerFormat::kTarBz2},
                                                           {"zstd", ContainerFormat::kTarZst}};
  for (const auto& [tool, format] : tools) {
    const auto path = put(tar);
    const auto packed = path.string() + ".packed";
    if (!run_tool(fmt::format("{} -c {} > {}", tool, path.string(), packed))) {
      GTEST_SKIP() << "no program " << tool << " here: its tar was not read";
    }
    EXPECT_EQ(read(packed).format, format);
    EXPECT_EQ(recorder_.contents.at("case.json"), "{}") << tool;
  }
}

TEST_F(Container, ReadsSeveralGzipMembersAsOne) {
  const std::string tar = make_tar({{"a", std::string(2000, 'a')}});
  read_bytes(make_gzip(tar.substr(0, 700)) + make_gzip(tar.substr(700)));
  EXPECT_EQ(recorder_.contents.at("a"), std::string(2000, 'a'));
}

TEST_F(Container, ReadsSevenZip) {
  put_file(folder_ / "in/案卷.txt", "seven");
  const auto path = folder_ / "a.7z";
  if (!run_tool(fmt::format("cd {}/in && 7z a {} .", folder_.path().string(), path.string()))) {
    GTEST_SKIP() << "no program 7z here: no 7z was read";
  }
  EXPECT_EQ(read(path).format, ContainerFormat::kSevenZip);
  EXPECT_EQ(recorder_.contents.at("案卷.txt"), "seven");
}

TEST_F(Container, ReadsRar) {
  const auto summary = read_bytes(make_rar({{"案卷/一.txt", "rar"}, {"b.txt", "b"}}));
  EXPECT_EQ(summary.format, ContainerFormat::kRar);
  EXPECT_THAT(recorder_.contents, ElementsAre(Pair("b.txt", "b"), Pair("案卷/一.txt", "rar")));
  EXPECT_THAT(refusal(make_rar({{"../a", "x"}})), HasSubstr("指向材料文件夹之外"));
}

TEST_F(Container, ReadsZipsOfOtherPrograms) {
  put_file(folder_ / "in/案卷/一.txt", std::string(5000, 'o'));
  // Plain, with zip64 fields, without sizes in the local headers, and of another program.
  for (const std::string command : {"zip -r ../a.zip .", "zip -fz -r ../a.zip .",
                                    "zip -r - . | cat > ../a.zip", "7z a -tzip ../a.zip ."}) {
    fs::remove(folder_ / "a.zip");
    if (!run_tool("cd " + folder_.path().string() + "/in && " + command)) {
      GTEST_SKIP() << "no program for '" << command << "' here: its zip was not read";
    }
    read(folder_ / "a.zip");
    EXPECT_EQ(recorder_.contents.at("案卷/一.txt"), std::string(5000, 'o')) << command;
  }
}

TEST_F(Container, KeepsNamesByteForByteWithAndWithoutTheUtf8Flag) {
  for (const std::uint16_t flags : {kUtf8Name, std::uint16_t{0}}) {
    read_bytes(make_zip({{kNfd, "x", flags}, {"NFC-é.txt", "y", flags}}));
    EXPECT_THAT(names(), ElementsAre(kNfd, "NFC-é.txt")) << flags;
  }
  read_bytes(make_tar({{kNfd, "x"}, pax_path(kNfd + "2"), {"short", "y"}}));
  EXPECT_THAT(names(), ElementsAre(kNfd, kNfd + "2"));
}

TEST_F(Container, RecoversGb18030Names) {
  // 案卷/昞.txt, whose last character ends in the byte of a backslash.
  const std::string raw = "\xB0\xB8\xBE\xED/\x95\x5C.txt";
  read_bytes(make_zip({{raw, "x", 0, 0}}));
  EXPECT_THAT(names(), ElementsAre("案卷/昞.txt"));
  EXPECT_EQ(recorder_.entries[0].origin, NameOrigin::kGb18030);
  EXPECT_EQ(recorder_.entries[0].raw_name, raw);
  read_bytes(make_tar({{raw, "x"}}));
  EXPECT_THAT(names(), ElementsAre("案卷/昞.txt"));
}

TEST_F(Container, TakesBackslashesOfWindowsZipsAsSeparators) {
  read_bytes(make_zip({{"案卷\\一.txt", "x", kUtf8Name, 0}, {"b\\c\\d.txt", "y", 0, 0}}));
  EXPECT_THAT(names(), ElementsAre("案卷/一.txt", "b/c/d.txt"));
  EXPECT_THAT(refusal(make_tar({{"a\\b", "x"}})), HasSubstr("反斜杠"));
}

TEST_F(Container, RefusesNamesOfUnknownEncoding) {
  EXPECT_THAT(refusal(make_zip({{"\xFF\xFF.txt", "x"}})), HasSubstr("refused: "));
  EXPECT_THAT(refusal(make_zip({{"\xFF\xFF.txt", "x", kUtf8Name}})), HasSubstr("refused: "));
  EXPECT_THAT(refusal(make_tar({{"\x81", "x"}})), HasSubstr("GB18030"));
}

TEST_F(Container, RefusesNamesThatLeaveTheFolder) {
  for (const std::string name : {"../a", "a/../../b", "a/..", "..\\a", "a\\..\\..\\b"}) {
    EXPECT_THAT(refusal(make_zip({{name, "x", 0, 0}})), HasSubstr("指向材料文件夹之外")) << name;
  }
  for (const std::string name : {"/etc/passwd", "C:\\a.txt", "c:a.txt", "\\\\server\\share"}) {
    EXPECT_THAT(refusal(make_zip({{name, "x", 0, 0}})), HasSubstr("盘符")) << name;
  }
  EXPECT_THAT(refusal(make_tar({{"../../a", "x"}})), HasSubstr("指向材料文件夹之外"));
  EXPECT_THAT(refusal(make_tar({{"/a", "x"}})), HasSubstr("盘符"));
}

TEST_F(Container, RefusesControlCharactersAndNul) {
  EXPECT_THAT(refusal(make_zip({{"a\nb.txt", "x"}})), HasSubstr("a\\x0Ab.txt"));
  EXPECT_THAT(refusal(make_zip({{"\xEF\xBF\xBF.txt", "x", kUtf8Name}})), HasSubstr("控制字符"));
  EXPECT_THAT(refusal(make_zip({{std::string("a.txt\0.exe", 10), "x"}})), HasSubstr("refused: "));
}

TEST_F(Container, RefusesLinksAndDevices) {
  EXPECT_THAT(refusal(make_zip({{"a", "/etc/passwd", 0, 0120777}})), HasSubstr("链接"));
  EXPECT_THAT(refusal(make_tar({{"a", "x"}, {"b", "", '1', "a"}})), HasSubstr("链接"));
  EXPECT_THAT(refusal(make_tar({{"b", "", '2', "/etc"}})), HasSubstr("链接"));
  for (const char type : {'3', '4', '6'}) {
    EXPECT_THAT(refusal(make_tar({{"b", "", type}})), HasSubstr("特殊文件")) << type;
  }
}

TEST_F(Container, RefusesDuplicatesAndFilesThatAreFolders) {
  EXPECT_THAT(refusal(make_zip({{"a", "x"}, {"./a", "y"}})), HasSubstr("不止一次"));
  EXPECT_THAT(refusal(make_tar({{"a", "x"}, {"a/b", "y"}})), HasSubstr("不止一次"));
  EXPECT_THAT(refusal(make_tar({{"a/b", "x"}, {"a", "y"}})), HasSubstr("不止一次"));
  EXPECT_EQ(refusal(make_tar({{"a/", "", '5'}, {"a/", "", '5'}, {"a/b", "y"}})), "accepted");
}

TEST_F(Container, RefusesAZipWhoseTwoNamesDiffer) {
  EXPECT_THAT(refusal(make_zip({{"good.pdf", "x", 0, 0100644, Packing::kStored, "evil.exe"}})),
              HasSubstr("two different names"));
}

TEST_F(Container, RefusesPasswords) {
  EXPECT_THAT(refusal(make_zip({{"a", "xxxxxxxxxxxxxxxx", 1}})), HasSubstr("加了密码"));
  put_file(folder_ / "in/a.txt", "secret");
  for (const std::string options : {"", "-mhe=on"}) {
    const auto path = folder_ / ("locked" + options + ".7z");
    if (!run_tool(fmt::format("7z a -pgeheim {} {} {}", options, path.string(),
                              (folder_ / "in/a.txt").string()))) {
      GTEST_SKIP() << "no program 7z here: no encrypted 7z was read";
    }
    EXPECT_THAT(refusal_of(path), HasSubstr("加了密码")) << options;
  }
}

TEST_F(Container, TellsARarThatIsCutShortOrLocked) {
  const std::string rar = make_rar({{"a", std::string(500, 'a')}, {"b", "b"}});
  for (const std::size_t cut : {rar.size() - 1, rar.size() - 8, rar.size() / 2, 20UL}) {
    EXPECT_THAT(refusal(rar.substr(0, cut)), HasSubstr("不完整")) << cut;
  }
  TarItem locked{"a", "xxxxxxxxxxxxxxxx", 'e'};
  EXPECT_THAT(refusal(make_rar({locked})), HasSubstr("加了密码"));
}

TEST_F(Container, TellsDamageAndMissingEnds) {
  const std::string tar = make_tar({{"a", std::string(5000, 'a')}, {"b", "b"}});
  const std::string zip = make_zip({{"a", std::string(5000, 'a')}, {"b", "b"}});
  const std::string gzip = make_gzip(tar);
  for (const std::string& whole : {zip, gzip}) {
    for (const std::size_t cut : {whole.size() / 3, whole.size() / 2, whole.size() - 1}) {
      EXPECT_THAT(refusal(whole.substr(0, cut)), HasSubstr("不完整")) << cut;
    }
  }
  EXPECT_THAT(refusal(tar.substr(0, 3000)), HasSubstr("不完整"));
  EXPECT_THAT(refusal(make_tar({{"a", "x"}}, TarEnd::kMissing)), HasSubstr("不完整"));
}

TEST_F(Container, ChecksTheSumsOfZipAndGzip) {
  std::string zip = make_zip({{"a", std::string(5000, 'a')}});
  zip[200] = 'b';
  EXPECT_THAT(refusal(zip), HasSubstr("CRC"));
  std::string gzip = make_gzip(make_tar({{"a", "x"}}));
  gzip[gzip.size() - 6] = static_cast<char>(gzip[gzip.size() - 6] ^ 1);
  EXPECT_THAT(refusal(gzip), HasSubstr("不完整"));
}

TEST_F(Container, ChecksTheSumsOfSevenZipRarAndPackedTars) {
  std::string rar = make_rar({{"a", std::string(500, 'a')}});
  rar[100] = 'b';
  EXPECT_THAT(refusal(rar), HasSubstr("CRC-32"));
  const std::string bytes = random_bytes(300'000);
  put_file(folder_ / "in/a", bytes);
  put_file(folder_ / "a.tar", make_tar({{"a", bytes}}));
  for (const std::string command : {"7z a -mx0 a.packed in", "xz -c a.tar > a.packed",
                                    "zstd -cf a.tar > a.packed", "bzip2 -c a.tar > a.packed"}) {
    fs::remove(folder_ / "a.packed");
    if (!run_tool("cd " + folder_.path().string() + " && " + command)) {
      GTEST_SKIP() << "no program for '" << command << "' here: its sum was not tried";
    }
    std::string packed = read_text(folder_ / "a.packed");
    EXPECT_EQ(refusal(packed), "accepted") << command;
    packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x10);
    EXPECT_THAT(refusal(packed), HasSubstr("不完整")) << command;
    EXPECT_THAT(refusal(packed.substr(0, packed.size() - 3)), HasSubstr("不完整")) << command;
  }
}

TEST_F(Container, AcceptsPaddingAfterTheEnd) {
  const std::string tar = make_tar({{"a", "x"}});
  EXPECT_EQ(refusal(tar + std::string(8192, '\0')), "accepted");
  EXPECT_EQ(refusal(tar.substr(0, tar.size() - 512)), "accepted");  // one zero block, as some write
}

TEST_F(Container, ReadsOnOverTheEndMarkOfATar) {
  read_bytes(make_tar({{"a", "x"}}) + make_tar({{"b", "y"}}));
  EXPECT_THAT(names(), ElementsAre("a", "b"));
  EXPECT_THAT(refusal(make_tar({{"a", "x"}}) + std::string(2048, 'j')), HasSubstr("invalid: "));
}

TEST_F(Container, TellsWhatIsNoContainer) {
  EXPECT_THAT(refusal(""), HasSubstr("0 字节"));
  EXPECT_THAT(refusal("%PDF-1.7 not a container"), HasSubstr("不是可以识别的压缩包"));
  EXPECT_THAT(refusal(make_gzip(std::string(5000, 'p'))), HasSubstr("不是可以识别的压缩包"));
}

TEST_F(Container, StopsBombs) {
  limits_.ratio_max = 20;
  EXPECT_THAT(refusal(make_zip_of_zeros("zeros", 10'000'000'000)), HasSubstr("压缩炸弹"));
  EXPECT_LE(recorder_.bytes, 250'000'000U);
  TarItem zeros{"zeros", ""};
  zeros.size = 8'000'000'000;  // as much as eleven octal digits say
  std::string bomb = make_gzip(make_tar({zeros}, TarEnd::kMissing));
  const std::string member = make_gzip(std::string(16UL << 20, '\0'));
  for (int i = 0; i < 600; ++i) bomb += member;
  EXPECT_THAT(refusal(bomb), HasSubstr("压缩炸弹"));
}

TEST_F(Container, StopsABombBehindTheEndMark) {
  limits_.ratio_max = 20;
  std::string bomb = make_gzip(make_tar({{"a", "x"}}));
  const std::string member = make_gzip(std::string(16UL << 20, '\0'));
  for (int i = 0; i < 200; ++i) bomb += member;
  EXPECT_THAT(refusal(bomb), HasSubstr("压缩炸弹"));
}

TEST_F(Container, HoldsTheLimitsOfCountBytesAndDepth) {
  limits_.entries_max = 3;
  EXPECT_EQ(refusal(make_tar({{"a", ""}, {"b", ""}, {"c", ""}})), "accepted");
  EXPECT_THAT(refusal(make_tar({{"a", ""}, {"b", ""}, {"c", ""}, {"d", ""}})),
              HasSubstr("超过 3 个"));
  limits_.bytes_max = 10;
  EXPECT_EQ(refusal(make_tar({{"a", "01234"}, {"b", "56789"}})), "accepted");
  EXPECT_THAT(refusal(make_tar({{"a", "012345"}, {"b", "56789"}})), HasSubstr("超过 10 字节"));
  limits_.depth_max = 2;
  EXPECT_EQ(refusal(make_tar({{"1/2/a", ""}})), "accepted");
  EXPECT_THAT(refusal(make_tar({{"1/2/3/a", ""}})), HasSubstr("层数"));
}

TEST_F(Container, RefusesTooManyEntriesWithoutReadingThemAll) {
  std::string million;
  const std::string one = make_tar({{"f", ""}}, TarEnd::kMissing);
  for (int i = 0; i < 2000; ++i)
    million += make_tar({{fmt::format("f{}", i), ""}}, TarEnd::kMissing);
  limits_.entries_max = 1000;
  EXPECT_THAT(refusal(million), HasSubstr("超过 1000 个"));
  EXPECT_EQ(recorder_.entries.size(), limits_.entries_max);
}

TEST_F(Container, RefusesNamesThatNoFileSystemTakes) {
  EXPECT_EQ(refusal(make_zip({{std::string(255, 'n'), "x"}})), "accepted");
  EXPECT_THAT(refusal(make_zip({{std::string(256, 'n'), "x"}})), HasSubstr("太长"));
}

TEST_F(Container, LetsTheVisitorStopTheReading) {
  class Stopper final : public ContainerVisitor {
   public:
    void begin(const ContainerEntry&) override { throw Error(ErrorCode::kNoSpace, "disk", "full"); }

    void data(std::span<const std::byte>) override {}

    void end() override {}
  };

  Stopper stopper;
  const auto path = put(make_tar({{"a", std::string(1 << 20, 'a')}}));
  EXPECT_THROW(read_container(path, limits_, SandboxLevel::kLeast, stopper), Error);
}

}  // namespace
}  // namespace anjuan::packager
