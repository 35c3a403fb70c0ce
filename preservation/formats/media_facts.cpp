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

MediaFacts read_media_facts(const FileHandle& file, SandboxLevel least) {
  MediaFacts facts;
  facts.fault = MediaFault{MediaFaultKind::kUnreadable, "no report"};
  SandboxJob job;
  job.worker = "media-facts";
  job.program = kMediaProgram;
  job.input_descriptor = file.get();
  job.limits = media_limits(0);
  job.least = least;
  const auto fault = run_media_worker(
      job, [&facts](std::string_view line) { take(line, facts); }, facts.sandbox);
  if (fault) facts.fault = MediaFault{MediaFaultKind::kUnreadable, fault->detail};
  return facts;
}

}  // namespace anjuan::formats
