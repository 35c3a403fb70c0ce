// anjuan retention: how long a case file is kept, with every basis, and what holds it.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/case/case_check.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/holds.h"
#include "preservation/rules/law_book.h"
#include "preservation/rules/retention_decision.h"
#include "preservation/store/package_reader.h"

namespace anjuan::cli {

namespace {

namespace fs = std::filesystem;

/// A case and what is recorded about it.
struct Subject {
  CaseFile declared;
  std::vector<rules::Hold> holds;
};

CaseFile read_declaration(const fs::path& path) {
  const std::string text = read_file(path, kCaseBytesMax);
  const std::string subject = path.string();
  if (path.extension() == ".xml") return CaseFile::from_xml(text, subject);
  return CaseFile::from_json(text, subject);
}

Subject from_path(const fs::path& path) {
  if (!fs::is_directory(path)) return {read_declaration(path), {}};
  const fs::path xml = path / "case.xml";
  return {read_declaration(fs::exists(xml) ? xml : path / "case.json"), {}};
}

Subject from_store(const Context& context, const preservation::Home& home,
                   const std::string& text) {
  const auto store = preservation::Store::open(home.path(), home.config(), context.clock(),
                                               preservation::OpenMode::kRead);
  const auto id = packager::PackageId::parse(text);
  const preservation::PackageReader reader(store, id);
  const std::string xml = reader.document(reader.head(), "metadata/descriptive/case.xml");
  auto holds = preservation::Holds::open(home.ledger_file(), context.clock());
  return {CaseFile::from_xml(xml, "case.xml"),
          holds.list(preservation::Holds::Which::kActive, id.uuid())};
}

std::optional<preservation::Home> home_if_any(const Context& context) {
  if (!fs::exists(context.home_path() / "anjuan.toml")) return std::nullopt;
  return context.open_home();
}

Json years_of(int years) {
  return years == 0 || years == rules::kPermanent ? Json::null() : Json::integer(years);
}

Json date_of(const std::optional<Day>& day) {
  return day ? Json::string(to_text(*day)) : Json::null();
}

Json bases_of(const rules::RetentionDecision& decision) {
  Json bases = Json::array();
  for (const auto& line : decision.bases) {
    const std::string code = line.years == rules::kPermanent ? "Y" : fmt::format("D{}", line.years);
    bases.append(json_line({{"line", Json::string(line.id)},
                            {"title", Json::string(line.title)},
                            {"years", years_of(line.years)},
                            {"code", Json::string(code)},
                            {"basis", Json::string(line.basis)},
                            {"source", Json::string(line.source_text)},
                            {"source_verified", Json::boolean(line.is_source_verified)}}));
  }
  return bases;
}

Json holds_of(const rules::RetentionDecision& decision) {
  Json holds = Json::array();
  for (const auto& hold : decision.holds) {
    holds.append(json_line({{"hold", Json::integer(hold.id)},
                            {"kind", Json::string(std::string(rules::hold_word(hold.kind)))},
                            {"reason", Json::string(hold.reason)},
                            {"placed_at", Json::string(to_text(hold.placed_at))}}));
  }
  return holds;
}

Json declared_of(const rules::RetentionDecision& decision) {
  const auto& years = decision.declared_years;
  return json_line({{"years", years ? Json::integer(*years) : Json::null()},
                    {"code", Json::string(decision.declared_code)}});
}

int run_retention(Context& context, const std::string& subject) {
  const auto home = home_if_any(context);
  const bool is_path = fs::exists(subject);
  if (!is_path && !home) context.open_home();  // says that there is none
  const Subject of = is_path ? from_path(subject) : from_store(context, *home, subject);
  const auto law = rules::LawBook::load(home ? std::optional(home->data()) : std::nullopt);
  const auto rule =
      rules::retention_start_of(home ? home->config().retention.start : Config().retention.start);
  const auto decision = rules::decide_retention(of.declared, law.retention, of.holds, rule.value());
  for (const std::string& line : rules::sentences(decision)) context.print(line);
  context.emit(json_line({{"case", Json::string(decision.case_no)},
                          {"years", years_of(decision.years)},
                          {"code", Json::string(decision.code())},
                          {"start", date_of(decision.start)},
                          {"expires", date_of(decision.expires)},
                          {"bases", bases_of(decision)},
                          {"holds", holds_of(decision)},
                          {"declared", declared_of(decision)}}));
  return 0;
}

}  // namespace

void declare_retention(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "retention");
  auto subject = std::make_shared<std::string>();
  verb->add_option("PACKAGE-ID|SUBMISSION", *subject, say("retention.subject"))->required();
  verb->callback([&action, subject] {
    action = [subject](Context& context) { return run_retention(context, *subject); };
  });
}

}  // namespace anjuan::cli
