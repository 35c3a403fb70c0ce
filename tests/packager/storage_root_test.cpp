// Storage roots that nobody of this project made: one fault each.
#include "packager/verify/storage_root.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/ocfl_sketch.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::OcflSketch;
using test::write_text;
using Codes = std::set<std::string>;

struct Outcome {
  std::vector<std::string> verdicts;  ///< of the root, then of each object
  Codes codes;                        ///< of the root, info too
};

class ForeignRoot : public testing::Test {
 protected:
  ForeignRoot() {
    fs::create_directories(root());
    declare("1.1");
    add("a/1");
    add("a/2");
  }

  fs::path root() const { return folder_ / "root"; }

  void declare(const std::string& edition) const {
    for (const auto* other : {"0=ocfl_1.0", "0=ocfl_1.1"}) fs::remove(root() / other);
    write_text(root() / ("0=ocfl_" + edition), "ocfl_" + edition + "\n");
  }

  /// An object whose id ends with its place, or is `id`.
  void add(const std::string& place, const std::string& id = "", const char* edition = "1.1") {
    OcflSketch sketch;
    sketch.edition = edition;
    const auto name = id.empty() ? "urn:example:" + place : id;
    sketch.edit = [name](Json& inventory) { inventory.set("id", Json::string(name)); };
    sketch.edit_v1 = sketch.edit;
    sketch.write(root() / place);
  }

  void write_layout(const std::string& extension, const std::string& config = "") const {
    write_text(root() / "ocfl_layout.json",
               "{\"extension\":\"" + extension + "\",\"description\":\"x\"}");
    if (config.empty()) return;
    fs::create_directories(root() / "extensions" / extension);
    write_text(root() / "extensions" / extension / "config.json", config);
  }

  Outcome verify(const VerifyOptions& options = {}) const {
    Outcome outcome;
    SilentProgress progress;
    verify_all(root(), options, progress, [&](const VerifyReport& report) {
      outcome.verdicts.emplace_back(verdict_word(report.verdict));
      if (!report.is_storage_root) return;
      for (const auto& finding : report.findings) outcome.codes.insert(finding.code);
    });
    return outcome;
  }

