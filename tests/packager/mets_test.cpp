#include <random>

#include <gtest/gtest.h>

#include "core/text.h"
#include "packager/mets_reader.h"
#include "packager/mets_writer.h"
#include "packager/package_layout.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

using test::TemporaryFolder;
using test::thrown_by;

MetsFile random_file(std::mt19937_64& source, const std::string& id) {
  static const std::vector<std::string> names = {"文书/立案.pdf", "a+b %#?.pdf", "e\u0301",
                                                 "\u00e9",        "'\"<>&;",     "tab\tline\n",
                                                 "~-_.",          "深/层/次"};
  return {id,
          names[source() % names.size()] + std::to_string(source() % 100),
          "application/pdf",
          "2025-06-17T09:05:00+08:00",
          digest_hex(DigestAlgorithm::kSha512, id),
          source()};
}

MetsDocument random_document(std::uint64_t seed) {
  std::mt19937_64 source(seed);
  MetsDocument document{"aip-x", "题名 <&\"> (号)", "https://example.org/profile",
                        "2026-11-23T10:00:00+08:00"};
  if (source() % 2 == 0) document.modified = "2026-11-25T10:00:00+08:00";
  document.status = verdict_text(source() % 2 == 0 ? "complete" : "unchecked");
  document.agents = {{"CREATOR", "", "OTHER", "SOFTWARE", "Anjuan", "0.1", "SOFTWARE VERSION"},
                     {"OTHER", "RECORDS CREATOR", "ORGANIZATION", "", "局 & 所", "", ""}};
  document.alternative_ids = {{"URN", "urn:x"}, {"CASENUMBER", "号 1"}};
  constexpr std::array kinds = {MetsSection::Kind::kDescriptive, MetsSection::Kind::kRights,
                                MetsSection::Kind::kProvenance};
  for (const auto kind : kinds) {  // in the order in which they are written
    for (std::uint64_t i = 0; i < source() % 4; ++i) {
      const auto id = fmt::format("ID-{}-{}", static_cast<int>(kind), i);
      document.sections.push_back({kind, id, "2026-11-23T10:00:00+08:00", source() % 2 == 0,
                                   "OTHER", "urn:x", "1", random_file(source, "")});
    }
  }
  for (const auto* use : {"Documentation", "Schemas", "Representations/original"}) {
    MetsGroup group{"ID-" + std::string(use).substr(0, 5), use, "words", {}};
    for (std::uint64_t i = 0; i < 1 + source() % 4; ++i) {
      group.files.push_back(random_file(source, fmt::format("{}-{}", group.id, i)));
    }
    document.groups.push_back(std::move(group));
  }
  return document;
}

TEST(PackageMets, ComesBackAsItWasWritten) {
  TemporaryFolder folder;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto document = random_document(seed);
    const auto path = folder / std::to_string(seed);
    const auto digests = write_package_mets(path, document);
    ASSERT_EQ(read_mets(path, "METS.xml"), document) << seed;
    ASSERT_EQ(digests, digest_bytes(test::read_text(path)));
  }
}

TEST(RepresentationMets, StreamsItsFilesBothWays) {
  TemporaryFolder folder;
  std::mt19937_64 source(7);
  std::vector<MetsFile> files;
  for (int i = 0; i < 1000; ++i) files.push_back(random_file(source, "ID-" + std::to_string(i)));
  MetsDocument document{"original", "", "https://example.org/profile", "2026-11-23T10:00:00+08:00"};
  std::size_t next = 0;
  write_representation_mets(folder / "METS.xml", document, [&](MetsFile& file) {
    if (next == files.size()) return false;
    file = files[next++];
    return true;
  });
  std::vector<MetsFile> back;
  const auto read =
      read_mets(folder / "METS.xml", "METS.xml", [&](const MetsGroup& group, MetsFile file) {
        EXPECT_EQ(group.use, "Representations/original/data");
        back.push_back(std::move(file));
      });
  EXPECT_EQ(back, files);
  EXPECT_TRUE(read.groups.at(0).files.empty());
  EXPECT_EQ(read.objid, "original");
}

// Nothing of a file is kept: what has been handed to the sink never lags far behind.
TEST(RepresentationMets, HoldsNoMoreThanABlockBack) {
  constexpr std::size_t kFiles = 20'000;
  constexpr std::size_t kLagMax = 256 * 1024;
  MetsDocument document{"original", "", "https://example.org/profile", "2026-11-23T10:00:00+08:00"};
  std::size_t written = 0;
  std::size_t count = 0;
  std::size_t file_bytes = 0;
  std::size_t lag = 0;
  write_representation_mets([&](std::string_view bytes) { written += bytes.size(); }, document,
                            [&](MetsFile& file) {
                              if (count == kFiles) return false;
                              file = {fmt::format("ID-{:08}", count),
                                      fmt::format("data/{:08}.pdf", count),
                                      "application/pdf",
                                      "2025-06-17T09:05:00+08:00",
                                      std::string(128, 'a'),
                                      count};
                              ++count;
                              file_bytes += 300;  // less than a <file> takes
                              lag = std::max(lag, file_bytes - std::min(file_bytes, written));
                              return true;
                            });
  EXPECT_GT(written, kFiles * 300);
  EXPECT_LT(lag, kLagMax);
}

