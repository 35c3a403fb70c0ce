#include "catalog/http/format.h"
#include "catalog/http/labels.h"
#include "catalog/http/package_page.h"

namespace anjuan::catalog {

namespace {

std::string agent_text(const Page& page, const AgentRow& agent) {
  const auto name = agent.version.empty() ? agent.name : agent.name + " " + agent.version;
  if (agent.role.empty()) return name;
  const auto* colon = page.language() == Language::kChinese ? "：" : ": ";
  return role_label(page, agent.role) + colon + name;
}

void write_event(Page& page, const EventRow& event) {
  auto& html = page.html();
  const bool plain = event.outcome == "success";
  const HtmlScope item(html, "li", {{"class", plain ? "event" : "event attention"}});
  html.element("time", {{"datetime", event.time}}, readable_time(event.time));
  const HtmlScope what(html, "div");
  {
    const HtmlScope line(html, "p", {{"class", "what"}});
    html.element("strong", event_type_label(page, event.type));
    if (!event.outcome.empty()) {
      html.element("span", {{"class", "outcome"}}, outcome_label(page, event.outcome));
    }
  }
  if (!event.detail.empty()) html.element("p", event.detail);
  if (!event.outcome_note.empty()) html.element("p", event.outcome_note);
  std::string agents;
  for (const auto& agent : event.agents) {
    agents += (agents.empty() ? "" : " · ") + agent_text(page, agent);
  }
  if (!agents.empty()) html.element("p", {{"class", "who"}}, agents);
}

const FileRow* file_at(const std::vector<FileRow>& files, std::string_view path) {
  for (const auto& file : files) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

void write_digest(Page& page, std::string_view label_id, const std::string& digest) {
  auto& html = page.html();
  html.element("dt", page.say(label_id));
  const HtmlScope value(html, "dd");
  html.element("code", {{"class", "whole-digest"}}, digest);
}

void write_step(Page& page, std::string_view id, const std::string& command) {
  auto& html = page.html();
  const HtmlScope item(html, "li");
  html.element("p", page.say(id));
  if (command.empty()) return;
  const HtmlScope box(html, "pre");
  html.element("code", command);
}

}  // namespace

void write_events(Page& page, const PackageDetail& detail) {
  const Part part(page, "events", "catalog.part_events",
                  static_cast<std::int64_t>(detail.events.size()));
  if (detail.events.empty()) {
    page.html().element("p", {{"class", "none"}}, page.say("catalog.no_events"));
    return;
  }
  const HtmlScope list(page.html(), "ol", {{"class", "timeline"}});
  for (const auto& event : detail.events) write_event(page, event);
}

void write_proof(Page& page, const PackageView& view) {
  const auto& package = view.detail.package;
  auto& html = page.html();
  const Part part(page, "proof", "catalog.part_proof", 0);
  html.element("p", {{"class", "lead"}}, page.say("catalog.proof_lead"));
  {
    const HtmlScope facts(html, "dl", {{"class", "digests"}});
    write_fact(page, "catalog.package_id", package.id);
    write_fact(page, "catalog.version", fmt::format("{}", package.version));
    write_digest(page, "catalog.inventory_digest", package.inventory_digest);
    if (const auto* mets = file_at(view.files, "METS.xml")) {
      write_digest(page, "catalog.mets_digest", mets->sha512);
    }
  }
  html.element("h3", page.say("catalog.check_yourself"));
  {
    const HtmlScope steps(html, "ol", {{"class", "steps"}});
    write_step(page, "catalog.check_go", "cd storage/" + view.object_key);
    write_step(page, "catalog.check_inventory",
               "sha512sum inventory.json\ncat inventory.json.sha512");
    write_step(page, "catalog.check_all", "anjuan-verify .");
  }
  if (const auto* readme = file_at(view.files, "documentation/README.txt")) {
    const HtmlScope line(html, "p");
    html.text(page.say("catalog.check_readme"));
    html.element("a", {{"href", file_link(page, package.id, readme->id)}}, "README.txt");
  }
}

}  // namespace anjuan::catalog
