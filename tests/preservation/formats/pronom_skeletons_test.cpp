// The PRONOM engine against the skeleton files of siegfried: each bears its PUID in its name.
#include <regex>

#include <gtest/gtest.h>

#include "preservation/formats/identify.h"
#include "tests/support/corpora.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;

/// "fmt/199" of "fmt-199-signature-id-...".
std::string puid_of(const fs::path& path) {
  static const std::regex kName("((x-)?fmt)-([0-9]+)-.*");
  std::smatch parts;
  const std::string name = path.filename().string();
  if (!std::regex_match(name, parts, kName)) return "";
  return parts[1].str() + "/" + parts[3].str();
}

IdentifierSources pronom_sources() {
  IdentifierSources sources;
  sources.pronom = test::corpora("pronom") / "DROID_SignatureFile_V122.xml";
  sources.containers = test::corpora("pronom") / "container-signature-20260119.xml";
  sources.ask_magic = false;
  return sources;
}

TEST(PronomSkeletons, AreIdentifiedByTheirSignatures) {
  const fs::path folder = test::corpora("pronom");
  if (folder.empty()) GTEST_SKIP() << "no PRONOM corpus: set ANJUAN_CORPORA";
  const auto identifier = Identifier::open(pronom_sources());
  std::size_t files = 0;
  std::size_t exact = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder / "skeletons")) {
    if (!entry.is_regular_file()) continue;
    const std::string expected = puid_of(entry.path());
    ASSERT_FALSE(expected.empty()) << entry.path();
    const auto found = identifier.identify(entry.path());
    ++files;
    if (found.puid == expected && found.basis >= Basis::kSignature) {
      ++exact;
      continue;
    }
    std::string candidates;
    for (const auto& candidate : found.candidates) candidates += " " + candidate.puid;
    std::cout << "miss " << entry.path().filename().string() << ": " << basis_word(found.basis)
              << " " << found.puid << candidates << '\n';
  }
  std::cout << "exact PUID: " << exact << " of " << files << '\n';
  EXPECT_GE(files, 1200U);
  EXPECT_GE(exact * 1000, files * 970) << "at least 97 % are to be exact";
}

}  // namespace
}  // namespace anjuan::formats
