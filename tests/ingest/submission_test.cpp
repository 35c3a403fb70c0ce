#include "ingest/submission.h"

#include <sys/stat.h>

#include "tests/support/errors.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::ingest {
namespace {

using test::thrown_by;
using testing::HasSubstr;

TEST(Submission, TellsFolderContainerAndDeclarationApart) {
  const test::TemporaryFolder folder;
  test::put_file(folder / "a.zip", "PK");
  test::put_file(folder / "case.json", "{}");
  EXPECT_EQ(recognise_submission(folder.path()).form, SubmissionForm::kFolder);
  EXPECT_EQ(recognise_submission(folder / "a.zip").form, SubmissionForm::kContainer);
  EXPECT_EQ(recognise_submission(folder / "case.json").form, SubmissionForm::kDeclaration);
}

TEST(Submission, FollowsALinkThatTheOperatorGives) {
  const test::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "real");
  std::filesystem::create_symlink(folder / "real", folder / "link");
  EXPECT_EQ(recognise_submission(folder / "link").path,
            std::filesystem::canonical(folder / "real"));
}

TEST(Submission, RefusesNothingAndPipes) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(thrown_by([&] { recognise_submission(folder / "none"); }).word, "not_found");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(thrown_by([&] { recognise_submission(folder / "pipe"); }).word, "refused");
}

TEST(Submission, FindsTheDeclarationAtTheTop) {
  const Layout layout = find_layout({"a.pdf", "case.xml"}, SubmissionForm::kFolder, "s");
  EXPECT_EQ(layout.root, "");
  EXPECT_EQ(layout.declaration, "case.xml");
}

TEST(Submission, TakesTheSingleTopFolderOfAContainerForItsRoot) {
  const std::vector<std::string> paths = {"__MACOSX/案/._a", "案/a.pdf", "案/case.json"};
  EXPECT_EQ(find_layout(paths, SubmissionForm::kContainer, "s").root, "案/");
  EXPECT_EQ(thrown_by([&] { find_layout(paths, SubmissionForm::kFolder, "s"); }).word, "invalid");
  EXPECT_EQ(thrown_by([] {
              find_layout({"a/case.json", "b/x"}, SubmissionForm::kContainer, "s");
            }).word,
            "invalid");
}

TEST(Submission, SaysWhereItLookedAndWhereADeclarationWasSeen) {
  const auto none = thrown_by([] { find_layout({"a.pdf"}, SubmissionForm::kFolder, "案卷夹"); });
  EXPECT_THAT(none.message, HasSubstr("“案卷夹”里没有案卷说明文件：在最上层找过"));
  const auto below =
      thrown_by([] { find_layout({"甲/乙/case.json"}, SubmissionForm::kFolder, "s"); });
  EXPECT_THAT(below.message, HasSubstr("在“甲/乙/case.json”看到一个"));
  const auto upper = thrown_by([] { find_layout({"Case.JSON"}, SubmissionForm::kFolder, "s"); });
  EXPECT_THAT(upper.message, HasSubstr("小写"));
}

TEST(Submission, RefusesTwoDeclarations) {
  const auto both = thrown_by([] {
    find_layout({"case.json", "case.xml"}, SubmissionForm::kFolder, "s");
  });
  EXPECT_EQ(both.word, "invalid");
  EXPECT_THAT(both.message, HasSubstr("同时有 case.json 和 case.xml"));
}

TEST(Submission, FindsTheCaseInThePayloadOfABag) {
  const auto plain = find_layout({"bagit.txt", "data/a.pdf", "data/case.json", "manifest-md5.txt"},
                                 SubmissionForm::kFolder, "s");
  EXPECT_EQ(plain.root, "data/");
  EXPECT_EQ(plain.bag, "");
  const auto deeper = find_layout({"x/bagit.txt", "x/data/案/a/b.pdf", "x/data/案/case.xml"},
                                  SubmissionForm::kContainer, "s");
  EXPECT_EQ(deeper.root, "x/data/案/");
  EXPECT_EQ(deeper.bag, "x/");
  EXPECT_EQ(deeper.declaration, "case.xml");
  EXPECT_EQ(find_layout({"case.json"}, SubmissionForm::kFolder, "s").bag, std::nullopt);
}

TEST(Submission, TakesNoDeclarationBesideThePayloadOfABag) {
  const auto beside = thrown_by([] {
    find_layout({"bagit.txt", "case.json", "data/a.pdf"}, SubmissionForm::kFolder, "s");
  });
  EXPECT_EQ(beside.word, "invalid");
  EXPECT_THAT(beside.message, HasSubstr("data/"));
}

TEST(Submission, KnowsLitter) {
  for (const char* path : {"Thumbs.db", "a/THUMBS.DB", ".DS_Store", "desktop.ini", "a/~$报告.docx",
                           "__MACOSX/a", "docs/._a.pdf"}) {
    EXPECT_TRUE(is_litter(path)) << path;
  }
  for (const char* path : {"thumbs.pdf", "a~$.docx", "MACOSX/a", "a._b"}) {
    EXPECT_FALSE(is_litter(path)) << path;
  }
}

}  // namespace
}  // namespace anjuan::ingest
