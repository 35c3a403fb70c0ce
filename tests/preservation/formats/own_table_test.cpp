// Our own table, without PRONOM's files: every format of the policy, on bytes made here and on the
// public samples.
#include <gtest/gtest.h>

#include "preservation/formats/identify.h"
#include "tests/support/corpora.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;

TEST(OwnTable, Skeletons) {
  const fs::path folder = test::corpora("pronom");
  if (folder.empty()) GTEST_SKIP() << "no corpus";
  const auto own = Identifier::open({});
  IdentifierSources sources;
  sources.pronom = folder / "DROID_SignatureFile_V122.xml";
  sources.containers = folder / "container-signature-20260119.xml";
  const auto pronom = Identifier::open(sources);
  for (const char* where : {"pronom", "media"})
  for (const auto& entry : fs::recursive_directory_iterator(test::corpora(where))) {
    if (!entry.is_regular_file()) continue;
    const auto a = own.identify(entry.path());
    const auto b = pronom.identify(entry.path());
    std::cout << where << " " << entry.path().filename().string() << " | " << basis_word(a.basis) << " " << a.puid << " | " << b.puid << " " << basis_word(b.basis)<< " | " << b.mime << " " << b.opinion_mime <<" "<< opinion_word(b.opinion) << "\n";
  }
}

}  // namespace
}  // namespace anjuan::formats
