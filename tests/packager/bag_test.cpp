// Rules of BagIt, one bag each, made by hand (docs/formats/bagit.md).
#include <set>

#include <gtest/gtest.h>

#include "packager/verify/verify.h"
#include "tests/support/bags.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::add_tag_manifest;
using test::bag_of;
using test::BagBytes;
using test::manifest_of;
using test::put_bag;
using test::TemporaryFolder;

const std::string kNfc = "n\xC3\xBA.txt";
const std::string kNfd = "nu\xCC\x81.txt";

VerifyReport verify_folder(const fs::path& folder) {
  SilentProgress progress;
  VerifyOptions options;
  options.as = PackageKind::kBagit;
  return verify_package(folder, options, progress);
}

VerifyReport verify(const BagBytes& bag) {
  const TemporaryFolder folder;
  put_bag(folder.path(), bag);
  return verify_folder(folder.path());
}

/// "valid", "invalid BAG-X BAG-Y", "valid ~BAG-W ?BAG-U": the verdict and all codes, a warning with
/// "~", something not checked with "?"; information is left out.
std::string said(const VerifyReport& report) {
  std::set<std::string> codes;
  for (const auto& finding : report.findings) {
    if (finding.severity == Severity::kInfo) continue;
    const bool open = finding.result == CheckResult::kNotChecked;
    codes.insert((open ? "?" : finding.severity == Severity::kWarn ? "~" : "") + finding.code);
  }
  std::string text(verdict_word(report.verdict));
  for (const auto& code : codes) text += " " + code;
  return text;
}

std::string said(const BagBytes& bag) { return said(verify(bag)); }

BagBytes plain(const std::string& version = "1.0") {
  return bag_of({{"a.txt", "one"}, {"d/b.txt", "two"}}, version);
}

/// A bag with another bagit.txt, its tag manifest made anew.
std::string said_with_declaration(const std::string& text, const std::string& version = "1.0") {
  auto bag = plain(version);
  bag["bagit.txt"] = text;
  add_tag_manifest(bag);
  return said(bag);
}

/// A bag with another line in its payload manifest.
std::string said_with_line(const std::string& line, const std::string& version = "1.0") {
  auto bag = plain(version);
  bag["manifest-sha512.txt"] += line + "\n";
  add_tag_manifest(bag);
  return said(bag);
}

std::string said_with_info(const std::string& text, const std::string& version = "1.0") {
  auto bag = plain(version);
  bag["bag-info.txt"] = text;
  add_tag_manifest(bag);
  return said(bag);
}

const std::string kDigest = digest_hex(DigestAlgorithm::kSha512, "one");

TEST(Bag, OfEachVersionIsValid) {
  for (const auto* version : {"0.93", "0.94", "0.95", "0.96", "0.97", "1.0"}) {
    const auto report = verify(plain(version));
    EXPECT_EQ(said(report), "valid") << version;
    EXPECT_EQ(report.files_expected, 4U);
    EXPECT_EQ(report.files_checked, 4U);
  }
}

TEST(Bag, ReadsEveryAlgorithmInOneManifestEach) {
  const std::pair<const char*, DigestAlgorithm> algorithms[] = {
      {"md5", DigestAlgorithm::kMd5},
      {"sha1", DigestAlgorithm::kSha1},
      {"sha224", DigestAlgorithm::kSha224},
      {"sha256", DigestAlgorithm::kSha256},
      {"sha384", DigestAlgorithm::kSha384},
      {"sha512", DigestAlgorithm::kSha512},
      {"sha3256", DigestAlgorithm::kSha3_256},
      {"sha3512", DigestAlgorithm::kSha3_512},
      {"blake2b", DigestAlgorithm::kBlake2b_512},
      {"sm3", DigestAlgorithm::kSm3}};
  auto bag = plain();
  for (const auto& [name, algorithm] : algorithms) {
    bag[fmt::format("manifest-{}.txt", name)] = manifest_of(bag, "data/", algorithm);
  }
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "valid");
  bag["data/a.txt"] = "0ne";
  std::set<std::string> named;
  for (const auto& finding : verify(bag).findings) {
    if (finding.code == "BAG-DIGEST") named.insert(finding.message);
  }
  EXPECT_EQ(named.size(), std::size(algorithms));
}

TEST(Bag, OfAnUnknownAlgorithmIsNeverCalledValid) {
  auto bag = plain();
  bag["manifest-whirl9.txt"] = "00ff  data/a.txt\n00ff  data/d/b.txt\n";
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "unchecked ?BAG-ALGORITHM");
  bag["manifest-whirl9.txt"] += "00ff  data/gone.txt\n";
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "invalid ?BAG-ALGORITHM BAG-MISSING");
}

