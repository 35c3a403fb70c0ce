// The sandboxed child that makes derivatives: an order in its arguments, the original as its input,
// a file to write for each, and its report as lines (transcode_worker.h).
#include "preservation/formats/transcode_worker.h"

#include <chrono>
#include <csignal>
#include <thread>

#include <malloc.h>
#include <sys/stat.h>

#include "core/sandbox.h"
#include "preservation/formats/continuity/frame_feed.h"
#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/transcoder.h"

namespace anjuan::formats {

namespace {

/// Lines for the parent; they are gathered, because a system call each would cost more.
class Report {
 public:
  /// Text of whole lines.
  void tell(std::size_t whose, std::string_view text) {
    if (whose_ != whose) {
      text_ += Json::object({{"to", Json::integer(static_cast<std::int64_t>(whose))}}).dump();
      text_ += '\n';
    }
    whose_ = whose;
    text_ += text;
    if (text_.size() >= kGathered) flush();
  }

  void tell(std::size_t whose, const Json& json) { tell(whose, json.dump() + "\n"); }

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

  std::size_t whose_ = 0;
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
  if (outcome.fault) return to_json(*outcome.fault);
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

TranscodeOrder order_from(const Json& json) {
  constexpr int kFiles[kTargetsMax] = {kWorkerFile, kWorkerSecondFile};
  TranscodeOrder order;
  order.input = kWorkerInput;
  for (const Json& target : json.find("targets")->items()) {
    const std::size_t number = order.targets.size();
    if (number == kTargetsMax) break;
    order.targets.push_back({kFiles[number], plan_from(*target.find("plan")), notes_from(target)});
  }
  order.workers = std::clamp(std::thread::hardware_concurrency(), 1U, kEncodersMax);
  return order;
}

std::uint64_t input_size() {
  struct stat status {};

  return ::fstat(kWorkerInput, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

/// The observer of a recording that is decoded whole anyway, up to the pictures; nothing if it
/// would not take them: then the parent has it observed in a child of its own.
std::optional<RecordingObserver> observer_of(const Json& json) {
  const Json* options = json.find("observer");
  if (options == nullptr) return std::nullopt;
  RecordingObserver observer(
      kWorkerInput, input_size(),
      {options->items().at(0).as_double(), options->items().at(1).as_double()});
  if (!observer.begin()) return std::nullopt;
  return observer;
}

void run(const Json& json, Report& report) {
  auto observer = observer_of(json);
  std::optional<FrameFeed> feed;
  if (observer) feed.emplace(*observer);
  // From here on: what libav logged while a clock was looked for is no complaint of this decode.
  reset_av_complaints();
  const TranscodeOrder order = order_from(json);
  const TranscodeListener listener{
      [&report](std::size_t target, std::string_view text) { report.tell(target, text); },
      [&report](std::uint64_t bytes) { report.progress(bytes); }};
  const auto outcomes = transcode(order, feed ? &*feed : nullptr, listener);
  for (std::size_t i = 0; i < outcomes.size(); ++i) report.tell(i, to_json(outcomes[i]));
  // What another decode showed is worth the same only if that decode was whole.
  bool whole = false;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const auto& streams = order.targets[i].plan.streams;
    const bool decodes = std::any_of(streams.begin(), streams.end(), [](const auto& stream) {
      return stream.action != StreamAction::kCopy;
    });
    whole = whole || (decodes && !outcomes[i].fault);
  }
  if (!observer || !whole || feed->pictures() == 0) return;
  write_observation(observer->finish(),
                    [&](std::string_view line) { report.tell(outcomes.size(), line); });
}

int work(const std::vector<std::string>& arguments) {
  // A full budget is an answer (EFBIG), not a signal; arenas of many threads eat address space.
  std::signal(SIGXFSZ, SIG_IGN);
  ::mallopt(M_ARENA_MAX, 4);
  std::string text;
  for (const std::string& part : arguments) text += part;
  const Json json = Json::parse(text, "order");
  Report report;
  try {
    run(json, report);
  } catch (const MediaFault& fault) {
    const std::size_t targets = json.find("targets")->items().size();
    for (std::size_t i = 0; i < targets; ++i) report.tell(i, to_json(fault));
  }
  report.flush();
  return 0;
}

const WorkerRegistration transcode_worker{kTranscodeWorker, work};

}  // namespace

}  // namespace anjuan::formats
