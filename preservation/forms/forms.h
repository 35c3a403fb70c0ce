#pragma once
// The printable forms of one case: cover, list of contents, end note (GB/T 9705), review form,
// defect statement, notice of rectification, descriptions of recordings (细则 Art. 32).
//
// Nothing is invented: what the case and the archive do not say is a blank to write on. Texts are
// in the current language. Source: docs/formats/forms.md.

#include <optional>
#include <string>
#include <vector>

#include "core/case/case_file.h"
#include "core/working_days.h"
#include "preservation/forms/form_page.h"
#include "preservation/rules/defects.h"
#include "preservation/rules/judgement.h"
#include "preservation/rules/review.h"
#include "preservation/sidecar/sidecar.h"

namespace anjuan::forms {

/// What the forms are made from; all pointers may be nullptr and outlive the call.
struct FormInput {
  const CaseFile& declared;
  const rules::Judgement* judgement = nullptr;
  const rules::ReviewSheet* review = nullptr;
  const rules::DefectStatement* defects = nullptr;
  std::string archival_code;  ///< 档号 given by the archive; "" = derived by DA/T 13
  std::string fonds_code;     ///< where the case names none
  std::string fonds_name;     ///< 全宗名称
  Instant printed;
  std::optional<Day> due;  ///< by when the file is to be mended
  /// Of all recordings, in the order of the case: declared, or as the package has them.
  const std::vector<preservation::RecordingSidecar>* recordings = nullptr;
};

inline constexpr std::size_t kSheetsMax = 500;

struct Form {
  std::string name;       ///< "案卷封面"
  std::string file_stem;  ///< "cover"
  FormPage page;          ///< clean

  std::string html() const;
  /// Throws Error(kNotFound) if no font for forms is installed.
  std::string pdf() const;
};

/// Cover, list and end note of each volume ("cover", "cover-2"); with recordings "recordings", a
/// sheet for each of the first kSheetsMax; with a review "review"; with a judgement that found a
/// block or an error "defects"; that found anything "rectification".
std::vector<Form> forms_of(const FormInput& input);

}  // namespace anjuan::forms
