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

void tell_parent(const Json& json) {
  const std::string line = json.dump() + "\n";
  write_worker_output(std::as_bytes(std::span(line)));
}

void LineCutter::feed(std::span<const std::byte> bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  while (true) {
    const auto end = text.find('\n');
    if (rest_.size() + std::min(end, text.size()) > kLineMax) {
      throw Error(ErrorCode::kRefused, "worker", say("transcode.child_nonsense"));
    }
    if (end == text.npos) break;
    rest_ += text.substr(0, end);
    on_line_(rest_);
    rest_.clear();
    text.remove_prefix(end + 1);
  }
  rest_ += text;
}

std::string end_text(const SandboxResult& result) {
  constexpr std::string_view kWords[] = {"no result",     "failed",  "stopped by a limit",
                                         "forbidden act", "timeout", "crashed"};
  constexpr std::size_t kDiagnosticsShown = 200;
  return fmt::format("{} {}", kWords[static_cast<std::size_t>(result.end)],
                     result.diagnostics.substr(0, kDiagnosticsShown));
}

SandboxLimits media_limits() {
  SandboxLimits limits;
  limits.memory_bytes = 4ULL * 1024 * 1024 * 1024;
  limits.cpu = std::chrono::hours(24);
  limits.wall = std::chrono::hours(24);
  return limits;
}

MediaFacts read_media_facts(const FileHandle& file, SandboxLevel least) {
  MediaFacts facts;
  facts.fault = MediaFault{MediaFaultKind::kUnreadable, ""};
  SandboxJob job;
  job.worker = "media-facts";
  job.input_descriptor = file.get();
  job.limits = media_limits();
  job.limits.cpu = std::chrono::minutes(2);
  job.limits.wall = std::chrono::minutes(4);
  job.least = least;
  LineCutter lines([&facts](std::string_view line) { take(line, facts); });
  try {
    const SandboxResult result =
        run_sandboxed(job, [&lines](std::span<const std::byte> bytes) { lines.feed(bytes); });
    facts.sandbox = result.report;
    if (result.end != SandboxEnd::kOk) {
      facts.fault = MediaFault{MediaFaultKind::kUnreadable, end_text(result)};
    }
  } catch (const Error& error) {
    const bool nonsense =
        error.code() == ErrorCode::kInvalid || error.code() == ErrorCode::kRefused;
    if (!nonsense) throw;
    facts.fault = MediaFault{MediaFaultKind::kUnreadable, error.what()};
  }
  return facts;
}

}  // namespace anjuan::formats
