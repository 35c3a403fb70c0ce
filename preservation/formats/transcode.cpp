#include "preservation/formats/transcode.h"

#include <algorithm>
#include <cmath>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/media_program.h"
#include "preservation/formats/new_file.h"
#include "preservation/formats/proof.h"
#include "preservation/formats/transcode_worker.h"

namespace anjuan::formats {

namespace {

namespace fs = std::filesystem;

/// No file of ours is larger: a child that writes without end is stopped.
constexpr std::uint64_t kOutputBytesMax = 4ULL * 1024 * 1024 * 1024 * 1024;

/// What the child tells, believed only where it agrees with itself and with the plan.
class ChildReport {
 public:
  ChildReport(const DerivationPlan& plan, NewFile& proof, Progress& progress)
      : plan_(plan), proof_(proof), progress_(progress), reader_("proof") {}

  void line(std::string_view text) {
    if (made_ || fault_) refuse();  // The report is the last line.
    if (text.starts_with('{')) {
      json(Json::parse(text, "transcode"));
    } else if (const auto line = reader_.take(text)) {
      proof_line(*line);
    }
  }

  /// The fault, or nothing if all is as it should be.
  std::optional<MediaFault> finish() {
    if (!fault_ && !made_) return MediaFault{MediaFaultKind::kInternal, "no report"};
    flush();
    return fault_;
  }

  /// One entry for each stream of the plan.
  const std::vector<Json>& tracks() const { return made_->items(); }

  std::uint64_t lines(std::size_t stream) const {
    return stream < counts_.size() ? counts_[stream] : 0;
  }

  std::uint64_t lines() const { return lines_; }

  double offset_s() const { return offset_s_; }

  /// What was wrong with the source while it was read; only copies of packets are made then.
  const AvComplaints& complaints() const { return complaints_; }

  double measured_s() const { return end_s_ > begin_s_ ? end_s_ - begin_s_ : 0; }

 private:
  [[noreturn]] static void refuse() {
    throw Error(ErrorCode::kRefused, "worker", say("transcode.child_nonsense"));
  }

  void json(const Json& json) {
    if (const Json* at = json.find("at")) {
      const auto position = static_cast<std::uint64_t>(std::max<std::int64_t>(at->as_integer(), 0));
      if (position > position_) progress_.advance(position - position_);
      position_ = std::max(position_, position);
      return;
    }
    if (json.find("fault") != nullptr) {
      fault_ = fault_from(json);
      return;
    }
    const Json* made = json.find("made");
    const Json* offset = json.find("offset_s");
    if (made == nullptr || offset == nullptr) refuse();
    if (made->items().size() != plan_.streams.size()) refuse();
    made_ = *made;
    offset_s_ = offset->as_double();
    if (const Json* complaints = json.find("complaints")) {
      complaints_ = complaints_from(*complaints);
    }
  }

  void proof_line(const ProofLine& line) {
    if (!writer_) begin();
    writer_->line(line);
    ++lines_;
    ++counts_[line.stream];
    const double tick = reader_.streams()[line.stream].time_base.value();
    const double begin = static_cast<double>(line.pts) * tick;
    const double end = begin + static_cast<double>(std::max<std::int64_t>(line.duration, 0)) * tick;
    begin_s_ = lines_ == 1 ? begin : std::min(begin_s_, begin);
    end_s_ = lines_ == 1 ? end : std::max(end_s_, end);
  }

  void begin() {
    if (reader_.streams().size() != plan_.streams.size()) refuse();
    counts_.resize(reader_.streams().size());
    writer_.emplace(
        [this](std::string_view text) {
          text_ += text;
          if (text_.size() >= kGathered) flush();
        },
        reader_.streams());
  }

  void flush() {
    proof_.write(text_);
    text_.clear();
  }

  static constexpr std::size_t kGathered = 64 * 1024;

