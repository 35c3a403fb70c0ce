// Bags as they travel: encodings, tag manifests, files to be fetched, hostile ones.
#include <set>

#include <gtest/gtest.h>

#include "packager/verify/bag_manifest.h"
#include "packager/verify/finding_sink.h"
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
using test::declaration_of;
using test::put_bag;
using test::TemporaryFolder;

VerifyReport verify_folder(const fs::path& folder) {
  SilentProgress progress;
  return verify_package(folder, {}, progress);
}

VerifyReport verify(const BagBytes& bag) {
  const TemporaryFolder folder;
  put_bag(folder.path(), bag);
  return verify_folder(folder.path());
}

/// The verdict and the codes of everything but information.
std::string said(const VerifyReport& report) {
  std::set<std::string> codes;
  for (const auto& finding : report.findings) {
    if (finding.severity != Severity::kInfo) codes.insert(finding.code);
  }
  std::string text(verdict_word(report.verdict));
  for (const auto& code : codes) text += " " + code;
  return text;
}

std::string said(const BagBytes& bag) { return said(verify(bag)); }

std::string utf16(const std::string& ascii, bool big_end) {
  std::string out;
  for (const char c : ascii) {
    if (big_end) out += '\0';
    out += c;
    if (!big_end) out += '\0';
  }
  return out;
}

/// A bag of 0.97 whose tag files are in `encoding`, written by `encode`.
template <typename Encode>
BagBytes encoded_bag(const std::string& encoding, const std::string& name, Encode encode) {
  auto bag = bag_of({{name, "one"}}, "0.97");
  bag["bagit.txt"] = declaration_of("0.97", encoding);
  bag["bag-info.txt"] = encode("Payload-Oxum: 3.1\n");
  bag["manifest-sha512.txt"] = encode(bag["manifest-sha512.txt"]);
  add_tag_manifest(bag);
  bag["tagmanifest-sha512.txt"] = encode(bag["tagmanifest-sha512.txt"]);
  return bag;
}

TEST(BagTransfer, TagFilesMayBeInOtherEncodings) {
  EXPECT_EQ(said(encoded_bag("UTF-16", "a.txt",
                             [](auto text) { return "\xFE\xFF" + utf16(text, true); })),
            "valid");
  EXPECT_EQ(said(encoded_bag("UTF-16", "a.txt",
                             [](auto text) { return "\xFF\xFE" + utf16(text, false); })),
            "valid");
  EXPECT_EQ(said(encoded_bag("UTF-16BE", "a.txt", [](auto text) { return utf16(text, true); })),
            "valid");
  EXPECT_EQ(said(encoded_bag("UTF-16LE", "a.txt",
                             [](auto text) { return "\xFF\xFE" + utf16(text, false); })),
            "valid");
  auto latin = [](std::string text) {
    for (auto at = text.find("\xC3\xA9"); at != text.npos; at = text.find("\xC3\xA9")) {
      text.replace(at, 2, "\xE9");
    }
    return text;
  };
  EXPECT_EQ(said(encoded_bag("ISO-8859-1", "caf\xC3\xA9", latin)), "valid");
  EXPECT_EQ(said(encoded_bag("GB18030", "\xE6\xA1\x88",
                             [](std::string text) {
                               const auto at = text.find("\xE6\xA1\x88");
                               return at == text.npos ? text : text.replace(at, 3, "\xB0\xB8");
                             })),
            "valid");
}

TEST(BagTransfer, TextOutsideTheDeclaredEncodingIsWrong) {
  EXPECT_EQ(said(encoded_bag("UTF-8", "caf\xC3\xA9",
                             [](std::string text) {
                               const auto at = text.find("\xC3\xA9");
                               return at == text.npos ? text : text.replace(at, 2, "\xE9");
                             })),
            "invalid BAG-ENCODING BAG-MISSING BAG-UNLISTED");
  EXPECT_EQ(said(encoded_bag("NO-SUCH-9", "a.txt", [](auto text) { return text; })),
            "unchecked BAG-ENCODING");
  EXPECT_EQ(said(encoded_bag("../../etc/x", "a.txt", [](auto text) { return text; })),
            "unchecked BAG-ENCODING");
}

TEST(BagTransfer, AByteOrderMarkIsWrongInVersionOne) {
  for (const auto& [version, expected] :
       std::map<std::string, std::string>{{"0.97", "valid BAG-BOM"}, {"1.0", "invalid BAG-BOM"}}) {
    auto bag = bag_of({{"a.txt", "one"}}, version);
    bag["manifest-sha512.txt"].insert(0, "\xEF\xBB\xBF");
    add_tag_manifest(bag);
    EXPECT_EQ(said(bag), expected);
  }
}

