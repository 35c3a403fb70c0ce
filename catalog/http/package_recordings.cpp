#include "catalog/http/format.h"
#include "catalog/http/labels.h"
#include "catalog/http/package_page.h"
#include "core/text.h"
#include "preservation/rules/wording.h"

namespace anjuan::catalog {

namespace {

/// The access copy of a file, which every browser plays, or nothing.
const CopyRow* access_copy(const RecordingRow& recording, const SegmentRow& segment) {
  if (!recording.measured) return nullptr;
  for (const auto& copy : recording.measured->copies) {
    if (copy.role == "access" && copy.source == segment.file && !copy.file.empty()) return &copy;
  }
  return nullptr;
}

/// `mime` of what the link leads to.
void write_player(Page& page, const std::string& link, const std::string& mime,
                  const SegmentRow& segment) {
  auto& html = page.html();
  if (mime.starts_with("video/")) {
    html.element(
        "video",
        {{"controls", ""}, {"preload", "metadata"}, {"src", link}, {"aria-label", segment.name}},
        "");
  } else if (mime.starts_with("audio/")) {
    html.element(
        "audio",
        {{"controls", ""}, {"preload", "metadata"}, {"src", link}, {"aria-label", segment.name}},
        "");
  } else if (mime.starts_with("image/")) {
    const HtmlScope target(html, "a", {{"href", link}});
    html.empty("img", {{"src", link}, {"alt", segment.name}, {"loading", "lazy"}});
  }
}

std::string segment_caption(const Page& page, const RecordingRow& recording, std::size_t number) {
  const auto& segment = recording.segments[number];
  std::string caption;
  if (recording.segments.size() > 1) {
    caption =
        page.say("catalog.segment", {{"number", fmt::format("{}", number + 1)},
                                     {"count", fmt::format("{}", recording.segments.size())}});
  }
  const auto add = [&](const std::string& part) {
    if (!part.empty()) caption += (caption.empty() ? "" : " · ") + part;
  };
  add(segment.name);
  add(readable_duration(segment.duration_s));
  if (segment.bytes > 0) add(human_bytes(static_cast<std::uint64_t>(segment.bytes)));
  return caption;
}

void write_copy(Page& page, const std::string& package, const CopyRow& copy) {
  auto& html = page.html();
  const HtmlScope line(html, "p", {{"class", "links"}});
  const auto label = copy_label(page, copy.role);
  if (copy.file.empty()) {
    html.element("span", {{"class", "none"}},
                 page.say("catalog.no_copy", {{"copy", label}, {"reason", copy.note}}));
    return;
  }
  html.element("a", {{"href", file_link(page, package, copy.file)}},
               fmt::format("{} · {}", label, human_bytes(static_cast<std::uint64_t>(copy.bytes))));
  if (copy.proof.empty()) return;
  html.element("a", {{"href", file_link(page, package, copy.proof)}},
               page.say("catalog.copy_proof"));
}

void write_copies(Page& page, const std::string& package, const RecordingRow& recording,
                  const SegmentRow& segment) {
  if (!recording.measured) return;
  for (const auto& copy : recording.measured->copies) {
    if (copy.source == segment.file) write_copy(page, package, copy);
  }
}

void write_segment(Page& page, const PackageDetail& detail, const RecordingRow& recording,
                   std::size_t number) {
  auto& html = page.html();
  const auto& segment = recording.segments[number];
  const HtmlScope figure(html, "figure");
  if (segment.file.empty()) {
    html.element("p", {{"class", "absent"}},
                 page.say("catalog.recording_not_here", {{"name", segment.name}}));
    return;
  }
  const auto link = file_link(page, detail.package.id, segment.file);
  const auto* copy = access_copy(recording, segment);
  const auto shown = copy ? file_link(page, detail.package.id, copy->file) : link;
  write_player(page, shown, copy ? copy->mime : segment.mime, segment);
  const HtmlScope caption(html, "figcaption");
  html.element("a", {{"href", link}}, segment_caption(page, recording, number));
  write_copies(page, detail.package.id, recording, segment);
}

/// What the archive found out beside what the case declares.
void write_measured_facts(Page& page, const MeasuredRow& row) {
  if (row.measured_ms > 0) write_fact(page, "catalog.measured", clock_of(row.measured_ms));
  if (!row.verdict.empty()) {
    write_fact(page, "catalog.coverage", percent_text(row.coverage_ppm));
  }
  if (row.step_coverage_ppm >= 0) {
    write_fact(page, "catalog.step_coverage", percent_text(row.step_coverage_ppm));
  }
  if (row.duty == "required") {
    write_fact(page, "catalog.duty",
               page.say("catalog.duty_required",
                        {{"article", rules::article_text(row.duty_article, page.language())}}));
  }
  if (row.due_kept.empty()) return;
  write_fact(page, "catalog.storage",
             page.say(fmt::format("catalog.storage_{}", row.due_kept),
                      {{"due", readable_time(row.due_at)},
                       {"article", rules::article_text(row.due_article, page.language())}}));
}

void write_facts(Page& page, const PackageDetail& detail, const RecordingRow& row) {
  auto& html = page.html();
  const HtmlScope facts(html, "div", {{"class", "media-facts"}});
  html.element("h3", fmt::format("{} {}", row.id, step_label(page, detail, row.step)));
  const HtmlScope list(html, "dl");
  // The four facts that Article 31 wants beside every recording, first and always.
  const auto stated = [&](const std::string& text) {
    return text.empty() ? page.say("catalog.not_stated") : text;
  };
  write_fact(page, "catalog.method", stated(row.method));
  write_fact(page, "catalog.made_at", stated(readable_time(row.made_at)));
  write_fact(page, "catalog.maker", stated(row.maker));
  write_fact(page, "catalog.purpose", stated(row.purpose));
  write_fact(page, "catalog.duration", readable_duration(row.duration_s));
  if (row.measured) write_measured_facts(page, *row.measured);
  write_fact(page, "catalog.device", row.device);
  write_fact(page, "catalog.location", row.location);
}

void write_recording(Page& page, const PackageDetail& detail, const RecordingRow& row) {
  auto& html = page.html();
  const HtmlScope frame(html, "article", {{"class", "recording"}});
  {
    const HtmlScope media(html, "div", {{"class", "media"}});
    if (row.segments.empty()) {
      html.element("p", {{"class", "absent"}}, page.say("catalog.recording_elsewhere"));
    }
    for (std::size_t i = 0; i < row.segments.size(); ++i) write_segment(page, detail, row, i);
  }
  write_facts(page, detail, row);
  if (row.measured) write_continuity(page, detail.package.id, *row.measured);
}

}  // namespace

void write_recordings(Page& page, const PackageDetail& detail) {
  const Part part(page, "recordings", "catalog.part_recordings",
                  static_cast<std::int64_t>(detail.recordings.size()));
  if (detail.recordings.empty()) {
    page.html().element("p", {{"class", "none"}}, page.say("catalog.no_recordings"));
    return;
  }
  for (const auto& row : detail.recordings) write_recording(page, detail, row);
}

}  // namespace anjuan::catalog
