// anjuan-verify needs nothing of the system: no library, no locale, no network, no other file.
#include <cstring>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/sample_package.h"
#include "tests/verify/run_program.h"

namespace anjuan {
namespace {

namespace fs = std::filesystem;
using test::run;
using test::RunOptions;
using test::SamplePackage;

const std::string kProgram = ANJUAN_BIN_DIR "/anjuan-verify";

#ifdef ANJUAN_STATIC_VERIFIER
constexpr bool kStatic = true;
#else
constexpr bool kStatic = false;
#endif

#define SKIP_UNLESS_STATIC() \
  if (!kStatic) GTEST_SKIP() << "sanitizers and coverage cannot be linked statically"
#define SKIP_UNLESS_ROOT()                                             \
  if (::geteuid() != 0)                                                \
  GTEST_SKIP() << "only root may change the root folder or leave the " \
                  "network"

/// The program's bytes, read at one go: it has some ten million of them.
const std::string& program() {
  static const std::string bytes = [] {
    std::string read(fs::file_size(kProgram), '\0');
    std::ifstream(kProgram, std::ios::binary)
        .read(read.data(), static_cast<std::streamsize>(read.size()));
    return read;
  }();
  return bytes;
}

/// Types of the program headers of a 64-bit ELF file.
std::vector<std::uint32_t> segments(const std::string& elf) {
  const auto number = [&](std::size_t place, std::size_t bytes) {
    std::uint64_t value = 0;
    std::memcpy(&value, elf.data() + place, bytes);
    return value;
  };
  const auto table = number(0x20, 8);
  const auto size = number(0x36, 2);
  const auto count = number(0x38, 2);
  std::vector<std::uint32_t> types;
  for (std::uint64_t i = 0; i < count; ++i) {
    types.push_back(static_cast<std::uint32_t>(number(table + i * size, 4)));
  }
  return types;
}

/// A root folder that holds the program and a package, and nothing else.
fs::path bare_root(const test::TemporaryFolder& folder, const SamplePackage& sample) {
  const auto root = folder / "root";
  fs::create_directory(root);
  fs::copy_file(kProgram, root / "anjuan-verify");
  fs::copy(sample.object(), root / "package", fs::copy_options::recursive);
  return root;
}

TEST(StaticVerifier, IsNoDynamicExecutable) {
  SKIP_UNLESS_STATIC();
  constexpr std::uint32_t kInterpreter = 3;  // PT_INTERP
  const auto types = segments(program());
  ASSERT_FALSE(types.empty());
  EXPECT_EQ(std::count(types.begin(), types.end(), kInterpreter), 0);
}

TEST(StaticVerifier, HasNoCodeOfCurl) {
  SKIP_UNLESS_STATIC();
  EXPECT_EQ(program().find("curl_easy"), std::string::npos);
}

TEST(StaticVerifier, WorksInAnEmptyRootWithoutLocales) {
  SKIP_UNLESS_STATIC();
  SKIP_UNLESS_ROOT();
  SamplePackage sample;
  test::TemporaryFolder folder;
  RunOptions options;
  options.new_root = bare_root(folder, sample);
  const auto valid = run({"/anjuan-verify", "--deep", "/package"}, options);
  EXPECT_EQ(valid.status, 0) << valid.output << valid.errors;
  test::write_text(options.new_root / "package" / sample.v1("METS.xml"), "<mets><案卷/></mets");
  const auto invalid = run({"/anjuan-verify", "/package"}, options);
  EXPECT_EQ(invalid.status, 3) << invalid.output << invalid.errors;
}

TEST(StaticVerifier, SaysTheSameInAnEmptyRoot) {
  SKIP_UNLESS_STATIC();
  SKIP_UNLESS_ROOT();
  SamplePackage sample;
  sample.forge("METS.xml", "<metsHdr", "<metsNote/><metsHdr");
  sample.forge("representations/original/METS.xml", "</fileSec>", "</filesec>");
  test::TemporaryFolder folder;
  RunOptions options;
  options.new_root = bare_root(folder, sample);
  const auto here = run({kProgram, "--json", sample.object()});
  const auto there = run({"/anjuan-verify", "--json", "/package"}, options);
  const auto findings = [](const std::string& text) {
    return text.substr(0, text.rfind("{\"path\""));
  };
  EXPECT_EQ(findings(here.output), findings(there.output));
  EXPECT_NE(here.output.find("metsNote"), std::string::npos) << here.output;
}

// ICU's data is cut down to its converters: they must still be there.
TEST(StaticVerifier, ReadsXmlInOldChineseEncodings) {
  SKIP_UNLESS_STATIC();
  SamplePackage sample;
  const auto path = "metadata/other/report.xml";
  const auto findings_for = [&](const std::string& bytes) {
    sample.write(sample.v1(path), bytes);
    return run({kProgram, "--json", sample.object()}).output;
  };
  const std::string declaration = "<?xml version=\"1.0\" encoding=\"GB18030\"?>";
  const std::string case_file = "\xB0\xB8\xBE\xED";  // 案卷
  const auto good =
      findings_for(declaration + "<" + case_file + ">\x81\x30\x81\x30</" + case_file + ">");
  EXPECT_NE(good.find("E092"), std::string::npos) << good;
  EXPECT_EQ(good.find("\"XML\""), std::string::npos) << good;
  // The parser names the tag that it misses: in UTF-8, so it did read the bytes.
  const auto bad = findings_for(declaration + "<" + case_file + "></x>");
  EXPECT_NE(bad.find("\"XML\""), std::string::npos) << bad;
  EXPECT_NE(bad.find("案卷"), std::string::npos) << bad;
}

TEST(StaticVerifier, WorksWithoutNetwork) {
  SKIP_UNLESS_ROOT();
  SamplePackage sample;
  RunOptions options;
  options.without_network = true;
  const auto ran = run({kProgram, sample.object()}, options);
  EXPECT_EQ(ran.status, 0) << ran.output << ran.errors;
}

}  // namespace
}  // namespace anjuan
