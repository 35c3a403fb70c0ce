// What the builder writes, the verifier (separate code) finds whole, and damage it finds.

#include <gtest/gtest.h>

#include "packager/package_builder.h"
#include "packager/verify/verify.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

using test::TemporaryFolder;

std::string findings_of(const std::filesystem::path& object) {
  SilentProgress progress;
  VerifyOptions options;
  options.deep = true;
  const auto report = verify_package(object, options, progress);
  std::string out = std::string(verdict_word(report.verdict)) + "\n";
  for (const auto& each : report.findings) {
    out += fmt::format("{} {} {}: {}\n", severity_word(each.severity), each.code, each.where,
                       each.message);
  }
  return out;
}

TEST(CrossCheck, AFirstVersionWithHostileNamesIsValid) {
  TemporaryFolder folder;
  build_first_version(test::case_draft(folder / "in", test::hostile_content()), folder / "object");
  EXPECT_EQ(findings_of(folder / "object"), "valid\n");
}

TEST(CrossCheck, LaterVersionsAreValid) {
  TemporaryFolder folder;
  build_first_version(test::case_draft(folder / "in"), folder / "object");
  for (int number = 2; number <= 5; ++number) {
    auto draft = number % 2 == 0 ? test::edit_draft() : test::change_draft(folder / "more");
    draft.metadata[0].bytes = fmt::format("<description>{}</description>", number);
    if (number == 3) draft.rights = DraftRights{"非涉密", "依申请公开"};
    if (number == 4) {
      draft.representations = {
          {"access", test::staged_files(folder / "access", {{"ID-1.mp4", "small"}})}};
    }
    const auto next = folder / fmt::format("next{}", number);
    test::install(build_next_version(draft, folder / "object", next), folder / "object");
    EXPECT_EQ(findings_of(folder / "object"), "valid\n") << "version " << number;
  }
}

TEST(CrossCheck, AnyDamagedFileIsFound) {
  TemporaryFolder folder;
  build_first_version(test::case_draft(folder / "in"), folder / "object");
  for (const auto& [path, bytes] : test::tree(folder / "object")) {
    auto damaged = bytes;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    test::write_text(folder / "object" / path, damaged);
    EXPECT_TRUE(findings_of(folder / "object").starts_with("invalid")) << path;
    test::write_text(folder / "object" / path, bytes);
  }
  EXPECT_EQ(findings_of(folder / "object"), "valid\n");
}

}  // namespace
}  // namespace anjuan::packager
