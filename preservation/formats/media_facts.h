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
  std::uint64_t bytes = 0;
  SandboxReport sandbox;
};

/// Opens the file in a sandboxed child. A child that is killed, crashes or talks nonsense is a
/// fault (kUnreadable), never an exception. Throws Error(kCannotCheck | kIo | kInterrupted).
MediaFacts read_media_facts(const FileHandle& file, SandboxLevel least);

/// How a child ended that gave no result, in a few words for MediaFault::detail.
std::string end_text(const SandboxResult& result);

/// The memory and time that one recording may take. Threads share the memory.
SandboxLimits media_limits();

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

/// One object on a line of the worker's pipe.
void tell_parent(const Json& json);

/// Cuts what comes from a child into lines; refuses lines without end.
class LineCutter {
 public:
  static constexpr std::size_t kLineMax = 4 * 1024 * 1024;

  explicit LineCutter(std::function<void(std::string_view)> on_line)
      : on_line_(std::move(on_line)) {}

  /// Throws Error(kRefused).
  void feed(std::span<const std::byte> bytes);

 private:
  std::function<void(std::string_view)> on_line_;
  std::string rest_;
};

}  // namespace anjuan::formats
