#include "preservation/formats/transcode.h"

#include <algorithm>
#include <deque>
#include <set>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/media_program.h"
#include "preservation/formats/new_file.h"
#include "preservation/formats/transcode_report.h"
#include "preservation/formats/transcode_worker.h"

namespace anjuan::formats {

namespace {

namespace fs = std::filesystem;

/// No file of ours is larger: a child that writes without end is stopped.
constexpr std::uint64_t kOutputBytesMax = 4ULL * 1024 * 1024 * 1024 * 1024;
/// Address space: an encoder of FFV1 reserves 150 bytes a pixel and touches few of them.
constexpr std::uint64_t kTranscodeMemoryBytes = 6ULL * 1024 * 1024 * 1024;

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

void describe_streams(DerivationResult& result, const DerivationPlan& plan,
                      const TargetReport& report) {
  result.streams.clear();
  // A report that came this far is proved whole, or it is of what cannot be proved.
  result.pictures_equal = result.sound_equal = can_be_proved(plan);
  for (std::size_t i = 0; i < plan.streams.size(); ++i) {
    const auto& source =
        result.facts.file.streams[static_cast<std::size_t>(plan.streams[i].stream)];
    result.streams.push_back({source.index, source.codec, report.tracks()[i].text_or("codec", ""),
                              std::string(stream_kind_word(source.kind)),
                              std::string(stream_action_word(plan.streams[i].action)),
                              report.count(i, "frames"), report.count(i, "samples"),
                              report.count(i, "times_made"), report.count(i, "holes")});
  }
}

/// One derivative on the side of the parent, from the decision to its synced files.
class Making {
 public:
  Making(const DerivationJob& job, const MediaFacts& facts, const FormatPolicy& policy)
      : job_(job), budget_(job.budget_bytes.value_or(policy.case_bytes)) {
    result_.facts = facts;
    result_.sandbox = facts.sandbox;
    if (facts.fault) {
      refuse(result_, job_, *facts.fault);
      return;
    }
    plan_ = plan_derivation(facts, policy, job.purpose, budget_);
    result_.because = plan_.because;
    result_.not_carried = plan_.not_carried;
    result_.container = container_word(plan_.container);
    to_do_ = plan_.skip.empty();
    if (to_do_) return;
    result_.outcome = DerivationOutcome::kSkipped;
    give_reason(result_, job_, plan_.skip, std::to_string(plan_.expected_bytes));
  }

  bool to_do() const { return to_do_; }

  const DerivationPlan& plan() const { return plan_; }

  const DerivationResult& result() const { return result_; }

  OrderedTarget ordered() const { return {plan_, notes_of(job_, result_.facts.file)}; }

  /// A lossless copy may take what is left of the budget; any other no more than two copies of the
  /// packets, what pictures and sound decode to, and a container.
  std::uint64_t bytes_max() const {
    constexpr std::uint64_t kContainerBytes = 64ULL * 1024 * 1024;
    const auto& facts = result_.facts;
    const auto ffv1 = [](const StreamPlan& one) { return one.action == StreamAction::kFfv1; };
    const bool lossless = std::any_of(plan_.streams.begin(), plan_.streams.end(), ffv1);
    return std::min(
        kOutputBytesMax,
        lossless ? budget_ : 2 * facts.bytes + decoded_bytes_max(facts.file) + kContainerBytes);
  }

  /// New files for output and proof. Throws Error(kConflict) if they exist.
  int open() {
    proof_path_ = job_.proof.empty() ? fs::path(job_.output.string() + std::string(kProofSuffix))
                                     : job_.proof;
    output_ = std::make_unique<NewFile>(job_.output);
    proof_ = std::make_unique<NewFile>(proof_path_);
    report_ = std::make_unique<TargetReport>(plan_, result_.facts.file, *proof_);
    return output_->handle().get();
  }

  TargetReport* report() { return report_.get(); }

  /// Keeps what is proved; of all else nothing is left.
  void conclude(std::optional<MediaFault> fault, const SandboxReport& sandbox) {
    result_.sandbox = sandbox;
    if (!fault) fault = report_->finish();
    result_.proof_lines = report_->lines();
    if (fault) {
      refuse(result_, job_, *fault);
    } else {
      keep();
    }
    output_.reset();
    proof_.reset();
  }

 private:
  void keep() {
    result_.outcome = DerivationOutcome::kMade;
    describe_streams(result_, plan_, *report_);
    result_.reason.clear();
    result_.detail.clear();
    result_.message.clear();
    result_.offset_s = report_->offset_s();
    result_.measured_s = report_->measured_s();
    result_.complaints = report_->complaints();
    output_->keep();
    result_.output = job_.output;
    result_.bytes = bytes_of(output_->handle());
    if (result_.proof_lines == 0) return;
    proof_->keep();
    result_.proof = proof_path_;
    result_.proof_bytes = bytes_of(proof_->handle());
  }

