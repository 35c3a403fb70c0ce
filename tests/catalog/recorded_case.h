#pragma once
// A case with one recording of two files that was measured: sidecar, continuity.xml, copies.

#include "preservation/formats/continuity/continuity_xml.h"
#include "preservation/sidecar/sidecar_xml.h"
#include "tests/catalog/catalog_home.h"

namespace anjuan::test {

inline const std::string kRecordingFolder = "representations/original/data/av/";

/// Case B with the recording V1 in av/1.mp4 and av/2.mp4 alone.
inline Json recorded_case() {
  auto value = CatalogHome::fixture("B");
  auto recordings = value.find("av")->items();
  recordings.resize(1);
  auto& recording = recordings[0];
  recording.set("id", Json::string("V1"));
  recording.set("file", Json::null());
  auto first = Json::object();
  first.set("file", Json::string("av/1.mp4"));
  auto second = Json::object();
  second.set("file", Json::string("av/2.mp4"));
  recording.set("segments", Json::array({first, second}));
  value.set("av", Json::array(recordings));
  return value;
}

inline DraftContent recorded_content() {
  return {{"av/1.mp4", "first part"}, {"av/2.mp4", "second part"}};
}

/// Begins as every PNG does; nobody decodes it.
inline std::string crop_bytes(int number) {
  return std::string("\x89PNG\r\n\x1A\n", 8) + fmt::format("crop {}", number);
}

/// continuity.xml: a gap with two pictures at the end of the first file, a note about the second.
inline std::string recorded_report() {
  formats::JudgeInput input;
  input.segments.resize(2);
  input.segments[0].name = "av/1.mp4";
  input.segments[0].seen.crops = {{59.96, crop_bytes(0)}, {60, crop_bytes(1)}};
  input.segments[1].name = "av/2.mp4";
  input.segments[1].seen.crops = {{30, crop_bytes(2)}};
  formats::ContinuityJudgement judgement;
  judgement.verdict = formats::ContinuityVerdict::kGapFound;
  judgement.coverage = 0.9796;
  judgement.findings = {
      {formats::Signal::kClockStep, "clock_step", formats::Weight::kGap, 0, 60, 60, {}, 2, 0.1},
      {formats::Signal::kNoContent, "freeze", formats::Weight::kNote, 1, 30, 33, {}, 3, 2}};
  std::string xml;
  formats::write_continuity_xml(input, judgement, [&](std::string_view bytes) { xml += bytes; });
  return xml;
}

inline preservation::RecordedFile recorded_file(const std::string& path, const std::string& bytes,
                                                const std::string& mime) {
  const auto digests = digest_bytes(bytes);
  return {path, bytes.size(), digests.sha512, digests.sm3, mime, "fmt/199"};
}

/// Two files of a minute each; two seconds are missing between them, half a second in the second.
inline preservation::RecordingSidecar recorded_sidecar() {
  using namespace preservation;
  auto sidecar = declared_sidecar(CaseFile::from_value(recorded_case(), "case.json"), 0);
  sidecar.step.uninterrupted = Uninterrupted::kRequired;
  sidecar.step.rule = "QCL-15-1";
  sidecar.step.article = "15";
  sidecar.storage.deadline =
      StorageDeadline{"2025-06-19T18:00:00+08:00", "QCL-30-1", "30(1)", DeadlineKept::kYes};
  int number = 0;
  for (auto& segment : sidecar.segments) {
    ++number;
    const auto file = recorded_file(kRecordingFolder + fmt::format("{}.mp4", number),
                                    number == 1 ? "first part" : "second part", "video/mp4");
    segment.file = file;
    segment.duration_ms = 59'000;
    sidecar.representations.push_back({RepresentationRole::kOriginal, file, "", "", ""});
    RecordedTechnical technical;
    technical.segment = static_cast<std::size_t>(number);
    technical.container = "mov,mp4";
    technical.duration_ms = 60'000;
    sidecar.technical.push_back(technical);
  }
  sidecar.segments[0].first_clock = "2025-06-17T09:04:30.000+08:00";
  sidecar.segments[1].last_clock = "2025-06-17T09:06:32.500+08:00";
  sidecar.representations.push_back(
      {RepresentationRole::kPreservation,
       recorded_file("representations/preservation/data/av/1.mkv", "lossless", "video/x-matroska"),
       kRecordingFolder + "1.mp4", "metadata/other/1.framehash", digest_bytes("proof").sha512});
  sidecar.representations.push_back(
      {RepresentationRole::kAccess,
       recorded_file("representations/access/data/av/1.mp4", "small", "video/mp4"),
       kRecordingFolder + "1.mp4", "", ""});
  sidecar.not_derived.push_back({RepresentationRole::kPreservation, kRecordingFolder + "2.mp4",
                                 "skipped", "budget", "", "已超出本卷额度"});
  RecordedContinuity continuity;
  continuity.verdict = formats::ContinuityVerdict::kGapFound;
  continuity.answer = formats::ContinuityAnswer::kInterrupted;
  continuity.coverage = 120.0 / 122.5;
  continuity.gaps = {
      {1, 60'000, 2'000, "2025-06-17T09:05:30.000+08:00", "2025-06-17T09:05:32.000+08:00"},
      {2, 30'000, 500, "", ""}};
  continuity.report_path = "metadata/other/continuity-0001.xml";
  continuity.report_sha512 = digest_bytes(recorded_report()).sha512;
  sidecar.continuity = continuity;
  return sidecar;
}

inline packager::DraftMetadata sidecar_document(const preservation::RecordingSidecar& sidecar,
                                                const std::string& name = "recording-0001.xml") {
  return {packager::DraftMetadata::Kind::kOther, name, preservation::write_sidecar(sidecar),
          "OTHER", std::string(preservation::kSidecarNamespace)};
}

/// Puts the copies, the documents and the sidecar into the package.
inline CatalogHome::More measured_as(const preservation::RecordingSidecar& sidecar,
                                     const std::filesystem::path& folder) {
  return [=](packager::PackageDraft& draft) {
    const auto name = draft.id.uuid();
    auto lossless = staged_files(folder / name / "p", {{"av/1.mkv", "lossless"}});
    lossless[0].mime = "video/x-matroska";
    lossless[0].derived_from = kRecordingFolder + "1.mp4";
    auto small = staged_files(folder / name / "a", {{"av/1.mp4", "small"}});
    small[0].derived_from = kRecordingFolder + "1.mp4";
    draft.representations.push_back({"preservation", lossless});
    draft.representations.push_back({"access", small});
    draft.metadata.push_back({packager::DraftMetadata::Kind::kOther, "1.framehash", "proof",
                              "OTHER", "framehash", "text/plain"});
    draft.metadata.push_back({packager::DraftMetadata::Kind::kOther, "continuity-0001.xml",
                              recorded_report(), "OTHER", "urn:anjuan:continuity:1"});
    draft.metadata.push_back(sidecar_document(sidecar));
  };
}

}  // namespace anjuan::test
