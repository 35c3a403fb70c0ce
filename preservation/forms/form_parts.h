#pragma once
// The forms one by one, and the words that they share. Only forms.cpp calls the builders.

#include <string>
#include <vector>

#include "core/case/file_order.h"
#include "preservation/forms/forms.h"

namespace anjuan::forms {

/// One volume among all, for the forms that each volume has.
struct VolumeView {
  const std::vector<FiledVolume>& all;
  std::size_t at = 0;

  const FiledVolume& volume() const { return all[at]; }
};

FormPage cover_page(const FormInput& input, const VolumeView& view);
FormPage contents_page(const FormInput& input, const VolumeView& view);
FormPage end_note_page(const FormInput& input, const VolumeView& view);
FormPage review_page(const FormInput& input);
FormPage defects_page(const FormInput& input);
FormPage rectification_page(const FormInput& input);
FormPage recordings_page(const FormInput& input);

/// "2025年6月17日" of a date or time, "" of anything else.
std::string date_words(const std::string& text);
std::string date_words(Instant instant);
/// "", or the volume's kind and number where the case has several: "正卷（第 1 卷，共 2 卷）".
std::string volume_words(const VolumeView& view);
/// 档号 as given or derived, or "".
std::string code_words(const FormInput& input);
/// "林样甲、陈样乙" of the officers.
std::string officer_words(const CaseFile& file);
/// "☑可补正  □不可补正": `chosen` -1 = none.
std::string choice(const std::vector<std::string>& options, int chosen = -1);
/// "《行政处罚法》第六十四条第（二）项".
std::string article_words(const std::string& article);
/// 阻断, 重大缺陷, 提示.
std::string severity_words(Severity severity);

/// Failed results of a judgement, gravest first.
std::vector<const rules::RuleResult*> failed_results(const rules::Judgement& judgement);
/// Those of them that need a defect statement: blocks and errors.
std::vector<const rules::RuleResult*> results_to_state(const rules::Judgement& judgement);

}  // namespace anjuan::forms
