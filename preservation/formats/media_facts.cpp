#include "preservation/formats/media_facts.h"

#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/media_program.h"

namespace anjuan::formats {

namespace {

MediaFacts told_by(std::string_view line) {
  const Json json = Json::parse(line, "media-facts");
  if (json.find("fault") == nullptr) return facts_from(json);
  MediaFacts facts;
  facts.fault = fault_from(json);
  return facts;
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
  SandboxReport report;
  const auto fault = run_media_worker(
      job, [&facts](std::string_view line) { facts = told_by(line); }, report);
  if (fault) {
    // Whatever stopped the reading of the facts, only an attack is told apart from a broken file.
    const bool attack = fault->kind == MediaFaultKind::kForbidden;
    facts.fault = MediaFault{attack ? fault->kind : MediaFaultKind::kUnreadable, fault->detail};
  }
  facts.bytes = bytes_of(file);
  facts.sandbox = std::move(report);
  return facts;
}

}  // namespace anjuan::formats
