#include "preservation/forms/form_parts.h"

#include "core/case/description.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/rules/wording.h"

namespace anjuan::forms {

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

std::string severity_words(Severity severity) {
  switch (severity) {
    case Severity::kBlock:
      return say("forms.severity_block");
    case Severity::kError:
      return say("forms.severity_error");
    case Severity::kWarn:
      return say("forms.severity_warn");
    case Severity::kInfo:
      break;
  }
  return say("forms.severity_info");
}

std::vector<const rules::RuleResult*> failed_results(const rules::Judgement& judgement) {
  std::vector<const rules::RuleResult*> failed;
  for (const auto& result : judgement.results) {
    if (result.result == CheckResult::kFailed) failed.push_back(&result);
  }
  std::stable_sort(failed.begin(), failed.end(), [](const auto* a, const auto* b) {
    return a->severity < b->severity;  // the enum begins with the gravest
  });
  return failed;
}

std::vector<const rules::RuleResult*> results_to_state(const rules::Judgement& judgement) {
  auto failed = failed_results(judgement);
  std::erase_if(failed, [](const auto* result) { return result->severity > Severity::kError; });
  return failed;
}

}  // namespace anjuan::forms
