#pragma once
// The defect statement (缺陷说明): one file per case that explains findings which are not cured.
//
// It never deletes a finding: it stands beside it. Law is not waived. A finding of severity error
// needs the handling section and the legal section; a block needs the leader in charge as well and
// can be stated only if it cannot be cured any more. Nobody signs twice, and who reviewed the case
// does not sign alone. Signatures themselves are not checked yet: every report says so.
// Sources: 细则 Art. 4, 32; docs/formats/defects.md.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/case/case_file.h"
#include "core/clock.h"
#include "core/finding.h"
#include "preservation/rules/judgement.h"

namespace anjuan::rules {

enum class Curable { kYes, kNo };

/// One finding and why it stands.
struct StatedDefect {
  std::string rule;
  std::string object;  ///< id, or "case"
  std::string fact;    ///< as the notice printed it; may be empty
  std::string reason;
  Curable curable = Curable::kYes;
  std::string remedy;  ///< what was done instead; may be empty
};

/// 承办股室, 法制股, 分管负责人.
enum class SignerRole { kSection, kLegal, kLeader };

std::string_view signer_word(SignerRole role);  ///< "section", "legal", "leader"

struct DefectSignature {
  SignerRole role = SignerRole::kSection;
  std::string name;
  std::string office;
  std::string date;  ///< "2025-09-23"
};

struct DefectStatement {
  std::string case_no;
  std::vector<StatedDefect> defects;
  std::vector<DefectSignature> signatures;
  std::string scan_file;    ///< name of the scan of the signed sheet, beside the statement
  std::string scan_sha512;  ///< lower-case hexadecimal
  std::string text;         ///< the XML as it came: kept in the package byte for byte
  Findings problems;        ///< found when it was read (its scan); then it covers nothing

  /// Validates against schemas/xml/defects.xsd. Throws Error(kInvalid) with line and column.
  static DefectStatement read(std::string_view xml, const std::string& subject);

  const StatedDefect* find(std::string_view rule, std::string_view object) const;
};

/// What a statement does for a judgement.
struct Coverage {
  bool has_statement = false;
  /// Parallel to Judgement::results: true where a failed error or block is covered.
  std::vector<bool> is_covered;
  /// What is wrong with the statement itself, DEFECT-01 to -09 (docs/formats/defects.md).
  Findings problems;
};

/// `statement` may be nullptr: then nothing is covered. A statement with a problem of severity
/// error covers nothing.
/// Problems are told in `language`.
Coverage cover(const Judgement& judgement, const CaseFile& declared,
               const DefectStatement* statement, Instant now,
               Language language = Language::kChinese);

/// The first that applies: blocked, incomplete, defective, complete; unchecked if nothing was
/// judged.
Verdict verdict_of(const Judgement& judgement, const Coverage& coverage);

}  // namespace anjuan::rules
