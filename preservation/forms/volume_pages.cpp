// The forms that each volume has: cover, list of contents, end note (GB/T 9705-2008).

#include <map>

#include "core/case/outcome.h"
#include "core/messages.h"
#include "preservation/forms/form_parts.h"
#include "preservation/rules/check_report.h"

namespace anjuan::forms {

namespace {

/// Lines of differences that an end note has room for.
constexpr std::size_t kNotedDifferences = 8;

Row pair(const std::string& label, const std::string& value, int least_lines = 1) {
  return {Cell::label(label), Cell::value(value, 3, least_lines)};
}

Row two_pairs(const std::string& label, const std::string& value, const std::string& second_label,
              const std::string& second_value) {
  return {Cell::label(label), Cell::value(value), Cell::label(second_label),
          Cell::value(second_value)};
}

std::string category_words(const CaseFile& file) {
  if (file.type().empty() || file.category().empty()) return file.type() + file.category();
  return say("forms.category", {{"type", file.type()}, {"code", file.category()}});
}

std::string retention_words(const CaseRetention& retention) {
  if (retention.code == "Y") return say("forms.permanent");
  if (!retention.years) return "";
  return say("forms.years", {{"years", std::to_string(*retention.years)}});
}

std::string office_words(const CaseFile& file) {
  if (file.agency().empty() || file.section().empty()) return file.agency() + file.section();
  return file.agency() + " " + file.section();
}

/// 起止时间: of the documents, since those are in the volume.
std::string period_words(const CaseFile& file, const FiledVolume& volume) {
  std::string first;
  std::string last;
  for (const auto& placed : volume.documents) {
    const auto digits = date_digits(file.documents()[placed.document].date);
    if (digits.empty()) continue;
    if (first.empty() || digits < first) first = digits;
    if (last.empty() || digits > last) last = digits;
  }
  if (first.empty()) return "";
  const auto words = [](const std::string& digits) {
    return date_words(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6));
  };
  return say("forms.period", {{"from", words(first)}, {"to", words(last)}});
}

std::string count_text(std::size_t count) { return std::to_string(count); }

std::string pages_text(const FiledVolume& volume) {
  return volume.pages ? std::to_string(*volume.pages) : "";
}

std::string contents_words(const FiledVolume& volume) {
  const auto count = count_text(volume.documents.size());
  if (!volume.pages) return say("forms.note_documents_unnumbered", {{"documents", count}});
  if (*volume.pages == 0) return say("forms.note_no_documents");
  return say("forms.note_documents", {{"documents", count}, {"pages", pages_text(volume)}});
}

/// "录像 3 件、照相 2 件".
std::string recording_words(const CaseFile& file) {
  if (file.recordings().empty()) return say("forms.note_no_recordings");
  std::map<std::string, std::size_t> methods;
  for (const auto& recording : file.recordings()) ++methods[recording.method];
  std::string list;
  for (const auto& [method, count] : methods) {
    if (!list.empty()) list += "、";
    list += say("forms.note_method",
                {{"method", method.empty() ? say("forms.note_method_unknown") : method},
                 {"count", count_text(count)}});
  }
  return say("forms.note_recordings",
             {{"count", count_text(file.recordings().size())}, {"list", list}});
}

std::string judgement_words(const rules::Judgement& judgement) {
  std::map<Severity, std::size_t> failed;
  std::size_t open = 0;
  for (const auto& result : judgement.results) {
    if (result.result == CheckResult::kFailed) ++failed[result.severity];
    if (result.result == CheckResult::kNotChecked || result.result == CheckResult::kNeedsPerson) {
      ++open;
    }
  }
  const std::string version = judgement.rules == nullptr ? "" : judgement.rules->version();
  std::string words;
  if (failed.empty()) {
    words = say("forms.note_sound", {{"rules", version}});
  } else {
    words = say("forms.note_defects", {{"rules", version},
                                       {"blocks", count_text(failed[Severity::kBlock])},
                                       {"errors", count_text(failed[Severity::kError])},
                                       {"warns", count_text(failed[Severity::kWarn])}});
  }
  if (open > 0) words += "\n" + say("forms.note_open", {{"count", count_text(open)}});
  const std::string measured = rules::measurement_note(judgement, language());
  if (!measured.empty()) words += "\n" + measured;
  return words;
}

std::string difference_words(const FormInput& input, const VolumeView& view) {
  const auto found = differences(input.declared, view.all);
  if (found.empty()) return "";
  std::string words = say("forms.note_differences", {{"count", count_text(found.size())}});
  for (std::size_t i = 0; i < found.size() && i < kNotedDifferences; ++i) {
    words += "\n" + found[i].message;
  }
  if (found.size() > kNotedDifferences) words += "\n" + say("forms.note_and_more");
  return words;
}

std::string situation(const FormInput& input, const VolumeView& view) {
  std::string words = contents_words(view.volume());
  const auto period = period_words(input.declared, view.volume());
  if (!period.empty()) words += "\n" + say("forms.note_period", {{"period", period}});
  if (view.at > 0) return words;  // what concerns the whole case stands in its first volume
  words += "\n" + recording_words(input.declared);
  for (const auto& part :
       {difference_words(input, view),
        input.judgement == nullptr ? say("forms.note_unjudged") : judgement_words(*input.judgement),
        input.defects == nullptr
            ? std::string()
            : say("forms.note_stated", {{"count", count_text(input.defects->defects.size())}})}) {
    if (!part.empty()) words += "\n" + part;
  }
  return words;
}

std::string remark(const CaseFile& file, std::string_view key) {
  const Json* remark = file.declared().find("remark");
  return remark != nullptr && remark->is_object() ? remark->text_or(key, "") : "";
}

std::string code_line(const FormInput& input) {
  return say("forms.code_line", {{"code", code_words(input)}});
}

}  // namespace

