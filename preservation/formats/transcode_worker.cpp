// The sandboxed child that makes derivatives: an order in its arguments, the original as its input,
// one file to write, and its report as lines: JSON, or the text of the proof.
#include "preservation/formats/transcode_worker.h"

#include <chrono>
#include <csignal>
#include <thread>

#include <malloc.h>

#include "core/sandbox.h"
#include "preservation/formats/transcoder.h"

namespace anjuan::formats {

namespace {

/// Lines for the parent; the proof's are gathered, because a system call each would cost more.
class Report {
 public:
  void proof(std::string_view text) {
    text_ += text;
    if (text_.size() >= kGathered) flush();
  }

  void progress(std::uint64_t bytes) {
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < kEvery) return;
    shown_ = now;
    flush();
    tell_parent(Json::object({{"at", Json::integer(static_cast<std::int64_t>(bytes))}}));
  }

  void flush() {
    if (!text_.empty()) write_worker_output(std::as_bytes(std::span(text_)));
    text_.clear();
  }

 private:
  static constexpr std::size_t kGathered = 32 * 1024;
  static constexpr std::chrono::milliseconds kEvery{200};

  std::string text_;
  std::chrono::steady_clock::time_point shown_;
};

Json to_json(const TrackResult& track) {
  const auto count = [](std::uint64_t value) {
    return Json::integer(static_cast<std::int64_t>(value));
  };
  return Json::object({{"frames", count(track.frames)},
                       {"samples", count(track.samples)},
                       {"times_made", count(track.times_made)},
                       {"holes", count(track.holes)},
                       {"codec", Json::string(track.codec)}});
}

Json to_json(const TranscodeOutcome& outcome) {
  Json tracks = Json::array();
  for (const TrackResult& track : outcome.tracks) tracks.append(to_json(track));
  return Json::object({{"made", tracks},
                       {"offset_s", Json::number(fmt::format("{:.6f}", outcome.offset_s))},
                       {"complaints", to_json(outcome.complaints)}});
}

MuxNotes notes_from(const Json& json) {
  MuxNotes notes;
  notes.tags = tags_from(*json.find("tags"));
  notes.chapters = chapters_from(*json.find("chapters"));
  for (const Json& one : json.find("attachments")->items()) {
    const auto& parts = one.items();
    notes.attachments.push_back(
        {parts.at(0).as_string(), parts.at(1).as_string(), parts.at(2).as_string()});
  }
  return notes;
}

TranscodeOrder order_from(const std::vector<std::string>& arguments) {
  std::string text;
  for (const std::string& part : arguments) text += part;
  const Json json = Json::parse(text, "order");
  TranscodeOrder order;
  order.input = kWorkerInput;
  order.output = kWorkerFile;
  order.plan = plan_from(*json.find("plan"));
  order.notes = notes_from(*json.find("notes"));
  order.workers = std::clamp(std::thread::hardware_concurrency(), 1U, kEncodersMax);
  return order;
}

int work(const std::vector<std::string>& arguments) {
  // A full budget is an answer (EFBIG), not a signal; arenas of many threads eat address space.
  std::signal(SIGXFSZ, SIG_IGN);
  ::mallopt(M_ARENA_MAX, 4);
  reset_av_complaints();
  Report report;
  try {
    const TranscodeOrder order = order_from(arguments);
    const TranscodeListener listener{[&report](std::string_view text) { report.proof(text); },
                                     [&report](std::uint64_t bytes) { report.progress(bytes); }};
    const TranscodeOutcome outcome = transcode(order, listener);
    report.flush();
    tell_parent(to_json(outcome));
  } catch (const MediaFault& fault) {
    report.flush();
    tell_parent(to_json(fault));
  }
  return 0;
}

const WorkerRegistration transcode_worker{kTranscodeWorker, work};

}  // namespace

}  // namespace anjuan::formats