TEST(BagTransfer, ATagManifestListsThePayloadManifestsAndNoPayload) {
  auto bag = bag_of({{"a.txt", "one"}});
  const auto full = bag["tagmanifest-sha512.txt"];
  bag["tagmanifest-sha512.txt"] =
      digest_hex(DigestAlgorithm::kSha512, bag["bagit.txt"]) + "  bagit.txt\n";
  EXPECT_EQ(said(bag), "invalid BAG-TAG");
  bag["tagmanifest-sha512.txt"] =
      full + digest_hex(DigestAlgorithm::kSha512, "one") + "  data/a.txt\n";
  EXPECT_EQ(said(bag), "invalid BAG-SCOPE");
  bag["tagmanifest-sha512.txt"] = full;
  bag["notes/extra.txt"] = "x";
  EXPECT_EQ(said(bag), "valid BAG-TAG");
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "valid");
  bag["notes/extra.txt"] = "y";
  EXPECT_EQ(said(bag), "invalid BAG-DIGEST");
}

BagBytes holey(const std::string& fetch, const std::string& version = "1.0") {
  auto bag = bag_of({{"a.txt", "one"}, {"b.txt", "two"}}, version);
  bag["fetch.txt"] = fetch;
  bag["bag-info.txt"] = "Payload-Oxum: 6.2\n";
  add_tag_manifest(bag);
  return bag;
}

TEST(BagTransfer, WhatIsStillToBeFetchedIsMissingAndNeverFetched) {
  auto bag = holey("http://localhost:1/b.txt 3 data/b.txt\n");
  EXPECT_EQ(said(bag), "valid");
  bag.erase("data/b.txt");
  EXPECT_EQ(said(bag), "invalid BAG-UNFETCHED");
  EXPECT_EQ(said(holey("http://localhost:1/b.txt 4 data/b.txt\n")), "valid BAG-FETCH");
  EXPECT_EQ(said(holey("http://localhost:1/b.txt - data/b.txt\n")), "valid");
}

TEST(BagTransfer, FetchListsPayloadFilesOfTheManifests) {
  EXPECT_EQ(said(holey("http://h/x 3 data/x.txt\n")), "invalid BAG-FETCH");
  EXPECT_EQ(said(holey("http://h/x 3 notes.txt\n")), "invalid BAG-SCOPE");
  for (const auto* path : {"/tmp/x", "~/x", "~root/x", "../x", "data/../../x", "\\\\?\\UNC\\x"}) {
    EXPECT_EQ(said(holey(fmt::format("http://h/x 3 {}\n", path))), "invalid BAG-PATH") << path;
  }
  for (const auto* line : {"http://h/x data/b.txt", "b.txt 3 data/b.txt", "http://h/x x data/b.txt",
                           "://x - data/b.txt", "http://h/x"}) {
    EXPECT_EQ(said(holey(std::string(line) + "\n")), "invalid BAG-FETCH") << line;
  }
}

TEST(BagTransfer, AManifestNameIsNormalised) {
  for (const auto& [version, expected] : std::map<std::string, std::string>{
           {"0.97", "valid BAG-ALGORITHM"}, {"1.0", "invalid BAG-ALGORITHM"}}) {
    auto bag = bag_of({{"a.txt", "one"}}, version);
    bag["manifest-SHA-512.txt"] = bag["manifest-sha512.txt"];
    bag.erase("manifest-sha512.txt");
    add_tag_manifest(bag);
    EXPECT_EQ(said(bag), expected);
  }
  EXPECT_FALSE(manifest_name("manifest-.txt"));
  EXPECT_FALSE(manifest_name("data/manifest-md5.txt"));
  EXPECT_EQ(manifest_name("tagmanifest-sha3-256.txt")->algorithm, "sha3256");
}

TEST(BagTransfer, FollowsNoLink) {
  const TemporaryFolder folder;
  const TemporaryFolder outside;
  test::write_text(outside / "secret", "one");
  auto bag = bag_of({{"a.txt", "one"}});
  put_bag(folder.path(), bag);
  fs::remove(folder / "data/a.txt");
  fs::create_symlink(outside / "secret", folder / "data/a.txt");
  const auto report = verify_folder(folder.path());
  EXPECT_EQ(report.verdict, Verdict::kInvalid);
  EXPECT_NE(said(report).find("BAG-MISSING"), std::string::npos) << said(report);
}

TEST(BagTransfer, ManyManifestsLongLinesAndManyFaultsEnd) {
  auto bag = bag_of({{"a.txt", "one"}});
  for (int i = 0; i < 100; ++i) bag[fmt::format("manifest-x{}.txt", i)] = "00  data/a.txt\n";
  add_tag_manifest(bag);
  EXPECT_NE(said(bag).find("PKG-LIMIT"), std::string::npos);
  bag = bag_of({{"a.txt", "one"}});
  bag["manifest-sha512.txt"] += std::string(20'000'000, 'a');
  add_tag_manifest(bag);
  EXPECT_EQ(said(bag), "invalid BAG-LINE");
  std::string lines;
  for (int i = 0; i < 200'000; ++i) lines += "x\r";
  bag["manifest-sha512.txt"] = lines;
  add_tag_manifest(bag);
  const auto report = verify(bag);
  EXPECT_EQ(report.verdict, Verdict::kInvalid);
  EXPECT_LE(report.findings.size(), kFindingsMax + 1);
}

}  // namespace
}  // namespace anjuan::packager
