#include "preservation/formats/media_facts.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::formats {

namespace {

struct Held {
  std::int64_t frames = 0;
  std::int64_t start = kNoTime;
};

/// From the index, which MP4 and QuickTime have whole once they are open.
Held held_by(const AVStream& stream) {
  Held held;
  held.start = stream.start_time;
  const int entries = avformat_index_get_entries_count(&stream);
  for (int i = 0; i < entries; ++i) {
    const auto* entry = avformat_index_get_entry(const_cast<AVStream*>(&stream), i);
    if (entry != nullptr && (entry->flags & AVINDEX_DISCARD_FRAME) == 0) ++held.frames;
  }
  return held;
}

Json edits_of(int descriptor, const AvSource& shown) {
  Json edits = Json::array();
  if (shown.info().format.find("mov") == std::string::npos) return edits;
  const AvSource held = AvSource::open(descriptor, EditLists::kIgnore);
  const auto count = std::min(shown.info().streams.size(), held.info().streams.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Held with = held_by(shown.stream(static_cast<int>(i)));
    const Held without = held_by(held.stream(static_cast<int>(i)));
    if (with.frames == without.frames && with.start == without.start) continue;
    edits.append(Json::array({Json::integer(static_cast<std::int64_t>(i)),
                              Json::integer(with.frames), Json::integer(without.frames),
                              Json::integer(with.start), Json::integer(without.start)}));
  }
  return edits;
}

int work(const std::vector<std::string>&) {
  reset_av_complaints();
  try {
    const AvSource source = AvSource::open(kWorkerInput);
    const Json edits = edits_of(kWorkerInput, source);
    tell_parent(Json::object({{"file", to_json(source.info())},
                              {"edits", edits},
                              {"complaints", to_json(av_complaints())}}));
  } catch (const MediaFault& fault) {
    tell_parent(to_json(fault));
  }
  return 0;
}

const WorkerRegistration facts_worker{"media-facts", work};

void take(std::string_view line, MediaFacts& facts) {
  const Json json = Json::parse(line, "media-facts");
  if (json.find("fault") != nullptr) {
    facts.fault = fault_from(json);
    return;
  }
  const Json* file = json.find("file");
  const Json* edits = json.find("edits");
  const Json* complaints = json.find("complaints");
  if (file == nullptr || edits == nullptr || complaints == nullptr) {
    throw Error(ErrorCode::kInvalid, "media-facts", say("transcode.child_nonsense"));
  }
  facts.file = file_info_from(*file);
  facts.complaints = complaints_from(*complaints);
  for (const Json& edit : edits->items()) {
    const auto& parts = edit.items();
    if (parts.size() != 5 || facts.edits.size() == AvSource::kStreamsMax) continue;
    facts.edits.push_back({static_cast<int>(parts[0].as_integer()), parts[1].as_integer(),
                           parts[2].as_integer(), parts[3].as_integer(), parts[4].as_integer()});
  }
  facts.fault.reset();
}

}  // namespace

MediaFacts read_media_facts(const FileHandle& file, SandboxLevel least) {
  MediaFacts facts;
  facts.fault = MediaFault{MediaFaultKind::kUnreadable, "no report"};
  SandboxJob job;
  job.worker = "media-facts";
  job.input_descriptor = file.get();
  job.limits = media_limits(0);
  job.least = least;
  const auto fault = run_media_worker(
      job, [&facts](std::string_view line) { take(line, facts); }, facts.sandbox);
  if (fault) facts.fault = MediaFault{MediaFaultKind::kUnreadable, fault->detail};
  return facts;
}

}  // namespace anjuan::formats