  const DerivationPlan& plan_;
  NewFile& proof_;
  Progress& progress_;
  ProofReader reader_;
  std::optional<ProofWriter> writer_;
  std::string text_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t lines_ = 0;
  std::uint64_t position_ = 0;
  double offset_s_ = 0;
  double begin_s_ = 0, end_s_ = 0;
  AvComplaints complaints_;
  std::optional<Json> made_;
  std::optional<MediaFault> fault_;
};

void give_reason(DerivationResult& result, const DerivationJob& job, std::string reason,
                 std::string detail) {
  result.reason = std::move(reason);
  result.detail = std::move(detail);
  result.message = reason_sentence(result.reason, job.input, result.detail);
}

void refuse(DerivationResult& result, const DerivationJob& job, const MediaFault& fault) {
  result.outcome = DerivationOutcome::kRefused;
  give_reason(result, job, std::string(media_fault_word(fault.kind)), fault.detail);
}

std::size_t notes_bytes(const MuxNotes& notes) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : notes.tags) bytes += name.size() + value.size();
  for (const auto& chapter : notes.chapters) bytes += chapter.title.size();
  for (const auto& one : notes.attachments) bytes += one.text.size() + one.name.size();
  return bytes;
}

MuxNotes notes_of(const DerivationJob& job, const AvFileInfo& file) {
  if (notes_bytes(job.notes) > kNotesBytesMax) {
    throw Error(ErrorCode::kRefused, job.input.string(),
                say("transcode.notes_too_large", {{"path", job.input.string()}}));
  }
  MuxNotes notes = job.notes;
  if (notes.chapters.empty()) notes.chapters = file.chapters;
  for (const auto& tag : file.tags) {
    const bool time = tag.first == "creation_time";
    if (time) notes.tags.push_back(tag);
  }
  return notes;
}

/// A lossless copy may take what is left of the budget; any other no more than two copies of the
/// packets, what the pictures and the sound decode to, and a container.
SandboxLimits limits_of(const DerivationPlan& plan, const MediaFacts& facts, std::uint64_t budget) {
  constexpr std::uint64_t kContainerBytes = 64ULL * 1024 * 1024;
  const std::uint64_t decoded = decoded_bytes_max(facts.file);
  SandboxLimits limits = media_limits(facts.bytes, decoded);
  const bool lossless = std::any_of(plan.streams.begin(), plan.streams.end(), [](const auto& one) {
    return one.action == StreamAction::kFfv1;
  });
  limits.file_bytes =
      std::min(kOutputBytesMax, lossless ? budget : 2 * facts.bytes + decoded + kContainerBytes);
  return limits;
}

void describe_streams(DerivationResult& result, const DerivationPlan& plan,
                      const ChildReport& report) {
  result.pictures_equal = result.sound_equal = true;
  for (std::size_t i = 0; i < plan.streams.size(); ++i) {
    const auto& source =
        result.facts.file.streams[static_cast<std::size_t>(plan.streams[i].stream)];
    const Json& track = report.tracks()[i];
    const auto count = [&track](const char* key) {
      const Json* value = track.find(key);
      const std::int64_t number = value == nullptr ? 0 : value->as_integer();
      return static_cast<std::uint64_t>(std::max<std::int64_t>(number, 0));
    };
    result.streams.push_back({source.index, source.codec, track.text_or("codec", ""),
                              std::string(stream_kind_word(source.kind)),
                              std::string(stream_action_word(plan.streams[i].action)),
                              count("frames"), count("samples"), count("times_made"),
                              count("holes")});
    // Whatever the child says: pictures and packets have a line each, sound one a second.
    const DerivedStream& derived = result.streams.back();
    const bool by_the_second =
        source.kind == StreamKind::kAudio && plan.streams[i].action != StreamAction::kCopy;
    const bool proved = by_the_second ? report.lines(i) > 0 : report.lines(i) == derived.frames;
    if (source.kind == StreamKind::kVideo && !proved) result.pictures_equal = false;
    if (source.kind == StreamKind::kAudio && !proved) result.sound_equal = false;
  }
}

