#include "tools/sample/submission.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <set>
#include <thread>

#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "tools/sample/document_writer.h"
#include "tools/sample/recording_writer.h"
#include "tools/sample/resources.h"

namespace anjuan::sample {

namespace {

namespace fs = std::filesystem;

/// Runs every job on as many threads as there are processors; the first error ends all.
void run_all(const std::vector<std::function<void()>>& jobs) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr error;
  std::mutex mutex;
  const auto work = [&] {
    for (std::size_t job = next++; job < jobs.size(); job = next++) {
      try {
        jobs[job]();
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!error) error = std::current_exception();
        next = jobs.size();
      }
    }
  };
  std::vector<std::jthread> threads;
  const unsigned count = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 1; i < count; ++i) threads.emplace_back(work);
  work();
  threads.clear();
  if (error) std::rethrow_exception(error);
}

void draw_all(const fs::path& folder, const Json& the_case, const FilePlan& plan,
              SpeechMaker& speech) {
  const Facts facts(the_case);
  std::vector<std::function<void()>> jobs;
  // The long ones first, so that no thread is left alone with one at the end.
  for (const RecordingFile& file : plan.recordings) {
    const fs::path path = folder / file.path;
    fs::create_directories(path.parent_path());
    jobs.emplace_back([job = plan_recording(facts, file, path, speech)] { write_recording(job); });
  }
  for (const DocumentFile& file : plan.documents) {
    const fs::path path = folder / file.path;
    fs::create_directories(path.parent_path());
    jobs.emplace_back([&facts, path, document = file.document] {
      stop_if_interrupted();
      write_document(path, facts, *document);
    });
  }
  run_all(jobs);
}

/// "digest  path" lines of every file under `folder`, in byte order of the paths.
std::string list_of_digests(const fs::path& folder) {
  std::set<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) paths.insert(fs::relative(entry.path(), folder).string());
  }
  std::string list;
  for (const auto& path : paths) {
    list += digest_file(folder / path).sha512 + "  " + path + "\n";
  }
  return list;
}

/// The list that this program writes beside a submission, so that a second run need not draw.
/// First line: what drew it.
std::string list_head(const SampleCase& sample) {
  return fmt::format("# anjuan-sample {} texts {} case {}\n", ANJUAN_VERSION,
                     sample_text_digest().substr(0, 16),
                     digest_hex(DigestAlgorithm::kSha512, sample.bytes).substr(0, 32));
}

bool unchanged(const fs::path& target, const fs::path& list, const SampleCase& sample) {
  return fs::exists(list) && read_file(list) == list_head(sample) + list_of_digests(target);
}

}  // namespace

SubmissionResult write_submission(const fs::path& folder, const SampleCase& sample,
                                  SpeechMaker& speech) {
  const Json the_case = Json::parse(sample.bytes, sample.name);
  const FilePlan plan = plan_files(the_case, sample.name);
  SubmissionResult result{the_case.text_or("case_no", ""), folder / sample.name,
                          plan.documents.size(), plan.recordings.size(), true};
  const fs::path list = folder / ("." + sample.name + ".sha512");
  const bool there = fs::exists(result.path);
  if (there && unchanged(result.path, list, sample)) return result;
  const fs::path draft = folder / ("." + sample.name + ".part");
  fs::remove_all(draft);
  fs::create_directories(draft);
  try {
    draw_all(draft, the_case, plan, speech);
    create_durably(draft / "case.json", sample.bytes);
  } catch (...) {
    fs::remove_all(draft);
    throw;
  }
  const std::string digests = list_of_digests(draft);
  if (there) {
    const bool same = list_of_digests(result.path) == digests;
    fs::remove_all(draft);
    if (!same) {
      throw Error(ErrorCode::kConflict, result.path.string(),
                  say("sample.different_exists", {{"path", result.path.string()}}));
    }
  } else {
    sync_file_system(draft);
    rename_durably(draft, result.path);
    result.kept = false;
  }
  replace_durably(list, list_head(sample) + digests);
  return result;
}

}  // namespace anjuan::sample
