#pragma once
// What a recording is, as the sandboxed child tells it: container, streams, edits.
//
// The parent believes sizes and kinds only after checking them; texts are shown, never obeyed.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/durable.h"
#include "core/json.h"
#include "core/sandbox.h"
#include "preservation/formats/av_source.h"
#include "preservation/formats/media_child.h"

namespace anjuan::formats {

/// What an edit list hides: of one stream, as a player shows it and as the file holds it.
struct EditFacts {
  int stream = 0;
  std::int64_t shown_frames = 0;
  std::int64_t held_frames = 0;
  std::int64_t shown_start = kNoTime;
  std::int64_t held_start = kNoTime;
};

struct MediaFacts {
  std::optional<MediaFault> fault;  ///< if set: nothing else is known
  AvFileInfo file;
  std::vector<EditFacts> edits;  ///< streams where the two differ
  AvComplaints complaints;       ///< of libav, while opening
  /// An MP4 (not QuickTime) in one piece whose index stands before its media: it plays while it
  /// is still being fetched.
  bool fast_start = false;
  std::uint64_t bytes = 0;
  SandboxReport sandbox;
};

/// Opens the file in a sandboxed child. A child that is killed, crashes or talks nonsense is a
/// fault (kUnreadable), never an exception. Throws Error(kCannotCheck | kIo | kInterrupted).
MediaFacts read_media_facts(const FileHandle& file, SandboxLevel least);

/// Of a recording that could be opened; without the report of the sandbox and the length.
Json to_json(const MediaFacts& facts);
/// Throws Error(kInvalid) for what is no description of a recording.
MediaFacts facts_from(const Json& json);

Json to_json(const AvFileInfo& info);
/// Throws Error(kInvalid) for what is no description of a file, or has too many streams.
AvFileInfo file_info_from(const Json& json);

Json to_json(const AvTags& tags);
AvTags tags_from(const Json& json);
Json to_json(const std::vector<AvChapter>& chapters);
std::vector<AvChapter> chapters_from(const Json& json);
Json to_json(const MediaFault& fault);
MediaFault fault_from(const Json& json);
Json to_json(const AvComplaints& complaints);
AvComplaints complaints_from(const Json& json);

}  // namespace anjuan::formats
