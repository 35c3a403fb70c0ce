// What the case declares of a recording, and that nothing that it may hold does harm.

#include <gtest/gtest.h>

#include "preservation/sidecar/sidecar_xml.h"
#include "tests/preservation/rules/one_rule.h"
#include "tests/support/sidecars.h"

namespace anjuan::preservation {
namespace {

using test::sidecar_of;

TEST(DeclaredSidecar, HoldsTheFourFacts) {
  const auto sidecar = sidecar_of("A", "V01");
  EXPECT_EQ(sidecar.method, "录像");
  EXPECT_EQ(sidecar.method_kind, RecordingMethod::kVideo);
  EXPECT_EQ(sidecar.started, (SidecarTime{"2025-06-17T09:04:30+08:00",  //
                                          "2025-06-17T09:04:30+08:00"}));
  EXPECT_EQ(sidecar.ended.at, "2025-06-17T10:41:00+08:00");
  EXPECT_EQ(sidecar.duration_ms, 5'790'000);
  EXPECT_EQ(sidecar.maker, (RecordingMaker{"陈样乙", "样18000002", PersonRole::kOfficer}));
  EXPECT_EQ(sidecar.purpose, "证明现场采石作业、面积及所用机械");
  EXPECT_TRUE(missing_facts(sidecar).empty());
}

TEST(DeclaredSidecar, HoldsStepContentAndStorage) {
  const auto sidecar = sidecar_of("A", "V01");
  EXPECT_EQ(sidecar.case_no, "澄水罚〔2025〕12号");
  EXPECT_EQ(sidecar.title, "现场检查(勘验)录像");
  EXPECT_EQ(sidecar.step.event, "E03");
  EXPECT_EQ(sidecar.step.kind, "EV_SITE");
  EXPECT_EQ(sidecar.step.uninterrupted, Uninterrupted::kUnknown);
  EXPECT_EQ(sidecar.coverage, (std::vector<std::string>{"现场环境", "人员体貌言行", "涉案物品"}));
  EXPECT_EQ(sidecar.storage.system, "执法信息系统");
  EXPECT_EQ(sidecar.storage.place, "执法信息系统/澄水罚〔2025〕12号/V01.mp4");
  EXPECT_EQ(sidecar.storage.stored.at, "2025-06-18T16:00:00+08:00");
  EXPECT_TRUE(sidecar.storage.in_package);
  EXPECT_FALSE(sidecar.storage.deadline.has_value());
  ASSERT_EQ(sidecar.segments.size(), 1U);
  EXPECT_EQ(sidecar.segments[0].name, "av/V01.mp4");
  EXPECT_FALSE(sidecar.segments[0].file.has_value());
}

TEST(DeclaredSidecar, HoldsTheSegmentsInOrder) {
  const auto sidecar = sidecar_of("A-segments", "V01");
  ASSERT_EQ(sidecar.segments.size(), 4U);
  EXPECT_EQ(sidecar.segments[3].name, "av/V01_04.mp4");
  EXPECT_EQ(sidecar.segments[3].started.at, "2025-06-17T10:34:31+08:00");
  EXPECT_EQ(sidecar.segments[3].duration_ms, 389'000);
}

TEST(DeclaredSidecar, HoldsMarksInOrderOfTime) {
  auto declared = test::sample_json("A");
  test::put(declared, "/av/V01", "marks",
            R"([{"at_s": 61.5, "label": "出示执法证件"}, {"label": "x"}, {"at_s": -1},
                {"at_s": 0, "label": "到达现场"}])");
  test::put(declared, "/av/V01", "transcript", "\"D10\"");
  const auto file = CaseFile::from_value(declared, "case.json");
  EXPECT_TRUE(file.findings().empty()) << "known keys";
  const auto sidecar = declared_sidecar(file, 0);
  EXPECT_EQ(sidecar.marks, (std::vector<RecordingMark>{{0, "到达现场"}, {61'500, "出示执法证件"}}));
  EXPECT_EQ(sidecar.transcript, "D10");
}

TEST(DeclaredSidecar, DoesNotGuessACertificate) {
  auto declared = test::sample_json("A");
  const auto maker = [&] {
    const auto file = CaseFile::from_value(declared, "case.json");
    return declared_sidecar(file, 0).maker;
  };
  test::put(declared, "/av/V01", "maker", Json::string("政务窗口监控").dump());
  EXPECT_EQ(maker(), (RecordingMaker{"政务窗口监控", "", PersonRole::kNotListed}));
  test::put(declared, "/av/V01", "maker", Json::string("陈样乙").dump());
  auto namesake = Json::object();
  namesake.set("name", Json::string("陈样乙"));
  namesake.set("cert_no", Json::string("样18000009"));
  declared.find("officers")->append(namesake);
  EXPECT_EQ(maker().cert_no, "样18000002") << "the officers of the step say who it was";
  declared.find("events")->item_at(2)->set("officers", Json::array());
  EXPECT_EQ(maker(), (RecordingMaker{"陈样乙", "", PersonRole::kOfficer}));
}

TEST(DeclaredSidecar, TakesWhatTheRulesSayAsTheyKnowIt) {
  const auto file = test::sample_case("A");
  RecordingLaw law;
  law.uninterrupted = Uninterrupted::kRequired;
  law.rule = "QCL-15-1";
  law.article = "15";
  law.deadline =
      StorageDeadline{"2025-06-19T23:59:59+08:00", "QCL-30-1", "30(1)", DeadlineKept::kYes};
  const auto sidecar = declared_sidecar(file, 0, law);
  EXPECT_EQ(sidecar.step.uninterrupted, Uninterrupted::kRequired);
  EXPECT_EQ(sidecar.step.rule, "QCL-15-1");
  EXPECT_EQ(sidecar.storage.deadline, law.deadline);
}

/// What a hostile case may hold in a text.
std::vector<std::string> hostile_texts() {
  return {"x",
          std::string("a\0b", 3),
          "\u0001\u001b[31m",
          "\xEF\xBF\xBF",
          "]]>",
          " \t\r\n ",
          "<a>&amp;",
          std::string(100'000, 'y'),
          "9999-12-31T23:59:59+08:00",
          "0000-01-01T00:00:00+14:00",
          "-0001-01-01",
          "2025-02-30"};
}

TEST(DeclaredSidecar, IsWrittenForWhateverTheCaseHolds) {
  for (const auto& text : hostile_texts()) {
    auto declared = test::sample_json("A");
    for (const std::string key :
         {"method", "made_at", "maker", "purpose", "event", "device_id", "store", "location",
          "stored_at", "returned_at", "content_summary", "remote_reason"}) {
      test::put(declared, "/av/V01", key, Json::string(text).dump());
    }
    test::put(declared, "/av/V01", "tags",
              Json::array({Json::string(text), Json::string("")}).dump());
    for (const std::string seconds : {"-1", "1e300", "0.0005", "253402300799"}) {
      test::put(declared, "/av/V01", "duration_s", Json::number(seconds).dump());
      const auto file = CaseFile::from_value(declared, "case.json");
      const auto sidecar = declared_sidecar(file, 0);
      const auto xml = write_sidecar(sidecar);
      const auto back = read_sidecar(xml, "V01.xml");
      EXPECT_EQ(write_sidecar(back), xml);
      if (is_xml_text(text)) {
        EXPECT_EQ(back, sidecar);
      }
    }
  }
}

TEST(DeclaredSidecar, LeavesOutATimeThatIsNone) {
  EXPECT_EQ(sidecar_time("2025-02-30").at, "");
  EXPECT_EQ(sidecar_time("").at, "");
  EXPECT_EQ(sidecar_time("2025-06-17").at, "2025-06-17T00:00:00+08:00");
  EXPECT_EQ(sidecar_time("2025-06-17T09:30Z").at, "2025-06-17T17:30:00+08:00");
  auto declared = test::sample_json("A");
  test::put(declared, "/av/V01", "made_at", Json::string("9999-12-31T23:59:59+08:00").dump());
  const auto file = CaseFile::from_value(declared, "case.json");
  EXPECT_EQ(declared_sidecar(file, 0).ended.at, "") << "in a year that no time of ours is in";
}

}  // namespace
}  // namespace anjuan::preservation