TEST(Bag, DeclarationIsExactInVersionOne) {
  const std::string encoding = "Tag-File-Character-Encoding: UTF-8\n";
  EXPECT_EQ(said_with_declaration("BagIt-Version: 1.0\r\n" + encoding), "valid");
  EXPECT_EQ(said_with_declaration("BagIt-Version: 1.0\rTag-File-Character-Encoding: UTF-8"),
            "valid");
  for (const std::string first :
       {"BagIt-Version : 1.0\n", "BagIt-Version: 1.0 \n", "BagIt-Version:  1.0\n",
        "BagIt-Version:1.0\n", " BagIt-Version: 1.0\n", "BagIt-Version:\t1.0\n"}) {
    EXPECT_EQ(said_with_declaration(first + encoding), "invalid BAG-DECLARATION") << first;
  }
  const std::string version = "BagIt-Version: 1.0\n";
  EXPECT_EQ(said_with_declaration(version + encoding + "\n"), "invalid BAG-DECLARATION");
  EXPECT_EQ(said_with_declaration(version + encoding + "X: y\n"), "invalid BAG-DECLARATION");
  EXPECT_EQ(said_with_declaration(encoding + version), "invalid BAG-DECLARATION");
  EXPECT_EQ(said_with_declaration("BagIt-Version : 0.97\n" + encoding, "0.97"),
            "valid ~BAG-DECLARATION");
}

TEST(Bag, DeclarationHasAVersionAnEncodingAndNoMark) {
  const std::string encoding = "Tag-File-Character-Encoding: UTF-8\n";
  EXPECT_EQ(said_with_declaration(""), "invalid BAG-DECLARATION BAG-ENCODING BAG-VERSION");
  EXPECT_EQ(said_with_declaration("BagIt-Version: 1.0\n"), "invalid BAG-DECLARATION BAG-ENCODING");
  for (const auto* version : {".97", "1", "1.", "v1.0", "1.0.0", "1,0"}) {
    EXPECT_EQ(said_with_declaration(fmt::format("BagIt-Version: {}\n", version) + encoding),
              "invalid BAG-VERSION")
        << version;
  }
  EXPECT_EQ(said_with_declaration("BagIt-Version: 2.0\n" + encoding), "unchecked ?BAG-VERSION");
  EXPECT_EQ(said_with_declaration("\xEF\xBB\xBF"
                                  "BagIt-Version: 0.97\n" +
                                      encoding,
                                  "0.97"),
            "invalid BAG-DECLARATION");
  auto bag = plain();
  bag.erase("bagit.txt");
  EXPECT_EQ(said(bag), "invalid BAG-DECLARATION BAG-MISSING");
}

TEST(Bag, NeedsAPayloadFolderAndAManifest) {
  auto bag = plain();
  bag.erase("manifest-sha512.txt");
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "invalid BAG-MANIFEST");
  const TemporaryFolder folder;
  put_bag(folder.path(), bag_of({}));
  EXPECT_EQ(said(verify_folder(folder.path())), "invalid BAG-PAYLOAD");
  fs::create_directory(folder / "data");
  EXPECT_EQ(said(verify_folder(folder.path())), "valid");
}

TEST(Bag, ListsWhatIsThereAndHoldsWhatItLists) {
  auto bag = plain();
  bag["data/new.txt"] = "x";
  EXPECT_EQ(said(bag), "invalid BAG-UNLISTED");
  bag = plain();
  bag.erase("data/a.txt");
  EXPECT_EQ(said(bag), "invalid BAG-MISSING");
  bag = plain();
  bag["data/a.txt"] = "0ne";
  EXPECT_EQ(said(bag), "invalid BAG-DIGEST");
  bag = plain();
  bag["bagit.txt"] += " ";
  EXPECT_EQ(said(bag), "invalid BAG-DECLARATION BAG-DIGEST");
}

TEST(Bag, OfADraftMayListAFileInOneManifestOfSeveral) {
  for (const auto& [version, expected] :
       std::map<std::string, std::string>{{"0.97", "valid"}, {"1.0", "invalid BAG-UNLISTED"}}) {
    auto bag = plain(version);
    bag["manifest-md5.txt"] = manifest_of(bag, "data/a", DigestAlgorithm::kMd5);
    bag["manifest-sha512.txt"] = manifest_of(bag, "data/d", DigestAlgorithm::kSha512);
    add_tag_manifest(bag);
    EXPECT_EQ(said(bag), expected) << version;
  }
}