FormPage cover_page(const FormInput& input, const VolumeView& view) {
  const CaseFile& file = input.declared;
  FormPage page;
  page.heading = file.agency();
  page.title = say("forms.cover_title");
  page.foot = PageFoot::kNone;
  page.printed = input.printed;
  Table table;
  table.caption = say("forms.cover");
  table.widths = {18, 32, 18, 32};
  table.rows = {
      pair(say("forms.fonds_name"), input.fonds_name, 2),
      pair(say("forms.category_name"), category_words(file), 2),
      pair(say("forms.title"), file.title(), 3),
      pair(say("forms.case_no"), file.case_no(), 2),
      pair(say("forms.cause"), file.text("cause"), 2),
      pair(say("forms.party"), file.party().name, 2),
      pair(say("forms.office"), office_words(file), 2),
      pair(say("forms.officers"), officer_words(file), 2),
      two_pairs(say("forms.filed_at"), date_words(file.text("filed_at")), say("forms.closed_at"),
                date_words(file.closed_at())),
      pair(say("forms.result"), result_of(file), 2),
      pair(say("forms.execution"), execution_of(file), 2),
      pair(say("forms.period_label"), period_words(file, view.volume()), 2),
      two_pairs(say("forms.documents"),
                say("forms.pieces", {{"count", count_text(view.volume().documents.size())}}),
                say("forms.pages"),
                say("forms.page_count", {{"count", pages_text(view.volume())}})),
      two_pairs(say("forms.retention"), retention_words(file.retention()), say("forms.security"),
                file.security()),
      two_pairs(say("forms.volume_label"), volume_words(view), say("forms.filing_no"), ""),
      pair(say("forms.code"), code_words(input), 2),
  };
  for (auto& row : table.rows) {
    for (auto& cell : row) cell.least_lines = std::max(cell.least_lines, 2);
  }
  page.blocks.emplace_back(std::move(table));
  return page;
}

namespace {

/// Lists and end notes carry no page number of the volume (GB/T 9705).
FormPage unnumbered_page(std::string title, const FormInput& input, const VolumeView& view) {
  FormPage page;
  page.title = std::move(title);
  page.number = code_line(input);
  page.foot = PageFoot::kNone;
  page.printed = input.printed;
  if (!volume_words(view).empty()) page.heading = volume_words(view);
  return page;
}

}  // namespace

FormPage contents_page(const FormInput& input, const VolumeView& view) {
  FormPage page = unnumbered_page(say("forms.contents"), input, view);
  Table table;
  table.caption = page.title;
  table.widths = {9, 19, 18, 26, 12, 8, 8};
  Row head;
  for (const auto& label :
       {say("forms.seq"), say("forms.doc_no"), say("forms.author"), say("forms.doc_title"),
        say("forms.doc_date"), say("forms.page_no"), say("forms.note")}) {
    head.push_back(Cell::label(label));
  }
  table.head.push_back(std::move(head));
  for (const auto& line : list_of_contents(input.declared, view.volume())) {
    table.rows.push_back({Cell::centred(std::to_string(line.seq.value_or(0))),
                          Cell::value(line.doc_no), Cell::value(line.author),
                          Cell::value(line.title), Cell::centred(line.date),
                          Cell::centred(line.pages), Cell::value(line.note)});
  }
  page.blocks.emplace_back(std::move(table));
  return page;
}

FormPage end_note_page(const FormInput& input, const VolumeView& view) {
  FormPage page = unnumbered_page(say("forms.end_note"), input, view);
  Table table;
  table.caption = page.title;
  table.widths = {18, 82};
  table.rows = {
      {Cell::label(say("forms.situation")), Cell::value(situation(input, view), 1, 24)},
      {Cell::label(say("forms.filed_by")), Cell::value(remark(input.declared, "filed_by"), 1, 2)},
      {Cell::label(say("forms.checked_by")),
       Cell::value(remark(input.declared, "checked_by"), 1, 2)},
      {Cell::label(say("forms.formed_at")),
       Cell::value(date_words(remark(input.declared, "date")), 1, 2)},
  };
  page.blocks.emplace_back(std::move(table));
  return page;
}

}  // namespace anjuan::forms
