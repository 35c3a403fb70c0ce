#include <cerrno>

#include <sys/statvfs.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "core/text.h"
#include "ingest/gather_source.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

namespace {

/// Left free for journals, packages' own documents and everybody else.
constexpr std::uint64_t kRoomLeftBytes = 64ULL * 1024 * 1024;

bool all_finished(const WalkedFolder& walked, const Staging& staging) {
  const auto is_finished = [&](const WalkedFile& file) {
    return staging.finished(file.path, file.mark) != nullptr;
  };
  return walked.files.size() == staging.files().size() &&
         std::all_of(walked.files.begin(), walked.files.end(), is_finished);
}

/// What a crash left of files that are gone or changed since.
void drop_stale(const WalkedFolder& walked, Staging& staging) {
  std::map<std::string_view, const SourceMark*> now;
  for (const WalkedFile& file : walked.files) now[file.path] = &file.mark;
  std::vector<std::string> stale;
  for (const auto& [path, file] : staging.files()) {
    const auto found = now.find(path);
    if (found == now.end() || *found->second != file.mark) stale.push_back(path);
  }
  for (const std::string& path : stale) staging.drop(path);
}

void check_room(const WalkedFolder& walked, Staging& staging) {
  std::uint64_t needed = kRoomLeftBytes;
  for (const WalkedFile& file : walked.files) {
    if (staging.finished(file.path, file.mark) == nullptr) needed += file.mark.bytes;
  }
  const std::string place = staging.folder().string();

  struct statvfs room {};

  if (::statvfs(place.c_str(), &room) != 0) throw_errno(errno, place, "gather.read_failed");
  const std::uint64_t free = std::uint64_t{room.f_bavail} * room.f_frsize;
  if (needed <= free) return;
  throw Error(
      ErrorCode::kNoSpace, place,
      say("gather.no_room",
          {{"place", place}, {"needed", human_bytes(needed)}, {"free", human_bytes(free)}}));
}

[[noreturn]] void tell_change(const std::string& path) {
  throw Error(ErrorCode::kConflict, path, say("gather.source_changed", {{"path", path}}));
}

/// A file that the walk saw and that is gone now was taken away meanwhile.
Digests copy_walked(const fs::path& source, const fs::path& copy, Progress& progress) {
  try {
    return copy_and_digest(source, copy, [&](std::uint64_t bytes) {
      progress.advance(bytes);
      stop_if_interrupted();
    });
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kNotFound) tell_change(source.string());
    throw;
  }
}

void copy_one(const fs::path& root, const WalkedFile& file, Staging& staging, Progress& progress) {
  const fs::path source = root / file.raw_name;
  const fs::path copy = staging.next();
  StagedFile staged;
  staged.path = file.path;
  if (file.origin != packager::NameOrigin::kUtf8) staged.raw_name = file.raw_name;
  staged.copy = copy.filename().string();
  staged.digests = copy_walked(source, copy, progress);
  // The walk's file, not one that took its name since.
  if (mark_of(source) != file.mark) tell_change(source.string());
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  staged.modified = from_unix_seconds(file.mark.modified_ns / kNanoseconds);
  staged.mark = file.mark;
  staging.add(std::move(staged));
}

}  // namespace

void gather_folder(const Submission& submission, Staging& staging, const Config::Intake& limits,
                   Progress& progress) {
  const WalkedFolder walked = walk_folder(submission.path, limits);
  if (staging.end()) {
    if (all_finished(walked, staging)) return;
    staging.start_anew();
  }
  drop_stale(walked, staging);
  check_room(walked, staging);
  progress.begin(say("gather.progress"), walked.bytes);
  for (const WalkedFile& file : walked.files) {
    stop_if_interrupted();
    if (staging.finished(file.path, file.mark) != nullptr) {
      progress.advance(file.mark.bytes);
    } else {
      copy_one(submission.path, file, staging, progress);
    }
  }
  progress.end();
  if (walk_folder(submission.path, limits) != walked) tell_change(submission.path.string());
  staging.set_end({"folder", "", walked.empty_folders});
}

}  // namespace anjuan::ingest