  Codes codes() const { return verify().codes; }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(ForeignRoot, IsVerifiedWithItsObjects) {
  write_text(root() / "ocfl_1.1.md", "the standard may lie here");
  const auto outcome = verify();
  EXPECT_EQ(outcome.codes, Codes{});
  EXPECT_EQ(outcome.verdicts, (std::vector<std::string>{"valid", "valid", "valid"}));
}

TEST_F(ForeignRoot, IsOneForThoseWhoAskForOcflToo) {
  VerifyOptions options;
  options.as = PackageKind::kOcfl;
  EXPECT_EQ(verify(options).verdicts.size(), 3u);
}

TEST_F(ForeignRoot, IsKnownWithoutItsDeclaration) {
  fs::remove(root() / "0=ocfl_1.1");
  EXPECT_EQ(codes(), Codes{"E069"});
  EXPECT_EQ(verify().verdicts, (std::vector<std::string>{"invalid", "valid", "valid"}));
}

TEST_F(ForeignRoot, IsNotEveryFolderAboveARoot) {
  EXPECT_TRUE(is_storage_root(root()));
  EXPECT_FALSE(is_storage_root(root().parent_path()));
  EXPECT_FALSE(is_storage_root(root() / "a/1"));
}

TEST_F(ForeignRoot, DeclaresItselfOnce) {
  write_text(root() / "0=ocfl_1.0", "ocfl_1.0\n");
  EXPECT_EQ(codes(), Codes{"E076"});
}

TEST_F(ForeignRoot, DeclaresAnEditionThatExists) {
  fs::remove(root() / "0=ocfl_1.1");
  write_text(root() / "0=ocfl_7.0", "ocfl_7.0\n");
  EXPECT_EQ(codes(), Codes{"E079"});
  fs::rename(root() / "0=ocfl_7.0", root() / "1=ocfl_1.1");
  EXPECT_EQ(codes(), Codes{"E078"});
  fs::rename(root() / "1=ocfl_1.1", root() / "ocfl_1.1");
  EXPECT_EQ(codes(), Codes{"E077"});
}

TEST_F(ForeignRoot, SaysInItsDeclarationWhatItsNameSays) {
  write_text(root() / "0=ocfl_1.1", "ocfl_1.1");
  EXPECT_EQ(codes(), Codes{"E080"});
}

TEST_F(ForeignRoot, HoldsNoObjectOfANewerEdition) {
  declare("1.0");
  EXPECT_EQ(codes(), Codes{"E081"});
  declare("1.1");
  add("a/3", "", "1.0");
  EXPECT_EQ(codes(), Codes{});
}

TEST_F(ForeignRoot, HoldsNothingBetweenItsObjects) {
  write_text(root() / "a/notes.txt", "x");
  EXPECT_EQ(codes(), Codes{"E072"});
}

TEST_F(ForeignRoot, HoldsNoEmptyFolder) {
  fs::create_directories(root() / "b/c");
  EXPECT_EQ(codes(), Codes{"E073"});
}

TEST_F(ForeignRoot, HoldsNoObjectInsideAnother) {
  add("a/1/inner");
  const auto outcome = verify();
  EXPECT_EQ(outcome.codes, Codes{"E082"});
  EXPECT_EQ(outcome.verdicts, (std::vector<std::string>{"invalid", "invalid", "valid"}));
}

TEST_F(ForeignRoot, HoldsNoLinks) {
  fs::create_directory_symlink(root() / "a/1", root() / "b");
  fs::create_directory_symlink("..", root() / "a/circle");
  const auto outcome = verify();
  EXPECT_EQ(outcome.codes, Codes{"E090"});
  EXPECT_EQ(outcome.verdicts.size(), 3u) << "a link was followed";
}

TEST_F(ForeignRoot, GivesEachIdOnce) {
  add("a/3", "urn:example:a/1");
  EXPECT_EQ(codes(), Codes{"E037"});
}

TEST_F(ForeignRoot, KeepsObjectsInOneDepth) {
  add("b");
  EXPECT_EQ(codes(), Codes{"W015"});
}

TEST_F(ForeignRoot, KeepsOnlyFoldersOfExtensions) {
  fs::create_directories(root() / "extensions/own");
  write_text(root() / "extensions/own/config.json", "{}");
  write_text(root() / "extensions/file.txt", "x");
  EXPECT_EQ(codes(), (Codes{"E112", "W016"}));
  fs::remove_all(root() / "a");
  declare("1.0");
  EXPECT_EQ(codes(), (Codes{"E086", "W013"}));
}

// The store of this program keeps work in flight there and says so in it.
TEST_F(ForeignRoot, MayHaveTheExtensionOfOurStore) {
  fs::create_directories(root() / "extensions/anjuan-staging");
  write_text(root() / "extensions/anjuan-staging/README.txt", "x");
  EXPECT_EQ(codes(), Codes{"W016"}) << "an info";
  EXPECT_EQ(verify().verdicts[0], "valid");
  SilentProgress progress;
  const auto report = verify_package(root(), {}, progress);
  EXPECT_EQ(report.findings.at(0).severity, Severity::kInfo);
}

TEST_F(ForeignRoot, KeepsNoEmptyExtensions) {
  fs::create_directories(root() / "extensions/0003-hash-and-id-n-tuple-storage-layout");
  EXPECT_EQ(codes(), Codes{"E073"});
}

TEST_F(ForeignRoot, DescribesItsLayoutInFull) {
  write_text(root() / "ocfl_layout.json", "{\"extension\":\"0002-flat-direct-storage-layout\"}");
  EXPECT_TRUE(codes().contains("E070"));
  write_text(root() / "ocfl_layout.json", "[1]");
  EXPECT_EQ(codes(), Codes{"E070"});
  write_text(root() / "ocfl_layout.json", "{");
  EXPECT_EQ(codes(), Codes{"E070"});
}

TEST_F(ForeignRoot, NamesARegisteredLayout) {
  write_layout("own-layout");
  EXPECT_EQ(codes(), Codes{"E071"});
  write_layout("0007-n-tuple-omit-prefix-storage-layout");
  EXPECT_EQ(codes(), Codes{"PKG-LAYOUT"}) << "an info: places cannot be computed";
}

// Examples of the extensions' own pages.
TEST_F(ForeignRoot, KeepsObjectsWhereTheLayoutPutsThem) {
  fs::remove_all(root() / "a");
  const std::string hash = "0003-hash-and-id-n-tuple-storage-layout";
  add("3c0/ff4/240/object-01", "object-01");
  add("487/326/d8c/%2e%2ehor%2frib%3ale-%24id", "..hor/rib:le-$id");
  write_layout(hash);
  EXPECT_EQ(codes(), Codes{});
  write_layout(hash, "{\"digestAlgorithm\":\"md5\",\"tupleSize\":2,\"numberOfTuples\":15}");
  EXPECT_EQ(codes(), Codes{"E083"});
  fs::rename(root() / "3c0", root() / "kept");
  fs::remove_all(root() / "487");
  fs::create_directories(root() / "ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88");
  fs::rename(root() / "kept/ff4/240/object-01",
             root() / "ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88/object-01");
  fs::remove_all(root() / "kept");
  EXPECT_EQ(codes(), Codes{});
}

TEST_F(ForeignRoot, KnowsTheShortFormOfHashedPlaces) {
  fs::remove_all(root() / "a");
  const std::string digest = digest_hex(DigestAlgorithm::kSha256, "object-01");
  add(digest.substr(0, 2) + "/" + digest.substr(2, 2) + "/" + digest.substr(4), "object-01");
  write_layout("0004-hashed-n-tuple-storage-layout",
               "{\"tupleSize\":2,\"numberOfTuples\":2,\"shortObjectRoot\":true}");
  EXPECT_EQ(codes(), Codes{});
  fs::rename(root() / digest.substr(0, 2), root() / "zz");
  EXPECT_EQ(codes(), Codes{"E083"});
}

TEST_F(ForeignRoot, IsNotMisledByAHostileConfiguration) {
  const std::string hash = "0004-hashed-n-tuple-storage-layout";
  for (const auto* config :
       {"{\"tupleSize\":3,\"numberOfTuples\":6148914691236517206}", "{\"tupleSize\":\"x\"}", "[]",
        "{\"digestAlgorithm\":\"none\"}", "{\"tupleSize\":64,\"numberOfTuples\":2}", "nonsense"}) {
    write_layout(hash, config);
    EXPECT_EQ(codes(), Codes{"PKG-LAYOUT"}) << config;
  }
}

}  // namespace
}  // namespace anjuan::packager
