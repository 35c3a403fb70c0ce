// Packages that somebody made to crash, to hang, to exhaust or to mislead what reads them. Each
// ends in bounded time and memory with a finding, and none is ever valid.
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/text.h"
#include "packager/container.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/judged.h"
#include "tests/support/sample_package.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::judge;
using test::Judged;
using test::JudgeOptions;
using test::kSanitized;
using test::SamplePackage;

constexpr std::uint64_t kGrowthMax = 512ULL * 1024 * 1024;
const std::string kDocument = "representations/original/data/文书/01立案审批表.pdf";
const std::string kRepMets = "representations/original/METS.xml";
const std::string kPremis = "metadata/preservation/premis-0001.xml";
const std::string kRepPremis = "representations/original/metadata/preservation/premis-0001.xml";
const std::string kCase = "metadata/descriptive/case.xml";

void expect_withstood(const Judged& judged, std::uint64_t growth_max = kGrowthMax) {
  EXPECT_EQ(judged.signal, 0) << judged.answer;
  EXPECT_TRUE(judged.verdict == "invalid" || judged.verdict == "unchecked") << judged.answer;
  EXPECT_FALSE(judged.codes.empty());
  EXPECT_TRUE(is_valid_utf8(judged.answer)) << "a finding must be printable";
  EXPECT_LT(kSanitized ? 0 : judged.grown_bytes, growth_max);
}

/// The bare AIP folder of the package.
fs::path aip(const SamplePackage& sample) { return sample.object() / sample.v1(""); }

/// The same harm as a whole object and as a bare folder.
void expect_both_withstood(const SamplePackage& sample, const JudgeOptions& options = {}) {
  expect_withstood(judge(sample.object(), options));
  expect_withstood(judge(aip(sample), options));
}

struct Named {
  std::string name;
  std::string text;
};

void PrintTo(const Named& named, std::ostream* out) { *out << named.name; }

class HostileXml : public testing::TestWithParam<Named> {};

TEST_P(HostileXml, IsRefusedWhereverItStands) {
  for (const auto& path : {std::string("METS.xml"), kRepMets, kPremis, kRepPremis, kCase}) {
    SamplePackage sample;
    const auto old_digest = digest_bytes(sample.read(sample.v1(path))).sha512;
    sample.write(sample.v1(path), GetParam().text);
    sample.reseal(sample.v1(path), old_digest);
    for (const auto& package : {sample.object(), aip(sample)}) {
      const auto judged = judge(package);
      expect_withstood(judged);
      EXPECT_TRUE(judged.codes.contains("XML-REFUSED")) << path << "\n" << judged.answer;
      EXPECT_EQ(judged.answer.find("root:"), std::string::npos) << "the text of another file";
    }
  }
}

