// anjuan-verify as an auditor runs it: arguments, exit status, output.
#include <gtest/gtest.h>

#include "core/json.h"
#include "tests/support/bags.h"
#include "tests/support/sample_package.h"
#include "tests/verify/run_program.h"

namespace anjuan {
namespace {

using test::run;
using test::SamplePackage;

const std::string kProgram = ANJUAN_BIN_DIR "/anjuan-verify";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

TEST(AnjuanVerify, ExitsWith0ForAValidPackage) {
  SamplePackage sample;
  const auto ran = run({kProgram, sample.object()});
  EXPECT_EQ(ran.status, 0) << ran.output << ran.errors;
  EXPECT_NE(ran.output.find("结论：有效"), std::string::npos) << ran.output;
  EXPECT_EQ(ran.errors, "");
}

TEST(AnjuanVerify, ExitsWith3ForAHarmedPackageAndSaysWhere) {
  SamplePackage sample;
  sample.write("notes.txt", "x");
  const auto ran = run({kProgram, "--lang", "en", sample.object()});
  EXPECT_EQ(ran.status, 3) << ran.output << ran.errors;
  EXPECT_NE(ran.output.find("error E001  notes.txt"), std::string::npos) << ran.output;
  EXPECT_NE(ran.output.find("Verdict: invalid"), std::string::npos) << ran.output;
}

TEST(AnjuanVerify, ExitsWith4ForWhatItCannotJudge) {
  test::TemporaryFolder folder;
  EXPECT_EQ(run({kProgram, folder.path()}).status, 4);
  EXPECT_EQ(run({kProgram, folder / "nothing"}).status, 4);
}

TEST(AnjuanVerify, JudgesABagOnAnyNumberOfThreads) {
  test::TemporaryFolder folder;
  auto bag = test::bag_of({{"a.txt", "one"}, {"b.txt", "two"}});
  test::put_bag(folder.path(), bag);
  EXPECT_EQ(run({kProgram, "--threads", "1", folder.path()}).status, 0);
  EXPECT_EQ(run({kProgram, "--threads=3", "--as", "bagit", folder.path()}).status, 0);
  test::write_text(folder / "manifest-whirl9.txt", "00  data/a.txt\n00  data/b.txt\n");
  EXPECT_EQ(run({kProgram, folder.path()}).status, 3);  // the tag manifest does not list it
  bag["manifest-whirl9.txt"] = "00  data/a.txt\n00  data/b.txt\n";
  test::add_tag_manifest(bag);
  test::put_bag(folder.path(), bag);
  const auto open = run({kProgram, "--json", folder.path()});
  EXPECT_EQ(open.status, 4);
  EXPECT_EQ(Json::parse(lines_of(open.output).back(), "last").text_or("kind", ""), "bagit");
}

TEST(AnjuanVerify, LetsTheWorstOfSeveralDecide) {
  SamplePackage good;
  SamplePackage bad;
  bad.write("notes.txt", "x");
  test::TemporaryFolder empty;
  EXPECT_EQ(run({kProgram, good.object(), empty.path()}).status, 4);
  EXPECT_EQ(run({kProgram, bad.object(), empty.path(), good.object()}).status, 3);
}

TEST(AnjuanVerify, ExitsWith2ForWrongUsage) {
  EXPECT_EQ(run({kProgram}).status, 2);
  EXPECT_EQ(run({kProgram, "--quick", "x"}).status, 2);
  EXPECT_EQ(run({kProgram, "--lang", "fr", "x"}).status, 2);
  EXPECT_EQ(run({kProgram, "--as", "zip", "x"}).status, 2);
  for (const auto* threads : {"0", "65", "-1", "two", ""}) {
    EXPECT_EQ(run({kProgram, "--threads", threads, "x"}).status, 2) << threads;
  }
  const auto help = run({kProgram, "--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.output.find("EXIT STATUS"), std::string::npos);
}

TEST(AnjuanVerify, PrintsOneJsonObjectALine) {
  SamplePackage sample;
  sample.write("notes.txt", "x");
  sample.write("v1/notes.txt", "x");
  const auto ran = run({kProgram, "--json", sample.object()});
  const auto lines = lines_of(ran.output);
  ASSERT_EQ(lines.size(), 3u) << ran.output;
  const auto first = Json::parse(lines[0], "first");
  EXPECT_EQ(first.members().size(), 4u);
  EXPECT_EQ(first.text_or("code", ""), "E001");
  EXPECT_EQ(first.text_or("level", ""), "error");
  EXPECT_EQ(first.text_or("where", ""), "notes.txt");
  EXPECT_NE(first.text_or("message", ""), "");
  const auto last = Json::parse(lines[2], "last");
  EXPECT_EQ(last.members().size(), 5u);
  EXPECT_EQ(last.text_or("path", ""), sample.object().string());
  EXPECT_EQ(last.text_or("kind", ""), "anjuan");
  EXPECT_EQ(last.text_or("verdict", ""), "invalid");
  EXPECT_EQ(last.find("errors")->as_integer(), 2);
  EXPECT_EQ(last.find("warnings")->as_integer(), 0);
}

}  // namespace
}  // namespace anjuan
