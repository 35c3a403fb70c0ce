#include "ingest/media.h"

#include <map>

#include "ingest/media_queue.h"
#include "preservation/formats/continuity/continuity_words.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

using formats::PassDepth;

namespace {

std::vector<std::string> files_of(const CaseRecording& recording) {
  if (recording.segments.empty()) return {recording.file};
  std::vector<std::string> files;
  for (const CaseSegment& segment : recording.segments) files.push_back(segment.file);
  return files;
}

/// Where all of a recording's files are; nothing unless every one is here.
std::vector<MediaFile> find_all(const CaseRecording& recording, const FindMedia& find) {
  std::vector<MediaFile> found;
  for (const std::string& name : files_of(recording)) {
    auto file = name.empty() ? std::nullopt : find(name);
    if (!file) return {};
    found.push_back(std::move(*file));
  }
  return found;
}

/// Of the recorder that the case names. A number that is no plain name has no profile.
std::optional<formats::DeviceProfile> profile_of(const CaseRecording& recording,
                                                 const MeasureJob& job) {
  const std::string& device = recording.device_id;
  const bool is_name = !device.empty() && device.front() != '.' &&
                       device.find_first_of("/\\") == std::string::npos &&
                       device.find('\0') == std::string::npos;
  if (!job.devices || !is_name) return std::nullopt;
  const fs::path file = *job.devices / (device + ".json");
  std::error_code error;
  if (!fs::exists(file, error)) return std::nullopt;
  return formats::read_device_profile(file);
}

std::optional<double> wall_of(const std::string& declared) {
  const auto instant = instant_of(declared);
  return instant ? std::optional(formats::wall_seconds(*instant)) : std::nullopt;
}

/// A step that several recordings cover is not asked of each of them.
void add_step(const CaseRecording& recording, const CaseFile& declared,
              formats::JudgeInput& input) {
  const auto& all = declared.recordings();
  const auto of_step = std::count_if(all.begin(), all.end(), [&](const CaseRecording& one) {
    return one.event == recording.event && one.continuous == true;
  });
  if (of_step > 1) return;
  for (const CaseEvent& event : declared.events()) {
    if (event.id != recording.event || event.id.empty()) continue;
    input.step_start_s = wall_of(event.start);
    input.step_end_s = wall_of(event.end);
  }
}

std::optional<MeasuredContinuity> continuity_of(const CaseRecording& declared,
                                                const MeasuredRecording& measured,
                                                const MeasureJob& job) {
  MeasuredContinuity continuity;
  for (const MeasuredMediaFile& file : measured.files) {
    if (!file.pass || file.pass->facts.fault) return std::nullopt;
    continuity.input.segments.push_back({file.source.path, file.pass->observed.seen});
  }
  continuity.input.profile = profile_of(declared, job);
  add_step(declared, job.declared, continuity.input);
  continuity.judgement = formats::judge_continuity(continuity.input);
  continuity.answer = formats::answer_for_rules(continuity.judgement, job.gap_limit_s);
  return continuity;
}

}  // namespace

const MeasuredRecording* MeasuredMedia::find(std::string_view id) const {
  const auto found = std::find_if(recordings.begin(), recordings.end(),
                                  [id](const auto& one) { return one.id == id; });
  return found == recordings.end() ? nullptr : &*found;
}

rules::MediaFactsById MeasuredMedia::facts() const {
  rules::MediaFactsById facts;
  for (const MeasuredRecording& recording : recordings) facts[recording.id] = recording.facts;
  return facts;
}

MeasuredMedia measure_media(const MeasureJob& job, Progress& progress) {
  std::map<const CaseRecording*, std::vector<MediaFile>> here;
  MediaQueue queue(job);
  for (const CaseRecording& recording : job.declared.recordings()) {
    auto files = find_all(recording, job.find);
    if (files.empty()) continue;
    for (std::size_t i = 0; i < files.size(); ++i) {
      files[i].key = queue.add(files[i], recording, i);
    }
    here[&recording] = std::move(files);
  }
  const auto measured = queue.run(progress);
  MeasuredMedia media;
  media.depth = job.depth;
  for (const CaseRecording& recording : job.declared.recordings()) {
    const auto found = here.find(&recording);
    if (found == here.end()) continue;
    MeasuredRecording one;
    one.id = recording.id;
    for (const MediaFile& file : found->second) {
      one.files.push_back(measured.at(file.key));
    }
    one.continuity = continuity_of(recording, one, job);
    one.facts = facts_for_rules(recording, one);
    media.recordings.push_back(std::move(one));
  }
  return media;
}

}  // namespace anjuan::ingest