TEST(PackageMets, EncodesEveryByteThatValidatorsMisread) {
  TemporaryFolder folder;
  auto document = random_document(1);
  document.groups[0].files[0].path = "a+b %#é文.pdf";
  write_package_mets(folder / "METS.xml", document);
  const auto text = test::read_text(folder / "METS.xml");
  EXPECT_NE(text.find("xlink:href=\"a%2Bb%20%25%23%C3%A9%E6%96%87.pdf\""), text.npos);
}

class DamagedMets : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(DamagedMets, IsReportedAsCorrupt) {
  TemporaryFolder folder;
  auto document = random_document(2);
  document.sections = {{MetsSection::Kind::kDescriptive, "ID-1", "2026-11-23T10:00:00+08:00", true,
                        "OTHER", "", "", document.groups[0].files[0]}};
  write_package_mets(folder / "METS.xml", document);
  auto text = test::read_text(folder / "METS.xml");
  const auto place = text.find(GetParam().first);
  ASSERT_NE(place, text.npos);
  text.replace(place, GetParam().first.size(), GetParam().second);
  test::write_text(folder / "damaged.xml", text);
  const auto thrown = thrown_by([&] { read_mets(folder / "damaged.xml", "v1/METS.xml"); });
  EXPECT_EQ(thrown.word, "corrupt") << thrown.message;
  EXPECT_EQ(thrown.subject, "v1/METS.xml");
}

using Damage = std::pair<std::string, std::string>;
INSTANTIATE_TEST_SUITE_P(
    Damages, DamagedMets,
    testing::Values(Damage{"</mets>", ""}, Damage{" OBJID=", " X="}, Damage{"PROFILE", "PROFIL"},
                    Damage{"CREATEDATE", "DATE"}, Damage{"SIZE=\"", "SIZE=\"x"},
                    Damage{"SIZE=\"", "SIZE=\"-"}, Damage{"SHA-512", "SHA-1"},
                    Damage{" CHECKSUM=", " CHECK="}, Damage{"xlink:href=\"", "xlink:href=\"%zz"},
                    Damage{"STATUS=\"CURRENT\"", ""}, Damage{"MDTYPE=", "TYPE="},
                    Damage{"USE=", "use="}, Damage{"<FLocat", "<flocat"},
                    Damage{"http://www.loc.gov/METS/", "urn:other"}));

TEST(Verdict, StandsInWordsForPeopleAndPrograms) {
  EXPECT_EQ(verdict_text("unchecked"), "unchecked 未检查");
  for (const auto* word : {"complete", "defective", "incomplete", "blocked", "unchecked"}) {
    EXPECT_EQ(verdict_word(verdict_text(word)), word);
  }
  EXPECT_EQ(thrown_by([] { verdict_text("passed"); }).word, "internal");
}

TEST(PackagePath, MayBeAnyRelativeName) {
  for (const auto* path :
       {"a", "a/b", "文书/①.pdf", " ", ".hidden", "..x", "a+b%#?", "-", "x\ny"}) {
    EXPECT_NO_THROW(check_package_path(path)) << path;
  }
  EXPECT_NO_THROW(check_package_path(std::string(255, 'x')));
}

TEST(PackagePath, MayNotLeaveOrConfuse) {
  for (const auto& path :
       {std::string(""), std::string("/a"), std::string("a/"), std::string("a//b"),
        std::string("."), std::string("../a"), std::string("a/../b"), std::string("a/."),
        std::string("a\0b", 3), std::string("\xC3\x28"), std::string(256, 'x'),
        std::string(3001, '/')}) {
    EXPECT_EQ(thrown_by([&] { check_package_path(path); }).word, "invalid") << path;
  }
}

TEST(XmlName, EscapesOnlyWhatXmlCannotCarry) {
  EXPECT_EQ(xml_name("100%+文.pdf"), "100%+文.pdf");
  EXPECT_EQ(xml_name("bell\x07 100%"), "bell%07 100%25");
  EXPECT_EQ(xml_name("\xEF\xBF\xBE"), "%EF%BF%BE");
  EXPECT_EQ(xml_name("\r"), "%0D");
  EXPECT_EQ(xml_text("a\x01"
                     "b\xFF"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
}

}  // namespace
}  // namespace anjuan::packager
