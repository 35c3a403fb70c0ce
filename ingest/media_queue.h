#pragma once
// The files of a case's recordings on their way through the media programs: those that need no
// encoder two at a time, the others one after the other, because an encoder takes both cores.

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "ingest/media.h"

namespace anjuan::ingest {

class MediaQueue {
 public:
  explicit MediaQueue(const MeasureJob& job) : job_(job) {}

  /// Gives the key of what run() will return. A file that two recordings name is measured once, and
  /// its copies tell of both; equal bytes under another name are another file, whose copies tell of
  /// its own recording.
  std::string add(MediaFile file, const CaseRecording& recording, std::size_t segment);

  /// By key. The first Error of any file ends the rest.
  std::map<std::string, MeasuredMediaFile> run(Progress& progress);

 private:
  /// A recording that a file belongs to.
  struct Owner {
    const CaseRecording* recording = nullptr;
    std::size_t segment = 0;
  };

  struct Task {
    MediaFile file;
    std::string bytes_key;  ///< the key that it came with: equal for equal bytes
    std::vector<Owner> owners;
    std::uint64_t bytes = 0;
    std::optional<StoredCopies> stored;
    std::optional<formats::MediaFacts> facts{};  ///< once is_heavy() has asked

    formats::PassDepth depth(const MeasureJob& job) const {
      return stored ? formats::PassDepth::kObserve : job.depth;
    }
  };

  class Bar;

  formats::MuxNotes notes_of(const Task& task) const;
  formats::PassJob pass_for(const Task& task, std::uint64_t budget_bytes) const;
  bool is_heavy(Task& task) const;
  MeasuredMediaFile measure(const Task& task, std::uint64_t budget_bytes, Progress& progress) const;
  void run_light(const std::vector<const Task*>& tasks, Bar& bar);
  void run_heavy(const std::vector<const Task*>& tasks, Bar& bar);
  void keep(const Task& task, MeasuredMediaFile measured);

  const MeasureJob& job_;
  std::vector<Task> tasks_;
  std::map<std::string, MeasuredMediaFile> measured_;
  std::mutex mutex_;
};

}  // namespace anjuan::ingest
