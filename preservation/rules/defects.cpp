#include "preservation/rules/defects.h"

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/messages.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kBasis = "docs/formats/defects.md";

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

StatedDefect defect_of(const XmlElement& element) {
  StatedDefect defect;
  defect.rule = element.value_of("rule");
  defect.object = element.value_of("object");
  defect.fact = element.text_of("fact");
  defect.reason = element.text_of("reason");
  defect.remedy = element.text_of("remedy");
  const std::string curable = element.value_of("curable");
  defect.curable = curable == "true" || curable == "1" ? Curable::kYes : Curable::kNo;
  return defect;
}

DefectSignature signature_of(const XmlElement& element) {
  const std::string role = element.value_of("role");
  DefectSignature signature;
  signature.role = role == "section" ? SignerRole::kSection
                   : role == "legal" ? SignerRole::kLegal
                                     : SignerRole::kLeader;
  signature.name = element.value_of("name");
  signature.office = element.value_of("office");
  signature.date = element.value_of("date");
  return signature;
}

/// Who gave the legal review of the case: 法制审核意见, its reviewer.
std::set<std::string> reviewers_of(const CaseFile& declared) {
  std::set<std::string> names;
  const Json* documents = declared.declared().find("docs");
  if (documents == nullptr || !documents->is_array()) return names;
  for (const Json& document : documents->items()) {
    const Json* fields = document.find("fields");
    if (document.text_or("kind", "") != "D_LEGAL" || fields == nullptr) continue;
    const std::string reviewer = fields->text_or("reviewer", "");
    if (!reviewer.empty()) names.insert(reviewer);
  }
  return names;
}

/// Looks at a statement as a whole and collects what is wrong with it.
class StatementCheck {
 public:
  StatementCheck(const DefectStatement& statement, const CaseFile& declared, Instant now,
                 Language language)
      : statement_(statement), declared_(declared), now_(now), language_(language) {}

  /// Of severity error, all of them.
  Findings run(bool states_a_block) {
    findings_ = statement_.problems;
    check_case();
    check_presence(states_a_block);
    check_persons();
    check_dates();
    check_scan();
    return std::move(findings_);
  }

 private:
  void add(std::string_view code, std::string_view message,
           std::initializer_list<MessageArgument> arguments) {
    findings_.push_back({std::string(code), Severity::kError, std::string(kBasis), "defects.xml",
                         say_in(language_, message, arguments), CheckResult::kFailed});
  }

  void check_case() {
    if (statement_.case_no == declared_.case_no()) return;
    add("DEFECT-01", "defects.other_case",
        {{"stated", statement_.case_no}, {"case", declared_.case_no()}});
  }

  std::size_t signers(SignerRole role) const {
    return static_cast<std::size_t>(std::count_if(
        statement_.signatures.begin(), statement_.signatures.end(), [&](const auto& signature) {
          return signature.role == role && !signature.name.empty() && !signature.office.empty();
        }));
  }

  void check_presence(bool states_a_block) {
    for (const SignerRole role : {SignerRole::kSection, SignerRole::kLegal, SignerRole::kLeader}) {
      if (role == SignerRole::kLeader && !states_a_block) continue;
      if (signers(role) > 0) continue;
      const std::string word(signer_word(role));
      add("DEFECT-02", "defects.no_signature",
          {{"role", say_in(language_, "defects.signer_" + word)}});
    }
  }

  void check_persons() {
    std::set<std::string> seen;
    for (const auto& signature : statement_.signatures) {
      if (signature.name.empty() || seen.insert(signature.name).second) continue;
      add("DEFECT-04", "defects.signs_twice", {{"name", signature.name}});
    }
    const auto reviewers = reviewers_of(declared_);
    const auto is_other_answerer = [&](const DefectSignature& signature) {
      return signature.role != SignerRole::kSection && !reviewers.contains(signature.name);
    };
    const auto& all = statement_.signatures;
    if (signers(SignerRole::kLegal) == 0 || std::any_of(all.begin(), all.end(), is_other_answerer))
      return;
    add("DEFECT-05", "defects.reviewer_alone", {{"name", *reviewers.begin()}});
  }

  void check_dates() {
    for (const auto& signature : statement_.signatures) {
      if (is_past_date(signature.date)) continue;
      add("DEFECT-03", "defects.bad_date", {{"name", signature.name}, {"date", signature.date}});
    }
  }

  bool is_past_date(const std::string& date) const {
    const auto at = instant_of(date);
    return at && day_of(*at) <= day_of(now_);
  }

  void check_scan() {
    if (statement_.scan_sha512.empty()) add("DEFECT-08", "defects.no_scan", {});
  }

  const DefectStatement& statement_;
  const CaseFile& declared_;
  Instant now_;
  Language language_;
  Findings findings_;
};

