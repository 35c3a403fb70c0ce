// The child of read_media_facts(): opens the file as libav presents it and as it is held.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include "preservation/formats/continuity/box_walker.h"
#include "preservation/formats/media_facts.h"

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

std::vector<EditFacts> edits_of(int descriptor, const AvSource& shown) {
  std::vector<EditFacts> edits;
  if (shown.info().format.find("mov") == std::string::npos) return edits;
  const AvSource held = AvSource::open(descriptor, EditLists::kIgnore);
  const auto count = std::min(shown.info().streams.size(), held.info().streams.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Held with = held_by(shown.stream(static_cast<int>(i)));
    const Held without = held_by(held.stream(static_cast<int>(i)));
    if (with.frames == without.frames && with.start == without.start) continue;
    edits.push_back({static_cast<int>(i), with.frames, without.frames, with.start, without.start});
  }
  return edits;
}

bool is_fast_start(int descriptor, std::uint64_t size) {
  const BoxFacts boxes = walk_boxes(descriptor, size);
  return boxes.index_first && !boxes.fragmented && !boxes.brand.empty() && boxes.brand != "qt  ";
}

int work(const std::vector<std::string>&) {
  reset_av_complaints();
  try {
    const AvSource source = AvSource::open(kWorkerInput);
    MediaFacts facts;
    facts.file = source.info();
    facts.edits = edits_of(kWorkerInput, source);
    facts.fast_start = is_fast_start(kWorkerInput, source.size());
    facts.complaints = av_complaints();
    tell_parent(to_json(facts));
  } catch (const MediaFault& fault) {
    tell_parent(to_json(fault));
  }
  return 0;
}

const WorkerRegistration facts_worker{"media-facts", work};

}  // namespace

}  // namespace anjuan::formats
