#pragma once
// Sidecars for tests: of the sample cases, and one in which every member is filled.

#include "preservation/sidecar/foreign_xml.h"
#include "preservation/sidecar/sidecar.h"
#include "tests/support/law.h"

namespace anjuan::test {

inline preservation::RecordedFile recorded_file(const std::string& path, char digit) {
  return {path,        12345678901, std::string(128, digit), std::string(64, digit),
          "video/mp4", "fmt/199"};
}

inline std::size_t index_of(const CaseFile& file, std::string_view id) {
  std::size_t index = 0;
  while (file.recordings().at(index).id != id) ++index;
  return index;
}

inline preservation::RecordingSidecar sidecar_of(std::string_view case_name, std::string_view id) {
  const CaseFile file = sample_case(case_name);
  return preservation::declared_sidecar(file, index_of(file, id));
}

/// No member of it has the value that it is born with.
inline preservation::RecordingSidecar full_sidecar() {
  using namespace preservation;
  auto full = sidecar_of("A-segments", "V01");
  full.step.witnesses = {"李样庚", "王样丙"};
  full.step.uninterrupted = Uninterrupted::kRequired;
  full.step.rule = "QCL-15-1";
  full.step.article = "15";
  full.storage.carrier_no = "样光盘2025-03";
  full.storage.remote = true;
  full.storage.remote_reason = "偏远";
  full.storage.returned = sidecar_time("2025-06-17T20:00+08:00");
  full.storage.deadline =
      StorageDeadline{"2025-06-19T23:59:59+08:00", "QCL-30-1", "30(1)", DeadlineKept::kYes};
  full.marks = {{0, "到达现场"}, {61'500, "出示执法证件"}, {5'000'000, "封样 <1> & \"2\"\n\t"}};
  full.transcript = "D10";
  full.segments[1].file = recorded_file("representations/original/data/av/V01_02.mp4", 'b');
  full.segments[1].first_clock = "2025-06-17T09:34:30.120+08:00";
  full.segments[1].last_clock = "2025-06-17T10:04:30.080+08:00";
  full.segments[1].gap_before_ms = -40;
  full.representations = {
      {RepresentationRole::kOriginal, recorded_file("o/V01_02.mp4", 'b'), "", "", ""},
      {RepresentationRole::kPreservation, recorded_file("p/V01_02.mkv", 'c'), "o/V01_02.mp4",
       "p/V01_02.mkv.framehash", std::string(128, 'd')},
      {RepresentationRole::kAccess,
       recorded_file("a/V01_02.mp4", 'e'),
       "o/V01_02.mp4",
       "",
       "",
       {"第 2 路（data，bin_data）没有写入副本。", "第 1 路声音补了静音 <1>。"}}};
  full.not_derived = {{RepresentationRole::kPreservation, "o/V01_03.mp4", "skipped", "budget",
                       "at_risk", "本案无损副本的容量已用完。"}};
  full.clock = RecordingClock{"+08:00", ClockSource::kPicture, "2025-06-17T09:04:38+08:00", -8040};
  full.technical = {
      {2,
       "mov,mp4",
       1'800'000,
       4'400'000,
       {{"video", "h264", "High", 1280, 720, "yuv420p", "25/1", 90, 0, 0, 8, 4'300'000, 1'800'000},
        {"audio", "aac", "LC", 0, 0, "", "", 0, 48000, 2, 16, 96'000, 1'800'021}},
       {{"EBUCore", foreign_xml("<e:m xmlns:e='urn:e' e:v='1' w='2'><e:t xml:lang='zh'>题 &amp; 名"
                                "</e:t><plain/></e:m>",
                                "EBUCore")}}}};
  full.photographs = {{1, "2025-06-17T09:30:00+08:00", 6, "样牌", "样机一型", 28.123456789, -112.5,
                       0.1, 4000, 3000}};
  RecordedContinuity found;
  found.verdict = formats::ContinuityVerdict::kGapFound;
  found.answer = formats::ContinuityAnswer::kInterrupted;
  found.coverage = 0.99861;
  found.step_coverage = 1.0 / 3;
  found.gaps = {{2, 14'061, 8'040, "2025-06-17T09:34:44.000+08:00", ""}};
  found.report_path = "metadata/other/continuity/V01.xml";
  found.report_sha512 = std::string(128, 'f');
  full.continuity = found;
  return full;
}

}  // namespace anjuan::test
