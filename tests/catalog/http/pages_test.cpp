#include <gtest/gtest.h>

#include "catalog/http/list_page.h"
#include "catalog/http/package_page.h"
#include "catalog/http/problem_page.h"
#include "core/embedded.h"
#include "core/xml_reader.h"
#include "tests/catalog/catalog_home.h"

namespace anjuan::test {
namespace {

using catalog::PackageDetail;
using catalog::Visit;
using testing::HasSubstr;
using testing::Not;

/// Throws if the page is not well-formed.
void parse(const std::string& page) {
  const std::string type = "<!DOCTYPE html>\n";
  ASSERT_TRUE(page.starts_with(type));
  read_xml_tree(std::string_view(page).substr(type.size()), "page");
}

Visit visit_in(Language language) {
  Visit visit;
  visit.language = language;
  visit.path = "/";
  return visit;
}

TEST(Pages, AreWellFormedInBothLanguages) {
  CatalogHome home;
  const auto id = home.add_case(CatalogHome::fixture("A"), hostile_content());
  const auto detail = home.index().find(id);
  const auto files = home.index().files(id, catalog::kFilesShownMax);
  for (const auto language : {Language::kChinese, Language::kEnglish}) {
    auto visit = visit_in(language);
    EXPECT_NO_THROW(parse(catalog::package_page(visit, {*detail, files, id.object_path()})));
    EXPECT_NO_THROW(parse(catalog::problem_page(visit, 500, "a < b & c")));
    for (const auto* text : {"", "\"<&>'", "采石"}) {
      visit.query["q"] = text;
      EXPECT_NO_THROW(parse(catalog::list_page(visit, home.index())));
    }
  }
}

TEST(Pages, OfAPackageThatSaysAlmostNothingAreWellFormed) {
  PackageDetail detail;
  detail.package.id = "00000000-0000-4000-8000-000000000000";
  detail.recordings.emplace_back();
  detail.documents.emplace_back();
  detail.events.emplace_back();
  const auto page = catalog::package_page(visit_in(Language::kChinese), {detail, {}, "a/b"});
  EXPECT_NO_THROW(parse(page));
  EXPECT_THAT(page, HasSubstr("未写明"));
}

TEST(Pages, CountTheFilesThatTheyDoNotList) {
  PackageDetail detail;
  std::vector<catalog::FileRow> files(static_cast<std::size_t>(catalog::kFilesShownMax));
  for (std::size_t i = 0; i < files.size(); ++i) files[i].path = fmt::format("data/{:04}", i);
  detail.package.files = catalog::kFilesShownMax + 1;
  const auto visit = visit_in(Language::kChinese);
  EXPECT_THAT(catalog::package_page(visit, {detail, files, "a"}), HasSubstr("还有 1 个文件"));
  detail.package.files = catalog::kFilesShownMax;
  EXPECT_THAT(catalog::package_page(visit, {detail, files, "a"}), Not(HasSubstr("还有")));
}

TEST(Pages, ShowSegmentsInOrderAndWhatIsMissing) {
  PackageDetail detail;
  catalog::RecordingRow recording;
  recording.id = "V01";
  recording.segments = {{"av/1.mp4", "ID-1", "video/mp4", 5, "", 60},
                        {"av/2.mp4", "", "", 0, "", 60}};
  detail.recordings = {recording};
  const auto page = catalog::package_page(visit_in(Language::kChinese), {detail, {}, "a"});
  EXPECT_THAT(page, HasSubstr("第 1 段，共 2 段 · av/1.mp4 · 0:01:00 · 5 B"));
  EXPECT_THAT(page, HasSubstr("档案包内没有此音像文件（av/2.mp4）"));
}

TEST(Pages, ShowCodesThatTheProgramDoesNotKnowAsTheyStand) {
  PackageDetail detail;
  detail.package.verdict = "some <verdict>";
  detail.steps = {{"E1", "EV_NEW", "", ""}};
  detail.documents.emplace_back().step = "E1";
  detail.events = {{"1", "new type", "some time", "", "odd outcome", "", {}}};
  const auto page = catalog::package_page(visit_in(Language::kChinese), {detail, {}, "a"});
  for (const auto* part :
       {"some &lt;verdict&gt;", "EV_NEW", "new type", "some time", "odd outcome"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
}

TEST(List, TurnsItsPagesAndKeepsTheFilter) {
  CatalogHome home;
  home.add_case(CatalogHome::fixture("B"));
  {
    auto database = Database::open(home.index_file());
    for (int i = 0; i < catalog::kPackagesPerPage; ++i) {
      database.run(
          "INSERT INTO package SELECT ?, version, inventory_digest, verdict, case_no, title,"
          " parties, type, procedure, cause, agency, section, fonds, category, file_no,"
          " archival_code, year, retention_code, retention_years, filed_on, decided_on, closed_on,"
          " created_at, modified_at, documents, pages, recordings, recorded_s, files, bytes, search"
          " FROM package LIMIT 1",
          {fmt::format("{:08}-0000-4000-8000-000000000000", i)});
    }
  }
  auto visit = visit_in(Language::kChinese);
  visit.query["q"] = "案";
  const auto first = catalog::list_page(visit, home.index());
  EXPECT_THAT(first, HasSubstr("第 1 页，共 2 页"));
  EXPECT_THAT(first, HasSubstr("/?page=2&amp;q=%E6%A1%88"));
  EXPECT_THAT(first, Not(HasSubstr("上一页")));
  visit.query["page"] = "2";
  const auto last = catalog::list_page(visit, home.index());
  EXPECT_THAT(last, HasSubstr("上一页"));
  EXPECT_THAT(last, Not(HasSubstr("下一页")));
}

void remove_all(std::string& text, const std::string& part) {
  for (auto at = text.find(part); at != text.npos; at = text.find(part))
    text.erase(at, part.size());
}

void remove_placeholders(std::string& text) {
  for (auto at = text.find('{'); at != text.npos; at = text.find('{')) {
    text.erase(at, text.find('}', at) - at + 1);
  }
}

// The words of the pages are Chinese; only names of files, commands and formats are not.
TEST(Words, OfTheChinesePagesAreChinese) {
  const auto messages = Json::parse(embedded("messages/catalog.json"), "catalog.json");
  for (const auto& [id, texts] : messages.members()) {
    auto text = texts.text_or("zh-CN", "");
    remove_placeholders(text);
    for (const auto* name : {"anjuan reindex", "anjuan --home", "ingest", "anjuan verify",
                             "METS.xml", "case.xml", "case.json", "--listen", "http://"}) {
      remove_all(text, name);
    }
    const auto latin = std::find_if(text.begin(), text.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    EXPECT_EQ(latin, text.end()) << id << ": " << text;
  }
}

}  // namespace
}  // namespace anjuan::test
