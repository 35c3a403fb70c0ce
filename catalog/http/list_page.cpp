#include "catalog/http/list_page.h"

#include <charconv>

#include "catalog/http/format.h"
#include "catalog/http/labels.h"
#include "catalog/http/negotiate.h"
#include "core/text.h"

namespace anjuan::catalog {

namespace {

constexpr std::size_t kFilterBytesMax = 200;  // longer than any title that a person would type

std::string value_of(const Visit& visit, const std::string& name) {
  const auto found = visit.query.find(name);
  return found == visit.query.end() ? std::string() : found->second;
}

std::optional<std::int64_t> number_of(const std::string& text) {
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || result.ec != std::errc() || result.ptr != text.data() + text.size())
    return {};
  return value;
}

PackageFilter filter_of(const Visit& visit) {
  PackageFilter filter;
  filter.text = value_of(visit, "q");
  if (filter.text.size() > kFilterBytesMax) filter.text.clear();
  filter.year = number_of(value_of(visit, "year"));
  filter.verdict = value_of(visit, "state");
  filter.continuity = value_of(visit, "continuity");
  constexpr std::int64_t kPageMax = 1'000'000;
  const auto page =
      std::clamp<std::int64_t>(number_of(value_of(visit, "page")).value_or(1), 1, kPageMax);
  filter.limit = kPackagesPerPage;
  filter.offset = (page - 1) * kPackagesPerPage;
  return filter;
}

bool filters(const PackageFilter& filter) {
  return !filter.text.empty() || filter.year || !filter.verdict.empty() ||
         !filter.continuity.empty();
}

void write_option(Page& page, const std::string& value, const std::string& label,
                  const std::string& chosen) {
  if (value == chosen) {
    page.html().element("option", {{"value", value}, {"selected", ""}}, label);
  } else {
    page.html().element("option", {{"value", value}}, label);
  }
}

void write_year_choice(Page& page, const PackageFilter& filter, const Index& index) {
  const HtmlScope label(page.html(), "label");
  page.html().element("span", page.say("catalog.year"));
  const HtmlScope choice(page.html(), "select", {{"name", "year"}});
  const auto chosen = filter.year ? fmt::format("{}", *filter.year) : std::string();
  write_option(page, "", page.say("catalog.all_years"), chosen);
  for (const auto year : index.years()) {
    const auto text = fmt::format("{}", year);
    write_option(page, text, text, chosen);
  }
}

void write_state_choice(Page& page, const PackageFilter& filter) {
  const HtmlScope label(page.html(), "label");
  page.html().element("span", page.say("catalog.state"));
  const HtmlScope choice(page.html(), "select", {{"name", "state"}});
  write_option(page, "", page.say("catalog.all_states"), filter.verdict);
  for (const auto* word : {"unchecked", "complete", "defective", "incomplete", "blocked"}) {
    write_option(page, word, verdict_label(page, word), filter.verdict);
  }
}

void write_continuity_choice(Page& page, const PackageFilter& filter) {
  const HtmlScope label(page.html(), "label");
  page.html().element("span", page.say("catalog.continuity"));
  const HtmlScope choice(page.html(), "select", {{"name", "continuity"}});
  write_option(page, "", page.say("catalog.all_continuity"), filter.continuity);
  for (const auto word : kContinuityVerdicts) {
    write_option(page, std::string(word), continuity_label(page, word), filter.continuity);
  }
}

void write_filter(Page& page, const PackageFilter& filter, const Index& index) {
  auto& html = page.html();
  const HtmlScope form(
      html, "form", {{"class", "filter"}, {"method", "get"}, {"action", "/"}, {"role", "search"}});
  {
    const HtmlScope label(html, "label", {{"class", "wide"}});
    html.element("span", page.say("catalog.filter_text"));
    html.empty("input", {{"type", "search"},
                         {"name", "q"},
                         {"value", filter.text},
                         {"maxlength", "60"},
                         {"placeholder", page.say("catalog.filter_hint")}});
  }
  write_year_choice(page, filter, index);
  write_state_choice(page, filter);
  write_continuity_choice(page, filter);
  if (page.visit().language_chosen) {
    html.empty("input", {{"type", "hidden"},
                         {"name", "lang"},
                         {"value", std::string(language_tag(page.language()))}});
  }
  html.element("button", {{"type", "submit"}}, page.say("catalog.filter"));
  if (filters(filter)) {
    html.element("a", {{"class", "reset"}, {"href", page.link("/")}}, page.say("catalog.show_all"));
  }
}

void write_cell(Page& page, std::string_view label_id, std::string_view value, bool number) {
  page.html().element("td", {{"class", number ? "number" : ""}, {"data-label", page.say(label_id)}},
                      value);
}

std::string recordings_text(Page& page, const PackageRow& row) {
  if (row.recordings == 0) return "—";
  const auto count = fmt::format("{}", row.recordings);
  const auto length = readable_duration(row.recorded_s);
  if (length.empty()) return count;
  return page.say("catalog.recordings_length", {{"count", count}, {"length", length}});
}

void write_row(Page& page, const PackageRow& row) {
  auto& html = page.html();
  const HtmlScope line(html, "tr");
  const auto target = page.link("/packages/" + row.id);
  {
    const HtmlScope cell(html, "th", {{"scope", "row"}});
    html.element("a", {{"href", target}}, row.case_no.empty() ? row.id : row.case_no);
  }
  {
    const HtmlScope cell(html, "td",
                         {{"class", "title"}, {"data-label", page.say("catalog.title")}});
    html.text(row.title);
  }
  write_cell(page, "catalog.party", row.parties, false);
  write_cell(page, "catalog.year", row.year > 0 ? fmt::format("{}", row.year) : "", true);
  write_cell(page, "catalog.retention",
             readable_retention(page.language(), row.retention_code, row.retention_years), false);
  write_cell(page, "catalog.documents", fmt::format("{}", row.documents), true);
  write_cell(page, "catalog.pages", fmt::format("{}", row.pages), true);
  write_cell(page, "catalog.recordings", recordings_text(page, row), true);
  const HtmlScope cell(html, "td", {{"data-label", page.say("catalog.state")}});
  write_verdict(page, row.verdict);
}

void write_table(Page& page, const PackageList& list) {
  auto& html = page.html();
  const HtmlScope frame(html, "div", {{"class", "sheet"}});
  const HtmlScope table(html, "table", {{"class", "packages"}});
  {
    const HtmlScope head(html, "thead");
    const HtmlScope line(html, "tr");
    for (const auto* id : {"catalog.case_no", "catalog.title", "catalog.party"}) {
      html.element("th", {{"scope", "col"}}, page.say(id));
    }
    html.element("th", {{"scope", "col"}, {"class", "number"}}, page.say("catalog.year"));
    html.element("th", {{"scope", "col"}}, page.say("catalog.retention"));
    for (const auto* id : {"catalog.documents", "catalog.pages", "catalog.recordings"}) {
      html.element("th", {{"scope", "col"}, {"class", "number"}}, page.say(id));
    }
    html.element("th", {{"scope", "col"}}, page.say("catalog.state"));
  }
  const HtmlScope body(html, "tbody");
  for (const auto& row : list.rows) write_row(page, row);
}

Query query_of_page(const Visit& visit, std::int64_t number) {
  Query query = visit.query;
  query.erase("lang");
  query["page"] = fmt::format("{}", number);
  return query;
}

void write_paging(Page& page, const PackageFilter& filter, const PackageList& list) {
  if (list.total <= filter.limit) return;
  auto& html = page.html();
  const HtmlScope frame(html, "nav", {{"class", "paging"}});
  const auto number = filter.offset / filter.limit + 1;
  const auto last = (list.total + filter.limit - 1) / filter.limit;
  if (number > 1) {
    html.element("a", {{"href", page.link("/", query_of_page(page.visit(), number - 1))}},
                 page.say("catalog.previous"));
  }
  html.element("span", page.say("catalog.page_of", {{"page", fmt::format("{}", number)},
                                                    {"last", fmt::format("{}", last)}}));
  if (number < last) {
    html.element("a", {{"href", page.link("/", query_of_page(page.visit(), number + 1))}},
                 page.say("catalog.next"));
  }
}

void write_empty(Page& page, const PackageFilter& filter) {
  auto& html = page.html();
  const HtmlScope frame(html, "div", {{"class", "empty"}});
  if (filters(filter)) {
    html.element("p", page.say("catalog.nothing_found"));
    return;
  }
  html.element("h2", page.say("catalog.nothing_yet"));
  html.element("p", page.say("catalog.first_step"));
  const HtmlScope box(html, "pre");
  html.element("code", page.say("catalog.first_command"));
}

void write_findings(Page& page, const Index& index) {
  const auto findings = index.findings();
  if (findings.empty()) return;
  auto& html = page.html();
  const HtmlScope frame(html, "section", {{"class", "findings"}});
  html.element("h2", page.say("catalog.findings", {{"count", fmt::format("{}", findings.size())}}));
  const HtmlScope list(html, "ul");
  for (const auto& finding : findings) html.element("li", finding.message);
}

}  // namespace

std::string list_page(const Visit& visit, const Index& index) {
  const auto filter = filter_of(visit);
  const auto list = index.list(filter);
  Page page(visit, "");
  auto& html = page.html();
  {
    const HtmlScope head(html, "div", {{"class", "page-head"}});
    html.element("h1", page.say("catalog.list"));
    html.element("p", {{"class", "count"}},
                 page.say("catalog.count", {{"count", fmt::format("{}", list.total)}}));
  }
  write_findings(page, index);
  if (index.packages() > 0) write_filter(page, filter, index);
  if (list.rows.empty()) {
    write_empty(page, filter);
  } else {
    write_table(page, list);
    write_paging(page, filter, list);
  }
  return page.finish();
}

}  // namespace anjuan::catalog
