#pragma once
// Cases and findings for the tests of forms.

#include <string>

#include "core/case/case_file.h"
#include "preservation/forms/forms.h"
#include "tests/support/judgements.h"
#include "tests/support/law.h"

namespace anjuan::test {

/// Findings as case E has them, by hand.
inline JudgementBuilder findings_of_e() {
  JudgementBuilder made;
  made.passed("QCL-12-3").passed("QCL-19-1").passed("QCL-10-1").not_applicable("QZF-25-1");
  made.failed("QCL-12-9", 4, "D12")
      .saying("没有相对人签名，也没有注明拒签情况。", "文书 D12（询问笔录）", "12(9)",
              "请据实补登签名情况；确已无法补正的，填写缺陷说明。");
  made.failed("QCL-15-3", 5, "E05", rules::Weight::kBlock)
      .saying("没有全程不间断的录像记录。", "环节 E05（行政强制措施）", "15",
              "请补交该环节的音像记录；确已无法补正的，填写缺陷说明。");
  made.failed("XCF-64-2", 3, "E15")
      .saying("听证通知书 2025-08-01 送达，听证 2025-08-08 举行，不足七个工作日。",
              "环节 E15（听证）", "行政处罚法64(2)", "请填写缺陷说明。");
  made.failed("GSZ-118-1", 1, "case", rules::Weight::kWarn)
      .saying("决定未在7个工作日内公示。", "本案卷", "国办发〔2018〕118号", "");
  made.needs_person("QCL-20-3", "E18");
  return made;
}

inline std::string find_form(const std::vector<forms::Form>& forms, const std::string& stem) {
  for (const auto& form : forms) {
    if (form.file_stem == stem) return form.html();
  }
  return "";
}

}  // namespace anjuan::test