TEST(Bag, RefusesPathsThatLeaveIt) {
  for (const std::string path : {"/etc/passwd", "../x", "data/../../x", "data/..", "~/x", "~root/x",
                                 "C:\\x", "c:/x", "\\\\?\\C:\\x", "\\x", "data\\..\\..\\x"}) {
    EXPECT_EQ(said_with_line(kDigest + "  " + path), "invalid BAG-PATH") << path;
    EXPECT_EQ(said_with_line(kDigest + "  " + path, "0.97"), "invalid BAG-PATH") << path;
  }
  EXPECT_EQ(said_with_line(kDigest + "  data\\a.txt"), "invalid BAG-SCOPE");
  EXPECT_EQ(said_with_line(kDigest + "  data/d\\b.txt"), "invalid BAG-PATH");
  EXPECT_EQ(said_with_line(kDigest + "  bagit.txt"), "invalid BAG-SCOPE");
}

TEST(Bag, RefusesLinesThatAreNoEntries) {
  const std::vector<std::string> lines = {
      "data/a.txt",           kDigest,
      kDigest + "data/a.txt", "abc  data/a.txt",
      "#  data/a.txt",        kDigest + "0  data/a.txt",
      "g data/a.txt",         "g" + kDigest.substr(1) + " data/a.txt"};
  for (const auto& line : lines) {
    EXPECT_EQ(said_with_line(line), "invalid BAG-LINE") << line;
  }
  EXPECT_EQ(said_with_line(""), "valid ~BAG-BLANK");
}

TEST(Bag, AcceptsAnyBlanksAndCaseOfHexInAManifest) {
  auto bag = plain();
  std::string upper = digest_hex(DigestAlgorithm::kSha512, "two");
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  bag["manifest-sha512.txt"] = kDigest + " \t data/a.txt\r" + upper + "\tdata/d/b.txt";
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "valid");
}

TEST(Bag, WarnsOfTheHabitsOfMd5sumAndOfDots) {
  for (const auto* version : {"0.97", "1.0"}) {
    auto bag = plain(version);
    const auto two = digest_hex(DigestAlgorithm::kSha512, "two");
    bag["manifest-sha512.txt"] = kDigest + " *data/a.txt\n" + two + "  ./data//d/b.txt\n";
    add_tag_manifest(bag);
    EXPECT_EQ(said(bag), "valid ~BAG-MD5SUM ~BAG-RELATIVE") << version;
  }
}

TEST(Bag, WarnsOfAnEscapedLineOfMd5sum) {
  auto bag = bag_of({{"a\\b.txt", "one"}}, "0.97");
  bag["manifest-sha512.txt"] = "\\" + kDigest + "  data/a\\\\b.txt\n";
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "valid ~BAG-MD5SUM ~BAG-NAME");
}

TEST(Bag, RepeatedEntriesAreWrongInVersionOneAndWhereTheyDiffer) {
  EXPECT_EQ(said_with_line(kDigest + "  data/a.txt"), "invalid BAG-DUPLICATE");
  EXPECT_EQ(said_with_line(kDigest + "  data/a.txt", "0.97"), "valid ~BAG-DUPLICATE");
  const auto other = digest_hex(DigestAlgorithm::kSha512, "other");
  EXPECT_EQ(said_with_line(other + "  data/a.txt", "0.97"), "invalid BAG-DUPLICATE");
}

TEST(Bag, DecodesThreeEscapesInVersionOne) {
  BagBytes bag = bag_of({{"100%.txt", "one"}, {"a\nb\rc.txt", "two"}});
  bag["manifest-sha512.txt"] = kDigest + "  data/100%25.txt\n" +
                               digest_hex(DigestAlgorithm::kSha512, "two") +
                               "  data/a%0Ab%0dc.txt\n";
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "valid");
  bag = bag_of({{"100%.txt", "one"}});
  bag["manifest-sha512.txt"] = kDigest + "  data/100%.txt\n";
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "invalid BAG-PERCENT");
  bag = bag_of({{"a b.txt", "one"}});
  bag["manifest-sha512.txt"] = kDigest + "  data/a%20b.txt\n";
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "invalid BAG-MISSING BAG-PERCENT BAG-UNLISTED");
}

TEST(Bag, TakesPercentAsItStandsInADraftElseDecodesIt) {
  EXPECT_EQ(said(bag_of({{"%7Ea", "one"}, {"100%", "two"}, {"%25", "x"}}, "0.97")), "valid");
  BagBytes bag = bag_of({{"a\nb", "one"}}, "0.97");
  bag["manifest-sha512.txt"] = kDigest + "  data/a%0Ab\n";
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "valid");
}

