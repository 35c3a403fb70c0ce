#include "catalog/index/index.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/catalog/catalog_home.h"

namespace anjuan::test {
namespace {

using catalog::Index;
using catalog::PackageFilter;
using testing::HasSubstr;

TEST(Index, ShowsWhatTheCaseDeclares) {
  CatalogHome home;
  const auto id = home.add_case(CatalogHome::fixture("A"));
  const auto list = home.index().list({});
  ASSERT_EQ(list.total, 1);
  const auto& row = list.rows.front();
  EXPECT_EQ(row.id, id.uuid());
  EXPECT_EQ(row.version, 1);
  EXPECT_EQ(row.verdict, "unchecked");
  EXPECT_EQ(row.case_no, "澄水罚〔2025〕12号");
  EXPECT_EQ(row.parties, "澄溪县样石采石场(样例)");
  EXPECT_EQ(row.archival_code, "样J012-ZY·CF·2025·D30-0012");
  EXPECT_EQ(row.year, 2025);
  EXPECT_EQ(row.retention_code, "D30");
  EXPECT_EQ(row.documents, 37);
  EXPECT_EQ(row.pages, 70);
  EXPECT_EQ(row.recordings, 6);
  EXPECT_GT(row.files, 43);
}

TEST(Index, LinksDocumentsAndRecordingsToTheirFiles) {
  CatalogHome home;
  const auto id = home.add_case(CatalogHome::fixture("A"));
  const auto detail = home.index().find(id);
  ASSERT_TRUE(detail);
  ASSERT_EQ(detail->documents.size(), 37U);
  const auto& first = detail->documents.front();
  EXPECT_EQ(first.title, "投诉举报登记表");
  EXPECT_EQ(first.mime, "application/pdf");
  const auto file = home.index().file(id, first.file);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->path, "representations/original/data/" + first.name);
  EXPECT_EQ(read_text(home.object_of(id) / file->content_path), first.name);
  for (const auto& recording : detail->recordings) {
    ASSERT_EQ(recording.segments.size(), 1U) << recording.id;
    EXPECT_TRUE(home.index().file(id, recording.segments.front().file)) << recording.id;
  }
}

TEST(Index, KeepsDocumentsInPageOrder) {
  CatalogHome home;
  const auto id = home.add_case(CatalogHome::fixture("A"));
  std::int64_t page = 0;
  const auto detail = home.index().find(id);
  for (const auto& document : detail->documents) {
    EXPECT_GT(document.page_from, page);
    page = document.page_from;
  }
}

TEST(Index, TellsTheEventsWithTheirAgents) {
  CatalogHome home;
  const auto id = home.add_case(CatalogHome::fixture("B"));
  const auto detail = home.index().find(id);
  EXPECT_EQ(detail->events.size(), 2U);
  const auto found = std::find_if(detail->events.begin(), detail->events.end(),
                                  [](const auto& event) { return event.type == "validation"; });
  ASSERT_NE(found, detail->events.end());
  EXPECT_EQ(found->outcome, "not checked");
  ASSERT_FALSE(found->agents.empty());
  EXPECT_EQ(found->agents.front().name, "李阳");
  EXPECT_EQ(found->agents.front().role, "implementer");
}

TEST(Index, ListsEveryFileOfThePackageAndThePackageMets) {
  CatalogHome home;
  const auto id = home.add_case(CatalogHome::fixture("B"));
  std::set<std::string> listed;
  for (const auto& file : home.index().files(id, 10'000)) {
    EXPECT_TRUE(listed.insert(file.path).second) << "twice: " << file.path;
  }
  std::set<std::string> stored;
  const auto object = home.store().find(id);
  for (const auto& [logical, digest] : object->inventory.current().state) {
    stored.insert(logical.substr(id.objid().size() + 1));
  }
  EXPECT_EQ(listed, stored);
}

TEST(Index, HoldsFilesWithHostileNames) {
  CatalogHome home;
  const auto id = home.add_case(CatalogHome::fixture("B"), hostile_content());
  std::map<std::string, std::string> seen;
  const std::string folder = "representations/original/data/";
  for (const auto& file : home.index().files(id, 10'000)) {
    if (!file.path.starts_with(folder)) continue;
    seen[file.path.substr(folder.size())] = read_text(home.object_of(id) / file.content_path);
  }
  std::map<std::string, std::string> expected;
  for (const auto& [path, bytes] : hostile_content()) expected[path] = bytes;
  EXPECT_EQ(seen, expected);
}

TEST(Index, FindsAFileThatTheCaseSpellsInAnotherNormalForm) {
  CatalogHome home;
  auto value = CatalogHome::fixture("B");
  auto docs = value.find("docs")->items();
  docs[0].set("file", Json::string("docs/caf\u00e9.pdf"));
  value.set("docs", Json::array(docs));
  const auto id = home.add_case(value, {{"docs/cafe\u0301.pdf", "bytes"}});
  const auto detail = home.index().find(id);
  const auto found =
      std::find_if(detail->documents.begin(), detail->documents.end(),
                   [](const auto& document) { return document.name == "docs/caf\u00e9.pdf"; });
  ASSERT_NE(found, detail->documents.end());
  EXPECT_EQ(home.index().file(id, found->file)->path,
            "representations/original/data/docs/cafe\u0301.pdf");
}

TEST(Index, PrefersTheExactSpellingWhereBothExist) {
  CatalogHome home;
  auto value = CatalogHome::fixture("B");
  auto docs = value.find("docs")->items();
  docs.resize(2);
  docs[0].set("file", Json::string("e\u0301.pdf"));
  docs[1].set("file", Json::string("\u00e9.pdf"));
  value.set("docs", Json::array(docs));
  const auto id = home.add_case(value, {{"e\u0301.pdf", "one"}, {"\u00e9.pdf", "two"}});
  const auto detail = home.index().find(id);
  for (const auto& document : detail->documents) {
    const auto file = home.index().file(id, document.file);
    ASSERT_TRUE(file) << document.id << " " << document.name;
    EXPECT_EQ(file->path, "representations/original/data/" + document.name);
  }
}

TEST(Index, ShowsTheNewestVersionOnly) {
  CatalogHome home;
  const auto value = CatalogHome::fixture("B");
  const auto id = home.add_case(value);
  home.retitle(id, value, "改过的题名");
  home.index().project(home.store(), id);
  const auto list = home.index().list({});
  ASSERT_EQ(list.total, 1);
  EXPECT_EQ(list.rows.front().title, "改过的题名");
  EXPECT_EQ(list.rows.front().version, 2);
  EXPECT_EQ(home.index().find(id)->events.size(), 4U) << "those of both versions";
  EXPECT_FALSE(home.index().find(id)->documents.front().file.empty());
}

TEST(Index, IsReadableByItsOwnerOnly) {
  CatalogHome home;
  home.add_case(CatalogHome::fixture("B"));
  for (const auto& entry : std::filesystem::directory_iterator(home.path())) {
    if (!entry.path().filename().string().starts_with("index.db")) continue;

    struct stat facts {};

    ASSERT_EQ(::stat(entry.path().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U) << entry.path();
  }
}

TEST(Index, KeepsNoIdentityNumberAddressOrTelephone) {
  CatalogHome home;
  home.add_case(CatalogHome::fixture("A"));
  const auto dump = dump_of(home.index_file());
  EXPECT_THAT(dump, HasSubstr("澄溪县样石采石场"));
  for (const auto* private_fact : {"990101198001010014", "19900000000", "样山镇样村1组"}) {
    EXPECT_EQ(dump.find(private_fact), dump.npos) << private_fact;
  }
}

class Filter : public testing::Test {
 protected:
  void SetUp() override {
    for (const auto* name : {"A", "B", "D"}) home_.add_case(CatalogHome::fixture(name));
  }

  std::vector<std::string> titles(const PackageFilter& filter) {
    std::vector<std::string> titles;
    for (const auto& row : home_.index().list(filter).rows) titles.push_back(row.title);
    return titles;
  }

  CatalogHome home_;
};

TEST_F(Filter, TakesPartsOfTitleCaseNumberAndParty) {
  PackageFilter filter;
  EXPECT_EQ(titles(filter).size(), 3U);
  for (const auto* part : {"采石案", "罚〔2025〕12", "样石采石场"}) {
    filter.text = part;
    const auto found = titles(filter);
    ASSERT_EQ(found.size(), 1U) << part;
    EXPECT_THAT(found.front(), HasSubstr("采石"));
  }
}

TEST_F(Filter, DoesNotMindCaseOrNormalForm) {
  auto value = CatalogHome::fixture("B");
  value.set("case_no", Json::string("ABC〔2026〕1号"));
  value.set("title", Json::string("CAF\u00c9 案"));
  home_.add_case(value);
  PackageFilter filter;
  for (const auto* text : {"abc〔2026", "Abc", "cafe\u0301", "caf\u00e9 案"}) {
    filter.text = text;
    EXPECT_EQ(titles(filter).size(), 1U) << text;
  }
}

TEST_F(Filter, TakesWildcardsAsPlainCharacters) {
  PackageFilter filter;
  for (const auto* text : {"%", "_", "\\"}) {
    filter.text = text;
    EXPECT_TRUE(titles(filter).empty()) << text;
  }
}

TEST_F(Filter, TakesYearAndVerdict) {
  PackageFilter filter;
  filter.year = 1999;
  EXPECT_TRUE(titles(filter).empty());
  filter.year = 2025;
  EXPECT_FALSE(titles(filter).empty());
  filter.verdict = "complete";
  EXPECT_TRUE(titles(filter).empty());
}

TEST_F(Filter, PagesThroughAllWithoutGapOrRepetition) {
  PackageFilter filter;
  filter.limit = 1;
  std::set<std::string> seen;
  for (filter.offset = 0; filter.offset < 3; ++filter.offset) {
    const auto list = home_.index().list(filter);
    EXPECT_EQ(list.total, 3);
    ASSERT_EQ(list.rows.size(), 1U);
    seen.insert(list.rows.front().id);
  }
  EXPECT_EQ(seen.size(), 3U);
}

}  // namespace
}  // namespace anjuan::test
