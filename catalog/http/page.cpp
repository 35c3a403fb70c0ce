#include "catalog/http/page.h"

#include "catalog/http/icon.h"
#include "catalog/http/negotiate.h"

namespace anjuan::catalog {

Page::Page(const Visit& visit, const std::string& title) : visit_(visit) {
  html_.open("html", {{"lang", std::string(language_tag(visit_.language))}});
  head(title);
  html_.open("body");
  html_.element("a", {{"class", "skip"}, {"href", "#content"}}, say("catalog.skip"));
  banner();
  html_.open("main", {{"id", "content"}});
}

void Page::head(const std::string& title) {
  const HtmlScope scope(html_, "head");
  html_.empty("meta", {{"charset", "utf-8"}});
  html_.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  const auto program = say("catalog.program");
  html_.element("title", title.empty() ? program : fmt::format("{} · {}", title, program));
  html_.empty("link", {{"rel", "stylesheet"}, {"href", "/assets/catalog.css"}});
  html_.empty("link", {{"rel", "icon"}, {"href", "/assets/mark.svg"}, {"type", "image/svg+xml"}});
}

void Page::banner() {
  {
    const HtmlScope scope(html_, "header", {{"class", "banner"}});
    const HtmlScope inner(html_, "div", {{"class", "banner-inner"}});
    html_.element("a", {{"class", "wordmark"}, {"href", link("/")}}, say("catalog.program"));
    if (visit_.training) html_.element("span", {{"class", "training"}}, say("catalog.training"));
    language_switch();
  }
  html_.element("p", {{"class", "notice"}}, say("catalog.local_only"));
}

void Page::language_switch() {
  const bool chinese = visit_.language == Language::kChinese;
  const auto other = chinese ? Language::kEnglish : Language::kChinese;
  auto query = visit_.query;
  query["lang"] = language_tag(other);
  const std::string tag(language_tag(other));
  html_.element(
      "a",
      {{"class", "language"}, {"href", link(visit_.path, query)}, {"hreflang", tag}, {"lang", tag}},
      say_in(other, "catalog.language_name"));
}

std::string Page::say(std::string_view id, std::initializer_list<MessageArgument> arguments) const {
  return say_in(visit_.language, id, arguments);
}

std::string Page::link(const std::string& path, Query query) const {
  if (visit_.language_chosen) query.emplace("lang", language_tag(visit_.language));
  std::string out = path;
  char separator = '?';
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    out += separator + url_part(name) + "=" + url_part(value);
    separator = '&';
  }
  return out;
}

std::string Page::finish() {
  html_.close();  // main
  html_.close();  // body
  html_.close();  // html
  return html_.finish();
}

namespace {

struct Verdict {
  std::string_view word;
  std::string_view label;
  Icon icon;
};

constexpr std::array<Verdict, 5> kVerdicts = {{
    {"unchecked", "catalog.verdict_unchecked", Icon::kUnchecked},
    {"complete", "catalog.verdict_complete", Icon::kSound},
    {"defective", "catalog.verdict_defective", Icon::kWarning},
    {"incomplete", "catalog.verdict_incomplete", Icon::kWarning},
    {"blocked", "catalog.verdict_blocked", Icon::kBlocked},
}};

const Verdict* find_verdict(std::string_view word) {
  for (const auto& verdict : kVerdicts) {
    if (verdict.word == word) return &verdict;
  }
  return nullptr;
}

}  // namespace

std::string verdict_label(const Page& page, std::string_view verdict) {
  const auto* known = find_verdict(verdict);
  return known ? page.say(known->label) : std::string(verdict);
}

void write_verdict(Page& page, std::string_view verdict) {
  const auto* known = find_verdict(verdict);
  const std::string word(known ? known->word : "unknown");
  const HtmlScope scope(page.html(), "span", {{"class", "state state-" + word}});
  write_icon(page.html(), known ? known->icon : Icon::kUnchecked);
  page.html().text(verdict_label(page, verdict));
}

void write_fact(Page& page, std::string_view label_id, std::string_view value) {
  if (value.empty()) return;
  page.html().element("dt", page.say(label_id)).element("dd", value);
}

std::string url_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace anjuan::catalog
