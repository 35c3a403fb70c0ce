// OCFL objects that are right, in ways that a hasty check would call wrong.
#include <gtest/gtest.h>

#include "packager/verify/verify.h"
#include "tests/support/ocfl_sketch.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::OcflSketch;

/// "CODE CODE", every level.
std::string codes_of(const VerifyReport& report) {
  std::string codes;
  for (const auto& finding : report.findings) codes += finding.code + " ";
  return codes;
}

VerifyReport verify(const fs::path& object) {
  SilentProgress progress;
  return verify_package(object, {}, progress);
}

class OcflObjects : public testing::Test {
 protected:
  VerifyReport written(const OcflSketch& sketch) {
    sketch.write(object());
    return verify(object());
  }

  fs::path object() const { return folder_ / "object"; }

  test::TemporaryFolder folder_;
};

TEST_F(OcflObjects, OfBothEditionsAreValid) {
  for (const auto* edition : {"1.0", "1.1"}) {
    fs::remove_all(object());
    OcflSketch sketch;
    sketch.edition = edition;
    const auto report = written(sketch);
    EXPECT_EQ(codes_of(report), "");
    EXPECT_EQ(report.verdict, Verdict::kValid);
    EXPECT_EQ(report.files_checked, 2u);
    EXPECT_EQ(report.files_expected, 2u);
    EXPECT_EQ(report.bytes_checked, 9u);
    EXPECT_EQ(report.label, "urn:example:sketch");
  }
}

TEST_F(OcflObjects, MayChangeTheirAlgorithm) {
  OcflSketch sketch;
  sketch.algorithm_v1 = "sha256";
  const auto report = written(sketch);
  EXPECT_EQ(codes_of(report), "W004 ");
  EXPECT_EQ(report.bytes_checked, 9u) << "a file was read twice";
}

TEST_F(OcflObjects, MayCallTheirContentAsTheyLike) {
  OcflSketch sketch;
  sketch.content = "内容";
  EXPECT_EQ(codes_of(written(sketch)), "");
}

TEST_F(OcflObjects, MayWriteDigestsInCapitals) {
  OcflSketch sketch;
  sketch.edit = [](Json& root) {
    auto text = root.dump();
    for (const auto& digest : {OcflSketch::digest("sha512", "beta")}) {
      std::string capitals = digest;
      for (char& c : capitals) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      for (auto at = text.find(digest); at != text.npos; at = text.find(digest)) {
        text.replace(at, digest.size(), capitals);
      }
    }
    root = Json::parse(text, "capitals");
  };
  EXPECT_EQ(codes_of(written(sketch)), "");
}

TEST_F(OcflObjects, MayMoveToANewerEdition) {
  OcflSketch sketch;
  sketch.edit_v1 = [](Json& root) {
    root.set("type", Json::string("https://ocfl.io/1.0/spec/#inventory"));
  };
  EXPECT_EQ(codes_of(written(sketch)), "");
}

TEST_F(OcflObjects, MayHaveLogsAndRegisteredExtensions) {
  OcflSketch sketch;
  sketch.write(object());
  fs::create_directories(object() / "logs/2026");
  fs::create_directories(object() / "extensions/0009-digest-algorithms");
  fs::create_directories(object() / "extensions/0123-of-the-future");
  EXPECT_EQ(codes_of(verify(object())), "");
}

// One read of each file gives all of them.
TEST_F(OcflObjects, HaveTheirFixityCompared) {
  constexpr std::pair<const char*, DigestAlgorithm> kAlgorithms[] = {
      {"md5", DigestAlgorithm::kMd5},
      {"sha1", DigestAlgorithm::kSha1},
      {"sha256", DigestAlgorithm::kSha256},
      {"sha512", DigestAlgorithm::kSha512},
      {"sha512/256", DigestAlgorithm::kSha512_256},
      {"blake2b-160", DigestAlgorithm::kBlake2b_160},
      {"blake2b-256", DigestAlgorithm::kBlake2b_256},
      {"blake2b-384", DigestAlgorithm::kBlake2b_384},
      {"blake2b-512", DigestAlgorithm::kBlake2b_512},
      {"sm3", DigestAlgorithm::kSm3}};
  OcflSketch sketch;
  sketch.edit = [&](Json& root) {
    auto fixity =
        Json::object({{"size", Json::object({{"5", OcflSketch::list("v1/content/a.txt")}})}});
    for (const auto& [name, algorithm] : kAlgorithms) {
      fixity.set(
          name,
          Json::object({{digest_hex(algorithm, "alpha"), OcflSketch::list("v1/content/a.txt")}}));
    }
    root.set("fixity", fixity);
  };
  const auto report = written(sketch);
  EXPECT_EQ(codes_of(report), "");
  EXPECT_EQ(report.bytes_checked, 9u);
  test::write_text(object() / "v1/content/a.txt", "alphA");
  std::size_t wrong = 0;
  for (const auto& finding : verify(object()).findings) wrong += finding.code == "E093" ? 1u : 0u;
  EXPECT_EQ(wrong, std::size(kAlgorithms)) << "all but the size, which is the same";
}

TEST_F(OcflObjects, AreNotBlamedForUnknownFixity) {
  OcflSketch sketch;
  sketch.edit = [](Json& root) {
    const auto digests = Json::object({{"x", OcflSketch::list("v1/content/a.txt")}});
    root.set("fixity", Json::object({{"tiger", digests}}));
  };
  const auto report = written(sketch);
  EXPECT_EQ(codes_of(report), "E028 ");
  EXPECT_EQ(report.findings.at(0).severity, Severity::kInfo);
  EXPECT_EQ(report.verdict, Verdict::kValid);
}

TEST_F(OcflObjects, AreNeverValidUnread) {
  OcflSketch sketch;
  sketch.write(object());
  test::write_text(object() / "v1/content/a.txt", "alphA");
  VerifyOptions options;
  options.digests = DigestCheck::kNone;
  SilentProgress progress;
  auto report = verify_package(object(), options, progress);
  EXPECT_EQ(codes_of(report), "PKG-DIGEST ");
  EXPECT_EQ(report.verdict, Verdict::kUnchecked);
  EXPECT_EQ(report.bytes_checked, 0u);
  fs::remove(object() / "v1/content/a.txt");
  report = verify_package(object(), options, progress);
  EXPECT_EQ(report.verdict, Verdict::kInvalid) << "the structure is checked all the same";
}

TEST_F(OcflObjects, AreToldThatAnOpenVersionIsNotChecked) {
  OcflSketch sketch;
  sketch.write(object());
  fs::create_directories(object() / "extensions/0005-mutable-head/HEAD");
  EXPECT_EQ(codes_of(verify(object())), "PKG-OPEN ");
}

}  // namespace
}  // namespace anjuan::packager
