#include "preservation/sidecar/sidecar_notes.h"

#include <algorithm>

#include "core/text.h"
#include "core/xml_writer.h"

namespace anjuan::preservation {

namespace {

/// The first characters of a text that a container may hold: no control characters, at most
/// `characters_max`.
std::string shortened(const std::string& declared, std::size_t characters_max) {
  const std::string text = to_xml_text(declared);
  std::size_t offset = 0;
  char32_t character = 0;
  for (std::size_t count = 0; offset < text.size(); ++count) {
    if (count == characters_max) return text.substr(0, offset) + "…";
    offset += std::max<std::size_t>(1, decode_utf8(text, offset, character));
  }
  return text;
}

/// Between the values of a tag that tells of several recordings.
const std::string kBetween = "；";

bool is_among(const std::string& value, const std::string& values) {
  return (kBetween + values + kBetween).find(kBetween + value + kBetween) != std::string::npos;
}

/// "2025-06-17 09:04:30" at +08:00, as the registry writes dates; what is no time as declared.
std::string date_of(const SidecarTime& time) {
  if (time.at.empty()) return time.declared;
  return time.at.substr(0, 10) + " " + time.at.substr(11, 8);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : "、") + text;
  return all;
}

/// What lies before the segment; nothing if the length of one before it is not known.
std::optional<std::int64_t> begin_of(const RecordingSidecar& sidecar, std::size_t segment) {
  std::int64_t begin_ms = 0;
  for (std::size_t i = 0; i < std::min(segment, sidecar.segments.size()); ++i) {
    if (!sidecar.segments[i].duration_ms) return std::nullopt;
    begin_ms += *sidecar.segments[i].duration_ms;
  }
  return begin_ms;
}

std::optional<std::int64_t> length_of(const RecordingSidecar& sidecar, std::size_t segment) {
  return segment < sidecar.segments.size() ? sidecar.segments[segment].duration_ms
                                           : sidecar.duration_ms;
}

/// Each mark until the next one.
std::vector<formats::AvChapter> chapters_of(const RecordingSidecar& sidecar, std::size_t segment) {
  std::vector<formats::AvChapter> chapters;
  const auto begin_ms = begin_of(sidecar, segment);
  const auto length_ms = length_of(sidecar, segment);
  if (!begin_ms || !length_ms) return chapters;
  for (const RecordingMark& mark : sidecar.marks) {
    const std::int64_t at_ms = mark.at_ms - *begin_ms;
    if (at_ms < 0 || at_ms >= *length_ms || chapters.size() == kChaptersMax) continue;
    if (!chapters.empty()) {
      chapters.back().end_ms = std::max(at_ms, chapters.back().start_ms + 1);
    }
    chapters.push_back({at_ms, *length_ms, shortened(mark.label, kChapterCharactersMax)});
  }
  return chapters;
}

}  // namespace

formats::MuxNotes notes_of(const RecordingSidecar& sidecar, std::size_t segment) {
  formats::MuxNotes notes;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) notes.tags.emplace_back(name, shortened(value, kTagCharactersMax));
  };
  const bool is_part = sidecar.segments.size() > 1 && segment < sidecar.segments.size();
  add("title", sidecar.title);
  add("RECORDING_ID", sidecar.id);
  add("CASE_NO", sidecar.case_no);
  add("RECORDING_METHOD", sidecar.method);
  add("DATE_RECORDED", date_of(is_part ? sidecar.segments[segment].started : sidecar.started));
  add("TIME_ZONE", "+08:00");
  add("MAKER", sidecar.maker.name);
  add("MAKER_CERTIFICATE", sidecar.maker.cert_no);
  add("PURPOSE", sidecar.purpose);
  add("SUMMARY", sidecar.content_summary);
  add("KEYWORDS", joined(sidecar.coverage));
  add("PROCEDURE_STEP", sidecar.step.name);
  add("RECORDING_LOCATION", sidecar.step.place);
  add("RECORDING_DEVICE", sidecar.device_id);
  if (is_part) {
    add("PART_NUMBER", std::to_string(segment + 1));
    add("TOTAL_PARTS", std::to_string(sidecar.segments.size()));
  }
  notes.chapters = chapters_of(sidecar, segment);
  return notes;
}

void add_notes(formats::MuxNotes& notes, const formats::MuxNotes& more) {
  for (const auto& [name, value] : more.tags) {
    const auto same = std::find_if(notes.tags.begin(), notes.tags.end(),
                                   [&name](const auto& tag) { return tag.first == name; });
    if (same == notes.tags.end()) {
      notes.tags.emplace_back(name, value);
    } else if (!is_among(value, same->second)) {
      same->second = shortened(same->second + kBetween + value, kTagCharactersMax);
    }
  }
  auto& chapters = notes.chapters;
  chapters.insert(chapters.end(), more.chapters.begin(), more.chapters.end());
  std::stable_sort(chapters.begin(), chapters.end(),
                   [](const auto& a, const auto& b) { return a.start_ms < b.start_ms; });
  if (chapters.size() > kChaptersMax) chapters.resize(kChaptersMax);
}

}  // namespace anjuan::preservation
