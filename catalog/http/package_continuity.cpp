// The part of a recording's sheet that says whether it goes on without a break (全程不间断), from
// its sidecar: verdict in words, coverage, strip, gaps with their times, documents.

#include "catalog/http/continuity_strip.h"
#include "catalog/http/format.h"
#include "catalog/http/icon.h"
#include "catalog/http/labels.h"
#include "catalog/http/package_page.h"

namespace anjuan::catalog {

namespace {

/// More are counted, not listed: continuity.xml lists them all.
constexpr std::size_t kGapsShownMax = 100;
constexpr std::size_t kFindingsShownMax = 50;
/// The drawing's own units; the page stretches it.
constexpr double kStripWidth = 1000;
constexpr double kStripHeight = 16;
/// A gap of one second in an hour must still be seen.
constexpr double kMissingWidthMin = 5;

struct Look {
  std::string_view verdict;
  Icon icon;
  std::string_view style;
};

constexpr std::array<Look, 6> kLooks = {{
    {"CONTINUOUS_CONFIRMED", Icon::kSound, "complete"},
    {"CONTINUOUS_NOT_CONTRADICTED", Icon::kSound, "unchecked"},
    {"CLOCK_ADJUSTED", Icon::kWarning, "unchecked"},
    {"GAP_FOUND", Icon::kBlocked, "blocked"},
    {"EDIT_TRACE", Icon::kWarning, "defective"},
    {"UNDETERMINED", Icon::kUnchecked, "unchecked"},
}};

std::int64_t missing_ms(const MeasuredRow& row) {
  std::int64_t sum = 0;
  for (const auto& gap : row.gaps) sum += gap.missing_ms;
  return sum;
}

void write_continuity_verdict(Page& page, const MeasuredRow& row) {
  auto& html = page.html();
  const auto look = std::find_if(kLooks.begin(), kLooks.end(),
                                 [&](const Look& each) { return each.verdict == row.verdict; });
  const bool known = look != kLooks.end();
  {
    const HtmlScope line(html, "p", {{"class", "continuity-verdict"}});
    html.element("span", {{"class", "term"}}, page.say("catalog.continuity"));
    const HtmlScope state(
        html, "strong",
        {{"class", fmt::format("state state-{}", known ? look->style : "unknown")}});
    write_icon(html, known ? look->icon : Icon::kUnchecked);
    html.text(continuity_label(page, row.verdict));
  }
  if (!known) return;
  html.element("p", {{"class", "lead"}},
               page.say(fmt::format("continuity.verdict_{}", row.verdict),
                        {{"coverage", percent_text(row.coverage_ppm)},
                         {"times", ""},  // each gap has a line of its own below
                         {"count", fmt::format("{}", row.gaps.size())},
                         {"missing", seconds_text(missing_ms(row))}}));
}

void write_no_verdict(Page& page, const MeasuredRow& row) {
  const HtmlScope line(page.html(), "p", {{"class", "continuity-verdict"}});
  page.html().element("span", {{"class", "term"}}, page.say("catalog.continuity"));
  page.html().text(not_measured_label(page, row.not_measured));
}

std::string gap_text(const Page& page, const MeasuredRow& row, const GapRow& gap) {
  const auto missing = seconds_text(gap.missing_ms);
  if (!gap.from_clock.empty() && !gap.to_clock.empty()) {
    return page.say("catalog.gap_by_clock", {{"from", readable_clock(gap.from_clock)},
                                             {"to", readable_clock(gap.to_clock)},
                                             {"missing", missing}});
  }
  if (row.parts.size() > 1) {
    return page.say("catalog.gap_in_segment", {{"number", fmt::format("{}", gap.part + 1)},
                                               {"at", clock_of(gap.at_ms)},
                                               {"missing", missing}});
  }
  return page.say("catalog.gap_at", {{"at", clock_of(gap.at_ms)}, {"missing", missing}});
}

std::string unit(double value) { return fmt::format("{:.2f}", value); }

void write_piece(Page& page, const MeasuredRow& row, const StripPiece& piece, double scale) {
  auto& html = page.html();
  const bool missing = piece.kind == StripPiece::Kind::kMissing;
  auto width = static_cast<double>(piece.length_ms) * scale;
  auto left = static_cast<double>(piece.from_ms) * scale;
  if (missing && width < kMissingWidthMin) {
    left = std::clamp(left - (kMissingWidthMin - width) / 2, 0.0, kStripWidth - kMissingWidthMin);
    width = kMissingWidthMin;
  }
  const HtmlScope bar(html, "rect",
                      {{"class", missing ? "missing" : "recorded"},
                       {"x", unit(left)},
                       {"y", "0"},
                       {"width", unit(width)},
                       {"height", unit(kStripHeight)}});
  if (missing) html.element("title", gap_text(page, row, row.gaps[piece.gap]));
}

/// What recorded and missing pieces are in words; gaps last, so that no bar covers one.
void write_drawing(Page& page, const MeasuredRow& row, const std::vector<StripPiece>& strip) {
  const auto total = length_of(strip);
  const HtmlScope drawing(
      page.html(), "svg",
      {{"class", "strip"},
       {"viewBox", fmt::format("0 0 {} {}", kStripWidth, kStripHeight)},
       {"preserveAspectRatio", "none"},
       {"role", "img"},
       {"aria-label", page.say("catalog.strip", {{"recorded", clock_of(total - missing_ms(row))},
                                                 {"count", fmt::format("{}", row.gaps.size())},
                                                 {"missing", seconds_text(missing_ms(row))}})}});
  const auto scale = kStripWidth / static_cast<double>(total);
  for (const auto kind : {StripPiece::Kind::kRecorded, StripPiece::Kind::kMissing}) {
    for (const auto& piece : strip) {
      if (piece.kind == kind) write_piece(page, row, piece, scale);
    }
  }
}

void write_axis(Page& page, const MeasuredRow& row, std::int64_t total) {
  auto& html = page.html();
  const HtmlScope axis(html, "p", {{"class", "strip-axis"}});
  const auto& first = row.parts.front().first_clock;
  const auto& last = row.parts.back().last_clock;
  const bool clock = !first.empty() && !last.empty();
  html.element("span", clock ? readable_clock(first) : clock_of(0));
  html.element("span", clock ? readable_clock(last) : clock_of(total));
}

void write_strip(Page& page, const MeasuredRow& row) {
  const auto strip = strip_of(row);
  if (strip.empty()) return;
  write_drawing(page, row, strip);
  write_axis(page, row, length_of(strip));
}

void write_gaps(Page& page, const MeasuredRow& row) {
  if (row.gaps.empty()) return;
  auto& html = page.html();
  const HtmlScope list(html, "ul", {{"class", "gaps"}});
  const auto shown = std::min(row.gaps.size(), kGapsShownMax);
  for (std::size_t i = 0; i < shown; ++i) html.element("li", gap_text(page, row, row.gaps[i]));
  if (shown == row.gaps.size()) return;
  html.element(
      "li", page.say("catalog.more_gaps", {{"count", fmt::format("{}", row.gaps.size() - shown)}}));
}

void write_crops(Page& page, const std::string& report, const FoundRow& found) {
  if (found.crops == 0) return;
  auto& html = page.html();
  const HtmlScope line(html, "p", {{"class", "crops"}});
  for (std::int64_t i = 0; i < found.crops; ++i) {
    html.empty("img",
               {{"src", fmt::format("{}/crops/{}", report, found.first_crop + i)},
                {"alt", page.say("catalog.crop", {{"number", fmt::format("{}", i + 1)},
                                                  {"count", fmt::format("{}", found.crops)}})},
                {"loading", "lazy"}});
  }
}

/// The judge's own sentences, with the clock as the pictures show it.
void write_reasons(Page& page, const std::string& package, const MeasuredRow& row) {
  auto& html = page.html();
  html.element("summary", page.say("catalog.continuity_basis",
                                   {{"count", fmt::format("{}", row.findings.size())}}));
  const HtmlScope list(html, "ol");
  const auto shown = std::min(row.findings.size(), kFindingsShownMax);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& found = row.findings[i];
    const HtmlScope item(html, "li");
    html.text(page.language() == Language::kChinese ? found.message_zh : found.message_en);
    if (!row.report.empty()) write_crops(page, file_path(package, row.report), found);
  }
  if (shown == row.findings.size()) return;
  html.element("li", page.say("catalog.more_gaps",
                              {{"count", fmt::format("{}", row.findings.size() - shown)}}));
}

/// Where a person is asked to look, what to look at stands open.
void write_basis(Page& page, const std::string& package, const MeasuredRow& row) {
  if (row.findings.empty()) return;
  if (row.verdict.starts_with("CONTINUOUS_")) {
    const HtmlScope basis(page.html(), "details", {{"class", "basis"}});
    write_reasons(page, package, row);
  } else {
    const HtmlScope basis(page.html(), "details", {{"class", "basis"}, {"open", ""}});
    write_reasons(page, package, row);
  }
}

void write_documents_of(Page& page, const std::string& package, const MeasuredRow& row) {
  if (row.sidecar.empty() && row.report.empty()) return;
  auto& html = page.html();
  const HtmlScope line(html, "p", {{"class", "links"}});
  if (!row.sidecar.empty()) {
    html.element("a", {{"href", file_link(page, package, row.sidecar)}},
                 page.say("catalog.sidecar"));
  }
  if (!row.report.empty()) {
    html.element("a", {{"href", file_link(page, package, row.report)}},
                 page.say("catalog.continuity_report"));
  }
}

}  // namespace

void write_continuity(Page& page, const std::string& package, const MeasuredRow& row) {
  const HtmlScope frame(page.html(), "div", {{"class", "continuity"}});
  if (row.verdict.empty()) {
    write_no_verdict(page, row);
  } else {
    write_continuity_verdict(page, row);
    write_strip(page, row);
    write_gaps(page, row);
    write_basis(page, package, row);
  }
  write_documents_of(page, package, row);
}

}  // namespace anjuan::catalog
