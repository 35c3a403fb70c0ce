#include "preservation/formats/transcode_report.h"

#include <algorithm>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kGathered = 64 * 1024;

[[noreturn]] void refuse_nonsense() {
  throw Error(ErrorCode::kRefused, "worker", say("transcode.child_nonsense"));
}

}  // namespace

void TargetReport::line(std::string_view text) {
  if (made_ || fault_) refuse_nonsense();  // The outcome is the last line.
  if (text.starts_with('{')) {
    outcome(Json::parse(text, "transcode"));
  } else if (const auto line = reader_.take(text)) {
    proof_line(*line);
  }
}

std::optional<MediaFault> TargetReport::finish() {
  if (!fault_ && !made_) return MediaFault{MediaFaultKind::kInternal, "no report"};
  flush();
  if (fault_) return fault_;
  if (can_be_proved(plan_) ? all_proved() : lines_ == 0) return std::nullopt;
  return MediaFault{MediaFaultKind::kNotEqual, fmt::format("{} lines of proof", lines_)};
}

std::uint64_t TargetReport::count(std::size_t stream, std::string_view what) const {
  const Json* value = tracks()[stream].find(what);
  const std::int64_t number = value == nullptr ? 0 : value->as_integer();
  if (number < 0) refuse_nonsense();
  return static_cast<std::uint64_t>(number);
}

bool TargetReport::proved(std::size_t stream) const {
  if (stream >= told_.size()) return false;
  const Told& told = told_[stream];
  const StreamPlan& plan = plan_.streams[stream];
  const auto& source = source_.streams[static_cast<std::size_t>(plan.stream)];
  if (source.kind != StreamKind::kAudio || plan.action == StreamAction::kCopy) {
    return told.lines == count(stream, "frames");
  }
  // A line is a second, the last one what is left (docs/formats/proof.md).
  const auto rate = static_cast<std::uint64_t>(std::max(source.sample_rate, 1));
  const std::uint64_t samples = count(stream, "samples");
  return told.lines == samples / rate + (samples % rate != 0 ? 1 : 0) && told.duration == samples;
}

bool TargetReport::all_proved() const {
  for (std::size_t i = 0; i < plan_.streams.size(); ++i) {
    if (!proved(i)) return false;
  }
  return lines_ > 0;
}

void TargetReport::outcome(const Json& json) {
  if (json.find("fault") != nullptr) {
    fault_ = fault_from(json);
    return;
  }
  const Json* made = json.find("made");
  const Json* offset = json.find("offset_s");
  if (made == nullptr || offset == nullptr) refuse_nonsense();
  if (made->items().size() != plan_.streams.size()) refuse_nonsense();
  made_ = *made;
  for (std::size_t i = 0; i < plan_.streams.size(); ++i) {
    for (const auto what : {"frames", "samples", "times_made", "holes"}) count(i, what);
  }
  offset_s_ = offset->as_double();
  if (const Json* complaints = json.find("complaints")) complaints_ = complaints_from(*complaints);
}

void TargetReport::proof_line(const ProofLine& line) {
  if (!writer_) begin();
  writer_->line(line);
  ++lines_;
  Told& told = told_[line.stream];
  ++told.lines;
  told.duration += static_cast<std::uint64_t>(std::max<std::int64_t>(line.duration, 0));
  const double tick = reader_.streams()[line.stream].time_base.value();
  const double begin = static_cast<double>(line.pts) * tick;
  const double end = begin + static_cast<double>(std::max<std::int64_t>(line.duration, 0)) * tick;
  begin_s_ = lines_ == 1 ? begin : std::min(begin_s_, begin);
  end_s_ = lines_ == 1 ? end : std::max(end_s_, end);
}

void TargetReport::begin() {
  if (reader_.streams().size() != plan_.streams.size()) refuse_nonsense();
  told_.resize(reader_.streams().size());
  writer_.emplace(
      [this](std::string_view text) {
        text_ += text;
        if (text_.size() >= kGathered) flush();
      },
      reader_.streams());
}

void TargetReport::flush() {
  proof_.write(text_);
  text_.clear();
}

void JointReport::line(std::string_view text) {
  if (text.starts_with("{\"to\"") || text.starts_with("{\"at\"")) {
    const Json json = Json::parse(text, "transcode");
    const auto& [key, value] = json.members().front();
    const std::int64_t number = value.as_integer();
    if (number < 0) refuse_nonsense();
    if (key == "at") return on_position_(static_cast<std::uint64_t>(number));
    whose_ = static_cast<std::size_t>(number);
    return;
  }
  if (whose_ > targets_.size()) refuse_nonsense();
  if (whose_ < targets_.size()) return targets_[whose_]->line(text);
  observation_.take(text);
  observation_.take("\n");
}

std::optional<SegmentObservation> JointReport::observation() const {
  if (!observation_.complete()) return std::nullopt;
  return observation_.observation();
}

}  // namespace anjuan::formats
