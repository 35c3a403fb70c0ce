// 案卷评查表: basic items, deductions, score and grade, what only a person can judge.

#include "core/messages.h"
#include "preservation/forms/form_parts.h"

namespace anjuan::forms {

namespace {

using rules::points_text;
using rules::ReviewedItem;
using rules::ReviewLine;
using rules::ReviewPart;
using rules::ReviewSheet;
using rules::ReviewState;

std::vector<std::string> met_or_not() { return {say("forms.met"), say("forms.not_met")}; }

std::string entry_words(const ReviewedItem& item) {
  if (!item.entry) return "";
  const auto& entry = *item.entry;
  const auto signature =
      say("forms.signed_at", {{"name", entry.by}, {"date", date_words(entry.at)}});
  return entry.note.empty() ? signature : entry.note + "\n" + signature;
}

std::string line_words(const ReviewLine& line) {
  return line.message.empty() ? line.object_name : line.message;
}

/// What speaks against a basic item, or who said that it is met.
std::string basic_remarks(const ReviewedItem& item) {
  std::string words;
  for (const auto& line : item.failed) {
    if (!words.empty()) words += "\n";
    words += say("forms.rule_on_object", {{"rule", line.rule}, {"object", line.object_name}});
  }
  const auto entry = entry_words(item);
  if (!words.empty() && !entry.empty()) words += "\n";
  words += entry;
  if (words.empty() && item.state == ReviewState::kJudged) return say("forms.no_defect_found");
  return words;
}

std::string basic_result(const ReviewedItem& item) {
  if (item.state == ReviewState::kOpen) return say("forms.open") + "\n" + choice(met_or_not());
  return item.is_failed ? say("forms.not_met") : say("forms.met");
}

Row labels(const std::vector<std::string>& texts) {
  Row row;
  for (const auto& text : texts) row.push_back(Cell::label(text));
  return row;
}

Row none(int columns) { return {Cell::centred(say("forms.none"), columns)}; }

Table facts(const FormInput& input, const ReviewSheet& sheet) {
  const CaseFile& file = input.declared;
  Table table;
  table.caption = say("forms.case_facts");
  table.widths = {15, 35, 15, 35};
  table.rows = {
      {Cell::label(say("forms.title")), Cell::value(file.title(), 3)},
      {Cell::label(say("forms.case_no")), Cell::value(file.case_no()),
       Cell::label(say("forms.code")), Cell::value(code_words(input))},
      {Cell::label(say("forms.party")), Cell::value(file.party().name),
       Cell::label(say("forms.officers")), Cell::value(officer_words(file))},
      {Cell::label(say("forms.section")), Cell::value(file.section()),
       Cell::label(say("forms.review_date")), Cell::value(date_words(input.printed))},
      {Cell::label(say("forms.rules")),
       Cell::value(say("forms.rules_words", {{"rules", sheet.rules_version},
                                             {"table", sheet.table_version},
                                             {"digest", sheet.rules_digest.substr(0, 16)}}),
                   3)},
  };
  return table;
}

Table basic_items(const ReviewSheet& sheet) {
  Table table;
  table.caption = say("forms.basic_items");
  table.widths = {8, 34, 24, 34};
  table.head = {labels({say("forms.item"), say("forms.basic_item"), say("forms.basic_result"),
                        say("forms.remarks")})};
  for (const auto& item : sheet.items) {
    if (item.part != ReviewPart::kVeto) continue;
    table.rows.push_back({Cell::centred(item.id), Cell::value(item.title),
                          Cell::centred(basic_result(item)), Cell::value(basic_remarks(item))});
  }
  return table;
}

void add_deductions(Table& table, const ReviewedItem& item) {
  for (const auto& line : item.failed) {
    table.rows.push_back({Cell::centred(item.id), Cell::value(line.rule),
                          Cell::value(line.object_name), Cell::value(article_words(line.article)),
                          Cell::value(line.message), Cell::centred(points_text(line.points))});
  }
  if (item.entry && item.entry->deduction.value_or(0) > 0) {
    table.rows.push_back({Cell::centred(item.id), Cell::value(say("forms.by_person")),
                          Cell::value(item.title), Cell::value(""), Cell::value(entry_words(item)),
                          Cell::centred(points_text(*item.entry->deduction))});
  }
}

Table deductions(const ReviewSheet& sheet) {
  Table table;
  table.caption = say("forms.deductions");
  table.widths = {7, 14, 18, 16, 37, 8};
  table.head = {labels({say("forms.item"), say("forms.rule"), say("forms.object"),
                        say("forms.basis"), say("forms.fact"), say("forms.deducted")})};
  for (const auto& item : sheet.items) {
    if (item.part != ReviewPart::kVeto) add_deductions(table, item);
  }
  for (const auto& line : sheet.unlisted) {
    table.rows.push_back({Cell::centred("—"), Cell::value(line.rule), Cell::value(line.object_name),
                          Cell::value(article_words(line.article)), Cell::value(line.message),
                          Cell::centred(say("forms.unlisted"))});
  }
  if (table.rows.empty()) table.rows.push_back(none(6));
  return table;
}

std::string points_got(const ReviewedItem& item) {
  return item.state == ReviewState::kJudged ? points_text(item.points - item.deducted) : "";
}

std::string state_words(const ReviewedItem& item) {
  switch (item.state) {
    case ReviewState::kOpen:
      return say("forms.open");
    case ReviewState::kNotApplicable:
      return say("forms.not_applicable");
    case ReviewState::kJudged:
      break;
  }
  return item.entry ? say("forms.judged_by_person") : say("forms.judged");
}

Table scores(const ReviewSheet& sheet) {
  Table table;
  table.caption = say("forms.scores");
  table.widths = {8, 9, 37, 9, 9, 9, 19};
  table.head = {
      labels({say("forms.item"), say("forms.part"), say("forms.item_title"), say("forms.points"),
              say("forms.deducted"), say("forms.got"), say("forms.state")})};
  for (const auto& item : sheet.items) {
    if (item.part == ReviewPart::kVeto) continue;
    const bool is_form = item.part == ReviewPart::kForm;
    const bool applies = item.state != ReviewState::kNotApplicable;
    table.rows.push_back({Cell::centred(item.id),
                          Cell::centred(say(is_form ? "forms.part_form" : "forms.part_content")),
                          Cell::value(item.title), Cell::centred(points_text(item.points)),
                          Cell::centred(applies ? points_text(item.deducted) : ""),
                          Cell::centred(points_got(item)), Cell::centred(state_words(item))});
  }
  table.rows.push_back(
      {Cell::label(say("forms.sum"), 2),
       Cell::value(say("forms.sum_words",
                       {{"sum", points_text(sheet.sum)},
                        {"maximum", points_text(sheet.maximum)},
                        {"score", sheet.score ? points_text(*sheet.score) : say("forms.none")}}),
                   5)});
  const std::string grade = sheet.is_complete ? sheet.grade : say("forms.no_grade");
  table.rows.push_back({Cell::label(say("forms.grade"), 2), Cell::value(grade, 5)});
  return table;
}

/// What a rule could not judge, or that no rule speaks of the item at all.
std::string open_words(const ReviewedItem& item) {
  if (item.open.empty()) return say("forms.open_no_rule");
  std::string words;
  for (const auto& line : item.open) {
    if (!words.empty()) words += "\n";
    words += say("forms.open_line", {{"rule", line.rule}, {"what", line_words(line)}});
  }
  return words;
}

Table open_items(const ReviewSheet& sheet) {
  Table table;
  table.caption = say("forms.open_items");
  table.widths = {8, 22, 36, 34};
  table.head = {labels({say("forms.item"), say("forms.item_title"), say("forms.open_reason"),
                        say("forms.opinion")})};
  for (const auto& item : sheet.items) {
    if (item.state != ReviewState::kOpen && !item.entry) continue;
    const auto blank = item.part == ReviewPart::kVeto
                           ? choice(met_or_not())
                           : say("forms.to_deduct", {{"points", points_text(item.points)}});
    table.rows.push_back({Cell::centred(item.id), Cell::value(item.title),
                          Cell::value(open_words(item)),
                          Cell::value(item.entry ? entry_words(item) : blank, 1, 2)});
  }
  if (table.rows.empty()) table.rows.push_back(none(4));
  return table;
}

Table signatures() {
  Table table;
  table.caption = say("forms.signatures");
  table.page_break = PageBreak::kAvoided;
  table.widths = {15, 35, 15, 35};
  table.rows = {{Cell::label(say("forms.reviewer")), Cell::value("", 1, 2),
                 Cell::label(say("forms.second_reviewer")), Cell::value("", 1, 2)},
                {Cell::label(say("forms.conclusion")), Cell::value("", 3, 3)},
                {Cell::label(say("forms.sign_date")),
                 Cell{say("forms.blank_date"), CellKind::kValue, 3, Align::kRight, 2}}};
  return table;
}

}  // namespace

FormPage review_page(const FormInput& input) {
  const ReviewSheet& sheet = *input.review;
  FormPage page;
  page.heading = input.declared.agency();
  page.title = say("forms.review");
  page.printed = input.printed;
  const auto heading = [&](const std::string& text) {
    page.blocks.emplace_back(Paragraph{text, ParagraphStyle::kHeading});
  };
  if (!sheet.is_complete) {
    page.blocks.emplace_back(Paragraph{say("forms.preliminary"), ParagraphStyle::kStrong});
  }
  page.blocks.emplace_back(facts(input, sheet));
  heading(say("forms.review_1"));
  page.blocks.emplace_back(basic_items(sheet));
  heading(say("forms.review_2"));
  page.blocks.emplace_back(deductions(sheet));
  heading(say("forms.review_3"));
  page.blocks.emplace_back(scores(sheet));
  page.blocks.emplace_back(Paragraph{say("forms.score_note"), ParagraphStyle::kNote});
  heading(say("forms.review_4"));
  page.blocks.emplace_back(open_items(sheet));
  page.blocks.emplace_back(signatures());
  return page;
}

}  // namespace anjuan::forms
