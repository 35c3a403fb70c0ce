#include "catalog/index/recording_reading.h"

#include "preservation/formats/continuity/continuity_xml.h"
#include "preservation/sidecar/sidecar_words.h"
#include "preservation/sidecar/sidecar_xml.h"

namespace anjuan::catalog {

namespace {

using preservation::RecordingSidecar;

constexpr std::int64_t kMsMax = 366LL * 24 * 3600 * 1000;
constexpr double kMillion = 1e6;

std::int64_t bounded(std::int64_t ms) { return std::clamp<std::int64_t>(ms, 0, kMsMax); }

/// Rounded down: where anything is missing nobody shall read that all is there.
std::int64_t ppm(double part) {
  constexpr double kBinaryFraction = 1e-6;  // 0.951 is a little less than it says
  return static_cast<std::int64_t>(std::clamp(part, 0.0, 1.0) * kMillion + kBinaryFraction);
}

/// As it was measured, else as the case declares it.
std::int64_t length_of(const RecordingSidecar& sidecar, std::size_t segment, bool& measured) {
  for (const auto& technical : sidecar.technical) {
    if (technical.segment != segment + 1 || technical.duration_ms <= 0) continue;
    measured = true;
    return bounded(technical.duration_ms);
  }
  return bounded(sidecar.segments[segment].duration_ms.value_or(0));
}

void take_parts(const RecordingSidecar& sidecar, MeasuredRow& row) {
  bool all = !sidecar.segments.empty();
  for (std::size_t i = 0; i < sidecar.segments.size(); ++i) {
    bool measured = false;
    const auto& segment = sidecar.segments[i];
    row.parts.push_back({length_of(sidecar, i, measured), segment.first_clock, segment.last_clock});
    row.measured_ms += row.parts.back().measured_ms;
    all &= measured;
  }
  if (!all) row.measured_ms = 0;
}

void take_continuity(const RecordingSidecar& sidecar, MeasuredRow& row) {
  row.not_measured = sidecar.not_measured;
  if (!sidecar.continuity) return;
  const auto& found = *sidecar.continuity;
  row.verdict = formats::verdict_word(found.verdict);
  row.coverage_ppm = ppm(found.coverage);
  if (found.step_coverage) row.step_coverage_ppm = ppm(*found.step_coverage);
  row.report = found.report_path;
  for (const auto& gap : found.gaps) {
    row.gaps.push_back({static_cast<std::int64_t>(std::max<std::size_t>(gap.segment, 1) - 1),
                        bounded(gap.at_ms), bounded(gap.missing_ms), gap.start, gap.end});
  }
}

void take_copies(const RecordingSidecar& sidecar, SidecarReading& reading) {
  using preservation::RepresentationRole;
  for (const auto& each : sidecar.representations) {
    if (each.role == RepresentationRole::kOriginal) {
      reading.originals.push_back({each.file.path, each.file.sha512});
      continue;
    }
    CopyRow copy;
    copy.role = representation_word(each.role);
    copy.file = each.file.path;
    copy.source = each.derived_from;
    copy.proof = each.proof_path;
    reading.row.copies.push_back(copy);
  }
  for (const auto& each : sidecar.not_derived) {
    CopyRow copy;
    copy.role = representation_word(each.role);
    copy.source = each.derived_from;
    copy.note = each.message.empty() ? each.reason : each.message;
    reading.row.copies.push_back(copy);
  }
}

}  // namespace

bool is_sidecar_path(std::string_view path) {
  return path.starts_with("metadata/other/recording-") && path.ends_with(".xml");
}

SidecarReading read_recording(std::string_view xml, const std::string& subject) {
  const auto sidecar = preservation::read_sidecar(xml, subject);
  SidecarReading reading;
  reading.recording = sidecar.id;
  auto& row = reading.row;
  row.sidecar = subject;
  row.duty = uninterrupted_word(sidecar.step.uninterrupted);
  row.duty_article = sidecar.step.article;
  if (const auto& deadline = sidecar.storage.deadline) {
    row.due_at = deadline->due;
    row.due_kept = kept_word(deadline->kept);
    row.due_article = deadline->article;
  }
  take_parts(sidecar, row);
  take_continuity(sidecar, row);
  if (sidecar.continuity) reading.report_sha512 = sidecar.continuity->report_sha512;
  take_copies(sidecar, reading);
  return reading;
}

std::vector<FoundRow> read_continuity_findings(std::string_view xml, const std::string& subject) {
  const auto document = formats::read_continuity_xml(xml, subject);
  std::vector<FoundRow> rows;
  std::int64_t crops = 0;
  for (const auto& finding : document.findings) {
    const auto count = static_cast<std::int64_t>(finding.crops.size());
    rows.push_back({std::string(formats::weight_word(finding.weight)), finding.message_zh,
                    finding.message_en, crops, count});
    crops += count;
  }
  return rows;
}

}  // namespace anjuan::catalog
