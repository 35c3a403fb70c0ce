#include "ingest/gather_walk.h"

#include <cerrno>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

namespace {

struct FolderCloser {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

using Folder = std::unique_ptr<DIR, FolderCloser>;

SourceMark mark_from(const struct stat& status) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return {static_cast<std::uint64_t>(status.st_size),
          std::int64_t{status.st_mtim.tv_sec} * kNanoseconds + status.st_mtim.tv_nsec,
          status.st_ino};
}

class Walk {
 public:
  Walk(const fs::path& root, const Config::Intake& limits) : root_(root), limits_(limits) {
    rules_.depth_max = limits.depth_max;
    rules_.source = root.string();
  }

  WalkedFolder run() {
    visit(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW), "", 0);
    if (!refusals_.empty()) refuse_all();
    const auto by_path = [](const WalkedFile& a, const WalkedFile& b) { return a.path < b.path; };
    std::sort(found_.files.begin(), found_.files.end(), by_path);
    std::sort(found_.empty_folders.begin(), found_.empty_folders.end());
    refuse_same_names();
    return std::move(found_);
  }

 private:
  /// Takes the descriptor. `prefix` is "" or "a/b/", in the bytes of the file system.
  void visit(int descriptor, const std::string& prefix, std::uint32_t depth) {
    FileHandle handle(descriptor);
    if (handle.get() < 0) return unreadable(prefix.empty() ? "./" : prefix);
    const Folder folder(::fdopendir(handle.get()));
    if (folder == nullptr) return unreadable(prefix);
    handle.release();
    bool empty = true;
    while (true) {
      errno = 0;
      const dirent* entry = ::readdir(folder.get());
      if (entry == nullptr) break;
      const std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      empty = false;
      look_at(::dirfd(folder.get()), name, prefix + name, depth);
    }
    if (errno != 0) throw_errno(errno, (root_ / prefix).string(), "gather.read_failed");
    if (empty && !prefix.empty()) note_empty(prefix);
  }

  void look_at(int folder, const std::string& name, const std::string& raw, std::uint32_t depth) {
    stop_if_interrupted();
    if (++entries_ > limits_.files_max) refuse("gather.too_many", limits_.files_max);

    struct stat status {};

    if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return unreadable(raw);
    if (S_ISREG(status.st_mode)) return take(folder, name, raw, status);
    if (S_ISLNK(status.st_mode)) return note("gather.link", raw);
    if (!S_ISDIR(status.st_mode)) return note("gather.special", raw);
    if (depth >= limits_.depth_max) return note("gather.name_deep", raw);
    visit(::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW),
          raw + "/", depth + 1);
  }

  void take(int folder, const std::string& name, const std::string& raw,
            const struct stat& status) {
    if (::faccessat(folder, name.c_str(), R_OK, AT_EACCESS) != 0) return unreadable(raw);
    WalkedFile file;
    try {
      packager::SafeName safe = packager::safe_name(raw, rules_);
      file = {std::move(safe.path), raw, safe.origin, mark_from(status)};
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused) throw;
      return refusals_.push_back(error.what());
    }
    found_.bytes += file.mark.bytes;
    if (found_.bytes > limits_.bytes_max) refuse("gather.too_big", limits_.bytes_max);
    found_.files.push_back(std::move(file));
  }

  /// Two names whose bytes differ and whose recovered text does not.
  void refuse_same_names() const {
    const auto same = std::adjacent_find(
        found_.files.begin(), found_.files.end(),
        [](const WalkedFile& a, const WalkedFile& b) { return a.path == b.path; });
    if (same == found_.files.end()) return;
    throw Error(ErrorCode::kRefused, root_.string(),
                say("gather.duplicate", {{"source", root_.string()}, {"name", same->path}}));
  }

  void note_empty(const std::string& prefix) {
    found_.empty_folders.push_back(packager::shown_name(prefix.substr(0, prefix.size() - 1)));
  }

  void unreadable(const std::string& raw) {
    refusals_.push_back(say("gather.unreadable", {{"source", root_.string()},
                                                  {"name", packager::shown_name(raw)},
                                                  {"reason", std::strerror(errno)}}));
  }

  void note(std::string_view message_id, const std::string& raw) {
    refusals_.push_back(
        say(message_id, {{"source", root_.string()}, {"name", packager::shown_name(raw)}}));
  }

  [[noreturn]] void refuse(std::string_view message_id, std::uint64_t limit) const {
    throw Error(ErrorCode::kRefused, root_.string(),
                say(message_id, {{"source", root_.string()}, {"limit", std::to_string(limit)}}));
  }

  [[noreturn]] void refuse_all() const {
    std::string text;
    for (std::size_t i = 0; i < std::min(refusals_.size(), kRefusalsShown); ++i) {
      text += (i == 0 ? "" : "\n") + refusals_[i];
    }
    if (refusals_.size() > kRefusalsShown) {
      text += "\n" + say("gather.more_refusals",
                         {{"count", std::to_string(refusals_.size() - kRefusalsShown)}});
    }
    throw Error(ErrorCode::kRefused, root_.string(), text);
  }

  const fs::path& root_;
  const Config::Intake& limits_;
  packager::NameRules rules_;
  WalkedFolder found_;
  std::vector<std::string> refusals_;
  std::uint64_t entries_ = 0;
};

}  // namespace

WalkedFolder walk_folder(const fs::path& root, const Config::Intake& limits) {
  return Walk(root, limits).run();
}

SourceMark mark_of(const fs::path& path) {
  struct stat status {};

  if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
    throw Error(ErrorCode::kConflict, path.string(),
                say("gather.source_changed", {{"path", path.string()}}));
  }
  return mark_from(status);
}

}  // namespace anjuan::ingest
