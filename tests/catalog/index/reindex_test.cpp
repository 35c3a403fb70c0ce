#include <random>

#include <gtest/gtest.h>

#include "tests/catalog/catalog_home.h"
#include "tests/support/errors.h"

namespace anjuan::test {
namespace {

using catalog::Index;

/// A case with its own number, some documents fewer, and perhaps no closing date.
Json varied_case(std::mt19937& random, int number) {
  static constexpr std::array<const char*, 3> kNames = {"A", "B", "D"};
  auto value = CatalogHome::fixture(kNames[random() % kNames.size()]);
  value.set("case_no", Json::string(fmt::format("样水罚〔2025〕{}号", number)));
  value.set("title", Json::string(fmt::format("第{}案 <b>&'\"", number)));
  auto docs = value.find("docs")->items();
  docs.resize(1 + random() % docs.size());
  value.set("docs", Json::array(docs));
  if (random() % 3 == 0) value.set("closed_at", Json::null());
  return value;
}

TEST(Reindex, GivesTheSameRowsAsProjectionOneByOne) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    std::mt19937 random(seed);
    CatalogHome home;
    for (int number = 1; number <= 4; ++number) {
      const auto value = varied_case(random, number);
      const auto id = home.add_case(value);
      if (random() % 2 == 0) {
        home.retitle(id, value, "改");
        home.index().project(home.store(), id);
      }
    }
    home.close_index();
    const auto before = dump_of(home.index_file());
    std::filesystem::remove(home.index_file());
    const auto report = Index::reindex(home.index_file(), home.store(), home.progress());
    EXPECT_EQ(report.packages, 4);
    EXPECT_EQ(report.unreadable, 0);
    EXPECT_EQ(dump_of(home.index_file()), before) << "seed " << seed;
  }
}

TEST(Reindex, DropsRowsThatNoPackageAccountsFor) {
  CatalogHome home;
  const auto id = home.add_case(CatalogHome::fixture("B"));
  const auto before = dump_of(home.index_file());
  {
    auto database = Database::open(home.index_file());
    database.run("UPDATE package SET title = 'forged'");
    database.run(
        "INSERT INTO package SELECT '00000000-0000-4000-8000-000000000000', version,"
        " inventory_digest, verdict, case_no, title, parties, type, procedure, cause,"
        " agency, section, fonds, category, file_no, archival_code, year, retention_code,"
        " retention_years, filed_on, decided_on, closed_on, created_at, modified_at,"
        " documents, pages, recordings, recorded_s, files, bytes, search FROM package");
  }
  Index::reindex(home.index_file(), home.store(), home.progress());
  EXPECT_EQ(dump_of(home.index_file()), before);
  EXPECT_TRUE(home.index().find(id));
}

TEST(Reindex, IsSeenByAnIndexThatIsOpen) {
  CatalogHome home;
  home.store_case(CatalogHome::fixture("B"));
  EXPECT_EQ(home.index().packages(), 0);
  Index::reindex(home.index_file(), home.store(), home.progress());
  EXPECT_EQ(home.index().packages(), 1);
}

/// Stores and projects a second package while the first is being read.
class StoresMeanwhile final : public Progress {
 public:
  explicit StoresMeanwhile(CatalogHome& home) : home_(home) {}

  void begin(std::string_view, std::uint64_t) override {}

  void advance(std::uint64_t) override {
    if (!stored_) stored_ = home_.add_case(CatalogHome::fixture("D"));
  }

  void end() override {}

  std::optional<packager::PackageId> stored_;

 private:
  CatalogHome& home_;
};

TEST(Reindex, LosesNothingThatIsStoredMeanwhile) {
  CatalogHome home;
  home.store_case(CatalogHome::fixture("B"));
  StoresMeanwhile progress(home);
  const auto report = Index::reindex(home.index_file(), home.store(), progress);
  EXPECT_EQ(report.packages, 2);
  ASSERT_TRUE(progress.stored_);
  EXPECT_TRUE(home.index().find(*progress.stored_));
  const auto rows = dump_of(home.index_file());
  Index::reindex(home.index_file(), home.store(), home.progress());
  EXPECT_EQ(dump_of(home.index_file()), rows);
}

