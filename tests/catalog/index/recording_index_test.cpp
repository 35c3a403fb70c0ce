// What the index takes from the sidecars of recordings.

#include <gtest/gtest.h>

#include "core/embedded.h"
#include "tests/catalog/recorded_case.h"

namespace anjuan::test {
namespace {

using catalog::Index;
using catalog::PackageFilter;

class MeasuredIndex : public testing::Test {
 protected:
  packager::PackageId add(const preservation::RecordingSidecar& sidecar,
                          const Json& value = recorded_case()) {
    return home_.add_case(value, recorded_content(), measured_as(sidecar, staged_.path()));
  }

  /// Of the only recording.
  std::optional<catalog::MeasuredRow> measured(const packager::PackageId& id) {
    return home_.index().find(id)->recordings.at(0).measured;
  }

  std::string path_of(const packager::PackageId& id, const std::string& file) {
    const auto row = home_.index().file(id, file);
    return row ? row->path : "no file " + file;
  }

  std::vector<std::string> codes(const packager::PackageId& id) {
    std::vector<std::string> codes;
    const auto detail = home_.index().find(id);
    for (const auto& finding : detail->findings) codes.push_back(finding.code);
    return codes;
  }

  TemporaryFolder staged_{fast_folder()};
  CatalogHome home_;
};

TEST_F(MeasuredIndex, ShowsVerdictCoverageAndLength) {
  const auto id = add(recorded_sidecar());
  EXPECT_TRUE(codes(id).empty());
  const auto row = measured(id);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->verdict, "GAP_FOUND");
  EXPECT_EQ(row->not_measured, "");
  EXPECT_EQ(row->coverage_ppm, 979'591);
  EXPECT_EQ(row->step_coverage_ppm, -1);
  EXPECT_EQ(row->measured_ms, 120'000) << "as measured, not as declared";
  EXPECT_EQ(row->duty, "required");
  EXPECT_EQ(row->duty_article, "15");
  EXPECT_EQ(row->due_kept, "yes");
  EXPECT_EQ(row->due_at, "2025-06-19T18:00:00+08:00");
  EXPECT_EQ(row->due_article, "30(1)");
  EXPECT_EQ(path_of(id, row->sidecar), "metadata/other/recording-0001.xml");
  EXPECT_EQ(path_of(id, row->report), "metadata/other/continuity-0001.xml");
}

TEST_F(MeasuredIndex, ShowsGapsAndPartsInOrder) {
  const auto row = measured(add(recorded_sidecar()));
  ASSERT_EQ(row->parts.size(), 2U);
  EXPECT_EQ(row->parts[0].measured_ms, 60'000);
  EXPECT_EQ(row->parts[0].first_clock, "2025-06-17T09:04:30.000+08:00");
  EXPECT_EQ(row->parts[1].last_clock, "2025-06-17T09:06:32.500+08:00");
  ASSERT_EQ(row->gaps.size(), 2U);
  EXPECT_EQ(row->gaps[0].part, 0);
  EXPECT_EQ(row->gaps[0].at_ms, 60'000);
  EXPECT_EQ(row->gaps[0].missing_ms, 2'000);
  EXPECT_EQ(row->gaps[0].to_clock, "2025-06-17T09:05:32.000+08:00");
  EXPECT_EQ(row->gaps[1].part, 1);
  EXPECT_EQ(row->gaps[1].from_clock, "");
}

TEST_F(MeasuredIndex, KeepsTheJudgesSentencesInBothLanguages) {
  const auto row = measured(add(recorded_sidecar()));
  ASSERT_EQ(row->findings.size(), 2U);
  EXPECT_EQ(row->findings[0].weight, "gap");
  EXPECT_THAT(row->findings[0].message_zh, testing::HasSubstr("“av/1.mp4”在 00:01:00.000"));
  EXPECT_THAT(row->findings[0].message_en, testing::HasSubstr("\"av/1.mp4\" at 00:01:00.000"));
  EXPECT_EQ(row->findings[0].first_crop, 0);
  EXPECT_EQ(row->findings[0].crops, 2);
  EXPECT_EQ(row->findings[1].weight, "note");
  EXPECT_EQ(row->findings[1].first_crop, 2);
  EXPECT_EQ(row->findings[1].crops, 1);
}

TEST_F(MeasuredIndex, TakesNoReasonsFromAnotherReport) {
  auto sidecar = recorded_sidecar();
  sidecar.continuity->report_sha512 = digest_bytes("another").sha512;
  auto id = add(sidecar);
  EXPECT_EQ(codes(id), std::vector<std::string>{"catalog.report_unusable"});
  EXPECT_EQ(measured(id)->verdict, "GAP_FOUND");
  EXPECT_TRUE(measured(id)->findings.empty());
  sidecar = recorded_sidecar();
  sidecar.continuity->report_path = "metadata/other/1.framehash";
  auto other = recorded_case();
  other.set("case_no", Json::string("样水罚〔2025〕99号"));
  id = add(sidecar, other);
  EXPECT_EQ(codes(id), std::vector<std::string>{"catalog.report_unusable"});
  EXPECT_EQ(measured(id)->verdict, "GAP_FOUND");
}

TEST_F(MeasuredIndex, LinksTheCopiesToWhatTheyWereMadeFrom) {
  const auto id = add(recorded_sidecar());
  const auto row = measured(id);
  ASSERT_EQ(row->copies.size(), 3U);
  const auto& lossless = row->copies[0];
  EXPECT_EQ(lossless.role, "preservation");
  EXPECT_EQ(path_of(id, lossless.file), "representations/preservation/data/av/1.mkv");
  EXPECT_EQ(path_of(id, lossless.source), kRecordingFolder + "1.mp4");
  EXPECT_EQ(path_of(id, lossless.proof), "metadata/other/1.framehash");
  EXPECT_EQ(lossless.mime, "video/x-matroska");
  EXPECT_EQ(lossless.bytes, 8);
  EXPECT_EQ(row->copies[1].role, "access");
  EXPECT_EQ(row->copies[1].proof, "");
  EXPECT_EQ(row->copies[2].file, "");
  EXPECT_EQ(row->copies[2].note, "已超出本卷额度");
  EXPECT_EQ(path_of(id, row->copies[2].source), kRecordingFolder + "2.mp4");
}

TEST_F(MeasuredIndex, SaysThatARecordingWasNotMeasured) {
  auto sidecar = recorded_sidecar();
  sidecar.continuity.reset();
  sidecar.not_measured = "not_observed";
  const auto row = measured(add(sidecar));
  EXPECT_EQ(row->verdict, "");
  EXPECT_EQ(row->not_measured, "not_observed");
}

TEST_F(MeasuredIndex, NeverRoundsACoverageUp) {
  auto sidecar = recorded_sidecar();
  sidecar.continuity->coverage = 0.9999999;
  sidecar.continuity->step_coverage = 0.951;
  const auto row = measured(add(sidecar));
  EXPECT_EQ(row->coverage_ppm, 999'999);
  EXPECT_EQ(row->step_coverage_ppm, 951'000);
}

TEST_F(MeasuredIndex, OfAPackageWithoutSidecarsIsAsBefore) {
  const auto id = home_.add_case(CatalogHome::fixture("A"));
  const auto detail = home_.index().find(id);
  for (const auto& recording : detail->recordings) {
    EXPECT_FALSE(recording.measured) << recording.id;
  }
  EXPECT_TRUE(codes(id).empty());
}

TEST_F(MeasuredIndex, HoldsNoVerdictAboutOtherBytes) {
  auto sidecar = recorded_sidecar();
  sidecar.representations[1].file.sha512 = digest_bytes("another part").sha512;
  const auto id = add(sidecar);
  EXPECT_FALSE(measured(id));
  EXPECT_EQ(codes(id), std::vector<std::string>{"catalog.sidecar_other_bytes"});
  EXPECT_FALSE(home_.index().find(id)->documents.empty()) << "the rest is listed";
}

TEST_F(MeasuredIndex, SaysThatASidecarBelongsToNoRecording) {
  auto sidecar = recorded_sidecar();
  sidecar.id = "V9";
  const auto id = add(sidecar);
  EXPECT_FALSE(measured(id));
  EXPECT_EQ(codes(id), std::vector<std::string>{"catalog.sidecar_without_recording"});
}

TEST_F(MeasuredIndex, IsFilteredByVerdict) {
  const auto interrupted = add(recorded_sidecar());
  auto whole = recorded_sidecar();
  whole.continuity->verdict = formats::ContinuityVerdict::kConfirmed;
  whole.continuity->gaps.clear();
  auto other = recorded_case();
  other.set("case_no", Json::string("样水罚〔2025〕99号"));
  const auto confirmed = add(whole, other);
  home_.add_case(CatalogHome::fixture("A"));
  PackageFilter filter;
  EXPECT_EQ(home_.index().list(filter).total, 3);
  filter.continuity = "GAP_FOUND";
  ASSERT_EQ(home_.index().list(filter).total, 1);
  EXPECT_EQ(home_.index().list(filter).rows[0].id, interrupted.uuid());
  filter.continuity = "CONTINUOUS_CONFIRMED";
  ASSERT_EQ(home_.index().list(filter).total, 1);
  EXPECT_EQ(home_.index().list(filter).rows[0].id, confirmed.uuid());
  filter.continuity = "EDIT_TRACE";
  EXPECT_EQ(home_.index().list(filter).total, 0);
}

TEST_F(MeasuredIndex, IsMadeAgainFromThePackagesAlone) {
  const auto id = add(recorded_sidecar());
  home_.close_index();
  const auto before = dump_of(home_.index_file());
  EXPECT_NE(before.find("GAP_FOUND"), before.npos);
  EXPECT_NE(before.find("9:05:32"), before.npos);
  std::filesystem::remove(home_.index_file());
  Index::reindex(home_.index_file(), home_.store(), home_.progress());
  EXPECT_EQ(dump_of(home_.index_file()), before);
  // Again, over an index that is there.
  Index::reindex(home_.index_file(), home_.store(), home_.progress());
  EXPECT_EQ(dump_of(home_.index_file()), before);
  home_.reopen_index();
  home_.index().project(home_.store(), id);
  EXPECT_EQ(dump_of(home_.index_file()), before);
}

TEST_F(MeasuredIndex, OfTheVersionBeforeIsTakenOnWithItsRows) {
  const auto file = home_.path() / "old.db";
  {
    auto database = Database::open(file);
    database.script(embedded("sql/index/0001_projection.sql"));
    database.run("PRAGMA user_version = 1");
    database.run(
        "INSERT INTO finding VALUES ('a/b', 0, '', 'catalog.unreadable', 'error', 'a', 'b')");
  }
  const auto index = Index::open(file);
  EXPECT_EQ(index.findings().size(), 1U);
  PackageFilter filter;
  filter.continuity = "GAP_FOUND";
  EXPECT_EQ(index.list(filter).total, 0);
}

TEST_F(MeasuredIndex, TakesNoEventFromTheWordsOfAnotherStandard) {
  const std::string forged =
      "<x xmlns=\"urn:x\"><event xmlns=\"http://www.loc.gov/premis/v3\"><eventType>forged"
      "</eventType></event></x>";
  const auto id = home_.add_case(recorded_case(), recorded_content(), [&](auto& draft) {
    draft.representations[0].files[0].characteristics = {forged};
  });
  const auto detail = home_.index().find(id);
  EXPECT_EQ(detail->events.size(), 2U);
  for (const auto& event : detail->events) EXPECT_NE(event.type, "forged");
}

}  // namespace
}  // namespace anjuan::test
