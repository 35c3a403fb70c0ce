#include "preservation/forms/form_parts.h"

#include "core/case/description.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/rules/wording.h"

namespace anjuan::forms {

namespace {

/// Which operators ask for which kind of thing; what is in none is "other".
struct RemedyGroup {
  std::string_view message;
  std::vector<std::string_view> operators;
};

const std::vector<RemedyGroup>& remedy_groups() {
  static const std::vector<RemedyGroup> groups = {
      {"forms.remedy_document", {"doc", "doc_any", "case_doc", "served_copy", "event_exists"}},
      {"forms.remedy_element",
       {"doc_fields", "doc_fields_each", "group_fields", "event_fields", "event_any_field",
        "event_enum", "case_fields", "officers", "case_officers"}},
      {"forms.remedy_signature", {"signed", "signed_event_doc", "participants_signed"}},
      {"forms.remedy_recording", {"av", "av_continuity", "event_av_tags", "av_time_match"}},
      {"forms.remedy_recording_note",
       {"av_fields", "av_any_field", "av_tags", "av_note", "av_enum", "av_linked_event"}},
      {"forms.remedy_time",
       {"deadline", "deadline_between_events", "min_gap", "months", "years", "order",
        "served_within", "doc_before_event", "measure_period", "not_night_or_holiday"}},
      {"forms.remedy_service", {"served"}},
      {"forms.remedy_arrangement", {"chronological", "index_matches", "page_numbers"}},
      {"forms.remedy_retention", {"retention_min", "retention_longest"}},
      {"forms.remedy_substance", {"spot_limit", "host_not_investigator"}},
  };
  return groups;
}

int gravity(rules::Weight weight) {
  switch (weight) {
    case rules::Weight::kBlock:
      return 0;
    case rules::Weight::kError:
      return 1;
    case rules::Weight::kWarn:
      return 2;
    case rules::Weight::kInfo:
    case rules::Weight::kControl:
      break;
  }
  return 3;
}

/// The first leaf of the requirement: of "all" and "any" their first part.
const rules::Requirement& leaf(const rules::Requirement& requirement) {
  const rules::Requirement* each = &requirement;
  while (!each->of.empty()) each = &each->of.front();
  return *each;
}

}  // namespace

std::string date_words(const std::string& text) {
  const auto digits = date_digits(text);
  if (digits.size() != 8) return "";
  return say("forms.date", {{"year", digits.substr(0, 4)},
                            {"month", std::to_string(std::stoi(digits.substr(4, 2)))},
                            {"day", std::to_string(std::stoi(digits.substr(6, 2)))}});
}

std::string date_words(Instant instant) { return date_words(to_date_text(instant)); }

std::string volume_words(const VolumeView& view) {
  if (view.all.size() < 2) return view.volume().kind;
  const auto no = view.volume().no.value_or(static_cast<std::int64_t>(view.at) + 1);
  return say("forms.volume", {{"kind", view.volume().kind},
                              {"no", std::to_string(no)},
                              {"count", std::to_string(view.all.size())}});
}

std::string code_words(const FormInput& input) {
  if (!input.archival_code.empty()) return input.archival_code;
  return archival_code(input.declared, input.fonds_code).value_or("");
}

std::string officer_words(const CaseFile& file) {
  const Json* officers = file.declared().find("officers");
  if (officers == nullptr || !officers->is_array()) return "";
  std::string names;
  for (const auto& officer : officers->items()) {
    const auto name = officer.is_object() ? officer.text_or("name", "") : "";
    if (name.empty()) continue;
    names += (names.empty() ? "" : "、") + name;
  }
  return names;
}

std::string choice(const std::vector<std::string>& options, int chosen) {
  std::string words;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (i > 0) words += "　";
    words += (static_cast<int>(i) == chosen ? "☑" : "□") + options[i];
  }
  return words;
}

std::string article_words(const std::string& article) {
  return rules::article_text(article, language());
}

std::string weight_words(rules::Weight weight) {
  switch (gravity(weight)) {
    case 0:
      return say("forms.weight_block");
    case 1:
      return say("forms.weight_error");
    case 2:
      return say("forms.weight_warn");
    default:
      return say("forms.weight_info");
  }
}

std::vector<const rules::RuleResult*> failed_results(const rules::Judgement& judgement) {
  std::vector<const rules::RuleResult*> failed;
  for (const auto& result : judgement.results) {
    if (result.rule != nullptr && result.result == CheckResult::kFailed) failed.push_back(&result);
  }
  std::stable_sort(failed.begin(), failed.end(), [](const auto* a, const auto* b) {
    return gravity(a->rule->weight) < gravity(b->rule->weight);
  });
  return failed;
}

std::vector<const rules::RuleResult*> results_to_state(const rules::Judgement& judgement) {
  auto failed = failed_results(judgement);
  std::erase_if(failed, [](const auto* result) { return gravity(result->rule->weight) > 1; });
  return failed;
}

std::string remedy_words(const rules::Rule& rule) {
  const auto& op = leaf(rule.require).op;
  for (const auto& group : remedy_groups()) {
    const auto& known = group.operators;
    if (std::find(known.begin(), known.end(), op) != known.end()) return say(group.message);
  }
  return say("forms.remedy_other");
}

}  // namespace anjuan::forms
