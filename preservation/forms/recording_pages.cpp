// 音像记录说明 (细则 Art. 32): a sheet for each recording, to be signed and bound into the file.

#include "core/messages.h"
#include "preservation/forms/form_parts.h"
#include "preservation/sidecar/sidecar_words.h"

namespace anjuan::forms {

namespace {

using preservation::DeadlineKept;
using preservation::RecordedSegment;
using preservation::RecordingMethod;
using preservation::RecordingSidecar;
using preservation::RepresentationRole;
using preservation::SidecarTime;
using preservation::Uninterrupted;

constexpr std::size_t kDigestShown = 16;
constexpr std::size_t kMarksShown = 20;
/// Below this a clock counts as right: declared times are seconds at best.
constexpr std::int64_t kClockToleranceMs = 1'000;

std::string word(const std::string& id) { return say("recording." + id); }

Row pair(const std::string& label, const std::string& value, int least_lines = 1) {
  return {Cell::label(word(label)), Cell::value(value, 3, least_lines)};
}

Row two_pairs(const std::string& label, const std::string& value, const std::string& second_label,
              const std::string& second_value) {
  return {Cell::label(word(label)), Cell::value(value), Cell::label(word(second_label)),
          Cell::value(second_value)};
}

Row part(const std::string& label, int columns = 4) {
  Cell cell = Cell::label(word(label), columns);
  cell.align = Align::kLeft;
  return {cell};
}

/// "2025年6月17日 09:04:30"; what is no time as it was declared.
std::string time_words(const SidecarTime& time) {
  if (time.at.empty()) return time.declared;
  return date_words(time.at) + " " + time.at.substr(11, 8);
}

/// "2025-06-17 09:04:30", for a narrow column.
std::string short_time(const SidecarTime& time) {
  if (time.at.empty()) return time.declared;
  return time.at.substr(0, 10) + " " + time.at.substr(11, 8);
}

/// "1小时36分30秒"; "" for what takes no time.
std::string length_words(std::optional<std::int64_t> duration_ms) {
  const std::int64_t seconds = (duration_ms.value_or(0) + 500) / 1000;
  const std::pair<const char*, std::int64_t> parts[] = {
      {"hours", seconds / 3600}, {"minutes", seconds / 60 % 60}, {"seconds", seconds % 60}};
  std::string words;
  for (const auto& [id, count] : parts) {
    if (count == 0) continue;
    words += say(std::string("recording.") + id, {{"n", std::to_string(count)}});
  }
  return words;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string all;
  for (const auto& text : texts) {
    if (!all.empty()) all += between;
    all += text;
  }
  return all;
}

std::string made_words(const RecordingSidecar& sidecar) {
  const bool takes_time = sidecar.duration_ms.value_or(0) > 0 && !sidecar.ended.at.empty();
  if (!takes_time) return time_words(sidecar.started);
  return say("recording.made_from_to",
             {{"from", time_words(sidecar.started)}, {"to", time_words(sidecar.ended)}});
}

std::string step_words(const RecordingSidecar& sidecar) {
  const auto& step = sidecar.step;
  if (step.name.empty() || step.event.empty()) return step.name + step.event;
  return say("recording.step_words", {{"name", step.name}, {"event", step.event}});
}

std::string duty_words(const RecordingSidecar& sidecar) {
  switch (sidecar.step.uninterrupted) {
    case Uninterrupted::kRequired:
      return say("recording.uninterrupted_required",
                 {{"article", article_words(sidecar.step.article)}});
    case Uninterrupted::kNotRequired:
      return word("uninterrupted_not_required");
    case Uninterrupted::kUnknown:
      break;
  }
  return "";
}

void add_production(Table& table, const RecordingSidecar& sidecar) {
  table.rows.push_back(part("part_production"));
  table.rows.push_back(two_pairs("method", sidecar.method, "device", sidecar.device_id));
  table.rows.push_back(pair("made_at", made_words(sidecar)));
  table.rows.push_back(two_pairs("maker", sidecar.maker.name, "certificate",  //
                                 sidecar.maker.cert_no));
  table.rows.push_back(pair("purpose", sidecar.purpose));
  table.rows.push_back(
      two_pairs("step", step_words(sidecar), "duration", length_words(sidecar.duration_ms)));
  table.rows.push_back(
      two_pairs("place", sidecar.step.place, "uninterrupted", duty_words(sidecar)));
  if (!sidecar.step.witnesses.empty()) {
    table.rows.push_back(pair("witnesses", joined(sidecar.step.witnesses, "、")));
  }
}

/// The heads of Art. 16, those that the recording shows ticked; what it shows besides, after them.
std::string coverage_words(const RecordingSidecar& sidecar) {
  constexpr std::array<std::pair<const char*, const char*>, 6> kHeads = {
      {{"现场环境", "coverage_scene"},
       {"人员体貌言行", "coverage_persons"},
       {"涉案物品", "coverage_items"},
       {"采取措施情况", "coverage_measures"},
       {"送达情况", "coverage_service"},
       {"其他", "coverage_other"}}};
  auto own = sidecar.coverage;
  std::string words;
  for (const auto& [declared, id] : kHeads) {
    if (!words.empty()) words += "　";
    words += std::erase(own, declared) > 0 ? "☑" : "□";
    words += word(id);
  }
  return own.empty() ? words : words + "\n" + joined(own, "、");
}

std::string mark_words(const RecordingSidecar& sidecar) {
  std::string words;
  const std::size_t shown = std::min(sidecar.marks.size(), kMarksShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto seconds = sidecar.marks[i].at_ms / 1000;
    words += fmt::format("{}{:02}:{:02}:{:02}　{}", i == 0 ? "" : "\n", seconds / 3600,
                         seconds / 60 % 60, seconds % 60, sidecar.marks[i].label);
  }
  if (shown == sidecar.marks.size()) return words;
  return words + "\n" +
         say("recording.more_marks", {{"count", std::to_string(sidecar.marks.size() - shown)}});
}

void add_content(Table& table, const RecordingSidecar& sidecar) {
  const bool is_sound = sidecar.method_kind == RecordingMethod::kSound;
  table.rows.push_back(part("part_content"));
  if (!is_sound) table.rows.push_back(pair("coverage", coverage_words(sidecar)));
  table.rows.push_back(
      pair(is_sound ? "sound_content" : "summary", sidecar.content_summary, is_sound ? 6 : 2));
  if (!sidecar.marks.empty()) table.rows.push_back(pair("marks", mark_words(sidecar)));
  if (!sidecar.transcript.empty()) {
    table.rows.push_back(
        pair("transcript", say("recording.transcript_words", {{"document", sidecar.transcript}})));
  }
}

/// A period in days ends with its day, one in hours at its minute.
std::string due_words(const std::string& due) {
  if (due.empty()) return word("deadline_unknown");
  return due.substr(11, 8) == "23:59:59" ? date_words(due) : time_words({"", due});
}

std::string deadline_words(const RecordingSidecar& sidecar) {
  const auto& deadline = sidecar.storage.deadline;
  if (!deadline) return "";
  const int chosen = deadline->kept == DeadlineKept::kYes  ? 0
                     : deadline->kept == DeadlineKept::kNo ? 1
                                                           : -1;
  return say("recording.deadline_words",
             {{"due", due_words(deadline->due)},
              {"ticks", choice({word("deadline_kept"), word("deadline_late")}, chosen)},
              {"article", article_words(deadline->article)}});
}

void add_storage(Table& table, const RecordingSidecar& sidecar) {
  const auto& storage = sidecar.storage;
  const auto kept = choice({word("in_package_yes"), word("in_package_no")},  //
                           storage.in_package ? 0 : 1);
  table.rows.push_back(part("part_storage"));
  table.rows.push_back(two_pairs("system", storage.system, "in_package", kept));
  table.rows.push_back(pair("location", storage.place));
  table.rows.push_back(
      two_pairs("stored_at", time_words(storage.stored), "carrier", storage.carrier_no));
  table.rows.push_back(pair("deadline", deadline_words(sidecar)));
  if (!storage.remote) return;
  table.rows.push_back(
      pair("remote", say("recording.remote_words", {{"reason", storage.remote_reason},
                                                    {"returned", time_words(storage.returned)}})));
}

Table facts(const RecordingSidecar& sidecar) {
  Table table;
  table.caption = say("recording.note_facts", {{"id", sidecar.id}});
  table.widths = {16, 38, 16, 30};
  add_production(table, sidecar);
  add_content(table, sidecar);
  add_storage(table, sidecar);
  return table;
}

std::string digest_words(const RecordingSidecar& sidecar, const RecordedSegment& segment) {
  if (segment.file) return segment.file->sha512.substr(0, kDigestShown);
  return word(sidecar.not_measured == "elsewhere" ? "not_here" : "no_digest");
}

Table files(const RecordingSidecar& sidecar) {
  Table table;
  table.caption = word("part_files");
  table.widths = {8, 26, 23, 18, 25};
  table.head = {part("part_files", 5)};
  Row head;
  for (const std::string label : {"segment", "file", "start", "duration", "digest"}) {
    head.push_back(Cell::label(word(label)));
  }
  table.head.push_back(std::move(head));
  std::size_t no = 0;
  for (const RecordedSegment& segment : sidecar.segments) {
    table.rows.push_back({Cell::centred(std::to_string(++no)), Cell::value(segment.name),
                          Cell::value(short_time(segment.started)),
                          Cell::value(length_words(segment.duration_ms)),
                          Cell::centred(digest_words(sidecar, segment))});
  }
  return table;
}

std::string copy_words(const RecordingSidecar& sidecar) {
  std::vector<std::string> lines;
  for (const auto& one : sidecar.representations) {
    if (one.role == RepresentationRole::kOriginal) continue;
    const auto name = one.file.path.substr(one.file.path.find_last_of('/') + 1);
    const auto id = one.role == RepresentationRole::kAccess ? "recording.copy_access"
                                                            : "recording.copy_preservation";
    lines.push_back(say(id, {{"file", name}}));
  }
  return joined(lines, "\n");
}

std::string clock_words(const RecordingSidecar& sidecar) {
  if (!sidecar.clock || !sidecar.clock->offset_ms) return "";
  const auto offset_ms = *sidecar.clock->offset_ms;
  if (std::abs(offset_ms) <= kClockToleranceMs) return word("clock_equal");
  return say(offset_ms > 0 ? "recording.clock_fast" : "recording.clock_slow",
             {{"apart", length_words(std::abs(offset_ms))}});
}

/// What was found out by looking into the files; as the end of the table of files.
Table findings(const RecordingSidecar& sidecar) {
  Table table;
  table.caption = word("verdict");
  table.page_break = PageBreak::kAvoided;
  table.widths = {16, 84};
  const auto add = [&](const std::string& label, const std::string& value) {
    table.rows.push_back({Cell::label(word(label)), Cell::value(value)});
  };
  add("verdict", preservation::continuity_sentence(sidecar));
  if (const auto clock = clock_words(sidecar); !clock.empty()) add("clock", clock);
  if (const auto copies = copy_words(sidecar); !copies.empty()) add("copies", copies);
  return table;
}

Table sheet_signatures(const RecordingSidecar& sidecar) {
  Table table;
  table.caption = say("recording.signatures", {{"id", sidecar.id}});
  table.page_break = PageBreak::kAvoided;
  table.widths = {11, 22, 12, 22, 11, 22};
  Row signs;
  for (const std::string label : {"sign_maker", "sign_section", "sign_keeper"}) {
    signs.push_back(Cell::label(word(label)));
    signs.push_back(Cell::centred(word("signature")));
  }
  table.rows = {part("part_signatures", 6), std::move(signs), {Cell::value(word("note_basis"), 6)}};
  return table;
}

void add_sheet(FormPage& page, const RecordingSidecar& sidecar) {
  page.blocks.emplace_back(facts(sidecar));
  page.blocks.emplace_back(files(sidecar));
  page.blocks.emplace_back(findings(sidecar));
  page.blocks.emplace_back(sheet_signatures(sidecar));
}

std::string number_words(const RecordingSidecar& sidecar) {
  return say("recording.note_number", {{"case", sidecar.case_no}, {"id", sidecar.id}});
}

}  // namespace

FormPage recordings_page(const FormInput& input) {
  const auto& recordings = *input.recordings;
  FormPage page;
  page.heading = input.declared.agency();
  page.title = word("note");
  page.number = number_words(recordings.front());
  page.printed = input.printed;
  const std::size_t sheets = std::min(recordings.size(), kSheetsMax);
  for (std::size_t i = 0; i < sheets; ++i) {
    if (i > 0) {
      page.blocks.emplace_back(NewSheet{page.heading, page.title, number_words(recordings[i])});
    }
    add_sheet(page, recordings[i]);
  }
  if (sheets < recordings.size()) {
    page.blocks.emplace_back(Paragraph{
        say("recording.more_sheets", {{"count", std::to_string(recordings.size() - sheets)}}),
        ParagraphStyle::kStrong});
  }
  return page;
}

}  // namespace anjuan::forms
