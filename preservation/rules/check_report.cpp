#include "preservation/rules/check_report.h"

#include "core/xml_writer.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kNamespace = "urn:anjuan:checks:1";

/// The writer, with every text made fit for XML.
class ReportWriter {
 public:
  ReportWriter() : xml_([this](std::string_view bytes) { out_ += bytes; }) {}

  void start(std::string_view name) { xml_.start(name); }

  void attribute(std::string_view name, std::string_view value) {
    xml_.attribute(name, to_xml_text(value));
  }

  void number(std::string_view name, std::size_t value) {
    xml_.attribute(name, std::uint64_t{value});
  }

  void element(std::string_view name, std::string_view value) {
    xml_.element(name, to_xml_text(value));
  }

  void end() { xml_.end(); }

  std::string take() {
    xml_.close();
    return std::move(out_);
  }

 private:
  std::string out_;
  XmlWriter xml_;
};

std::string_view recordings_word(const Judgement& judgement) {
  if (!judgement.has_recordings()) return "none";
  if (judgement.was_none_measured()) return "declared";
  return judgement.were_all_measured() ? "measured" : "partly";
}

void write_law(ReportWriter& xml, const Judgement& judgement, const LawBook& law) {
  xml.start("rules");
  xml.attribute("version", judgement.rules->version());
  xml.attribute("digest", judgement.rules->digest());
  xml.attribute("file", kRulesFileName);
  xml.end();
  for (const auto& [year, calendar] : law.calendar.years()) {
    xml.start("calendar");
    xml.number("year", static_cast<std::size_t>(year));
    xml.attribute("digest", calendar.digest);
    xml.end();
  }
  for (const auto& record : judgement.weakened) {
    xml.start("weakened");
    xml.attribute("rule", record.rule);
    xml.attribute("by", record.by);
    xml.attribute("at", record.at);
    xml.attribute("document", record.document);
    xml.element("change", record.change);
    xml.element("reason", record.reason);
    xml.end();
  }
}

void write_confirmations(ReportWriter& xml, const Judgement& judgement) {
  for (const auto& [by, elements] : judgement.confirmed.by) {
    xml.start("confirmed");
    xml.attribute("by", by);
    xml.number("elements", elements);
    xml.end();
  }
}

void write_counts(ReportWriter& xml, const Judgement& judgement) {
  for (const auto& [rule, counts] : judgement.counts) {
    xml.start("count");
    xml.attribute("rule", rule);
    xml.number("passed", counts.passed);
    xml.number("failed", counts.failed);
    xml.number("notApplicable", counts.not_applicable);
    xml.number("notChecked", counts.not_checked);
    xml.number("needsPerson", counts.needs_person);
    xml.number("onDeclaration", counts.declared);
    xml.end();
  }
}

void write_result(ReportWriter& xml, const RuleResult& result, bool is_covered) {
  const Finding finding = result.finding();
  xml.start("result");
  xml.attribute("rule", finding.code);
  xml.attribute("article", finding.basis);
  xml.attribute("severity", severity_word(finding.severity));
  xml.attribute("object", result.object);
  xml.attribute("objectName", result.object_name);
  xml.attribute("result", result_word(result.result));
  if (result.basis != FactBasis::kNone) xml.attribute("basisOfFact", basis_word(result.basis));
  if (is_covered) xml.attribute("stated", "true");
  xml.element("message", result.message);
  xml.end();
}

}  // namespace

std::string measurement_note(const Judgement& judgement, Language language) {
  if (judgement.unmeasured.empty()) return "";
  if (judgement.was_none_measured()) return say_in(language, "checks.on_declaration");
  constexpr std::size_t kNamed = 10;
  const std::size_t count = judgement.unmeasured.size();
  std::string names;
  for (std::size_t i = 0; i < std::min(count, kNamed); ++i) {
    if (i > 0) names += say_in(language, "checks.between_recordings");
    names += judgement.unmeasured[i];
  }
  const std::string_view id =
      count > kNamed ? "checks.some_unmeasured_and_more" : "checks.some_unmeasured";
  return say_in(language, id, {{"count", std::to_string(count)}, {"recordings", names}});
}

std::vector<std::string> report_notes(const Judgement& judgement, const Coverage& coverage,
                                      Language language) {
  std::vector<std::string> notes;
  if (auto note = measurement_note(judgement, language); !note.empty()) {
    notes.push_back(std::move(note));
  }
  if (judgement.depth == DescriptionDepth::kBasic) {
    notes.push_back(say_in(language, "checks.basic_depth",
                           {{"confirmed", std::to_string(judgement.confirmed.elements)}}));
  }
  if (coverage.has_statement) notes.push_back(say_in(language, "checks.signature_unchecked"));
  if (!judgement.weakened.empty()) {
    notes.push_back(say_in(language, "checks.weakened",
                           {{"count", std::to_string(judgement.weakened.size())}}));
  }
  return notes;
}

std::string write_check_report(const CaseFile& declared, const Judgement& judgement,
                               const Coverage& coverage, const LawBook& law, Instant judged) {
  ReportWriter xml;
  xml.start("checks");
  xml.attribute("xmlns", kNamespace);
  xml.attribute("verdict", verdict_word(verdict_of(judgement, coverage)));
  xml.attribute("judged", to_text(judged));
  xml.attribute("depth", judgement.depth == DescriptionDepth::kFull ? "full" : "basic");
  xml.attribute("recordings", recordings_word(judgement));
  xml.element("caseNo", declared.case_no());
  write_law(xml, judgement, law);
  write_confirmations(xml, judgement);
  for (const auto& note : report_notes(judgement, coverage, Language::kChinese)) {
    xml.element("note", note);
  }
  write_counts(xml, judgement);
  for (std::size_t i = 0; i < judgement.results.size(); ++i) {
    write_result(xml, judgement.results[i], coverage.is_covered.at(i));
  }
  for (const Finding& problem : coverage.problems) {
    xml.start("statement");
    xml.attribute("code", problem.code);
    xml.element("message", problem.message);
    xml.end();
  }
  xml.end();
  return xml.take();
}

}  // namespace anjuan::rules
