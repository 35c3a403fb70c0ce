#include "catalog/http/format.h"
#include "catalog/http/package_page.h"

namespace anjuan::catalog {

namespace {

std::string severity_label(const Page& page, const rules::ReportedResult& result) {
  return result.result == "failed" ? page.say("catalog.severity_" + result.severity)
                                   : page.say("catalog.result_" + result.result);
}

void write_result(Page& page, const rules::ReportedResult& result) {
  auto& html = page.html();
  const HtmlScope row(html, "tr");
  {
    const HtmlScope cell(html, "td", {{"data-label", page.say("catalog.check_severity")}});
    html.element("span", {{"class", "severity severity-" + result.severity}},
                 severity_label(page, result));
    if (result.is_stated) html.element("div", {{"class", "stated"}}, page.say("catalog.stated"));
  }
  {
    const HtmlScope cell(html, "td", {{"data-label", page.say("catalog.check_rule")}});
    html.text(result.rule);
  }
  const HtmlScope cell(html, "td", {{"class", "title"}});
  html.text(result.message);
  if (result.basis_of_fact == "declared") {
    html.element("div", {{"class", "who"}}, page.say("catalog.on_declaration"));
  }
}

void write_results(Page& page, const rules::CheckReport& report) {
  auto& html = page.html();
  const HtmlScope sheet(html, "div", {{"class", "sheet checks"}});
  const HtmlScope table(html, "table");
  {
    const HtmlScope head(html, "thead");
    const HtmlScope row(html, "tr");
    for (const char* id : {"catalog.check_severity", "catalog.check_rule", "catalog.check_text"}) {
      html.element("th", {{"scope", "col"}}, page.say(id));
    }
  }
  const HtmlScope body(html, "tbody");
  for (const auto& result : report.results) write_result(page, result);
}

void write_weakened(Page& page, const rules::CheckReport& report) {
  if (report.weakened.empty()) return;
  auto& html = page.html();
  html.element("h3", page.say("catalog.weakened"));
  const HtmlScope list(html, "ul");
  for (const auto& record : report.weakened) {
    html.element("li", page.say("catalog.weakened_line", {{"rule", record.rule},
                                                          {"change", record.change},
                                                          {"reason", record.reason},
                                                          {"by", record.by},
                                                          {"at", record.at},
                                                          {"document", record.document}}));
  }
}

}  // namespace

void write_checks(Page& page, const PackageView& view) {
  auto& html = page.html();
  if (!view.checks && view.checks_problem.empty()) return;
  const Part part(page, "checks", "catalog.part_checks",
                  view.checks ? static_cast<std::int64_t>(view.checks->results.size()) : 0);
  if (!view.checks) {
    html.element("p", {{"class", "absent"}}, view.checks_problem);
    return;
  }
  const rules::CheckReport& report = *view.checks;
  html.element(
      "p", {{"class", "lead"}},
      page.say("catalog.checks_lead", {{"time", readable_time(report.judged)},
                                       {"rules", report.rules_version},
                                       {"count", fmt::format("{}", report.rules_judged)}}));
  for (const auto& note : report.notes) html.element("p", {{"class", "note"}}, note);
  if (report.results.empty()) {
    html.element("p", {{"class", "none"}}, page.say("catalog.no_findings"));
  } else {
    write_results(page, report);
  }
  write_weakened(page, report);
}

}  // namespace anjuan::catalog
