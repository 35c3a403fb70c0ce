// The whole verification against objects that nobody of this project made: exactly the codes that
// their names bear, and those that the table below gives a reason for.
#include <set>

#include <gtest/gtest.h>

#include "packager/verify/verify.h"
#include "tests/support/corpora.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using Codes = std::set<std::string>;

/// A code that stands in a fixture's bytes although its name does not say so.
struct FurtherCode {
  std::string_view fixture;
  std::string_view code;
  std::string_view clause;        ///< of the standard, that the bytes do not keep
  std::string_view edition = {};  ///< the fixture of this edition alone
};

constexpr FurtherCode kFurther[] = {
    // No message and no user: 3.5.3.1 SHOULD include both.
    {"E001_extra_dir_in_root", "W007", "3.5.3.1"},
    {"E001_extra_file_in_root", "W007", "3.5.3.1"},
    {"E007_bad_declaration_contents", "W007", "3.5.3.1"},
    {"E040_wrong_head_doesnt_exist", "W007", "3.5.3.1"},
    {"E040_wrong_head_format", "W007", "3.5.3.1"},
    {"E067_file_in_extensions_dir", "W007", "3.5.3.1"},
    // The user's address is "somewhere": 3.5.3.1 SHOULD be a URI.
    {"E023_extra_file", "W009", "3.5.3.1"},
    {"E107_file_in_manifest_not_used", "W009", "3.5.3.1"},
    // The key "1" of versions: 3.5.3 must name a version directory (1.0), 3.3 with a v (1.1).
    {"E001_invalid_version_format", "E046", "3.5.3", "1.0"},
    {"E001_invalid_version_format", "E104", "3.3", "1.1"},
    // v08 lists v1/content/test.txt of a version that is called v01; all names are padded.
    {"E011_E013_invalid_padded_head_version", "E014", "3.3"},
    {"E011_E013_invalid_padded_head_version", "W001", "3.3"},
    // The manifest lists files that lie directly in the version folders.
    {"E015_content_not_in_content_dir", "E042", "3.5.2 and 3.3.1"},
    // The manifest lists v1/content/dir/test.txt, the file is v1/content/test.txt.
    {"E017_invalid_content_dir", "E092", "3.5.2"},
    // "MUST NOT change between versions" in the same sentence.
    {"E019_inconsistent_content_dir", "E020", "3.3.1"},
    // The newest version's inventory has the right head: the two files differ.
    {"E040_head_not_most_recent", "E064", "3.7"},
    // The message is a list.
    {"E049_E050_E054_bad_version_block_values", "E094", "3.5.3.1"},
    // The message in v1's inventory is another: 3.7 SHOULD have the same values.
    {"E060_version_inventory_digest_mismatch", "W011", "3.7", "1.0"},
    {"E066_algorithm_change_state_mismatch", "W004", "3.4"},
    {"E067_file_in_extensions_dir", "W013", "3.9"},
    // The manifest lists v1/content/content/file-1.txt, the file is v1/content/file-1.txt.
    {"E100_E099_fixity_invalid_content_paths", "E023", "3.3.1"},
    {"E100_E099_fixity_invalid_content_paths", "E092", "3.5.2"},
};

/// A copy as it was before git lost the empty folders.
void restore(const fs::path& object, const fs::path& target) {
  fs::copy(object, target, fs::copy_options::recursive);
  std::vector<fs::path> keepers;
  for (const auto& entry : fs::recursive_directory_iterator(target)) {
    if (entry.path().filename() == ".keep") keepers.push_back(entry.path());
  }
  for (const auto& keeper : keepers) fs::remove(keeper);
}

Codes codes_of(const fs::path& object) {
  test::TemporaryFolder folder;
  restore(object, folder / "object");
  VerifyOptions options;
  options.as = PackageKind::kOcfl;
  SilentProgress progress;
  Codes codes;
  for (const auto& finding : verify_package(folder / "object", options, progress).findings) {
    if (finding.severity != Severity::kInfo) codes.insert(finding.code);
  }
  return codes;
}

/// "E011_E013_invalid_padded" -> {E011, E013}.
Codes codes_in(const std::string& name) {
  Codes codes;
  for (std::size_t i = 0; i + 5 <= name.size(); i += 5) {
    const bool code = (name[i] == 'E' || name[i] == 'W') && name[i + 4] == '_' &&
                      name.find_first_not_of("0123456789", i + 1) == i + 4;
    if (!code) break;
    codes.insert(name.substr(i, 4));
  }
  return codes;
}

Codes expected_of(const fs::path& object) {
  const auto name = object.filename().string();
  const auto edition = object.parent_path().parent_path().filename().string();
  auto codes = codes_in(name);
  for (const auto& further : kFurther) {
    const bool here = further.edition.empty() || further.edition == edition;
    if (here && further.fixture == name) codes.insert(std::string(further.code));
  }
  return codes;
}

class OcflFixture : public testing::TestWithParam<fs::path> {};

TEST_P(OcflFixture, YieldsExactlyTheCodesThatItsNameSays) {
  EXPECT_EQ(codes_of(GetParam()), expected_of(GetParam()));
}

std::vector<fs::path> fixtures() {
  std::vector<fs::path> found;
  const auto root = test::corpora("ocfl");
  if (root.empty()) return found;
  for (const auto* spec : {"1.0", "1.1"}) {
    for (const auto* verdict : {"good-objects", "bad-objects", "warn-objects"}) {
      for (const auto& entry : fs::directory_iterator(root / spec / verdict)) {
        found.push_back(entry.path());
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string name_of(const testing::TestParamInfo<fs::path>& info) {
  const auto verdict = info.param.parent_path();
  auto name = verdict.parent_path().filename().string() + "_" +
              verdict.filename().string().substr(0, 4) + "_" + info.param.filename().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Official, OcflFixture, testing::ValuesIn(fixtures()), name_of);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OcflFixture);

TEST(OcflFixtures, AreHere) {
  if (test::corpora("ocfl").empty()) GTEST_SKIP() << "the OCFL fixtures are not here";
  EXPECT_GE(fixtures().size(), 80u);
}

}  // namespace
}  // namespace anjuan::packager
