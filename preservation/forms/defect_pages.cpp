// 缺陷说明表 and 整改通知书: what was found, why it stands, what is to be done by when.

#include "core/messages.h"
#include "preservation/forms/form_parts.h"

namespace anjuan::forms {

namespace {

using rules::DefectSignature;
using rules::RuleResult;
using rules::SignerRole;
using rules::StatedDefect;

std::string basis_of(const RuleResult& result) {
  return say("forms.basis_words",
             {{"article", article_words(result.article)}, {"rule", result.code}});
}

/// The fact alone: object, article and next step have cells of their own.
std::string fact_of(const RuleResult& result) {
  return result.fact.empty() ? result.message : result.fact;
}

std::string step_of(const RuleResult& result) {
  return result.next_step.empty() ? say("forms.check_and_mend") : result.next_step;
}

Table facts(const FormInput& input) {
  const CaseFile& file = input.declared;
  Table table;
  table.caption = say("forms.case_facts");
  table.widths = {15, 35, 15, 35};
  table.rows = {
      {Cell::label(say("forms.title")), Cell::value(file.title(), 3)},
      {Cell::label(say("forms.case_no")), Cell::value(file.case_no()),
       Cell::label(say("forms.code")), Cell::value(code_words(input))},
      {Cell::label(say("forms.section")), Cell::value(file.section()),
       Cell::label(say("forms.officers")), Cell::value(officer_words(file))},
  };
  return table;
}

const StatedDefect* stated(const FormInput& input, const RuleResult& result) {
  return input.defects == nullptr ? nullptr : input.defects->find(result.code, result.object);
}

std::string curable_words(const StatedDefect* defect) {
  const std::vector<std::string> options = {say("forms.curable"), say("forms.not_curable")};
  if (defect == nullptr) return choice(options);
  return choice(options, defect->curable == rules::Curable::kYes ? 0 : 1);
}

/// One finding: what is off by which article, why, and whether it can be cured.
Table defect(const FormInput& input, const RuleResult& result, std::size_t no) {
  const StatedDefect* given = stated(input, result);
  const auto heading = say("forms.defect_no", {{"no", std::to_string(no)}});
  Table table;
  table.caption = heading;
  table.page_break = PageBreak::kAvoided;
  table.widths = {15, 40, 15, 30};
  table.rows = {
      {Cell::label(heading), Cell::value(result.object_name), Cell::label(say("forms.severity")),
       Cell::value(severity_words(result.severity))},
      {Cell::label(say("forms.fact")), Cell::value(fact_of(result), 3)},
      {Cell::label(say("forms.basis")), Cell::value(basis_of(result), 3)},
      {Cell::label(say("forms.reason")), Cell::value(given == nullptr ? "" : given->reason, 3, 3)},
      {Cell::label(say("forms.curable_label")), Cell::value(curable_words(given)),
       Cell::label(say("forms.cure")), Cell::value(given == nullptr ? "" : given->remedy, 1, 2)},
  };
  return table;
}

/// Name, office and date of who signed, or room to sign.
std::string signature_words(const FormInput& input, SignerRole role) {
  if (input.defects != nullptr) {
    for (const DefectSignature& signature : input.defects->signatures) {
      if (signature.role != role) continue;
      return say("forms.signature", {{"name", signature.name},
                                     {"office", signature.office},
                                     {"date", date_words(signature.date)}});
    }
  }
  return say("forms.blank_signature");
}

Table signatures(const FormInput& input, bool has_block) {
  Table table;
  table.caption = say("forms.signatures");
  table.page_break = PageBreak::kAvoided;
  table.widths = {24, 76};
  const auto sign = [&](const std::string& label, SignerRole role) {
    table.rows.push_back({Cell::label(label), Cell{signature_words(input, role), CellKind::kValue,
                                                   1, Align::kLeft, 3}});
  };
  sign(say("forms.sign_section"), SignerRole::kSection);
  sign(say("forms.sign_legal"), SignerRole::kLegal);
  if (has_block) sign(say("forms.sign_leader"), SignerRole::kLeader);
  return table;
}

Table to_mend(const std::vector<const RuleResult*>& results) {
  Table table;
  table.caption = say("forms.to_mend");
  table.widths = {8, 15, 25, 25, 16, 11};
  Row head;
  for (const auto& label : {say("forms.no"), say("forms.object"), say("forms.fact"),
                            say("forms.what_to_do"), say("forms.basis"), say("forms.severity")}) {
    head.push_back(Cell::label(label));
  }
  table.head.push_back(std::move(head));
  std::size_t no = 0;
  for (const RuleResult* result : results) {
    table.rows.push_back({Cell::centred(std::to_string(++no)), Cell::value(result->object_name),
                          Cell::value(fact_of(*result)), Cell::value(step_of(*result)),
                          Cell::value(basis_of(*result)),
                          Cell::centred(severity_words(result->severity))});
  }
  return table;
}

Table receipt() {
  Table table;
  table.caption = say("forms.signatures");
  table.page_break = PageBreak::kAvoided;
  table.widths = {18, 32, 18, 32};
  table.rows = {{Cell::label(say("forms.sender")), Cell::value("", 1, 2),
                 Cell::label(say("forms.sent_at")), Cell::centred(say("forms.blank_date"))},
                {Cell::label(say("forms.receiver")), Cell::value("", 1, 2),
                 Cell::label(say("forms.received_at")), Cell::centred(say("forms.blank_date"))},
                {Cell::label(say("forms.mended")), Cell::value("", 3, 4)},
                {Cell::label(say("forms.second_check")), Cell::value("", 3, 3)}};
  return table;
}

}  // namespace

FormPage defects_page(const FormInput& input) {
  const auto results = results_to_state(*input.judgement);
  const bool has_block = std::any_of(results.begin(), results.end(), [](const auto* result) {
    return result->severity == Severity::kBlock;
  });
  FormPage page;
  page.heading = input.declared.agency();
  page.title = say("forms.defects");
  page.printed = input.printed;
  page.blocks.emplace_back(facts(input));
  page.blocks.emplace_back(Paragraph{say("forms.defects_note"), ParagraphStyle::kNote});
  for (std::size_t i = 0; i < results.size(); ++i) {
    page.blocks.emplace_back(defect(input, *results[i], i + 1));
  }
  page.blocks.emplace_back(signatures(input, has_block));
  if (input.defects != nullptr) {
    page.blocks.emplace_back(Paragraph{say("forms.signature_unchecked"), ParagraphStyle::kNote});
  }
  return page;
}

FormPage rectification_page(const FormInput& input) {
  const auto results = failed_results(*input.judgement);
  const CaseFile& file = input.declared;
  FormPage page;
  page.heading = file.agency();
  page.title = say("forms.rectification");
  page.printed = input.printed;
  const std::string due = input.due ? date_words(to_text(*input.due)) : say("forms.blank_due");
  page.blocks.emplace_back(Paragraph{say("forms.rectification_to", {{"section", file.section()}})});
  page.blocks.emplace_back(
      Paragraph{say("forms.rectification_words", {{"title", file.title()},
                                                  {"case", file.case_no()},
                                                  {"count", std::to_string(results.size())},
                                                  {"due", due}})});
  page.blocks.emplace_back(to_mend(results));
  page.blocks.emplace_back(Paragraph{say("forms.rectification_close")});
  page.blocks.emplace_back(
      Paragraph{say("forms.rectification_office", {{"date", date_words(input.printed)}}),
                ParagraphStyle::kRight});
  page.blocks.emplace_back(receipt());
  return page;
}

}  // namespace anjuan::forms