/// The whole of a proved derivative: what preservation stores must be this.
bool fully_proved(const DerivationResult& result) {
  return result.pictures_equal && result.sound_equal && result.proof_lines > 0;
}

void make(const DerivationJob& job, const DerivationPlan& plan, const FileHandle& input,
          std::uint64_t budget, DerivationResult& result, Progress& progress) {
  const fs::path proof_path =
      job.proof.empty() ? fs::path(job.output.string() + std::string(kProofSuffix)) : job.proof;
  NewFile output(job.output);
  NewFile proof(proof_path);
  ChildReport report(plan, proof, progress);
  SandboxJob order;
  order.worker = kTranscodeWorker;
  order.program = kMediaProgram;
  order.arguments = worker_arguments(plan, notes_of(job, result.facts.file));
  order.input_descriptor = input.get();
  order.output_file = output.handle().get();
  order.limits = limits_of(plan, result.facts, budget);
  order.least = job.least;
  auto fault = run_media_worker(
      order, [&report](std::string_view line) { report.line(line); }, result.sandbox);
  if (!fault) fault = report.finish();
  if (fault) return refuse(result, job, *fault);
  result.proof_lines = report.lines();
  describe_streams(result, plan, report);
  const bool access = job.purpose == DerivationPurpose::kAccess;
  if (!access && !fully_proved(result)) {
    return refuse(result, job, {MediaFaultKind::kNotEqual, "no line of proof"});
  }
  result.outcome = DerivationOutcome::kMade;
  result.offset_s = report.offset_s();
  result.measured_s = report.measured_s();
  result.complaints = report.complaints();
  output.keep();
  result.output = job.output;
  result.bytes = bytes_of(output.handle());
  if (result.proof_lines == 0) return;
  proof.keep();
  result.proof = proof_path;
  result.proof_bytes = bytes_of(proof.handle());
}

void skip(DerivationResult& result, const DerivationJob& job, const DerivationPlan& plan) {
  result.outcome = DerivationOutcome::kSkipped;
  give_reason(result, job, plan.skip, std::to_string(plan.expected_bytes));
}

}  // namespace

std::string_view outcome_word(DerivationOutcome outcome) {
  constexpr std::string_view kWords[] = {"made", "skipped", "refused"};
  return kWords[static_cast<std::size_t>(outcome)];
}

std::string reason_sentence(const std::string& reason, const fs::path& path,
                            const std::string& detail) {
  return say("transcode.reason_" + reason, {{"path", path.string()}, {"detail", detail}});
}

DerivationResult derive(const DerivationJob& job, const FormatPolicy& policy, Progress& progress) {
  const MediaFacts facts = read_media_facts(FileHandle::open_read(job.input), job.least);
  return derive(job, facts, policy, progress);
}

DerivationResult derive(const DerivationJob& job, const MediaFacts& facts,
                        const FormatPolicy& policy, Progress& progress) {
  const FileHandle input = FileHandle::open_read(job.input);
  DerivationResult result;
  result.facts = facts;
  result.sandbox = result.facts.sandbox;
  if (result.facts.fault) {
    refuse(result, job, *result.facts.fault);
    return result;
  }
  const std::uint64_t budget = job.budget_bytes.value_or(policy.case_bytes);
  const DerivationPlan plan = plan_derivation(result.facts, policy, job.purpose, budget);
  result.because = plan.because;
  result.not_carried = plan.not_carried;
  result.container = container_word(plan.container);
  if (!plan.skip.empty()) {
    skip(result, job, plan);
    return result;
  }
  progress.begin(say("transcode.step"), result.facts.bytes);
  make(job, plan, input, budget, result, progress);
  progress.end();
  return result;
}

}  // namespace anjuan::formats
