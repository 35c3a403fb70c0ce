// EEP: what was written comes out again, and what was changed on the way is told.
#include "packager/eep_reader.h"
#include "packager/eep_writer.h"
#include "packager/folder_sink.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using namespace anjuan::test;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Tree = std::map<std::string, std::string>;

Tree first_tree() {
  return {{"METS.xml", "<mets>1</mets>"},
          {"metadata/descriptive/description.xml", "<description/>"},
          {"representations/original/data/文书/决定书 100%+#1&.pdf", random_bytes(5'000, 1)},
          {"representations/original/data/e\u0301 \u00e9.txt", ""},
          {"representations/original/data/same.pdf", random_bytes(5'000, 1)},
          {"representations/original/data/音像/V01.mp4", random_bytes(9'000, 2)}};
}

EepVersion version_of(int number, const Tree& tree) {
  EepVersion version;
  version.number = number;
  version.created = parse_instant("2026-11-23T10:00:00+08:00");
  version.act = "首次入库";
  version.actor_id = "urn:anjuan:os:liyang";
  version.actor_name = "李阳";
  version.facts.title = "某建材公司擅自取水案";
  version.facts.creator = "澄溪县水利局";
  for (const auto& [path, bytes] : tree) {
    version.files.push_back({path, bytes.size(), digest_bytes(bytes).sha512});
  }
  return version;
}

std::set<std::string> codes(const Findings& findings) {
  std::set<std::string> codes;
  for (const Finding& finding : findings) codes.insert(finding.code);
  return codes;
}

class Eep : public testing::Test {
 protected:
  /// Writes an EEP whose versions hold these files.
  void write(const std::vector<Tree>& versions) {
    EepPackage package;
    package.record_id = "urn:uuid:7b3f8287-206f-8fd9-af26-8c56bcc78a09";
    package.made_at = parse_instant("2026-11-24T10:00:00+08:00");
    std::map<std::string, std::string> bytes;
    for (const Tree& tree : versions) {
      package.versions.push_back(version_of(static_cast<int>(package.versions.size()) + 1, tree));
      for (const auto& [path, text] : tree) bytes[digest_bytes(text).sha512] = text;
    }
    std::string xml;
    FolderSink outside(eep_files_folder(eep_));
    write_eep([&](std::string_view part) { xml += part; }, package,
              [&](const EepFile& file, const auto& take) {
                const std::string& text = bytes.at(file.sha512);
                const auto all = std::as_bytes(std::span(text));
                take(all.first(text.size() / 3));
                take(all.subspan(text.size() / 3));
              },
              &outside);
    write_text(eep_, xml);
  }

  EepReading read() {
    fs::remove_all(target_);
    SilentProgress progress;
    return read_eep(eep_, target_, progress);
  }

  Tree found() const {
    Tree tree;
    for (const auto& entry : fs::recursive_directory_iterator(target_)) {
      if (!entry.is_regular_file()) continue;
      tree[entry.path().lexically_relative(target_).string()] = read_text(entry.path());
    }
    return tree;
  }

  /// Changes the document; throws if there is nothing to change.
  void replace(const std::string& from, const std::string& to) const {
    std::string text = read_text(eep_);
    const auto at = text.find(from);
    if (at == text.npos) throw std::runtime_error("nothing to replace: " + from);
    write_text(eep_, text.replace(at, from.size(), to));
  }

  static std::string sha512(const std::string& path) {
    return digest_bytes(first_tree().at(path)).sha512;
  }

  TemporaryFolder folder_;
  fs::path eep_ = folder_ / "案卷.eep";
  fs::path target_ = folder_ / "out";
};

TEST_F(Eep, GivesEveryFileBackByteForByte) {
  write({first_tree()});
  const auto reading = read();
  EXPECT_THAT(codes(reading.findings), IsEmpty());
  EXPECT_EQ(found(), first_tree());
  EXPECT_EQ(reading.files, version_of(1, first_tree()).files);
  EXPECT_EQ(reading.versions, 1);
  EXPECT_EQ(reading.record_id, "urn:uuid:7b3f8287-206f-8fd9-af26-8c56bcc78a09");
}

TEST_F(Eep, KeepsRecordingsOutsideByNameAndDigest) {
  write({first_tree()});
  const std::string path = "representations/original/data/音像/V01.mp4";
  EXPECT_EQ(read_text(eep_files_folder(eep_) / "v1" / path), first_tree().at(path));
  EXPECT_THAT(read_text(eep_), HasSubstr("外置 SHA-512 " + sha512(path) + " v1/" + path));
}

TEST_F(Eep, HoldsEqualBytesOnce) {
  write({first_tree()});
  EXPECT_THAT(read_text(eep_), HasSubstr("引用编码数据ID=\"v1-B4\""));
}

TEST_F(Eep, OfALaterVersionHoldsTheFormerPackageAndGivesTheNewFiles) {
  Tree second = first_tree();
  second["METS.xml"] = "<mets>2</mets>";
  second["metadata/new.xml"] = "<new/>";
  second.erase("representations/original/data/same.pdf");
  write({first_tree(), second});
  const std::string xml = read_text(eep_);
  EXPECT_THAT(xml, HasSubstr("<封装包类型>修改型</封装包类型>"));
  EXPECT_THAT(xml, HasSubstr("<封装包类型>原始型</封装包类型>"));
  EXPECT_LT(xml.find("<原封装包>"), xml.find("<修订内容>"));
  const auto reading = read();
  EXPECT_THAT(codes(reading.findings), IsEmpty());
  EXPECT_EQ(reading.versions, 2);
  EXPECT_EQ(found(), second);
}

TEST_F(Eep, HoldsMoreVersionsThanOrdinaryXmlIsDeep) {
  std::vector<Tree> versions;
  for (int i = 0; i < 100; ++i) versions.push_back({{"METS.xml", std::to_string(i)}});
  write(versions);
  const auto reading = read();
  EXPECT_THAT(codes(reading.findings), IsEmpty());
  EXPECT_EQ(reading.versions, 100);
  EXPECT_EQ(found(), versions.back());
}

TEST_F(Eep, TakesEqualBytesApartAgain) {
  write({first_tree()});
  EXPECT_THAT(codes(read().findings), IsEmpty());
  const fs::path data = target_ / "representations/original/data";
  EXPECT_EQ(fs::hard_link_count(data / "same.pdf"), 1U);
  EXPECT_EQ(fs::hard_link_count(data / "文书/决定书 100%+#1&.pdf"), 1U);
}

TEST(EepFiles, StandOutsideAboveTheLimitAndWhenTheyAreRecordings) {
  EXPECT_FALSE(is_outside_eep({"a.pdf", kEepInsideBytesMax, ""}));
  EXPECT_TRUE(is_outside_eep({"a.pdf", kEepInsideBytesMax + 1, ""}));
  EXPECT_TRUE(is_outside_eep({"av/V01.MP4", 1, ""}));
}

TEST_F(Eep, IsValidForAnotherProgramToo) {
  if (!has_program("xmllint")) GTEST_SKIP() << "needs the program xmllint";
  write({first_tree(), first_tree(), first_tree()});
  const auto result = run_process(
      {"xmllint", "--noout", "--schema", ANJUAN_SOURCE_DIR "/schemas/xml/eep.xsd", eep_.string()});
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST_F(Eep, TellsChangedBytes) {
  write({first_tree()});
  replace("PG1ldHM+MTwvbWV0cz4=", "PG1ldHM+MjwvbWV0cz4=");  // <mets>1</mets> -> <mets>2</mets>
  EXPECT_THAT(codes(read().findings), ElementsAre("EEP-DIGEST"));
}

TEST_F(Eep, TellsWhatIsNoBase64) {
  write({first_tree()});
  replace("PG1ldHM+MTwvbWV0cz4=", "PG1ldHM+MTwvbWV0cz4");
  EXPECT_THAT(codes(read().findings), Contains("EEP-BASE64"));
  replace("PG1ldHM+MTwvbWV0cz4", "PG1l*HM+MTwvbWV0cz4=");
  EXPECT_THAT(codes(read().findings), Contains("EEP-BASE64"));
}

TEST_F(Eep, TellsAWrongSize) {
  write({first_tree()});
  replace("<计算机文件大小>14<", "<计算机文件大小>15<");
  EXPECT_THAT(codes(read().findings), ElementsAre("EEP-SIZE"));
}

TEST_F(Eep, TellsAnOutsideFileThatIsMissingChangedOrALink) {
  write({first_tree()});
  const fs::path outside = eep_files_folder(eep_) / "v1/representations/original/data/音像/V01.mp4";
  write_text(outside, "another film");
  EXPECT_THAT(codes(read().findings), Contains("EEP-DIGEST"));
  fs::rename(outside, folder_ / "film");
  EXPECT_THAT(codes(read().findings), ElementsAre("EEP-MISSING", "EEP-REF"));
  fs::create_symlink(folder_ / "film", outside);
  EXPECT_THAT(codes(read().findings), ElementsAre("EEP-MISSING", "EEP-REF"));
}

TEST_F(Eep, FollowsNoNameOutOfItsFolder) {
  write({first_tree()});
  replace("<计算机文件名>METS.xml<", "<计算机文件名>../../escaped<");
  EXPECT_THAT(codes(read().findings), ElementsAre("EEP-NAME"));
  write_text(folder_ / "secret", "secret");
  replace(" v1/representations/original/data/音像/V01.mp4", " ../secret");
  EXPECT_THAT(codes(read().findings), ElementsAre("EEP-MISSING", "EEP-NAME", "EEP-REF"));
  EXPECT_EQ(names_in(folder_.path()),
            (std::set<std::string>{"secret", "out", "案卷.eep", "案卷.eep.files"}));
}

TEST_F(Eep, TakesNothingOutOfABomb) {
  Tree tree;
  for (int i = 0; i < 700; ++i) tree[fmt::format("{:03}.txt", i)] = std::string(200'000, 'x');
  write({tree});
  EXPECT_LT(fs::file_size(eep_), 2'000'000U);
  EXPECT_THAT(codes(read().findings), ElementsAre("EEP-BOMB"));
  EXPECT_TRUE(fs::is_empty(target_));
}

TEST_F(Eep, TellsTwoFilesOfOneName) {
  write({first_tree()});
  replace("<计算机文件名>METS.xml<", "<计算机文件名>metadata/descriptive<");
  replace("data/same.pdf</计算机文件名>", "data/文书/决定书 100%+#1&amp;.pdf</计算机文件名>");
  EXPECT_THAT(codes(read().findings), ElementsAre("EEP-NAME"));
}

TEST_F(Eep, CallsBytesWithoutADigestNotChecked) {
  write({first_tree()});
  replace("Base64 SHA-512 " + sha512("METS.xml"), "BASE64编码");
  const auto reading = read();
  EXPECT_THAT(codes(reading.findings), ElementsAre("EEP-NO-DIGEST"));
  EXPECT_EQ(reading.findings.front().result, CheckResult::kNotChecked);
}

TEST_F(Eep, TellsWhatIsNotItsStructureOrNoXml) {
  write({first_tree()});
  replace("<聚合层次>文件<", "<聚合层次>案卷<");
  EXPECT_THAT(codes(read().findings), Contains("XSD"));
  write_text(eep_, "<电子文件封装包");
  EXPECT_THAT(codes(read().findings), ElementsAre("EEP-XML"));
  write_text(eep_, "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>");
  EXPECT_THAT(codes(read().findings), Contains("EEP-XML"));
}

TEST_F(Eep, RefusesANameThatXmlCannotCarry) {
  EXPECT_EQ(thrown_by([&] { write({{{"bell\x07.pdf", "x"}}}); }).word, "invalid");
}

}  // namespace
}  // namespace anjuan::packager
