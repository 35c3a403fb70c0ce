// What anjuan-sample leaves on disk, and what it refuses.

#include <fstream>

#include <gtest/gtest.h>

#include "core/digest.h"
#include "core/durable.h"
#include "tests/sample/sample_program.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {
namespace {

std::map<std::string, std::string> digests_under(const std::filesystem::path& folder) {
  std::map<std::string, std::string> digests;
  for (const auto& file : files_under(folder)) digests[file] = digest_file(folder / file).sha512;
  return digests;
}

TEST(SampleProgram, WritesTheNamedFilesAndNoOthers) {
  const TemporaryFolder folder;
  const Outcome outcome = run_sample(folder.path(), "--case A,B --seconds 1");
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  for (const char* name : {"A", "B"}) {
    const auto path = folder / name;
    const Json the_case = Json::parse(read_file(path / "case.json"), name);
    EXPECT_EQ(files_under(path), named_files(the_case)) << name;
    for (const auto& file : files_under(path)) {
      EXPECT_GT(std::filesystem::file_size(path / file), 1000U) << file;
    }
  }
}

TEST(SampleProgram, WritesTheSameBytesOnEveryRun) {
  const TemporaryFolder first;
  const TemporaryFolder second;
  ASSERT_EQ(run_sample(first.path(), "--case B --seconds 2").status, 0);
  ASSERT_EQ(run_sample(second.path(), "--case B --seconds 2").status, 0);
  EXPECT_EQ(digests_under(first / "B"), digests_under(second / "B"));
}

TEST(SampleProgram, KeepsAnEqualSubmission) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_sample(folder.path(), "--case B --seconds 1").status, 0);
  const auto before = digests_under(folder / "B");
  const Outcome again = run_sample(folder.path(), "--case B --seconds 1");
  EXPECT_EQ(again.status, 0) << again.output;
  std::filesystem::remove(folder / ".B.sha512");  // without the list it is drawn and compared
  const Outcome compared = run_sample(folder.path(), "--case B --seconds 1");
  EXPECT_EQ(compared.status, 0) << compared.output;
  EXPECT_EQ(digests_under(folder / "B"), before);
}

TEST(SampleProgram, RefusesToTouchADifferentSubmission) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_sample(folder.path(), "--case B --seconds 1").status, 0);
  std::ofstream(folder / "B/docs/note.txt") << "added by somebody";
  const auto before = digests_under(folder / "B");
  const Outcome outcome = run_sample(folder.path(), "--case B --seconds 1");
  EXPECT_EQ(outcome.status, 3);
  EXPECT_NE(outcome.output.find("内容不同"), std::string::npos) << outcome.output;
  EXPECT_EQ(digests_under(folder / "B"), before);
}

TEST(SampleProgram, SaysOneJsonObjectPerCase) {
  const TemporaryFolder folder;
  const Outcome outcome = run_sample(folder.path(), "--case B --seconds 1 --json");
  ASSERT_EQ(outcome.status, 0);
  const Json line = Json::parse(outcome.output, "output");
  EXPECT_EQ(line.text_or("case", ""), "澄水当罚〔2026〕3号");
  EXPECT_EQ(line.text_or("path", ""), (folder / "B").string());
  EXPECT_EQ(line.find("documents")->as_integer(), 7);
  EXPECT_EQ(line.find("recordings")->as_integer(), 1);
}

TEST(SampleProgram, RefusesAnUnknownCaseAndNamesTheOthers) {
  const TemporaryFolder folder;
  const Outcome outcome = run_sample(folder.path(), "--case Z");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.output.find("A, "), std::string::npos) << outcome.output;
  EXPECT_TRUE(files_under(folder.path()).empty());
}

/// Draws a case of one document with the given file name.
Outcome draw_named(const TemporaryFolder& folder, const std::string& file) {
  std::ofstream(folder / "own.json")
      << R"({"case_no":"样〔2026〕1号","docs":[{"id":"D01","kind":"D_OTHER","title":"说明",)"
      << R"("date":"2026-01-05","pages":2,"file":")" << file << R"("}],"events":[],"av":[]})";
  return run_sample(folder / "out", "--from " + quoted(folder / "own.json"));
}

TEST(SampleProgram, DrawsAnyCaseGivenByFile) {
  const TemporaryFolder folder;
  const Outcome outcome = draw_named(folder, "文书/说明 100%.pdf");
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_EQ(files_under(folder / "out/own"),
            (std::set<std::string>{"case.json", "文书/说明 100%.pdf"}));
}

TEST(SampleProgram, RefusesPathsThatLeaveTheFolder) {
  for (const char* path : {"../outside.pdf", "/tmp/outside.pdf", "a/../../b.pdf", "note.docx"}) {
    const TemporaryFolder folder;
    const Outcome outcome = draw_named(folder, path);
    EXPECT_EQ(outcome.status, 4) << path << outcome.output;
    EXPECT_NE(outcome.output.find(path), std::string::npos) << outcome.output;
    EXPECT_FALSE(std::filesystem::exists(folder / "out/own")) << path;
  }
}

TEST(SampleProgram, LeavesNothingBehindWhenInterrupted) {
  const TemporaryFolder folder;
  const Outcome outcome =
      run_command("timeout -s INT --preserve-status 2 " ANJUAN_BIN_DIR "/anjuan-sample " +
                  quoted(folder.path()) + " --case A");  // full length takes many minutes
  EXPECT_EQ(outcome.status, 130) << outcome.output;
  EXPECT_TRUE(files_under(folder.path()).empty());
}

TEST(SampleProgram, SaysWhenItHasNoVoice) {
  const TemporaryFolder folder;
  const Outcome outcome = run_command("PATH=/nowhere " ANJUAN_BIN_DIR "/anjuan-sample " +
                                      quoted(folder.path()) + " --case B --seconds 1");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("espeak-ng"), std::string::npos) << outcome.output;
}

TEST(SampleProgram, RefusesACaseThatIsNotJson) {
  const TemporaryFolder folder;
  std::ofstream(folder / "own.json") << "{\"case_no\": ";
  const Outcome outcome = run_sample(folder / "out", "--from " + quoted(folder / "own.json"));
  EXPECT_EQ(outcome.status, 4) << outcome.output;
  EXPECT_FALSE(std::filesystem::exists(folder / "out/own"));
}

TEST(SampleProgram, RefusesTooMuchTextForItsPages) {
  const TemporaryFolder folder;
  std::string value;
  for (int i = 0; i < 4000; ++i) value += "字字";
  std::ofstream(folder / "own.json")
      << R"({"case_no":"样〔2026〕1号","events":[],"av":[],"docs":[{"id":"D01","kind":"D_OTHER",)"
      << R"("title":"长文","date":"2026-01-05","pages":1,"file":"a.pdf","fields":{"result":")"
      << value << R"("}}]})";
  const Outcome outcome = run_sample(folder / "out", "--from " + quoted(folder / "own.json"));
  EXPECT_EQ(outcome.status, 4) << outcome.output;
  EXPECT_NE(outcome.output.find("长文"), std::string::npos) << outcome.output;
}

TEST(SampleProgram, HelpTellsTheExitStatus) {
  const Outcome outcome = run_command(ANJUAN_BIN_DIR "/anjuan-sample --help --lang en");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.output.find("EXIT STATUS"), std::string::npos);
}

}  // namespace
}  // namespace anjuan::test
