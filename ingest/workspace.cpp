#include "ingest/workspace.h"

#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "core/uuid.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kLock = "lock";
constexpr std::string_view kJournal = "journal";
constexpr std::string_view kStarted = "workspace.started";

fs::path real_path(const fs::path& submission) {
  std::error_code failure;
  fs::path real = fs::canonical(submission, failure);
  if (!failure) return real;
  throw Error(ErrorCode::kNotFound, submission.string(),
              say("gather.no_submission", {{"path", submission.string()}}));
}

void remove_tree(const fs::path& path) {
  std::error_code failure;
  fs::remove_all(path, failure);
  if (failure) throw_errno(failure.value(), path.string(), "gather.remove_failed");
}

/// Everything but the lock, the journal last: as long as it stands, it tells what was done.
void clear(const fs::path& folder) {
  std::vector<fs::path> others;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name != kLock && name != kJournal) others.push_back(entry.path());
  }
  for (const fs::path& path : others) remove_tree(path);
  fault_point("workspace:cleared");
  remove_tree(folder / kJournal);
  sync_folder(folder);
}

}  // namespace

Workspace::Workspace(std::string key, fs::path folder, FileLock lock, Instant now)
    : key_(std::move(key)),
      folder_(std::move(folder)),
      lock_(std::move(lock)),
      now_(now),
      started_(now) {}

Workspace Workspace::open(const fs::path& root, const fs::path& submission, const Clock& clock) {
  const std::string key = name_uuid("anjuan:workspace", real_path(submission).string());
  const fs::path folder = root / key;
  create_folders_durably(folder);
  Workspace workspace(key, folder, FileLock::take(folder / kLock), clock.now());
  workspace.open_journal();
  return workspace;
}

void Workspace::open_journal() {
  journal_ = Journal::open(folder_ / kJournal);
  if (const Json* first = journal_->last(kStarted)) {
    started_ = parse_instant(first->text_or("at", ""));
  } else {
    started_ = now_;
    journal_->append(Json::object({{"step", Json::string(std::string(kStarted))},
                                   {"at", Json::string(to_text_ms(started_))}}));
  }
  create_folders_durably(files());
}

fs::path Workspace::media() const {
  const fs::path folder = folder_ / "media";
  create_folders_durably(folder);
  return folder;
}

void Workspace::start_anew() {
  journal_.reset();
  clear(folder_);
  open_journal();
}

void Workspace::finish() {
  journal_.reset();
  clear(folder_);
  // Under the lock: who comes now finds it taken, or makes a new folder after it is gone.
  fs::remove(folder_ / kLock);
  std::error_code taken_again;  // Somebody was quicker: then the folder is theirs.
  fs::remove(folder_, taken_again);
  lock_.reset();
}

}  // namespace anjuan::ingest
