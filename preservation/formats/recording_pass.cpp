#include "preservation/formats/recording_pass.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/derivation_json.h"
#include "preservation/formats/kept_parts.h"
#include "preservation/formats/transcode_worker.h"

namespace anjuan::formats {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFactsPart = "facts";
constexpr std::string_view kObservedPart = "observed";

/// One derivative of a pass: its name among the parts, and what is ordered.
struct Wanted {
  DerivationPurpose purpose = DerivationPurpose::kPreservation;
  std::string_view part;
  DerivationPlan plan;
  DerivationJob job;
  DerivationResult* result = nullptr;
  bool to_do = false;  ///< not decided by plan or facts alone

  /// Whatever decides over the bytes: the same order gives the same derivative.
  std::string order() const {
    std::string text(part);
    for (const auto& argument : worker_arguments({{plan, job.notes}}, std::nullopt)) {
      text += "\n" + argument;
    }
    return text;
  }

  bool decodes_pictures() const {
    return std::any_of(plan.streams.begin(), plan.streams.end(), [](const StreamPlan& stream) {
      return stream.action == StreamAction::kFfv1 || stream.action == StreamAction::kX264;
    });
  }
};

/// What is kept is believed only if what it speaks of is there, as long as it says.
bool has_size(const fs::path& path, std::uint64_t bytes) {
  std::error_code absent;
  const auto size = fs::file_size(path, absent);
  return !absent && size == bytes;
}

bool is_there(const DerivationResult& result) {
  if (result.outcome != DerivationOutcome::kMade) return true;
  return has_size(result.output, result.bytes) &&
         (result.proof.empty() || has_size(result.proof, result.proof_bytes));
}

/// A part of a longer work: however its own steps count, it takes this many of the whole's bytes.
class PartOfProgress final : public Progress {
 public:
  PartOfProgress(Progress& whole, std::uint64_t share) : whole_(whole), share_(share) {}

  ~PartOfProgress() override = default;

  void begin(std::string_view, std::uint64_t total_bytes) override {
    total_ = total_bytes;
    done_ = 0;
  }

  void advance(std::uint64_t bytes) override {
    done_ += bytes;
    const double part = static_cast<double>(done_) / static_cast<double>(std::max(total_, done_));
    tell(static_cast<std::uint64_t>(part * static_cast<double>(share_)));
  }

  void end() override { tell(share_); }

 private:
  void tell(std::uint64_t at) {
    const std::uint64_t more = at > told_ ? at - told_ : 0;
    told_ += more;
    whole_.advance(more);  // even of nothing: it is also where the user's wish to stop is seen
  }

  Progress& whole_;
  std::uint64_t share_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
  std::uint64_t told_ = 0;
};

// What parts cost against each other, measured on 1080p; for the time left only.
constexpr double kCopyCost = 1;
constexpr double kObserveCost = 30;
constexpr double kEncodeCost = 200;

/// Reads a part that was kept; one that cannot be read is none.
template <typename Take>
bool take_kept(const KeptParts& parts, std::string_view part, std::string_view order, Take take) {
  const auto body = parts.find(part, order);
  if (!body) return false;
  try {
    return take(*body);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInvalid) throw;
    return false;
  }
}

class Pass {
 public:
  Pass(const PassJob& job, const FormatPolicy& policy, Progress& progress)
      : job_(job), policy_(policy), progress_(progress), parts_(job.folder, job.key) {}

  RecordingPass run() {
    pass_.facts = job_.facts ? *job_.facts : facts_for_pass(job_);
    const bool observed = take_observation();
    if (job_.depth == PassDepth::kDerive) {
      pass_.preservation.emplace();
      pass_.access.emplace();
      want(DerivationPurpose::kPreservation, "preservation", *pass_.preservation);
      want(DerivationPurpose::kAccess, "access", *pass_.access);
    }
    progress_.begin(say("transcode.pass_step"), pass_.facts.bytes);
    work(observed);
    progress_.end();
    return std::move(pass_);
  }

 private:
  /// What is not there yet.
  void work(bool observed) {
    const double encode = std::any_of(wanted_.begin(), wanted_.end(),
                                      [](const Wanted& one) { return one.decodes_pictures(); })
                              ? kEncodeCost
                              : kCopyCost;
    const double derive_cost = wanted_.empty() ? 0 : encode;
    const double observe_cost = observed ? 0 : kObserveCost;
    const double share = derive_cost / std::max(derive_cost + observe_cost, 1.0);
    const auto derive_bytes =
        static_cast<std::uint64_t>(share * static_cast<double>(pass_.facts.bytes));
    PartOfProgress deriving(progress_, derive_bytes);
    if (!wanted_.empty()) observed = derive_wanted(observed, deriving) || observed;
    deriving.end();
    PartOfProgress observing(progress_, pass_.facts.bytes - derive_bytes);
    if (!observed) keep_observation(observe(job_.input, job_.observer, job_.least, observing));
    observing.end();
  }

  std::string observer_order() const {
    return fmt::format("{} {}", job_.observer.whole_s, job_.observer.tick_every_s);
  }

  bool take_observation() {
    return take_kept(parts_, kObservedPart, observer_order(), [&](const std::string& body) {
      const auto end = body.find('\n');
      if (end == std::string::npos) return false;
      ObservationReader reader;
      reader.take(std::string_view(body).substr(end + 1));
      pass_.observed = {reader.observation(),
                        sandbox_report_from(Json::parse(body.substr(0, end), "observed"))};
      return reader.complete();
    });
  }

  void keep_observation(Observed observed) {
    pass_.observed = std::move(observed);
    if (!pass_.observed.seen.failure.empty()) return;
    std::string body = to_json(pass_.observed.sandbox).dump() + "\n";
    write_observation(pass_.observed.seen, [&body](std::string_view line) { body += line; });
    parts_.keep(kObservedPart, observer_order(), body);
  }

