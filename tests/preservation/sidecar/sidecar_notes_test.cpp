// The facts of Article 31 inside the derivative, as independent programs read them.

#include "preservation/sidecar/sidecar_notes.h"

#include "tests/preservation/formats/derive_fixture.h"
#include "tests/support/sidecars.h"

namespace anjuan::preservation {
namespace {

using formats::DerivationOutcome;

class SidecarNotes : public formats::DeriveTest {
 protected:
  /// A derivative of a clip of MJPEG, two seconds long, that carries the notes of a sidecar.
  void derive_with(const formats::MuxNotes& notes) {
    job.notes = notes;
    result = make(clip("a.avi", {test::test_picture("160x120", 2), {"-c:v", "mjpeg"}}));
    ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
  }

  std::string told_by(const std::vector<std::string>& command) const {
    auto arguments = command;
    arguments.push_back((folder / "out.mkv").string());
    const auto run = test::run_process(arguments);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return run.out;
  }

  formats::DerivationResult result;
};

RecordingSidecar marked_sidecar() {
  auto sidecar = test::sidecar_of("A", "V01");
  sidecar.duration_ms = 2'000;
  sidecar.segments[0].duration_ms = 2'000;
  sidecar.marks = {{0, "到达现场"}, {1'200, "出示执法证件"}};
  return sidecar;
}

const std::pair<std::string, std::string> kExpected[] = {
    {"RECORDING_METHOD", "录像"},
    {"DATE_RECORDED", "2025-06-17 09:04:30"},
    {"MAKER", "陈样乙"},
    {"MAKER_CERTIFICATE", "样18000002"},
    {"PURPOSE", "证明现场采石作业、面积及所用机械"},
    {"CASE_NO", "澄水罚〔2025〕12号"},
    {"KEYWORDS", "现场环境、人员体貌言行、涉案物品"}};

TEST_F(SidecarNotes, AreReadBackByFfprobe) {
  derive_with(notes_of(marked_sidecar()));
  const auto told = Json::parse(
      told_by({"ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_chapters"}),
      "ffprobe");
  const Json& tags = *told.find("format")->find("tags");
  for (const auto& [name, value] : kExpected) EXPECT_EQ(tags.text_or(name, ""), value) << name;
  EXPECT_EQ(tags.text_or("title", ""), "现场检查(勘验)录像");
  const auto& chapters = told.find("chapters")->items();
  ASSERT_EQ(chapters.size(), 2U);
  EXPECT_EQ(chapters[0].find("tags")->text_or("title", ""), "到达现场");
  EXPECT_EQ(chapters[1].find("tags")->text_or("title", ""), "出示执法证件");
  EXPECT_EQ(chapters[1].text_or("start_time", ""), "1.200000");
  EXPECT_EQ(chapters[1].text_or("end_time", ""), "2.000000");
}

TEST_F(SidecarNotes, AreReadBackByMediaInfo) {
  ANJUAN_NEEDS_PROGRAM("mediainfo");
  derive_with(notes_of(marked_sidecar()));
  const auto told = told_by({"mediainfo", "-f"});
  for (const auto& [name, value] : kExpected) {
    EXPECT_NE(told.find(value), std::string::npos) << name << "\n" << told;
  }
  EXPECT_NE(told.find("出示执法证件"), std::string::npos);
}

TEST_F(SidecarNotes, AreCountedByMkvmerge) {
  ANJUAN_NEEDS_PROGRAM("mkvmerge");
  derive_with(notes_of(marked_sidecar()));
  const auto told = Json::parse(told_by({"mkvmerge", "-J"}), "mkvmerge");
  EXPECT_EQ(told.find("chapters")->items().at(0).find("num_entries")->as_integer(), 2);
  EXPECT_EQ(told.find("container")->find("properties")->text_or("title", ""), "现场检查(勘验)录像");
  EXPECT_FALSE(told.find("global_tags")->items().empty());
}

TEST_F(SidecarNotes, OfAHostileCaseDoNoHarm) {
  auto sidecar = marked_sidecar();
  sidecar.purpose = std::string("a\0b\u0001", 4) + std::string(5'000'000, 'y');
  sidecar.maker.name = "\xff\xfe<&>\"";
  sidecar.content_summary = std::string(3'000'000, 'z');
  sidecar.marks.clear();
  for (int i = 0; i < 3'000; ++i) sidecar.marks.push_back({i / 2, std::string(50'000, 'm')});
  const auto notes = notes_of(sidecar);
  EXPECT_EQ(notes.chapters.size(), kChaptersMax);
  derive_with(notes);
  EXPECT_NE(told_by({"ffprobe", "-v", "error", "-show_format"}).find("…"), std::string::npos);
}

TEST(NotesOf, ASegmentAreItsOwn) {
  auto sidecar = test::full_sidecar();
  sidecar.marks = {{0, "一"}, {1'800'000, "二"}, {3'600'500, "三"}};
  const auto second = notes_of(sidecar, 1);
  const auto value = [&](const std::string& name) {
    for (const auto& [tag, text] : second.tags) {
      if (tag == name) return text;
    }
    return std::string();
  };
  EXPECT_EQ(value("DATE_RECORDED"), "2025-06-17 09:34:30");
  EXPECT_EQ(value("PART_NUMBER"), "2");
  EXPECT_EQ(value("TOTAL_PARTS"), "4");
  ASSERT_EQ(second.chapters.size(), 1U);
  EXPECT_EQ(second.chapters[0].title, "二");
  EXPECT_EQ(second.chapters[0].start_ms, 0);
  EXPECT_EQ(second.chapters[0].end_ms, 1'800'000);
}

TEST(NotesOf, ATimeThatIsNoneIsAsDeclared) {
  auto sidecar = marked_sidecar();
  sidecar.started = sidecar_time("六月十七日上午");
  const auto notes = notes_of(sidecar);
  EXPECT_NE(std::find(notes.tags.begin(), notes.tags.end(),
                      std::pair<std::string, std::string>{"DATE_RECORDED", "六月十七日上午"}),
            notes.tags.end());
}

TEST(SidecarNotesOfSeveral, StandSideBySideOnceEach) {
  formats::MuxNotes notes;
  for (const char* id : {"V01", "V02", "V01"}) {
    formats::MuxNotes more;
    more.tags = {{"RECORDING_ID", id}, {"PURPOSE", "证明"}};
    more.chapters = {{id == std::string("V01") ? 5000 : 1000, 9000, id}};
    add_notes(notes, more);
  }
  using Tags = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(Tags(notes.tags.begin(), notes.tags.end()),
            (Tags{{"RECORDING_ID", "V01；V02"}, {"PURPOSE", "证明"}}));
  ASSERT_EQ(notes.chapters.size(), 3U);
  EXPECT_EQ(notes.chapters.front().title, "V02") << "in the order of their times";
}

TEST(SidecarNotesOfSeveral, FitWhatOneCopyMayHold) {
  formats::MuxNotes notes;
  for (int i = 0; i < 40; ++i) {
    formats::MuxNotes more;
    more.tags = {{"SUMMARY", std::string(kTagCharactersMax, static_cast<char>('a' + i % 26))}};
    more.chapters.resize(kChaptersMax);
    add_notes(notes, more);
  }
  EXPECT_LE(notes.tags.front().second.size(), kTagCharactersMax + 3);
  EXPECT_EQ(notes.chapters.size(), kChaptersMax);
}

}  // namespace
}  // namespace anjuan::preservation
