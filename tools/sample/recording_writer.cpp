#include "tools/sample/recording_writer.h"

#include "tools/sample/clock_overlay.h"
#include "tools/sample/photograph.h"
#include "tools/sample/resources.h"
#include "tools/sample/speech.h"

namespace anjuan::sample {

namespace {

/// The talk of the step from texts/speech.json, filled with the case's facts.
std::vector<Utterance> talk_of(const Facts& facts) {
  std::vector<Utterance> talk;
  const Json* all = sample_text("speech");
  if (all == nullptr) return talk;
  const Json* lines = all->find(facts.find("event.kind").value_or(""));
  if (lines == nullptr) lines = all->find("any");
  if (lines == nullptr) return talk;
  for (const Json& line : lines->items()) {
    const Json* pitch = line.find("pitch");
    Utterance utterance;
    if (pitch != nullptr) utterance.pitch = static_cast<int>(pitch->as_integer());
    utterance.text = facts.expand(line.text_or("text", ""));
    talk.push_back(std::move(utterance));
  }
  return talk;
}

Camera camera_of(const Json& recording, const std::string& event_kind) {
  if (recording.text_or("method", "") == "视频监控") return Camera::kCeiling;
  return event_kind == "EV_HEARING" ? Camera::kTripod : Camera::kWorn;
}

}  // namespace

RecordingJob plan_recording(const Facts& the_case, const RecordingFile& file,
                            const std::filesystem::path& path, SpeechMaker& speech) {
  const Json& recording = *file.recording;
  const Facts facts = the_case.of_event(recording.text_or("event", "")).of_item(recording);
  const std::string kind = facts.find("event.kind").value_or("");
  RecordingJob job;
  job.path = path;
  job.made_at = file.made_at;
  job.seconds = file.seconds;
  job.cut_s = file.cut_s;
  job.place = place_for(kind, facts.find("case.cause").value_or(""));
  job.camera = camera_of(recording, kind);
  job.device = recording.text_or("device_id", "");
  job.overlay = facts.expand("{item.device_id|}  {case.agency|}");
  job.seed = facts.expand("{case.case_no|}/{case.type|}/") + file.path;
  job.description = recording.text_or("purpose", "");
  if (ending_of(file.path) != ".jpg") job.dialogue = speech.dialogue(talk_of(facts));
  return job;
}

void write_recording(const RecordingJob& job) {
  const std::string ending = ending_of(job.path.string());
  if (ending == ".mp4" || ending == ".avi") return write_movie(job);
  if (ending == ".wav") return write_sound(job);
  write_photograph(job);
}

}  // namespace anjuan::sample
