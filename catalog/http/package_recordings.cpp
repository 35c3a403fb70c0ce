#include "catalog/http/format.h"
#include "catalog/http/labels.h"
#include "catalog/http/package_page.h"
#include "core/text.h"

namespace anjuan::catalog {

namespace {

void write_player(Page& page, const std::string& link, const SegmentRow& segment) {
  auto& html = page.html();
  if (segment.mime.starts_with("video/")) {
    html.element(
        "video",
        {{"controls", ""}, {"preload", "metadata"}, {"src", link}, {"aria-label", segment.name}},
        "");
  } else if (segment.mime.starts_with("audio/")) {
    html.element(
        "audio",
        {{"controls", ""}, {"preload", "metadata"}, {"src", link}, {"aria-label", segment.name}},
        "");
  } else if (segment.mime.starts_with("image/")) {
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
  write_player(page, link, segment);
  const HtmlScope caption(html, "figcaption");
  html.element("a", {{"href", link}}, segment_caption(page, recording, number));
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
  write_fact(page, "catalog.device", row.device);
  write_fact(page, "catalog.location", row.location);
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