std::vector<Named> hostile_documents() {
  std::string laughs = "<!ENTITY a0 \"ha\">";
  for (int i = 1; i <= 40; ++i) {
    laughs += fmt::format("<!ENTITY a{0} \"&a{1};&a{1};\">", i, i - 1);
  }
  const auto document = [](const std::string& subset, const std::string& content) {
    return "<?xml version=\"1.0\"?>\n<!DOCTYPE mets [" + subset + "]>\n<mets>" + content +
           "</mets>";
  };
  std::string quadratic;
  for (int i = 0; i < 20'000; ++i) quadratic += "&big;";
  return {
      {"EntityBomb", document(laughs, "&a40;")},
      {"QuadraticBlowup",
       document("<!ENTITY big \"" + std::string(500'000, 'x') + "\">", quadratic)},
      {"EntityThatNamesItself", document("<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">", "&a;")},
      {"ExternalEntity", document("<!ENTITY e SYSTEM \"file:///etc/passwd\">", "&e;")},
      {"ExternalDevice", document("<!ENTITY e SYSTEM \"file:///dev/zero\">", "&e;")},
      {"ExternalParameterEntity",
       document("<!ENTITY % p SYSTEM \"http://example.invalid/x\"> %p;", "")},
      {"ExternalDtd",
       "<!DOCTYPE mets SYSTEM \"http://example.invalid/mets.dtd\"><mets xmlns=\"x\"/>"},
  };
}

INSTANTIATE_TEST_SUITE_P(Hostile, HostileXml, testing::ValuesIn(hostile_documents()),
                         [](const auto& each) { return each.param.name; });

/// A file outside the package with the bytes that a link or path from inside asks for: whoever
/// follows it finds everything in order.
class HostilePackage : public testing::Test {
 protected:
  fs::path outside() const { return sample_.object().parent_path() / "outside"; }

  /// Moves a file or folder of the object out, so that only what leads there finds it.
  fs::path move_out(const std::string& path) const {
    fs::rename(sample_.object() / path, outside());
    return sample_.object() / path;
  }

  SamplePackage sample_;
};

TEST_F(HostilePackage, CyclicLinksAreNotFollowed) {
  const auto data = aip(sample_) / "representations/original/data";
  fs::create_directory_symlink("..", data / "up");
  fs::create_directory_symlink(".", data / "here");
  fs::create_symlink("self", data / "self");
  expect_both_withstood(sample_);
}

TEST_F(HostilePackage, LinksOutOfThePackageAreNotFollowed) {
  for (const auto& path : {sample_.v1(kDocument), sample_.v1("METS.xml"), sample_.v1(kRepMets),
                           sample_.v1(kPremis), sample_.v1("representations/original/data"),
                           sample_.v1("representations"), sample_.v1("metadata/preservation")}) {
    fs::create_symlink(outside(), move_out(path));
    expect_both_withstood(sample_);
    fs::remove(sample_.object() / path);
    fs::rename(outside(), sample_.object() / path);
  }
  for (const auto* path : {"inventory.json", "inventory.json.sha512", "v1", "v1/content",
                           "0=ocfl_object_1.1", "v1/inventory.json"}) {
    fs::create_symlink(outside(), move_out(path));
    expect_withstood(judge(sample_.object()));
    fs::remove(sample_.object() / path);
    fs::rename(outside(), sample_.object() / path);
  }
  EXPECT_EQ(judge(sample_.object()).verdict, "valid") << "all was put back";
}

void make_socket(const fs::path& path) {
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_GE(descriptor, 0);
  // A socket's path must be short: bind in the folder itself.
  const auto here = fs::current_path();
  fs::current_path(path.parent_path());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto name = path.filename().string();
  std::copy_n(name.c_str(), std::min(name.size(), sizeof(address.sun_path) - 1), address.sun_path);
  const auto* general = static_cast<const sockaddr*>(static_cast<const void*>(&address));
  EXPECT_EQ(::bind(descriptor, general, sizeof address), 0) << path;
  fs::current_path(here);
  ::close(descriptor);
}

TEST_F(HostilePackage, PipesSocketsAndDevicesAreNotOpened) {
  bool devices = true;
  for (const auto& path : {sample_.v1("METS.xml"), sample_.v1(kPremis), sample_.v1(kDocument),
                           std::string("inventory.json"), std::string("0=ocfl_object_1.1"),
                           std::string("inventory.json.sha512")}) {
    const auto place = move_out(path);
    ASSERT_EQ(::mkfifo(place.c_str(), 0600), 0);
    expect_withstood(judge(sample_.object()));
    fs::remove(place);
    make_socket(place);
    expect_withstood(judge(sample_.object()));
    fs::remove(place);
    // An endless device: 1,5 is /dev/zero.
    devices = devices && ::mknod(place.c_str(), S_IFCHR | 0600, (1U << 8U) | 5U) == 0;
    if (devices) {
      expect_withstood(judge(sample_.object()));
      fs::remove(place);
    }
    fs::rename(outside(), place);
  }
  ASSERT_EQ(::mkfifo((aip(sample_) / "representations/original/data/more").c_str(), 0600), 0);
  expect_both_withstood(sample_);
  if (!devices) GTEST_SKIP() << "devices were not tried: this user may not make them";
}

TEST_F(HostilePackage, PathsInMetsAndPremisDoNotLeaveThePackage) {
  const auto name = outside().string();
  const auto bytes = sample_.read(sample_.v1(kDocument));
  test::write_text(outside(), bytes);
  const auto href = "data/" + to_href("文书/01立案审批表.pdf");
  for (const auto& escape :
       {std::string("../../../../../../outside"), std::string("data/../../../../../../../outside"),
        std::string("%2E%2E/%2e%2e/../../../../outside"), name, "file://" + name,
        "http://example.invalid" + name, std::string("//example.invalid/outside"),
        std::string("data/%00"), std::string("\\\\host\\outside")}) {
    SamplePackage sample;
    test::write_text(sample.object().parent_path() / "outside", bytes);
    sample.forge(kRepMets, "xlink:href=\"" + href + "\"", "xlink:href=\"" + escape + "\"");
    sample.forge(kRepPremis, "representations/original/" + href + "<", escape + "<");
    for (const auto& package : {sample.object(), aip(sample)}) {
      const auto judged = judge(package);
      expect_withstood(judged);
      EXPECT_TRUE(judged.codes.contains("CSIP79")) << escape << "\n" << judged.answer;
      EXPECT_TRUE(judged.codes.contains("PREMIS-PATH")) << escape << "\n" << judged.answer;
    }
  }
}

TEST_F(HostilePackage, PathsInInventoriesDoNotLeaveTheObject) {
  const auto path = sample_.v1(kDocument);
  const auto original = sample_.read("inventory.json");
  test::write_text(outside(), sample_.read(path));
  for (const auto& escape :
       {std::string("../outside"), std::string("v1/content/../../../outside"), outside().string(),
        std::string("v1/content/./x"), std::string("v1/content//x"), std::string("")}) {
    auto text = original;
    for (auto place = text.find('"' + path + '"'); place != text.npos;
         place = text.find('"' + path + '"')) {
      text.replace(place + 1, path.size(), escape);
    }
    ASSERT_NE(text, original);
    sample_.write("inventory.json", text);
    sample_.write("v1/inventory.json", text);
    sample_.reseal_inventories();
    const auto judged = judge(sample_.object());
    expect_withstood(judged);
    EXPECT_EQ(judged.verdict, "invalid") << escape;
  }
}

TEST(HostileBag, IsNeverValidAndEnds) {
  const test::TemporaryFolder folder;
  const auto bag = folder / "bag";
  fs::create_directories(bag / "data");
  test::write_text(folder / "outside", "x");
  test::write_text(bag / "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  test::write_text(bag / "data/x", "x");
  const auto digest = digest_hex(DigestAlgorithm::kSha512, "x");
  for (const auto* escape : {"data/../../outside", "../outside", "/etc/passwd", "~/x", "~root/x",
                             "data/%2e%2e/%2e%2e/outside", "data\\..\\..\\outside"}) {
    test::write_text(bag / "manifest-sha512.txt",
                     digest + "  data/x\n" + digest + "  " + escape + "\n");
    expect_withstood(judge(bag));
  }
  test::write_text(bag / "manifest-sha512.txt", digest + "  data/x\n" + digest + "  data/y\n");
  test::write_text(bag / "fetch.txt", "file:///etc/passwd - data/y\n");
  expect_withstood(judge(bag));
  test::write_text(bag / "manifest-sha512.txt", std::string(50'000'000, 'a'));
  expect_withstood(judge(bag));
  fs::create_symlink("/etc/passwd", bag / "data/link");
  expect_withstood(judge(bag));
}

TEST_F(HostilePackage, NamesMayBeAnyBytes) {
  for (const auto* name :
       {"\xFF\xFE.pdf", "\xB0\xB8.pdf", "line\nbreak", "\x1B[2J", "\xC0\xAF", "\xED\xA0\x80",
        "\xE2\x80\xAE"
        "fdp.exe"}) {
    test::write_text(aip(sample_) / "representations/original/data" / name, "x");
  }
  expect_both_withstood(sample_);
}

/// Makes folders below `folder`, each entered by itself: their path is longer than any call takes.
void make_deep(const fs::path& folder, const std::string& name, int depth) {
  int at = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (int i = 0; i < depth && at >= 0; ++i) {
    ASSERT_EQ(::mkdirat(at, name.c_str(), 0700), 0);
    const int below = ::openat(at, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ::close(at);
    at = below;
  }
  ASSERT_GE(at, 0);
  const int file = ::openat(at, "file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  EXPECT_GE(file, 0);
  ::close(file);
  ::close(at);
}

TEST_F(HostilePackage, PathsMayBeLongerThanTheSystemTakes) {
  make_deep(aip(sample_) / "representations/original/data", std::string(250, 'x'), 20);
  expect_both_withstood(sample_);
}

TEST_F(HostilePackage, FoldersMayBeDeep) {
  make_deep(aip(sample_) / "representations/original/data", "d", 1000);
  expect_both_withstood(sample_);
}

struct Change {
  std::string name;
  void (*change)(const fs::path& file);
};

void PrintTo(const Change& change, std::ostream* out) { *out << change.name; }

constexpr const char* kHarmless = "/etc/hostname";

std::vector<Change> changes() {
  return {{"Removed", [](const fs::path& file) { fs::remove(file); }},
          {"Emptied", [](const fs::path& file) { test::write_text(file, ""); }},
          {"Grown", [](const fs::path& file) { fs::resize_file(file, 50'000'000); }},
          {"MadeALink",
           [](const fs::path& file) {
             fs::remove(file);
             fs::create_symlink(kHarmless, file);
           }},
          {"MadeAPipe",
           [](const fs::path& file) {
             fs::remove(file);
             ::mkfifo(file.c_str(), 0600);
           }},
          {"MadeAFolder", [](const fs::path& file) {
             fs::remove(file);
             fs::create_directory(file);
           }}};
}

class ChangedMeanwhile : public testing::TestWithParam<Change> {};

/// What changes when the folder has been listed, but nothing has been read yet.
TEST_P(ChangedMeanwhile, IsFoundBeforeFilesAreDigested) {
  for (const auto& path : {kDocument, std::string("METS.xml"), kPremis}) {
    SamplePackage sample;
    JudgeOptions options;
    options.on_digests = [&] { GetParam().change(sample.object() / sample.v1(path)); };
    expect_withstood(judge(sample.object(), options));
  }
}

/// What is read a second time, after its digest was taken.
TEST_P(ChangedMeanwhile, IsFoundAfterFilesAreDigested) {
  for (const auto& path : {std::string("METS.xml"), kRepMets, kPremis, kRepPremis}) {
    SamplePackage sample;
    JudgeOptions options;
    options.on_digested = [&] { GetParam().change(sample.object() / sample.v1(path)); };
    expect_withstood(judge(sample.object(), options));
  }
}

INSTANTIATE_TEST_SUITE_P(Hostile, ChangedMeanwhile, testing::ValuesIn(changes()),
                         [](const auto& each) { return each.param.name; });

TEST_F(HostilePackage, WhatCannotBeReadIsNeverValid) {
  JudgeOptions options;
  constexpr unsigned kNobody = 65534;
  // Root reads everything: the child becomes somebody who does not.
  if (::geteuid() == 0) {
    fs::permissions(sample_.object().parent_path(), fs::perms::owner_all | fs::perms::others_exec);
    options.before = [] {
      if (::setresgid(kNobody, kNobody, kNobody) != 0) throw std::runtime_error("setresgid");
      if (::setresuid(kNobody, kNobody, kNobody) != 0) throw std::runtime_error("setresuid");
    };
  }
  ASSERT_EQ(judge(sample_.object(), options).verdict, "valid");
  for (const auto& path :
       {sample_.v1(kDocument), sample_.v1("METS.xml"), sample_.v1(kPremis),
        sample_.v1("representations/original/data"), std::string("inventory.json"),
        std::string("inventory.json.sha512"), std::string("v1"), std::string("v1/content")}) {
    const auto place = sample_.object() / path;
    const auto before = fs::status(place).permissions();
    fs::permissions(place, fs::perms::none);
    expect_withstood(judge(sample_.object(), options));
    fs::permissions(place, before);
  }
}

/// Writes `head`, then `filler` until the file has `bytes`, then `tail`; no line end anywhere.
void write_long(const fs::path& path, const std::string& head, const std::string& filler,
                const std::string& tail, std::uint64_t bytes) {
  std::ofstream out(path, std::ios::binary);
  out << head;
  std::string block;
  while (block.size() < 1'000'000) block += filler;
  for (std::uint64_t written = 0; written < bytes; written += block.size()) out << block;
  out << tail;
  ASSERT_TRUE(out.good());
}

void expect_long_lines_refused(std::uint64_t bytes) {
  SamplePackage sample;
  const auto space = std::string("<mets xmlns=\"http://www.loc.gov/METS/\" ");
  for (const auto& path : {std::string("METS.xml"), kPremis}) {
    const auto place = aip(sample) / path;
    const auto original = test::read_text(place);
    write_long(place, space + "LABEL=\"", "a", "\"/>", bytes);
    expect_withstood(judge(aip(sample)));
    write_long(place, space + ">", "<x/>", "</mets>", bytes);
    expect_withstood(judge(aip(sample)));
    write_long(place, space + ">", "<x>", "", bytes);
    expect_withstood(judge(aip(sample)));
    write_long(place, space + "><!--", " ", "--></mets>", bytes);
    expect_withstood(judge(aip(sample)));
    write_long(place, "<", "m", "/>", bytes);
    expect_withstood(judge(aip(sample)));
    test::write_text(place, original);
  }
  // JSON is read whole, up to a limit.
  constexpr std::uint64_t kJsonGrowthMax = 1024ULL * 1024 * 1024;
  write_long(sample.object() / "inventory.json", "{\"id\":\"", "a", "\"}", bytes);
  expect_withstood(judge(sample.object()), kJsonGrowthMax);
}

TEST_F(HostilePackage, LinesBeyondTheLimitAreRefused) {
  expect_long_lines_refused(70'000'000);  // the limit of a small package is 64 MiB
}

TEST_F(HostilePackage, ASparseGigabyteIsRefused) {
  fs::resize_file(aip(sample_) / "METS.xml", 1'000'000'000);
  expect_both_withstood(sample_);
  SamplePackage inventory;
  fs::resize_file(inventory.object() / "inventory.json", 100'000'000'000);
  expect_withstood(judge(inventory.object()));
}

void expect_many_files_withstood(std::size_t count, std::uint64_t growth_max, unsigned seconds) {
  SamplePackage sample;
  const auto folder = aip(sample) / "representations/original/data/many";
  fs::create_directory(folder);
  for (std::size_t i = 0; i < count; ++i) {
    std::ofstream(folder / std::to_string(i), std::ios::binary).close();
  }
  JudgeOptions options;
  options.seconds_max = seconds;
  expect_withstood(judge(sample.object(), options), growth_max);
  expect_withstood(judge(aip(sample), options), growth_max);
}

TEST(HostileFolder, MayHoldManyFiles) { expect_many_files_withstood(20'000, kGrowthMax, 60); }

/// Bytes of a container that nobody keeps.
class Discarded final : public ContainerVisitor {
 public:
  void begin(const ContainerEntry&) override {}

  void data(std::span<const std::byte>) override {}

  void end() override {}
};

TEST(HostileContainer, ABombIsStoppedInLittleMemory) {
  const test::TemporaryFolder folder;
  test::put_file(folder / "bomb.zip", test::make_zip_of_zeros("zeros", 10'000'000'000));
  const auto ended = test::in_child(
      [&](std::ostream& out) {
        Discarded visitor;
        read_container(folder / "bomb.zip", {}, SandboxLevel::kLeast, visitor);
        out << "accepted";
      },
      60);
  EXPECT_EQ(ended.signal, 0);
  EXPECT_NE(ended.answer.find("thrown: "), std::string::npos) << ended.answer;
  EXPECT_LT(kSanitized ? 0 : ended.grown_bytes, kGrowthMax);
}

// The largest ones take minutes and gigabytes of disk: an entry of their own, label full.
TEST(HostileBig, AMillionFilesInAFolder) {
  if (kSanitized) GTEST_SKIP() << "sanitizers need more memory for this than machines have";
  expect_many_files_withstood(1'000'000, 2ULL * 1024 * 1024 * 1024, 300);
}

TEST(HostileBig, LinesOfAGigabyte) {
  if (kSanitized) GTEST_SKIP() << "the smaller ones say the same under sanitizers";
  expect_long_lines_refused(1'000'000'000);
}

}  // namespace
}  // namespace anjuan::packager