TEST(Bag, WarnsOfNamesThatDifferInCaseOrFormOnly) {
  EXPECT_EQ(said(bag_of({{"A.txt", "one"}, {"a.txt", "two"}})), "valid ~BAG-CASE");
  EXPECT_EQ(said(bag_of({{kNfc, "one"}, {kNfd, "two"}})), "valid ~BAG-NFC");
}

TEST(Bag, FindsAFileWhoseNameChangedItsForm) {
  auto bag = bag_of({{kNfc, "one"}});
  bag["data/" + kNfd] = bag["data/" + kNfc];
  bag.erase("data/" + kNfc);
  EXPECT_EQ(said(bag), "valid ~BAG-NFC");
  bag["data/" + kNfd] = "0ne";
  EXPECT_EQ(said(bag), "invalid BAG-DIGEST ~BAG-NFC");
}

TEST(Bag, WarnsOfSystemFilesAndNamesThatWindowsCannotHold) {
  for (const auto* name : {"Thumbs.db", "d/.DS_Store", "desktop.ini", "._a.txt"}) {
    EXPECT_EQ(said(bag_of({{name, "x"}})), "valid ~BAG-SYSTEM") << name;
  }
  for (const auto* name : {"a:b", "what?", "con.txt", "LPT1", "d/aux/x", "end."}) {
    EXPECT_EQ(said(bag_of({{name, "x"}})), "valid ~BAG-NAME") << name;
  }
}

TEST(Bag, OxumIsComparedBeforeTheDigests) {
  EXPECT_EQ(said_with_info("Payload-Oxum: 6.2\n"), "valid");
  EXPECT_EQ(said_with_info("payload-oxum: 6.2\n"), "valid");
  EXPECT_EQ(said_with_info("Payload-Oxum: 6.3\n"), "invalid BAG-OXUM");
  EXPECT_EQ(said_with_info("Payload-Oxum: 7.2\n"), "invalid BAG-OXUM");
  EXPECT_EQ(said_with_info("Payload-Oxum: 6\n"), "invalid BAG-OXUM");
  EXPECT_EQ(said_with_info("Payload-Oxum: -6.2\n"), "invalid BAG-OXUM");
  EXPECT_EQ(said_with_info("Payload-Oxum: 6.2\nPayload-Oxum: 6.2\n"), "invalid BAG-OXUM");
  EXPECT_EQ(said_with_info("Payload-Oxum: 6.2\nPayload-Oxum: 6.2\n", "0.97"), "valid ~BAG-OXUM");
  auto bag = plain("0.93");
  bag["package-info.txt"] = "Payload-Oxum: 7.2\n";
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "invalid BAG-OXUM");
  bag["bagit.txt"] = test::declaration_of("0.97");
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "valid");
}

TEST(Bag, InfoHasLabelsColonsAndContinuations) {
  EXPECT_EQ(said_with_info("A b: c\n  more\n\tof it\r\nD:\te\n"), "valid");
  for (const auto* text : {"A : b\n", "A:b\n", " A: b\n", "A:\n"}) {
    EXPECT_EQ(said_with_info(text), "invalid BAG-INFO") << text;
  }
  EXPECT_EQ(said_with_info("A :  b\nC:d\n", "0.97"), "valid");
  EXPECT_EQ(said_with_info("no element\n", "0.97"), "invalid BAG-INFO");
  EXPECT_EQ(said_with_info("Bagging-Date: 2026-01-01\nBagging-Date: 2026-01-02\n"),
            "valid ~BAG-INFO");
  EXPECT_EQ(said_with_info("A: b\n\nC: d\n"), "valid ~BAG-INFO");
}

TEST(Bag, MayGiveAFileASecondName) {
  const TemporaryFolder folder;
  put_bag(folder.path(), bag_of({{"a.txt", "one"}, {"b.txt", "one"}}));
  std::filesystem::remove(folder / "data/b.txt");
  std::filesystem::create_hard_link(folder / "data/a.txt", folder / "data/b.txt");
  EXPECT_EQ(said(verify_folder(folder.path())), "valid");
}

TEST(Bag, MayHoldNoLinks) {
  const TemporaryFolder folder;
  put_bag(folder.path(), plain());
  test::write_text(folder / "outside", "one");
  std::filesystem::remove(folder / "data/a.txt");
  std::filesystem::create_symlink("../outside", folder / "data/a.txt");
  EXPECT_THAT(said(verify_folder(folder.path())), testing::HasSubstr("PKG-LINK"));
}

}  // namespace
}  // namespace anjuan::packager
