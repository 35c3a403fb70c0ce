#include "ingest/media_queue.h"

#include <atomic>
#include <thread>

#include "core/durable.h"
#include "core/messages.h"
#include "preservation/sidecar/sidecar_notes.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

using formats::PassDepth;

namespace {

/// Light passes that run side by side: each child takes one core.
constexpr unsigned kLightWorkers = 2;

/// The kind is all that decides which programs look: what the file is by PRONOM comes later.
formats::Characteristics characterise(const MediaFile& file, const std::string& mime,
                                      SandboxLevel least) {
  const FileHandle handle = FileHandle::open_read(file.file);
  formats::FormatName kind;
  kind.mime = mime;
  return formats::characterise({&handle, file.path}, kind, least);
}

formats::DerivationResult derive_picture(const MediaFile& file, const MeasureJob& job) {
  formats::DerivationJob one;
  one.input = file.file;
  one.output = job.folder / (file.key + ".png");
  one.least = job.least;
  // What a run that was cut short left behind; a picture is made again in a moment.
  fs::remove(one.output);
  fs::remove(one.output.string() + std::string(formats::kProofSuffix));
  auto result = formats::derive_photograph(one, job.policy);
  formats::stop_if_not_written(result, one.output);
  return result;
}

}  // namespace

/// One bar for all files, by their sizes.
class MediaQueue::Bar {
 public:
  Bar(Progress& shown, std::uint64_t total) : shown_(shown) {
    shown_.begin(say("ingest.media_step"), total);
  }

  ~Bar() { shown_.end(); }

  /// What a file's pass tells of itself, taken as a share of the file.
  class Part final : public Progress {
   public:
    Part(Bar& bar, std::uint64_t size) : bar_(bar), size_(size) {}

    void begin(std::string_view, std::uint64_t total_bytes) override { total_ = total_bytes; }

    void advance(std::uint64_t bytes) override {
      if (total_ == 0) return;
      const double share = static_cast<double>(bytes) / static_cast<double>(total_);
      tell(std::min(size_ - told_, static_cast<std::uint64_t>(share * double(size_))));
    }

    void end() override {}

    void finish() { tell(size_ - told_); }

   private:
    void tell(std::uint64_t bytes) {
      told_ += bytes;
      bar_.shown_.advance(bytes);
    }

    Bar& bar_;
    std::uint64_t size_;
    std::uint64_t total_ = 0;
    std::uint64_t told_ = 0;
  };

 private:
  Progress& shown_;  ///< safe for threads, as every Progress that people see
};

std::string MediaQueue::add(MediaFile file, const CaseRecording& recording, std::size_t segment) {
  const Owner owner{&recording, segment};
  std::size_t twins = 0;
  for (Task& task : tasks_) {
    if (task.file.path == file.path) {
      task.owners.push_back(owner);
      return task.file.key;
    }
    if (task.bytes_key == file.key) ++twins;
  }
  const std::string bytes_key = file.key;
  if (twins > 0) file.key += fmt::format("-{}", twins + 1);
  const auto bytes = fs::file_size(file.file);
  auto stored = job_.stored ? job_.stored(file) : std::nullopt;
  tasks_.push_back({std::move(file), bytes_key, {owner}, bytes, std::move(stored)});
  return tasks_.back().file.key;
}

formats::MuxNotes MediaQueue::notes_of(const Task& task) const {
  formats::MuxNotes notes;
  if (!job_.notes) return notes;
  for (const Owner& owner : task.owners) {
    preservation::add_notes(notes, job_.notes(*owner.recording, owner.segment));
  }
  return notes;
}

formats::PassJob MediaQueue::pass_for(const Task& task, std::uint64_t budget_bytes) const {
  formats::PassJob pass;
  pass.input = task.file.file;
  pass.folder = job_.folder;
  pass.key = task.file.key;
  pass.depth = task.depth(job_);
  pass.notes = notes_of(task);
  pass.budget_bytes = budget_bytes;
  pass.least = job_.least;
  pass.facts = task.facts;
  return pass;
}