  /// Fills `result`, at once if it is kept; else it is noted as wanted.
  void want(DerivationPurpose purpose, std::string_view part, DerivationResult& result) {
    Wanted wanted;
    wanted.purpose = purpose;
    wanted.part = part;
    wanted.result = &result;
    wanted.plan = plan_derivation(pass_.facts, policy_, purpose,
                                  job_.budget_bytes.value_or(policy_.case_bytes));
    wanted.job.input = job_.input;
    wanted.job.output = parts_.path(ending_of(wanted));
    wanted.job.purpose = purpose;
    wanted.job.notes = job_.notes;
    wanted.job.budget_bytes = job_.budget_bytes;
    wanted.job.least = job_.least;
    // Nothing is started for the others, so nothing is kept of them.
    wanted.to_do = !pass_.facts.fault && wanted.plan.skip.empty();
    if (wanted.to_do && take_derivative(wanted)) return;
    remove_leftovers(wanted);
    wanted_.push_back(std::move(wanted));
  }

  std::string_view ending_of(const Wanted& wanted) const {
    if (wanted.purpose == DerivationPurpose::kPreservation) return ".mkv";
    const auto& streams = pass_.facts.file.streams;
    const bool pictures = std::any_of(streams.begin(), streams.end(), [](const auto& stream) {
      return stream.kind == StreamKind::kVideo;
    });
    return pictures ? ".mp4" : ".m4a";
  }

  /// True if the recording was observed from the same decode.
  bool derive_wanted(bool observed, Progress& progress) {
    std::vector<DerivationJob> jobs;
    for (const Wanted& one : wanted_) jobs.push_back(one.job);
    auto joint = derive_jointly(jobs, pass_.facts, policy_,
                                observed ? std::nullopt : std::optional(job_.observer), progress);
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const Wanted& one = wanted_[i];
      *one.result = std::move(joint.results[i]);
      if (!one.to_do || may_pass(one.result->reason)) continue;
      parts_.keep(one.part, one.order(), to_json(*one.result).dump());
    }
    const bool observes = joint.observed.has_value();
    if (observes) keep_observation(std::move(*joint.observed));
    for (const Wanted& one : wanted_) stop_if_not_written(*one.result, one.job.output);
    return observes;
  }

  bool take_derivative(const Wanted& wanted) const {
    return take_kept(parts_, wanted.part, wanted.order(), [&](const std::string& body) {
      DerivationResult& result = *wanted.result;
      result = derivation_from(Json::parse(body, std::string(wanted.part)), job_.folder);
      result.facts = pass_.facts;
      if (!result.reason.empty()) {
        result.message = reason_sentence(result.reason, job_.input, result.detail);
      }
      const std::uint64_t budget = job_.budget_bytes.value_or(policy_.case_bytes);
      const bool within = wanted.plan.expected_bytes == 0 || result.bytes <= budget;
      return within && is_there(result);
    });
  }

  /// Of a run that was killed, or of another order.
  static void remove_leftovers(const Wanted& wanted) {
    const fs::path proof = wanted.job.output.string() + std::string(kProofSuffix);
    for (const fs::path& path : {wanted.job.output, proof}) {
      std::error_code failed;
      fs::remove(path, failed);
      if (failed) throw_errno(failed.value(), path.string(), "kernel.write_failed");
    }
  }

  const PassJob& job_;
  const FormatPolicy& policy_;
  Progress& progress_;
  KeptParts parts_;
  RecordingPass pass_;
  std::vector<Wanted> wanted_;
};

}  // namespace

MediaFacts facts_for_pass(const PassJob& job) {
  const KeptParts parts(job.folder, job.key);
  const FileHandle input = FileHandle::open_read(job.input);
  MediaFacts facts;
  const bool kept = take_kept(parts, kFactsPart, "", [&](const std::string& body) {
    const Json json = Json::parse(body, std::string(kFactsPart));
    facts = facts_from(json);
    const Json* sandbox = json.find("sandbox");
    if (sandbox == nullptr) return false;
    facts.sandbox = sandbox_report_from(*sandbox);
    facts.bytes = bytes_of(input);
    return true;
  });
  if (kept) return facts;
  facts = read_media_facts(input, job.least);
  if (facts.fault) return facts;
  Json json = to_json(facts);
  json.set("sandbox", to_json(facts.sandbox));
  parts.keep(kFactsPart, "", json.dump());
  return facts;
}

bool may_pass(std::string_view reason) {
  constexpr MediaFaultKind kPassing[] = {MediaFaultKind::kTooLarge, MediaFaultKind::kOverTime,
                                         MediaFaultKind::kOverMemory, MediaFaultKind::kWriteFailed,
                                         MediaFaultKind::kInternal};
  return std::any_of(std::begin(kPassing), std::end(kPassing),
                     [reason](auto kind) { return reason == media_fault_word(kind); });
}

void stop_if_not_written(const DerivationResult& result, const fs::path& output) {
  if (result.reason != media_fault_word(MediaFaultKind::kWriteFailed)) return;
  // The child gives the system's own words; no locale changes them (av_strerror, strerror_r).
  const bool is_full = result.detail.find(std::strerror(ENOSPC)) != std::string::npos ||
                       result.detail.find(std::strerror(EDQUOT)) != std::string::npos;
  if (is_full) throw_errno(ENOSPC, output.string(), "kernel.write_failed");
  throw Error(ErrorCode::kIo, output.string(), result.message);
}

RecordingPass pass_recording(const PassJob& job, const FormatPolicy& policy, Progress& progress) {
  return Pass(job, policy, progress).run();
}

}  // namespace anjuan::formats
