// Packages of others: verified first, then kept whole, marked, and only once.
#include "tests/cli/exchange_fixture.h"
#include "tests/support/foreign_archives.h"

namespace anjuan::test {

namespace fs = std::filesystem;

namespace {

using testing::HasSubstr;

class Adopt : public ExchangeTest {
 protected:
  void SetUp() override {
    ExchangeTest::SetUp();
    ASSERT_EQ(export_as("folder", folder_ / "out").exit_code, 0);
    package_ = folder_ / "out" / ("aip-" + id_);
  }

  fs::path package_;
};

}  // namespace

TEST_F(Adopt, MarksItAndSaysWhereItCameFromAndWhy) {
  const auto adopted = adopt(package_);
  ASSERT_EQ(adopted.exit_code, 0) << adopted.out << adopted.err;
  const std::string id = last_line(adopted.out).text_or("package", "");
  const std::string text = read_text(objects_of(second_).at(0) / "v1/content" / ("aip-" + id) /
                                     "metadata/descriptive/adoption.xml");
  EXPECT_THAT(text, HasSubstr("<mark>外来包</mark>"));
  EXPECT_THAT(text, HasSubstr("<name>aip-" + id_ + "</name>"));
  EXPECT_THAT(text, HasSubstr("verdict=\"valid\""));
  EXPECT_THAT(text, HasSubstr("<reason>接收</reason>"));
  const auto listed = run_anjuan(second_, {"list"});
  EXPECT_THAT(listed.out, HasSubstr("aip-" + id_ + " (外来包)"));
  const auto indexed = run_anjuan(second_, {"reindex", "--json"});
  EXPECT_EQ(last_line(indexed.out).find("failed")->as_integer(), 0);
  EXPECT_EQ(run_anjuan(second_, {"verify", id}).exit_code, 0);
  EXPECT_TRUE(names_in(second_ / "workspace").contains(id + ".lock"));
}

TEST_F(Adopt, TwiceIsOnePackage) {
  ASSERT_EQ(adopt(package_).exit_code, 0);
  const auto before = tree_of(second_ / "storage");
  const auto again = adopt(package_);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(tree_of(second_ / "storage"), before);
}

TEST_F(Adopt, StoresNothingOfAPackageThatIsInvalidAndListsWhy) {
  write_text(package_ / "METS.xml", read_text(package_ / "METS.xml") + "<!-- changed -->");
  write_text(package_ / "metadata/descriptive/case.xml", "<case/>");
  const auto adopted = adopt(package_);
  EXPECT_EQ(adopted.exit_code, 3) << adopted.out;
  EXPECT_THAT(adopted.out, HasSubstr("case.xml"));
  EXPECT_EQ(last_line(adopted.out).text_or("verdict", ""), "invalid");
  EXPECT_EQ(last_line(adopted.out).text_or("package", "?"), "");
  EXPECT_TRUE(objects_of(second_).empty());
}

TEST_F(Adopt, StoresNothingOfADamagedEep) {
  const fs::path eep = folder_ / "a.eep";
  ASSERT_EQ(export_as("eep", eep).exit_code, 0);
  std::string text = read_text(eep);
  const auto data = text.find("编码数据ID=\"v1-B1\">") + 40;
  text[data] = text[data] == 'A' ? 'B' : 'A';
  write_text(eep, text);
  const auto adopted = adopt(eep);
  EXPECT_EQ(adopted.exit_code, 3) << adopted.out;
  EXPECT_THAT(adopted.out, HasSubstr("EEP-DIGEST"));
  EXPECT_TRUE(objects_of(second_).empty());
}

TEST_F(Adopt, KeepsAnOcflObjectWithItsHistory) {
  const fs::path object = objects_of(home_).at(0);
  const auto adopted = adopt(object);
  ASSERT_EQ(adopted.exit_code, 0) << adopted.out << adopted.err;
  EXPECT_EQ(last_line(adopted.out).text_or("kind", ""), "anjuan");
  const std::string id = last_line(adopted.out).text_or("package", "");
  const auto kept =
      digests_in(objects_of(second_).at(0), "aip-" + id + "/representations/original/data/" +
                                                object.filename().string() + "/");
  for (const auto& [path, bytes] : tree_of(object)) {
    EXPECT_EQ(kept.at(path), digest_bytes(bytes).sha512) << path;
  }
}

TEST_F(Adopt, LeavesAgainAsAPackageOfOursAroundTheForeignOne) {
  const auto adopted = adopt(objects_of(home_).at(0));
  const std::string id = last_line(adopted.out).text_or("package", "");
  for (const char* form : {"folder", "eark-zip", "bagit"}) {
    const fs::path out = folder_ / form;
    ASSERT_EQ(run_anjuan(second_, {"export", id, "--as", form, out.string()}).exit_code, 0);
    const auto verified = run_anjuan(second_, {"verify", out.string(), "--json"});
    EXPECT_EQ(last_line(verified.out).text_or("verdict", ""), "valid") << verified.out;
    const std::string kind = form == std::string("bagit") ? "bagit" : "eark";
    EXPECT_EQ(last_line(verified.out).text_or("kind", ""), kind) << form;
  }
}

TEST_F(Adopt, RefusesAStorageRootAndWhatIsNoPackage) {
  EXPECT_EQ(adopt(home_ / "storage").exit_code, 3);
  const auto pictures = adopt(submission_);
  EXPECT_EQ(pictures.exit_code, 4);
  EXPECT_EQ(last_line(pictures.out).text_or("verdict", ""), "unchecked");
  fs::create_directory(folder_ / "empty");
  EXPECT_EQ(adopt(folder_ / "empty").exit_code, 4);
  EXPECT_EQ(adopt(folder_ / "nothing").exit_code, 4);
  EXPECT_EQ(run_anjuan(second_, {"adopt", package_.string()}).exit_code, 2);
  EXPECT_TRUE(objects_of(second_).empty());
}

TEST_F(Adopt, FollowsNoLinkAndNoClimbingName) {
  write_text(folder_ / "secret", "secret");
  fs::create_symlink(folder_ / "secret", package_ / "metadata/other/link.xml");
  EXPECT_EQ(adopt(package_).exit_code, 3);
  put_file(folder_ / "climbs.zip",
           make_zip({{"aip-1/METS.xml", "<mets/>"}, {"../../climbs.xml", "<climbs/>"}}));
  EXPECT_EQ(adopt(folder_ / "climbs.zip").exit_code, 3);
  EXPECT_TRUE(objects_of(second_).empty());
}

}  // namespace anjuan::test
