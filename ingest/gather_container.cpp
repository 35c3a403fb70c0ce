#include <set>

#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "ingest/gather_source.h"
#include "packager/container.h"

namespace anjuan::ingest {

namespace {

using packager::ContainerEntry;
using packager::EntryType;

/// Writes and digests each entry while the container is read.
class Stager final : public packager::ContainerVisitor {
 public:
  Stager(Staging& staging, Instant container_time, Progress& progress)
      : staging_(staging), container_time_(container_time), progress_(progress) {}

  void begin(const ContainerEntry& entry) override {
    stop_if_interrupted();
    entry_ = entry;
    if (entry.type == EntryType::kFolder) {
      folders_.insert(entry.path);
      return;
    }
    files_.insert(entry.path);
    const SourceMark mark{entry.bytes.value_or(0), 0, 0};
    if (entry.bytes && staging_.finished(entry.path, mark) != nullptr) return;
    copy_ = staging_.next();
    out_ = FileHandle::create(copy_);
    hasher_.emplace();
  }

  void data(std::span<const std::byte> block) override {
    progress_.advance(block.size());
    if (!hasher_) return;
    stop_if_interrupted();
    hasher_->update(block);
    out_.write_all(block, copy_.string());
  }

  void end() override {
    if (!hasher_) return;
    StagedFile file;
    file.path = entry_.path;
    if (entry_.origin != packager::NameOrigin::kUtf8) file.raw_name = entry_.raw_name;
    file.copy = copy_.filename().string();
    file.digests = hasher_->finish();
    file.modified = entry_.modified.value_or(container_time_);
    file.mark = {file.digests.bytes, 0, 0};
    hasher_.reset();
    out_.close();
    staging_.add(std::move(file));
  }

  /// Folders without a file in them or below.
  std::vector<std::string> empty_folders() const {
    std::set<std::string> empty = folders_;
    for (const std::set<std::string>& names : {files_, folders_}) {
      for (const std::string& name : names) {
        for (auto slash = name.rfind('/'); slash != name.npos && slash > 0;
             slash = name.rfind('/', slash - 1)) {
          empty.erase(name.substr(0, slash));
        }
      }
    }
    return {empty.begin(), empty.end()};
  }

 private:
  Staging& staging_;
  Instant container_time_;
  Progress& progress_;
  ContainerEntry entry_;
  std::filesystem::path copy_;
  FileHandle out_;
  std::optional<PairHasher> hasher_;  ///< set while an entry is being written
  std::set<std::string> files_;
  std::set<std::string> folders_;
};

}  // namespace

void gather_container(const Submission& submission, Staging& staging, const Config::Intake& limits,
                      Progress& progress) {
  const SourceMark mark = mark_of(submission.path);
  if (staging.container() && *staging.container() != mark) staging.start_anew();
  if (staging.end()) return;
  if (!staging.container()) staging.set_container(mark);
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  Stager stager(staging, from_unix_seconds(mark.modified_ns / kNanoseconds), progress);
  const packager::ContainerLimits bounds{limits.files_max, limits.bytes_max, limits.ratio_max,
                                         limits.depth_max};
  progress.begin(say("gather.progress"), 0);
  const auto summary = packager::read_container(submission.path, bounds,
                                                sandbox_level(limits.sandbox_least), stager);
  progress.end();
  if (mark_of(submission.path) != mark) {
    const std::string path = submission.path.string();
    throw Error(ErrorCode::kConflict, path, say("gather.source_changed", {{"path", path}}));
  }
  staging.set_end({std::string(packager::format_word(summary.format)), summary.sandbox.detail,
                   stager.empty_folders()});
}

}  // namespace anjuan::ingest
