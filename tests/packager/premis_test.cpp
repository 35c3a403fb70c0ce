#include <gtest/gtest.h>

#include "core/xml_reader.h"
#include "packager/package_layout.h"
#include "packager/premis_writer.h"
#include "tests/support/files.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

using test::TemporaryFolder;

/// Text of the first element of this name, anywhere below; "" if there is none.
std::string first_text(const XmlElement& element, const std::string& name) {
  if (element.name == name) return element.text;
  for (const auto& child : element.children) {
    if (auto text = first_text(child, name); !text.empty()) return text;
  }
  return "";
}

class Premis : public testing::Test {
 protected:
  /// Writes one document with `fill` after the package object, and reads it.
  template <typename Fill>
  XmlElement written(Fill fill) {
    const auto path = folder_ / "premis.xml";
    PremisWriter premis(path);
    premis.package(test::empty_draft());
    fill(premis);
    digests_ = premis.close();
    return read_xml_tree(test::read_text(path), "premis.xml");
  }

  TemporaryFolder folder_;
  Digests digests_;
};

TEST_F(Premis, DescribesThePackageByUrnAndCaseNumber) {
  const auto premis = written([](PremisWriter&) {});
  const auto& object = premis.children.at(0);
  EXPECT_EQ(first_text(object.children.at(0), "objectIdentifierValue"),
            "urn:uuid:5baa3fd5-690f-8e53-a3a1-035f4d75febe");
  EXPECT_EQ(first_text(object.children.at(1), "objectIdentifierValue"), "澄水罚〔2025〕12号");
  EXPECT_EQ(first_text(object, "originalName"), "某建材公司未经批准擅自取水案");
  EXPECT_EQ(digests_, digest_bytes(test::read_text(folder_ / "premis.xml")));
}

PremisFile a_file() {
  return {"11111111-1111-4111-8111-111111111111",
          digest_bytes("x"),
          "video/mp4",
          "fmt/199",
          "音像/现场+1.mp4",
          "representations/original/data/音像/现场+1.mp4",
          "22222222"};
}

TEST_F(Premis, DescribesAFileWithBothDigestsFormatAndPlace) {
  const auto premis = written([](PremisWriter& out) { out.file(a_file()); });
  const auto& file = premis.children.at(1);
  const auto& characteristics = *file.child("objectCharacteristics");
  ASSERT_EQ(characteristics.children.at(0).name, "fixity");
  EXPECT_EQ(first_text(characteristics.children.at(0), "messageDigestAlgorithm"), "SHA-512");
  EXPECT_EQ(first_text(characteristics.children.at(0), "messageDigest"), digest_bytes("x").sha512);
  EXPECT_EQ(first_text(characteristics.children.at(1), "messageDigestAlgorithm"), "SM3");
  EXPECT_EQ(first_text(characteristics.children.at(1), "messageDigest"), digest_bytes("x").sm3);
  EXPECT_EQ(first_text(characteristics, "size"), "1");
  EXPECT_EQ(first_text(file, "formatName"), "video/mp4");
  EXPECT_EQ(first_text(file, "formatRegistryKey"), "fmt/199");
  EXPECT_EQ(first_text(file, "originalName"), "音像/现场+1.mp4");
  EXPECT_EQ(first_text(file, "contentLocationValue"),
            "representations/original/data/%E9%9F%B3%E5%83%8F/%E7%8E%B0%E5%9C%BA%2B1.mp4");
  EXPECT_EQ(first_text(file, "relatedObjectIdentifierValue"), "urn:uuid:22222222");
}

TEST_F(Premis, SaysThatAFormatWasNotIdentified) {
  auto file = a_file();
  file.puid.clear();
  const auto premis = written([&](PremisWriter& out) { out.file(file); });
  EXPECT_EQ(first_text(premis, "formatNote"), "not identified 未识别");
  EXPECT_EQ(first_text(premis, "formatRegistryKey"), "");
}

TEST_F(Premis, TellsAnEventWithItsAgentsAndObjects) {
  const DraftEvent draft{"fixity check",
                         parse_instant("2026-11-23T10:00:00.125+08:00"),
                         "逐个核对",
                         "failure",
                         "一个文件不符\x01",
                         {{"os:liyang", "implementer"}},
                         {}};
  const auto premis = written([&](PremisWriter& out) {
    out.event({"33333333", &draft, {"44444444", "55555555"}});
  });
  const auto& event = premis.children.at(1);
  EXPECT_EQ(first_text(event, "eventIdentifierValue"), "urn:uuid:33333333");
  EXPECT_EQ(first_text(event, "eventType"), "fixity check");
  EXPECT_EQ(first_text(event, "eventDateTime"), "2026-11-23T10:00:00.125+08:00");
  EXPECT_EQ(first_text(event, "eventDetail"), "逐个核对");
  EXPECT_EQ(first_text(event, "eventOutcome"), "failure");
  EXPECT_EQ(first_text(event, "eventOutcomeDetailNote"), "一个文件不符\uFFFD");
  EXPECT_EQ(first_text(event, "linkingAgentIdentifierValue"), "os:liyang");
  EXPECT_EQ(first_text(event, "linkingAgentRole"), "implementer");
  EXPECT_EQ(first_text(event.children.back(), "linkingObjectIdentifierValue"), "urn:uuid:55555555");
}

TEST_F(Premis, StatesRightsByStatute) {
  const auto id = PackageId::of_case("0123", "1");
  const auto silent = written([&](PremisWriter& out) { out.rights({}, id, 1); });
  EXPECT_EQ(first_text(silent, "rightsBasis"), "statute");
  EXPECT_NE(first_text(silent, "statuteCitation").find("政府信息公开条例"), std::string::npos);
  EXPECT_NE(first_text(silent, "statuteNote").find("未标明"), std::string::npos);
  EXPECT_NE(first_text(silent, "restriction").find("尚未作出公开决定"), std::string::npos);
  std::filesystem::remove(folder_ / "premis.xml");
  const auto stated = written([&](PremisWriter& out) {
    out.rights({"非涉密", "第三十二条:征求第三方意见后公开"}, id, 2);
  });
  EXPECT_NE(first_text(stated, "statuteNote").find("非涉密"), std::string::npos);
  EXPECT_EQ(first_text(stated, "restriction"), "第三十二条:征求第三方意见后公开");
}

TEST(ObjectUuid, DependsOnPackagePathAndContent) {
  const auto a = PackageId::of_case("0123", "1");
  const auto b = PackageId::of_case("0123", "2");
  EXPECT_EQ(object_uuid(a, "x", "1"), object_uuid(a, "x", "1"));
  EXPECT_NE(object_uuid(a, "x", "1"), object_uuid(b, "x", "1"));
  EXPECT_NE(object_uuid(a, "x", "1"), object_uuid(a, "y", "1"));
  EXPECT_NE(object_uuid(a, "x", "1"), object_uuid(a, "x", "2"));
}

}  // namespace
}  // namespace anjuan::packager
