#pragma once
// The law as it is compiled in, the sample cases, and defect statements for them.

#include <filesystem>
#include <string>
#include <vector>

#include "core/case/case_file.h"
#include "core/json.h"
#include "preservation/rules/defects.h"
#include "preservation/rules/law_book.h"
#include "tests/support/files.h"

namespace anjuan::test {

/// Loaded once: rules, schedule and calendar never change while a test runs.
inline const rules::LawBook& law() {
  static const rules::LawBook book = rules::LawBook::load();
  return book;
}

/// The JSON of one of tests/fixtures/cases, e.g. "A".
inline Json sample_json(const std::string& name) {
  const auto file =
      std::filesystem::path(ANJUAN_SOURCE_DIR) / "tests/fixtures/cases" / (name + ".json");
  return Json::parse(read_text(file), name);
}

/// By view: the sample_case() of preservation/rules/judged_case.h takes a string and gives Json.
inline CaseFile sample_case(std::string_view name) {
  return CaseFile::from_value(sample_json(std::string(name)), "case.json");
}

/// A statement as parts to be spoiled one by one.
struct StatementParts {
  std::string case_no;
  std::vector<rules::StatedDefect> defects;
  std::vector<rules::DefectSignature> signatures = {
      {rules::SignerRole::kSection, "林样甲", "水政监察大队大队长", "2025-09-23"},
      {rules::SignerRole::kLegal, "马样未", "法制股股长", "2025-09-23"},
      {rules::SignerRole::kLeader, "郑样辛", "分管副局长", "2025-09-24"}};
  std::string scan = "scan.pdf";
  std::string scan_sha512 = std::string(128, 'a');

  std::string xml() const;
};

/// One that states every failed error and block of `judgement` as incurable.
StatementParts statement_of(const CaseFile& declared, const rules::Judgement& judgement);

}  // namespace anjuan::test