  const DerivationJob& job_;
  std::uint64_t budget_;
  DerivationPlan plan_;
  DerivationResult result_;
  bool to_do_ = false;
  fs::path proof_path_;
  std::unique_ptr<NewFile> output_;
  std::unique_ptr<NewFile> proof_;
  std::unique_ptr<TargetReport> report_;
};

using Makings = std::vector<Making*>;

SandboxJob order_for(const Makings& group, const FileHandle& input, SandboxLevel least,
                     const std::optional<ObserverOptions>& observer) {
  SandboxJob order;
  order.worker = kTranscodeWorker;
  order.program = kMediaProgram;
  order.input_descriptor = input.get();
  order.limits =
      media_limits(bytes_of(input), decoded_bytes_max(group.front()->result().facts.file));
  order.limits.memory_bytes = kTranscodeMemoryBytes;
  order.limits.file_bytes = kOutputBytesMax;
  order.least = least;
  std::vector<OrderedTarget> targets;
  for (Making* making : group) {
    int& file = targets.empty() ? order.output_file : order.second_file;
    file = making->open();
    targets.push_back(making->ordered());
    // The limit is the process's: a copy that it stops though it is not its own is made alone.
    order.limits.file_bytes = std::min(order.limits.file_bytes, making->bytes_max());
  }
  order.arguments = worker_arguments(targets, observer);
  return order;
}

/// One child for all of them: one read, one decode.
std::optional<Observed> make_together(const Makings& group, const FileHandle& input,
                                      SandboxLevel least,
                                      const std::optional<ObserverOptions>& observer,
                                      Progress& progress) {
  const std::uint64_t bytes = bytes_of(input);
  progress.begin(say("transcode.step"), bytes);
  const SandboxJob order = order_for(group, input, least, observer);
  std::vector<TargetReport*> reports;
  for (Making* making : group) reports.push_back(making->report());
  std::uint64_t told = 0;
  JointReport report(std::move(reports), [&](std::uint64_t position) {
    position = std::min(position, bytes);
    if (position > told) progress.advance(position - told);
    told = std::max(told, position);
  });
  SandboxReport sandbox;
  const auto fault = run_media_worker(
      order, [&report](std::string_view line) { report.line(line); }, sandbox);
  for (Making* making : group) making->conclude(fault, sandbox);
  progress.end();
  auto seen = report.observation();
  if (fault || !seen || !seen->failure.empty()) return std::nullopt;
  return Observed{std::move(*seen), std::move(sandbox)};
}

std::set<int> decoded_by(const DerivationPlan& plan) {
  std::set<int> streams;
  for (const StreamPlan& stream : plan.streams) {
    if (stream.action != StreamAction::kCopy) streams.insert(stream.stream);
  }
  return streams;
}

/// The observer looks at what the file holds, not at what an edit list shows of it; and at the
/// whole of short recordings only.
bool decodes_for_observer(const DerivationPlan& plan, const MediaFacts& facts,
                          const ObserverOptions& observer) {
  if (plan.edits == EditLists::kHonour && !facts.edits.empty()) return false;
  if (static_cast<double>(facts.file.duration_us) / 1e6 > observer.whole_s + 1) return false;
  return std::any_of(plan.streams.begin(), plan.streams.end(), [&](const StreamPlan& one) {
    return one.action == StreamAction::kFfv1 || one.action == StreamAction::kX264;
  });
}

/// Those that can be made from one decode: all, unless an edit list shows something else than the
/// file holds.
std::vector<Makings> groups_of(const Makings& all, const MediaFacts& facts) {
  std::vector<Makings> groups;
  for (Making* making : all) {
    const bool joins =
        !groups.empty() && groups.back().size() < kTargetsMax &&
        (facts.edits.empty() || groups.back().front()->plan().edits == making->plan().edits);
    if (!joins) groups.emplace_back();
    groups.back().push_back(making);
  }
  return groups;
}

/// True if what became of one may be another's doing: then it is tried by itself.
bool may_do_alone(const Makings& group) {
  if (group.size() < 2) return false;
  // A recording that is damaged is so for all that decode the same of it.
  return !std::all_of(group.begin(), group.end(), [&](const Making* making) {
    return making->result().reason == media_fault_word(MediaFaultKind::kDamaged) &&
           decoded_by(making->plan()) == decoded_by(group.front()->plan());
  });
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
  return derive_jointly({job}, facts, policy, std::nullopt, progress).results.front();
}

JointDerivation derive_jointly(const std::vector<DerivationJob>& jobs, const MediaFacts& facts,
                               const FormatPolicy& policy,
                               const std::optional<ObserverOptions>& observer, Progress& progress) {
  JointDerivation joint;
  if (jobs.empty()) return joint;
  const FileHandle input = FileHandle::open_read(jobs.front().input);
  std::deque<Making> all;
  Makings to_do;
  for (const DerivationJob& job : jobs) {
    all.emplace_back(job, facts, policy);
    if (all.back().to_do()) to_do.push_back(&all.back());
  }
  for (const Makings& group : groups_of(to_do, facts)) {
    const bool observes = observer && !joint.observed &&
                          std::any_of(group.begin(), group.end(), [&](const Making* making) {
                            return decodes_for_observer(making->plan(), facts, *observer);
                          });
    auto observed = make_together(group, input, jobs.front().least,
                                  observes ? observer : std::nullopt, progress);
    if (observed) joint.observed = std::move(observed);
    if (!may_do_alone(group)) continue;
    for (Making* making : group) {
      if (making->result().outcome == DerivationOutcome::kMade) continue;
      make_together({making}, input, jobs.front().least, std::nullopt, progress);
    }
  }
  for (const Making& making : all) joint.results.push_back(making.result());
  return joint;
}

}  // namespace anjuan::formats