TEST(Reindex, LeavesNothingBesideTheIndex) {
  CatalogHome home;
  home.store_case(CatalogHome::fixture("B"));
  Index::reindex(home.index_file(), home.store(), home.progress());
  for (const auto& entry : std::filesystem::directory_iterator(home.path())) {
    EXPECT_FALSE(entry.path().filename().string().starts_with("index.db.new")) << entry.path();
  }
}

TEST(Reindex, BeginsAgainAfterACrash) {
  CatalogHome home;
  home.store_case(CatalogHome::fixture("B"));
  write_text(home.path() / "index.db.new", "half a file of an earlier run");
  EXPECT_EQ(Index::reindex(home.index_file(), home.store(), home.progress()).packages, 1);
}

TEST(Reindex, PutsAsideAnIndexThatIsDamaged) {
  CatalogHome home;
  home.store_case(CatalogHome::fixture("B"));
  home.close_index();
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::remove(home.index_file().string() + suffix);
  }
  write_text(home.index_file(), std::string(8192, 'x'));
  const auto thrown = thrown_by([&] { Index::open(home.index_file()); });
  EXPECT_EQ(thrown.word, "corrupt");
  EXPECT_THAT(thrown.message, testing::HasSubstr("anjuan reindex"));
  EXPECT_EQ(Index::reindex(home.index_file(), home.store(), home.progress()).packages, 1);
  EXPECT_EQ(read_text(home.path() / "index.db.unreadable"), std::string(8192, 'x'));
  home.reopen_index();
  EXPECT_EQ(home.index().packages(), 1);
}

/// What each kind of damage must leave: no row, one finding, and the others untouched.
class DamagedPackage : public testing::TestWithParam<const char*> {};

TEST_P(DamagedPackage, IsAFindingAndNeverSilence) {
  CatalogHome home;
  const auto good = home.add_case(CatalogHome::fixture("B"));
  const auto bad = home.add_case(CatalogHome::fixture("D"));
  const auto aip = "v1/content/" + bad.objid() + "/";
  const std::string damage = GetParam();
  const auto victim = home.object_of(bad) / (damage == "inventory.json" ? damage : aip + damage);
  auto bytes = read_text(victim);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::filesystem::permissions(victim, std::filesystem::perms::owner_all);
  write_text(victim, bytes);

  const auto findings = home.index().project(home.store(), bad);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().code, "catalog.unreadable");
  EXPECT_THAT(findings.front().message, testing::HasSubstr(bad.object_path()));
  EXPECT_FALSE(home.index().find(bad));
  EXPECT_TRUE(home.index().find(good));
  EXPECT_EQ(home.index().unreadable(), 1);

  const auto projected = dump_of(home.index_file());
  const auto report = Index::reindex(home.index_file(), home.store(), home.progress());
  EXPECT_EQ(report.packages, 1);
  EXPECT_EQ(report.unreadable, 1);
  EXPECT_EQ(dump_of(home.index_file()), projected);
}

INSTANTIATE_TEST_SUITE_P(Files, DamagedPackage,
                         testing::Values("inventory.json", "METS.xml",
                                         "representations/original/METS.xml",
                                         "metadata/descriptive/case.xml",
                                         "metadata/descriptive/description.xml",
                                         "metadata/preservation/premis-0001.xml"),
                         [](const auto& one) {
                           std::string name = one.param;
                           std::erase_if(name, [](char c) { return std::isalnum(c) == 0; });
                           return name;
                         });

TEST(Projection, OfAMendedPackageTakesTheFindingBack) {
  CatalogHome home;
  const auto id = home.add_case(CatalogHome::fixture("B"));
  const auto mets = home.object_of(id) / ("v1/content/" + id.objid() + "/METS.xml");
  const auto good = read_text(mets);
  std::filesystem::permissions(mets, std::filesystem::perms::owner_all);
  write_text(mets, good + " ");
  EXPECT_EQ(home.index().project(home.store(), id).size(), 1U);
  write_text(mets, good);
  EXPECT_TRUE(home.index().project(home.store(), id).empty());
  EXPECT_TRUE(home.index().find(id));
  EXPECT_EQ(home.index().unreadable(), 0);
}

}  // namespace
}  // namespace anjuan::test
