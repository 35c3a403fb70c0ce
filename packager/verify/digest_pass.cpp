#include "packager/verify/digest_pass.h"

#include <atomic>
#include <mutex>
#include <numeric>
#include <thread>

#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"

namespace anjuan::packager {

namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;

class DigestPass {
 public:
  DigestPass(const std::filesystem::path& root, const std::vector<DigestJob>& jobs,
             Progress& progress)
      : root_(FileHandle::open_folder(root)),
        jobs_(jobs),
        progress_(progress),
        results_(jobs.size()),
        order_(jobs.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t a, std::size_t b) { return jobs_[a].bytes > jobs_[b].bytes; });
  }

  std::vector<DigestResult> run(unsigned threads) {
    {
      std::vector<std::jthread> workers;
      for (unsigned i = 1; i < threads; ++i) workers.emplace_back([this] { work(); });
      work();
    }
    if (failure_) std::rethrow_exception(failure_);
    return std::move(results_);
  }

 private:
  void work() {
    try {
      std::vector<std::byte> block(kBlockBytes);
      while (!stopped_) {
        const std::size_t turn = next_++;
        if (turn >= order_.size()) return;
        digest(jobs_[order_[turn]], results_[order_[turn]], block);
      }
    } catch (...) {
      // Kept for the caller's thread: a worker must not end the program.
      const std::scoped_lock lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      stopped_ = true;
    }
  }

  void digest(const DigestJob& job, DigestResult& result, std::vector<std::byte>& block) {
    try {
      read(job, result, block);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kInterrupted) throw;
      result = {};
      result.failure = error.what();
    }
  }

  void read(const DigestJob& job, DigestResult& result, std::vector<std::byte>& block) {
    const FileHandle file = FileHandle::open_read_at(root_, job.path);
    std::vector<Hasher> hashers;
    hashers.reserve(job.algorithms.size());
    for (const auto algorithm : job.algorithms) hashers.emplace_back(algorithm);
    while (const std::size_t count = file.read_some(block, job.path)) {
      for (auto& hasher : hashers) {
        hasher.update(std::span<const std::byte>(block.data(), count));
      }
      result.bytes += count;
      tell(count);
      // A block cut short at the expected end: asking for more would cost a call for every file.
      if (count < block.size() && result.bytes == job.bytes) break;
    }
    result.digests.reserve(hashers.size());
    for (auto& hasher : hashers) result.digests.push_back(hasher.finish());
  }

  void tell(std::size_t count) {
    stop_if_interrupted();
    const std::scoped_lock lock(mutex_);
    progress_.advance(count);
  }

  const FileHandle root_;
  const std::vector<DigestJob>& jobs_;
  Progress& progress_;
  std::vector<DigestResult> results_;
  std::vector<std::size_t> order_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace

std::vector<DigestResult> digest_files(const std::filesystem::path& root,
                                       const std::vector<DigestJob>& jobs, unsigned threads,
                                       Progress& progress) {
  if (jobs.empty()) return {};
  return DigestPass(root, jobs, progress).run(threads);
}

}  // namespace anjuan::packager
