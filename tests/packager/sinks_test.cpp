// Zip, tar and folder: the same files under the same names, whoever reads them.
#include "packager/container.h"
#include "packager/container_write_tar.h"
#include "packager/container_write_zip.h"
#include "packager/folder_sink.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using namespace anjuan::test;
using testing::HasSubstr;
using testing::Not;

using Tree = std::map<std::string, std::string>;

const Instant kTime = parse_instant("2026-11-23T10:00:02+08:00");

/// What a case file can be called: Chinese, signs that URLs and shells eat, NFD, 255 bytes.
Tree hostile_tree() {
  std::string longest;
  for (int i = 0; i < 83; ++i) longest += "长";
  Tree tree = {{"aip-1/METS.xml", "<mets/>"},
               {"aip-1/data/现场笔录 100%+#1&.pdf", "%PDF"},
               {"aip-1/data/e\u0301tage.txt", std::string(70'000, 'n')},
               {"aip-1/data/\u00e9tage.txt", "composed"},
               {"aip-1/data/空.bin", ""},
               {"aip-1/data/音像/V01.mp4", random_bytes(300'000, 7)},
               {"aip-1/data/deep/" + std::string(120, 'd') + "/ascii.txt", "deep"}};
  tree["aip-1/data/" + longest + "ab.pdf"] = "long";
  return tree;
}

void put(TreeSink& sink, const Tree& tree) {
  for (const auto& [path, bytes] : tree) {
    sink.begin(path, bytes.size(), kTime);
    const auto all = std::as_bytes(std::span(bytes));
    sink.write(all.first(all.size() / 2));
    sink.write({});
    sink.write(all.subspan(all.size() / 2));
    sink.end();
  }
  sink.finish();
}

template <typename Sink>
fs::path written(const fs::path& target, const Tree& tree) {
  Sink sink(target);
  put(sink, tree);
  return target;
}

/// What our own reader of foreign containers makes of it.
class Reader final : public ContainerVisitor {
 public:
  void begin(const ContainerEntry& entry) override {
    open_ = &tree[entry.path];
    modified = entry.modified.value();
  }

  void data(std::span<const std::byte> block) override {
    open_->append(reinterpret_cast<const char*>(block.data()), block.size());
  }

  void end() override {}

  Tree tree;
  Instant modified;

 private:
  std::string* open_ = nullptr;
};

Reader read_back(const fs::path& path) {
  Reader reader;
  read_container(path, {}, SandboxLevel::kNone, reader);
  return reader;
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint64_t value = 0;
  for (std::size_t i = length; i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
  }
  return value;
}

TEST(ZipSink, KeepsNamesAndBytesForOurOwnReader) {
  const TemporaryFolder folder;
  const auto reader = read_back(written<ZipSink>(folder / "a.zip", hostile_tree()));
  EXPECT_EQ(reader.tree, hostile_tree());
  EXPECT_EQ(reader.modified, kTime);
}

TEST(TarSink, KeepsNamesAndBytesForOurOwnReader) {
  const TemporaryFolder folder;
  const auto reader = read_back(written<TarSink>(folder / "a.tar", hostile_tree()));
  EXPECT_EQ(reader.tree, hostile_tree());
  EXPECT_EQ(reader.modified, kTime);
}

TEST(FolderSink, KeepsNamesAndBytes) {
  const TemporaryFolder folder;
  const auto target = written<FolderSink>(folder / "a", hostile_tree());
  Tree found;
  for (const auto& entry : fs::recursive_directory_iterator(target)) {
    if (!entry.is_regular_file()) continue;
    found[entry.path().lexically_relative(target).string()] = read_text(entry.path());
  }
  EXPECT_EQ(found, hostile_tree());
}

TEST(ZipSink, IsReadByOtherPrograms) {
  const TemporaryFolder folder;
  const auto zip = written<ZipSink>(folder / "a.zip", hostile_tree()).string();
  int tried = 0;
  for (const auto& command : std::vector<std::vector<std::string>>{
           {"unzip", "-tq", zip}, {"7z", "t", zip}, {"python3", "-m", "zipfile", "-t", zip}}) {
    if (!has_program(command.front())) continue;
    const auto result = run_process(command, {{"LC_ALL", "C.UTF-8"}});
    EXPECT_EQ(result.exit_code, 0) << command.front() << result.out << result.err;
    ++tried;
  }
  if (tried == 0) GTEST_SKIP() << "needs unzip, 7z or python3";
  const auto names = run_process({"python3", "-c",
                                  "import sys, zipfile\n"
                                  "for i in zipfile.ZipFile(sys.argv[1]).infolist():\n"
                                  "  print(i.filename, i.file_size)",
                                  zip},
                                 {{"PYTHONUTF8", "1"}});
  for (const auto& [path, bytes] : hostile_tree()) {
    EXPECT_THAT(names.out, HasSubstr(fmt::format("{} {}\n", path, bytes.size())));
  }
}

TEST(TarSink, IsReadByOtherPrograms) {
  if (!has_program("tar")) GTEST_SKIP() << "needs the program tar";
  const TemporaryFolder folder;
  const auto tar = written<TarSink>(folder / "a.tar", hostile_tree()).string();
  fs::create_directory(folder / "out");
  const auto result = run_process({"tar", "-xf", tar, "-C", (folder / "out").string()});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  for (const auto& [path, bytes] : hostile_tree()) {
    EXPECT_EQ(read_text(folder / "out" / path), bytes) << path;
  }
}

TEST(ZipSink, StoresWhatIsPackedAndDeflatesTheRest) {
  const TemporaryFolder folder;
  const Tree media = {{"a/V01.mp4", std::string(100'000, 'v')}};
  const Tree text = {{"a/V01.txt", std::string(100'000, 'v')}};
  EXPECT_GT(fs::file_size(written<ZipSink>(folder / "m.zip", media)), 100'000U);
  EXPECT_LT(fs::file_size(written<ZipSink>(folder / "t.zip", text)), 2'000U);
}

TEST(ZipSink, StandsInTheLocalHeadersWhatStreamReadersNeed) {
  const TemporaryFolder folder;
  const auto zip = read_text(written<ZipSink>(folder / "a.zip", {{"a/V.mp4", "12345"}}));
  EXPECT_EQ(number_at(zip, 6, 2), 0U);            // flags: no data descriptor
  EXPECT_EQ(number_at(zip, 14, 4), 0xCBF53A1CU);  // CRC-32 of "12345"
  EXPECT_EQ(number_at(zip, 18, 4), 5U);
  EXPECT_EQ(number_at(zip, 22, 4), 5U);
}

TEST(ZipHeaders, BearTheUtf8FlagOnNamesThatAreNotAscii) {
  ZipEntry entry;
  entry.path = "案卷.txt";
  EXPECT_EQ(number_at(zip_local_header(entry), 6, 2), 0x0800U);
  EXPECT_EQ(number_at(zip_central_header(entry), 8, 2), 0x0800U);
  entry.path = "a.txt";
  EXPECT_EQ(number_at(zip_local_header(entry), 6, 2), 0U);
}

TEST(ZipHeaders, UseZip64OnlyWhereANumberDoesNotFit) {
  ZipEntry entry;
  entry.path = "a";
  EXPECT_EQ(zip_local_header(entry).size(), 31U);
  entry.bytes = entry.packed_bytes = 5'000'000'000;
  const auto local = zip_local_header(entry);
  EXPECT_EQ(number_at(local, 4, 2), 45U);
  EXPECT_EQ(number_at(local, 18, 4), 0xFFFFFFFFU);
  EXPECT_EQ(number_at(local, 28, 2), 20U);  // extra field
  EXPECT_EQ(number_at(local, 31, 2), 1U);
  EXPECT_EQ(number_at(local, 35, 8), 5'000'000'000U);
  EXPECT_EQ(number_at(local, 43, 8), 5'000'000'000U);
  entry.bytes = entry.packed_bytes = 7;
  entry.offset = 6'000'000'000;
  const auto central = zip_central_header(entry);
  EXPECT_EQ(number_at(central, 20, 4), 7U);
  EXPECT_EQ(number_at(central, 42, 4), 0xFFFFFFFFU);
  EXPECT_EQ(number_at(central, 47, 4), 1U | 8U << 16U);
  EXPECT_EQ(number_at(central, 51, 8), 6'000'000'000U);
}

TEST(ZipHeaders, EndWithZip64OnlyForManyFilesOrAFarDirectory) {
  EXPECT_EQ(zip_end(3, 100, 1000).size(), 22U);
  const auto many = zip_end(70'000, 100, 1000);
  EXPECT_EQ(many.substr(0, 4), "PK\x06\x06");
  EXPECT_EQ(number_at(many, 32, 8), 70'000U);
  EXPECT_EQ(many.substr(56, 4), "PK\x06\x07");
  EXPECT_EQ(number_at(many, 64, 8), 1100U);
  EXPECT_EQ(number_at(many, 76 + 10, 2), 0xFFFFU);
  const auto far = zip_end(3, 100, 5'000'000'000);
  EXPECT_EQ(number_at(far, 48, 8), 5'000'000'000U);
  EXPECT_EQ(number_at(far, 76 + 16, 4), 0xFFFFFFFFU);
}

TEST(ZipSink, HoldsMoreFilesThanTheOldFormatCanCount) {
  const TemporaryFolder folder;
  Tree tree;
  for (int i = 0; i < 66'000; ++i) tree[fmt::format("a/{:05}.jpg", i)] = "";
  const auto zip = written<ZipSink>(folder / "many.zip", tree);
  const auto count = run_process({"python3", "-c",
                                  "import sys, zipfile\n"
                                  "print(len(zipfile.ZipFile(sys.argv[1]).namelist()))",
                                  zip.string()});
  EXPECT_EQ(count.out, "66000\n") << count.err;
}

TEST(TarHeaders, HaveAPaxHeaderOnlyWhereUstarDoesNotDo) {
  EXPECT_EQ(tar_headers("aip/a.txt", 5, kTime).size(), 512U);
  const auto named = tar_headers("案/a.txt", 5, kTime);
  ASSERT_EQ(named.size(), 3 * 512U);
  EXPECT_EQ(named[156], 'x');
  EXPECT_THAT(named, HasSubstr("18 path=案/a.txt\n"));
  const auto large = tar_headers("a.mp4", kTarLongBytes, kTime);
  ASSERT_EQ(large.size(), 3 * 512U);
  EXPECT_THAT(large, HasSubstr("19 size=8589934592\n"));
  EXPECT_THAT(tar_headers("a.mp4", kTarLongBytes - 1, kTime), HasSubstr("77777777777"));
}

TEST(TarSink, EndsWithZeroBlocksOnARecord) {
  const TemporaryFolder folder;
  const auto tar = read_text(written<TarSink>(folder / "a.tar", {{"a/b", "x"}}));
  EXPECT_EQ(tar.size(), 10'240U);
  EXPECT_EQ(tar.substr(1024), std::string(tar.size() - 1024, '\0'));
}

TEST(Sinks, GiveTheSameBytesForTheSameFiles) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_text(written<ZipSink>(folder / "1.zip", hostile_tree())),
            read_text(written<ZipSink>(folder / "2.zip", hostile_tree())));
  EXPECT_EQ(read_text(written<TarSink>(folder / "1.tar", hostile_tree())),
            read_text(written<TarSink>(folder / "2.tar", hostile_tree())));
}

TEST(Sinks, RefuseToReplaceAndToLeaveTheTarget) {
  const TemporaryFolder folder;
  write_text(folder / "there", "old");
  EXPECT_EQ(thrown_by([&] { ZipSink sink(folder / "there"); }).word, "conflict");
  EXPECT_EQ(thrown_by([&] { TarSink sink(folder / "there"); }).word, "conflict");
  EXPECT_EQ(thrown_by([&] { FolderSink sink(folder / "there"); }).word, "conflict");
  EXPECT_EQ(read_text(folder / "there"), "old");
  FolderSink sink(folder / "new");
  EXPECT_EQ(thrown_by([&] { sink.begin("../climbs", 0, kTime); }).word, "invalid");
}

TEST(Sinks, NoticeAFileThatIsNotAsLongAsTold) {
  const TemporaryFolder folder;
  const std::string bytes = "three";
  const auto put_short = [&](TreeSink& sink) {
    sink.begin("a", 9, kTime);
    sink.write(std::as_bytes(std::span(bytes)));
    sink.end();
  };
  ZipSink zip(folder / "a.zip");
  TarSink tar(folder / "a.tar");
  FolderSink plain(folder / "a");
  EXPECT_EQ(thrown_by([&] { put_short(zip); }).word, "internal");
  EXPECT_EQ(thrown_by([&] { put_short(tar); }).word, "internal");
  EXPECT_EQ(thrown_by([&] { put_short(plain); }).word, "internal");
}

}  // namespace
}  // namespace anjuan::packager