/// Something is encoded: a lossless copy, or an access copy that browsers cannot have otherwise.
bool MediaQueue::is_heavy(Task& task) const {
  if (task.depth(job_) == PassDepth::kObserve ||
      !formats::photograph_type_of(task.file.file).empty())
    return false;
  const auto& facts = task.facts.emplace(formats::facts_for_pass(pass_for(task, 0)));
  if (facts.fault) return false;
  for (const auto purpose :
       {formats::DerivationPurpose::kPreservation, formats::DerivationPurpose::kAccess}) {
    const auto plan = formats::plan_derivation(facts, job_.policy, purpose, job_.policy.case_bytes);
    if (!plan.skip.empty()) continue;
    for (const auto& stream : plan.streams) {
      if (stream.action != formats::StreamAction::kCopy) return true;
    }
  }
  return false;
}

MeasuredMediaFile MediaQueue::measure(const Task& task, std::uint64_t budget_bytes,
                                      Progress& progress) const {
  MeasuredMediaFile measured;
  measured.source = task.file;
  measured.stored = task.stored;
  const PassDepth depth = task.depth(job_);
  if (const auto type = formats::photograph_type_of(task.file.file); !type.empty()) {
    measured.characteristics =
        characterise(task.file, type == "heic" ? "image/heif" : "image/" + type, job_.least);
    measured.photograph = formats::check_photograph(task.file.file, job_.least);
    if (depth == PassDepth::kDerive) measured.picture = derive_picture(task.file, job_);
    return measured;
  }
  measured.pass = formats::pass_recording(pass_for(task, budget_bytes), job_.policy, progress);
  if (depth == PassDepth::kDerive && !measured.pass->facts.fault) {
    measured.characteristics = characterise(task.file, "video/mp4", job_.least);
  }
  return measured;
}

void MediaQueue::keep(const Task& task, MeasuredMediaFile measured) {
  const std::lock_guard guard(mutex_);
  measured_[task.file.key] = std::move(measured);
}

void MediaQueue::run_light(const std::vector<const Task*>& tasks, Bar& bar) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr first_error;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < tasks.size(); i = next++) {
        Bar::Part part(bar, tasks[i]->bytes);
        keep(*tasks[i], measure(*tasks[i], 0, part));
        part.finish();
      }
    } catch (...) {
      next = tasks.size();
      const std::lock_guard guard(mutex_);
      if (!first_error) first_error = std::current_exception();
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 1; i < kLightWorkers && i < tasks.size(); ++i) workers.emplace_back(work);
  work();
  for (auto& worker : workers) worker.join();
  if (first_error) std::rethrow_exception(first_error);
}

/// In the order of the case, so that the same files get the budget every time.
void MediaQueue::run_heavy(const std::vector<const Task*>& tasks, Bar& bar) {
  std::uint64_t budget = job_.policy.case_bytes;
  for (const Task* task : tasks) {
    Bar::Part part(bar, task->bytes);
    auto measured = measure(*task, budget, part);
    part.finish();
    if (measured.pass && measured.pass->preservation) {
      budget -= std::min(budget, measured.pass->preservation->bytes);
    }
    keep(*task, std::move(measured));
  }
}

std::map<std::string, MeasuredMediaFile> MediaQueue::run(Progress& progress) {
  if (tasks_.empty()) return {};
  std::uint64_t total = 0;
  std::vector<const Task*> light;
  std::vector<const Task*> heavy;
  for (Task& task : tasks_) {
    total += task.bytes;
    (is_heavy(task) ? heavy : light).push_back(&task);
  }
  Bar bar(progress, total);
  run_light(light, bar);
  run_heavy(heavy, bar);
  return std::move(measured_);
}

}  // namespace anjuan::ingest
