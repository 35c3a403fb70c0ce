#include "preservation/formats/recording_pass.h"

#include "core/error.h"
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

  /// Whatever decides over the bytes: the same order gives the same derivative.
  std::string order() const {
    std::string text(part);
    for (const auto& argument : worker_arguments(plan, job.notes)) text += "\n" + argument;
    return text;
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

/// A full disk or too little memory may have passed by the next time; a damaged recording stays.
bool lasts(const DerivationResult& result) {
  for (const auto passing :
       {MediaFaultKind::kTooLarge, MediaFaultKind::kWriteFailed, MediaFaultKind::kInternal}) {
    if (result.reason == media_fault_word(passing)) return false;
  }
  return true;
}

class Pass {
 public:
  Pass(const PassJob& job, const FormatPolicy& policy, Progress& progress)
      : job_(job), policy_(policy), progress_(progress), parts_(job.folder, job.key) {}

  RecordingPass run() {
    take_facts();
    observe_once();
    if (job_.depth == PassDepth::kObserve) return std::move(pass_);
    pass_.preservation = derive_once(wanted(DerivationPurpose::kPreservation, "preservation"));
    pass_.access = derive_once(wanted(DerivationPurpose::kAccess, "access"));
    return std::move(pass_);
  }

 private:
  /// Reads a part that was kept; one that cannot be read is none.
  template <typename Take>
  bool take_kept(std::string_view part, std::string_view order, Take take) const {
    const auto body = parts_.find(part, order);
    if (!body) return false;
    try {
      return take(*body);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kInvalid) throw;
      return false;
    }
  }

  void take_facts() {
    const FileHandle input = FileHandle::open_read(job_.input);
    const bool kept = take_kept(kFactsPart, "", [&](const std::string& body) {
      const Json json = Json::parse(body, std::string(kFactsPart));
      pass_.facts = facts_from(json);
      const Json* sandbox = json.find("sandbox");
      if (sandbox == nullptr) return false;
      pass_.facts.sandbox = sandbox_report_from(*sandbox);
      pass_.facts.bytes = bytes_of(input);
      return true;
    });
    if (kept) return;
    pass_.facts = read_media_facts(input, job_.least);
    if (pass_.facts.fault) return;
    Json json = to_json(pass_.facts);
    json.set("sandbox", to_json(pass_.facts.sandbox));
    parts_.keep(kFactsPart, "", json.dump());
  }

  void observe_once() {
    const std::string order =
        fmt::format("{} {}", job_.observer.whole_s, job_.observer.tick_every_s);
    const bool kept = take_kept(kObservedPart, order, [&](const std::string& body) {
      const auto end = body.find('\n');
      if (end == std::string::npos) return false;
      ObservationReader reader;
      reader.take(std::string_view(body).substr(end + 1));
      pass_.observed = {reader.observation(),
                        sandbox_report_from(Json::parse(body.substr(0, end), "observed"))};
      return reader.complete();
    });
    if (kept) return;
    pass_.observed = observe(job_.input, job_.observer, job_.least);
    if (!pass_.observed.seen.failure.empty()) return;
    std::string body = to_json(pass_.observed.sandbox).dump() + "\n";
    write_observation(pass_.observed.seen, [&body](std::string_view line) { body += line; });
    parts_.keep(kObservedPart, order, body);
  }

  Wanted wanted(DerivationPurpose purpose, std::string_view part) const {
    Wanted wanted;
    wanted.purpose = purpose;
    wanted.part = part;
    wanted.plan = plan_derivation(pass_.facts, policy_, purpose,
                                  job_.budget_bytes.value_or(policy_.case_bytes));
    wanted.job.input = job_.input;
    wanted.job.output = parts_.path(ending_of(wanted));
    wanted.job.purpose = purpose;
    wanted.job.notes = job_.notes;
    wanted.job.budget_bytes = job_.budget_bytes;
    wanted.job.least = job_.least;
    return wanted;
  }

  std::string_view ending_of(const Wanted& wanted) const {
    if (wanted.purpose == DerivationPurpose::kPreservation) return ".mkv";
    const auto& streams = pass_.facts.file.streams;
    const bool pictures = std::any_of(streams.begin(), streams.end(), [](const auto& stream) {
      return stream.kind == StreamKind::kVideo;
    });
    return pictures ? ".mp4" : ".m4a";
  }

  DerivationResult derive_once(const Wanted& wanted) {
    // Nothing is started for these, so nothing is kept of them.
    const bool nothing_to_do = pass_.facts.fault.has_value() || !wanted.plan.skip.empty();
    DerivationResult result;
    if (!nothing_to_do && take_derivative(wanted, result)) return result;
    remove_leftovers(wanted);
    result = derive(wanted.job, pass_.facts, policy_, progress_);
    if (!nothing_to_do && lasts(result)) {
      parts_.keep(wanted.part, wanted.order(), to_json(result).dump());
    }
    return result;
  }

  bool take_derivative(const Wanted& wanted, DerivationResult& result) const {
    return take_kept(wanted.part, wanted.order(), [&](const std::string& body) {
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
};

}  // namespace

RecordingPass pass_recording(const PassJob& job, const FormatPolicy& policy, Progress& progress) {
  return Pass(job, policy, progress).run();
}

}  // namespace anjuan::formats
