#include "preservation/formats/media_facts.h"

#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/media_program.h"

namespace anjuan::formats {

namespace {

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
  job.program = kMediaProgram;
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
