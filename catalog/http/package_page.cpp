#include "catalog/http/package_page.h"

#include "catalog/http/format.h"
#include "catalog/http/labels.h"

namespace anjuan::catalog {

namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) {
    if (part.empty()) continue;
    out += out.empty() ? part : " · " + part;
  }
  return out;
}

void write_head(Page& page, const PackageRow& row) {
  auto& html = page.html();
  {
    const HtmlScope path(html, "nav",
                         {{"class", "path"}, {"aria-label", page.say("catalog.path")}});
    html.element("a", {{"href", page.link("/")}}, page.say("catalog.list"));
    html.element("span", {{"aria-hidden", "true"}}, "›");
    html.element("span", row.case_no.empty() ? row.id : row.case_no);
  }
  const HtmlScope head(html, "div", {{"class", "volume-head"}});
  html.element("h1", {{"class", "serif"}}, row.title.empty() ? row.case_no : row.title);
  const HtmlScope line(html, "p", {{"class", "facts-line"}});
  write_verdict(page, row.verdict);
  html.text(joined({row.case_no, row.archival_code,
                    readable_retention(page.language(), row.retention_code, row.retention_years)}));
}

void write_tab(Page& page, const std::string& id, std::string_view title_id, std::int64_t count) {
  auto& html = page.html();
  const HtmlScope link(html, "a", {{"href", "#" + id}});
  html.text(page.say(title_id));
  if (count > 0) html.element("span", {{"class", "tally"}}, fmt::format(" {}", count));
}

std::int64_t size_of(std::size_t size) { return static_cast<std::int64_t>(size); }

void write_tabs(Page& page, const PackageView& view) {
  const PackageDetail& detail = view.detail;
  const HtmlScope tabs(page.html(), "nav",
                       {{"class", "tabs"}, {"aria-label", page.say("catalog.parts")}});
  if (view.checks) {
    write_tab(page, "checks", "catalog.part_checks", size_of(view.checks->results.size()));
  }
  write_tab(page, "documents", "catalog.part_documents", size_of(detail.documents.size()));
  write_tab(page, "recordings", "catalog.part_recordings", size_of(detail.recordings.size()));
  write_tab(page, "index", "catalog.part_index", size_of(detail.index_items.size()));
  write_tab(page, "structure", "catalog.part_structure", detail.package.files);
  write_tab(page, "events", "catalog.part_events", size_of(detail.events.size()));
  write_tab(page, "proof", "catalog.part_proof", 0);
}

std::string parties_of(const PackageDetail& detail) {
  std::vector<std::string> names;
  for (const auto& party : detail.parties) {
    names.push_back(party.kind.empty() ? party.name
                                       : fmt::format("{} · {}", party.name, party.kind));
  }
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : "、") + name;
  return out;
}

std::string number_text(std::int64_t number) {
  return number > 0 ? fmt::format("{}", number) : std::string();
}

void write_side(Page& page, const PackageDetail& detail) {
  const auto& row = detail.package;
  auto& html = page.html();
  const HtmlScope side(html, "aside",
                       {{"class", "side"}, {"aria-label", page.say("catalog.facts")}});
  const HtmlScope list(html, "dl");
  write_fact(page, "catalog.party", parties_of(detail));
  write_fact(page, "catalog.cause", row.cause);
  write_fact(page, "catalog.case_type", joined({row.type, row.procedure}));
  write_fact(page, "catalog.agency", joined({row.agency, row.section}));
  write_fact(page, "catalog.filed_on", row.filed_on);
  write_fact(page, "catalog.decided_on", row.decided_on);
  write_fact(page, "catalog.closed_on", row.closed_on);
  write_fact(page, "catalog.fonds", row.fonds);
  write_fact(page, "catalog.category", row.category);
  write_fact(page, "catalog.retention_code", row.retention_code);
  write_fact(page, "catalog.year", number_text(row.year));
  write_fact(page, "catalog.file_no", row.file_no);
  write_fact(page, "catalog.extent",
             page.say("catalog.extent_text", {{"documents", fmt::format("{}", row.documents)},
                                              {"pages", fmt::format("{}", row.pages)},
                                              {"recordings", fmt::format("{}", row.recordings)}}));
  write_fact(page, "catalog.stored_at", readable_time(row.modified_at));
  write_fact(page, "catalog.version", fmt::format("{}", row.version));
}

void write_finding_list(Page& page, const std::vector<FindingRow>& findings) {
  if (findings.empty()) return;
  auto& html = page.html();
  const HtmlScope frame(html, "section", {{"class", "findings"}});
  html.element("h2", page.say("catalog.findings", {{"count", fmt::format("{}", findings.size())}}));
  const HtmlScope list(html, "ul");
  for (const auto& finding : findings) html.element("li", finding.message);
}

}  // namespace

Part::Part(Page& page, const std::string& id, std::string_view title_id, std::int64_t count)
    : scope_(page.html(), "section", {{"id", id}, {"class", "part"}}) {
  const HtmlScope heading(page.html(), "h2");
  page.html().text(page.say(title_id));
  if (count > 0) page.html().element("span", {{"class", "tally"}}, fmt::format(" {}", count));
}

std::string file_path(const std::string& package, const std::string& file) {
  return fmt::format("/packages/{}/files/{}", package, url_part(file));
}

std::string file_link(const Page& page, const std::string& package, const std::string& file) {
  return page.link(file_path(package, file));
}

std::string step_label(const Page& page, const PackageDetail& detail, const std::string& step) {
  for (const auto& row : detail.steps) {
    if (row.id == step) return step_kind_label(page, row.kind);
  }
  return step;
}

std::string package_page(const Visit& visit, const PackageView& view) {
  const auto& detail = view.detail;
  const auto& row = detail.package;
  Page page(visit, row.case_no.empty() ? row.title : row.case_no);
  write_head(page, row);
  write_finding_list(page, detail.findings);
  write_tabs(page, view);
  {
    const HtmlScope columns(page.html(), "div", {{"class", "columns"}});
    write_side(page, detail);
    const HtmlScope content(page.html(), "div", {{"class", "parts"}});
    write_checks(page, view);
    write_documents(page, detail);
    write_recordings(page, detail);
    write_index(page, detail);
    write_structure(page, view);
    write_events(page, detail);
    write_proof(page, view);
  }
  return page.finish();
}

}  // namespace anjuan::catalog
