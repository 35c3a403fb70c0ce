// anjuan probe: needs no home, tells every file in one line of JSON, and in words.
#include <gtest/gtest.h>

#include "core/digest.h"
#include "core/json.h"
#include "tests/support/corpora.h"
#include "tests/support/files.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

namespace fs = std::filesystem;

test::ProcessResult probe(const std::vector<std::string>& arguments,
                          const fs::path& home = "/nonexistent") {
  std::vector<std::string> command{test::program("anjuan"), "probe"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return test::run_process(command, {{"ANJUAN_HOME", home.string()}, {"LANG", "zh_CN.UTF-8"}});
}

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> lines;
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != text.npos; at = end + 1) {
    lines.push_back(Json::parse(text.substr(at, end - at), "probe"));
  }
  return lines;
}

TEST(Probe, TellsFormatSizeAndDigests) {
  const test::TemporaryFolder folder;
  const std::string bytes = "%PDF-1.4\n%%EOF\n";
  test::write_text(folder / "a.pdf", bytes);
  test::write_text(folder / "b.csv", "案号,当事人\n");
  const auto result = probe({"--json", folder / "a.pdf", folder / "b.csv"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 2U) << result.out;
  EXPECT_EQ(lines[0].text_or("puid", ""), "fmt/18");
  EXPECT_EQ(lines[0].text_or("mime", ""), "application/pdf");
  EXPECT_EQ(lines[0].text_or("basis", ""), "signature");
  EXPECT_EQ(lines[0].find("bytes")->as_integer(), static_cast<std::int64_t>(bytes.size()));
  const Digests digests = digest_bytes(bytes);
  EXPECT_EQ(lines[0].text_or("sha512", ""), digests.sha512);
  EXPECT_EQ(lines[0].text_or("sm3", ""), digests.sm3);
  EXPECT_TRUE(lines[0].find("findings")->items().empty()) << result.out;
  EXPECT_EQ(lines[1].text_or("puid", ""), "x-fmt/18");
  EXPECT_EQ(lines[1].text_or("charset", ""), "UTF-8");
}

TEST(Probe, SaysInWordsWhatIsWrong) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "a.doc", "%PDF-1.4\n%%EOF\n");
  const auto result = probe({folder / "a.doc"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("扩展名却不相符"), std::string::npos) << result.out;
}

TEST(Probe, TellsStreamsAndPhotographs) {
  const fs::path media = test::corpora("media");
  if (media.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  const auto result = probe({"--json", media / "rot.mp4", media / "img/DSCN0010.jpg"});
  const auto lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 2U) << result.err;
  EXPECT_EQ(lines[0].find("streams")->items().at(0).text_or("codec", ""), "h264");
  EXPECT_EQ(lines[1].find("photo")->text_or("taken", ""), "2008-10-22T16:28:39");
}

TEST(Probe, TakesPronomFilesFromTheCommandLineOrTheHome) {
  const fs::path pronom = test::corpora("pronom");
  if (pronom.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  const fs::path droid = pronom / "DROID_SignatureFile_V122.xml";
  const fs::path containers = pronom / "container-signature-20260119.xml";
  const fs::path drawing =
      pronom / "skeletons/containers/fmt-924-container-signature-id-13030.vsdx";
  const auto puid = [](const test::ProcessResult& result) {
    const auto lines = lines_of(result.out);
    return lines.empty() ? result.err : lines[0].text_or("puid", "");
  };
  EXPECT_EQ(puid(probe({"--json", drawing})), "x-fmt/263") << "without PRONOM a plain zip";
  EXPECT_EQ(
      puid(probe({"--json", drawing, "--pronom", droid, "--container-signatures", containers})),
      "fmt/924");
  const test::TemporaryFolder home;
  fs::create_directories(home / "data/pronom");
  fs::copy_file(droid, home / "data/pronom/DROID_SignatureFile_V122.xml");
  fs::copy_file(containers, home / "data/pronom/container-signature-20260119.xml");
  test::write_text(home / "data/pronom/DROID_SignatureFile_V99.xml", "older, never read");
  EXPECT_EQ(puid(probe({"--json", drawing}, home.path())), "fmt/924");
}

TEST(Probe, RefusesWhatItCannotUse) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "a.txt", "x");
  test::write_text(folder / "bad.xml", "<FFSignatureFile Version=\"1\"/>");
  EXPECT_NE(probe({folder / "missing.pdf"}).exit_code, 0);
  EXPECT_EQ(probe({folder / "a.txt", "--container-signatures", folder / "bad.xml"}).exit_code, 2);
  const auto refused = probe({folder / "a.txt", "--pronom", folder / "bad.xml"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_NE(refused.err.find("bad.xml"), std::string::npos) << refused.err;
}

TEST(Probe, TellsOfEachFileThatCannotBeOpenedAndGoesOn) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "a.csv", "a,b\n");
  fs::create_symlink(folder / "a.csv", folder / "link.csv");
  const fs::path absent = folder / "absent.avi";
  const auto result =
      probe({"--json", folder / "a.csv", absent, folder / "link.csv", folder / "a.csv"});
  EXPECT_EQ(result.exit_code, 4) << result.err;
  const auto lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 4U) << result.out;
  const std::vector<std::string> errors{"", "not_found", "refused", ""};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].text_or("error", ""), errors[i]);
    EXPECT_EQ(lines[i].find("sha512") != nullptr, errors[i].empty());
  }
  EXPECT_EQ(lines[1].text_or("file", ""), absent.string());
  EXPECT_NE(lines[1].text_or("message", "").find("absent.avi"), std::string::npos);
  EXPECT_NE(result.err.find("absent.avi"), std::string::npos);
}

TEST(Probe, ExitsAsTheConventionsSay) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "a.csv", "a,b\n");
  const fs::path file = folder / "a.csv";
  fs::create_symlink(file, folder / "link.csv");
  EXPECT_EQ(probe({file}).exit_code, 0);
  EXPECT_EQ(probe({}).exit_code, 2);
  EXPECT_EQ(probe({"--container-signatures", file, file}).exit_code, 2);
  EXPECT_EQ(probe({folder / "link.csv", file}).exit_code, 3);
  EXPECT_EQ(probe({folder / "absent.avi", file}).exit_code, 4);
  EXPECT_EQ(probe({"--pronom", folder / "absent.xml", file}).exit_code, 4);
  EXPECT_EQ(probe({"--pronom", file, file}).exit_code, 4) << "no signature file";
}

}  // namespace
}  // namespace anjuan
