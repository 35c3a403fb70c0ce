#include "preservation/formats/recording_pass.h"

namespace anjuan::formats {

namespace {

DerivationResult derive_as(const PassJob& job, DerivationPurpose purpose, std::string_view ending,
                           const FormatPolicy& policy, Progress& progress) {
  DerivationJob one;
  one.input = job.input;
  one.output = job.folder / (job.key + std::string(ending));
  one.purpose = purpose;
  one.notes = job.notes;
  one.budget_bytes = job.budget_bytes;
  one.least = job.least;
  return derive(one, policy, progress);
}

}  // namespace

RecordingPass pass_recording(const PassJob& job, const FormatPolicy& policy, Progress& progress) {
  RecordingPass pass;
  pass.facts = read_media_facts(FileHandle::open_read(job.input), job.least);
  pass.observed = observe(job.input, job.observer, job.least);
  if (job.depth == PassDepth::kObserve) return pass;
  pass.preservation = derive_as(job, DerivationPurpose::kPreservation, ".mkv", policy, progress);
  pass.access = derive_as(job, DerivationPurpose::kAccess, ".mp4", policy, progress);
  return pass;
}

}  // namespace anjuan::formats