bool needs_cover(const RuleResult& result) {
  if (result.result != CheckResult::kFailed) return false;
  const Severity severity = result.finding().severity;
  return severity == Severity::kBlock || severity == Severity::kError;
}

bool is_block(const RuleResult& result) {
  return needs_cover(result) && result.finding().severity == Severity::kBlock;
}

/// Why a stated defect does not explain `result`, as a finding; nothing if it does.
std::optional<Finding> item_problem(const StatedDefect& stated, const RuleResult& result,
                                    Language language) {
  const bool is_reason_missing = is_blank(stated.reason);
  if (!is_reason_missing && !(is_block(result) && stated.curable == Curable::kYes)) return {};
  const auto* message = is_reason_missing ? "defects.no_reason" : "defects.curable_block";
  const Finding finding = result.finding();
  return Finding{
      "DEFECT-07",
      Severity::kError,
      std::string(kBasis),
      result.object,
      say_in(language, message, {{"rule", finding.code}, {"object", result.object_name}}),
      CheckResult::kFailed};
}

void tell_stale(const DefectStatement& statement, const Judgement& judgement, Language language,
                Findings& findings) {
  for (const auto& stated : statement.defects) {
    const bool stands = std::any_of(
        judgement.results.begin(), judgement.results.end(), [&](const RuleResult& result) {
          return needs_cover(result) && result.finding().code == stated.rule &&
                 result.object == stated.object;
        });
    if (stands) continue;
    findings.push_back(
        {"DEFECT-06", Severity::kWarn, std::string(kBasis), stated.object,
         say_in(language, "defects.stale", {{"rule", stated.rule}, {"object", stated.object}}),
         CheckResult::kFailed});
  }
}

}  // namespace

std::string_view signer_word(SignerRole role) {
  constexpr std::string_view kWords[] = {"section", "legal", "leader"};
  return kWords[static_cast<std::size_t>(role)];
}

DefectStatement DefectStatement::read(std::string_view xml, const std::string& subject) {
  const auto& schemas = XmlSchemaSet::embedded_set({"defects.xsd"});
  const XmlElement root = read_xml_tree(xml, subject, &schemas);
  DefectStatement statement;
  statement.text = xml;
  for (const XmlElement& element : root.children) {
    if (element.name == "caseNo") statement.case_no = element.text;
    if (element.name == "defect") statement.defects.push_back(defect_of(element));
    if (element.name == "signature") statement.signatures.push_back(signature_of(element));
    if (element.name != "scan") continue;
    statement.scan_file = element.value_of("file");
    statement.scan_sha512 = element.value_of("sha512");
  }
  return statement;
}

const StatedDefect* DefectStatement::find(std::string_view rule, std::string_view object) const {
  const auto found = std::find_if(defects.begin(), defects.end(), [&](const StatedDefect& defect) {
    return defect.rule == rule && defect.object == object;
  });
  return found == defects.end() ? nullptr : &*found;
}

Coverage cover(const Judgement& judgement, const CaseFile& declared,
               const DefectStatement* statement, Instant now, Language language) {
  Coverage coverage;
  coverage.is_covered.assign(judgement.results.size(), false);
  if (statement == nullptr) return coverage;
  coverage.has_statement = true;
  bool states_a_block = false;
  for (std::size_t i = 0; i < judgement.results.size(); ++i) {
    const RuleResult& result = judgement.results[i];
    const auto* stated =
        needs_cover(result) ? statement->find(result.finding().code, result.object) : nullptr;
    if (stated == nullptr) continue;
    if (const auto problem = item_problem(*stated, result, language)) {
      coverage.problems.push_back(*problem);
      continue;
    }
    coverage.is_covered[i] = true;
    states_a_block = states_a_block || is_block(result);
  }
  const Findings whole = StatementCheck(*statement, declared, now, language).run(states_a_block);
  if (!whole.empty()) coverage.is_covered.assign(judgement.results.size(), false);
  coverage.problems.insert(coverage.problems.end(), whole.begin(), whole.end());
  tell_stale(*statement, judgement, language, coverage.problems);
  return coverage;
}

Verdict verdict_of(const Judgement& judgement, const Coverage& coverage) {
  if (judgement.rules == nullptr) return Verdict::kUnchecked;
  bool has_open_error = false;
  bool has_covered_block = false;
  for (std::size_t i = 0; i < judgement.results.size(); ++i) {
    const RuleResult& result = judgement.results[i];
    if (!needs_cover(result)) continue;
    const bool covered = coverage.is_covered.at(i);
    if (is_block(result) && !covered) return Verdict::kBlocked;
    has_open_error = has_open_error || !covered;
    has_covered_block = has_covered_block || is_block(result);
  }
  if (has_open_error) return Verdict::kIncomplete;
  return has_covered_block ? Verdict::kDefective : Verdict::kComplete;
}

}  // namespace anjuan::rules
