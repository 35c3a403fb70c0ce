// The structure check against objects that nobody of this project made.
#include <set>

#include <gtest/gtest.h>

#include "packager/verify/ocfl_check.h"
#include "tests/support/corpora.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;

std::set<std::string> codes_of(const fs::path& object) {
  FindingSink findings;
  const auto tree = FolderTree::walk(object, findings);
  check_ocfl_structure(object, tree, findings);
  std::set<std::string> codes;
  for (const auto& finding : findings.take()) codes.insert(finding.code);
  return codes;
}

/// "E011_E013_invalid_padded" -> {E011, E013}.
std::set<std::string> codes_in(const std::string& name) {
  std::set<std::string> codes;
  for (std::size_t i = 0; i + 5 <= name.size(); i += 5) {
    const bool code = (name[i] == 'E' || name[i] == 'W') && name[i + 4] == '_' &&
                      name.find_first_not_of("0123456789", i + 1) == i + 4;
    if (!code) break;
    codes.insert(name.substr(i, 4));
  }
  return codes;
}

std::vector<fs::path> objects(const std::string& verdict) {
  std::vector<fs::path> found;
  for (const auto* spec : {"1.0", "1.1"}) {
    for (const auto& entry : fs::directory_iterator(test::corpora("ocfl") / spec / verdict)) {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool has_error(const std::set<std::string>& codes) {
  return std::any_of(codes.begin(), codes.end(), [](const auto& code) { return code[0] == 'E'; });
}

#define SKIP_WITHOUT_CORPUS() \
  if (test::corpora("ocfl").empty()) GTEST_SKIP() << "the OCFL fixtures are not here"

TEST(OcflFixtures, FindsNoErrorInGoodObjects) {
  SKIP_WITHOUT_CORPUS();
  for (const auto& object : objects("good-objects")) {
    EXPECT_FALSE(has_error(codes_of(object))) << object;
  }
}

// E092 and E093 of content need digests, which the structure check does not compute.
TEST(OcflFixtures, FindsAnExpectedCodeInEachBadObject) {
  SKIP_WITHOUT_CORPUS();
  for (const auto& object : objects("bad-objects")) {
    const auto found = codes_of(object);
    auto expected = codes_in(object.filename());
    if (expected.contains("E092") || expected.contains("E093")) continue;
    const bool hit = std::any_of(expected.begin(), expected.end(),
                                 [&](const auto& code) { return found.contains(code); });
    EXPECT_TRUE(hit) << object << " gave " << testing::PrintToString(found);
  }
}

TEST(OcflFixtures, FindsTheExpectedWarnings) {
  SKIP_WITHOUT_CORPUS();
  for (const auto& object : objects("warn-objects")) {
    const auto found = codes_of(object);
    EXPECT_FALSE(has_error(found)) << object << " gave " << testing::PrintToString(found);
    for (const auto& code : codes_in(object.filename())) {
      EXPECT_TRUE(found.contains(code)) << object << " gave " << testing::PrintToString(found);
    }
  }
}

}  // namespace
}  // namespace anjuan::packager
