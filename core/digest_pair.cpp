// PairHasher: SHA-512 here, SM3 on a second thread. SM3 is the slower by more than two (OpenSSL 3
// has no vector code for it), so a file is digested at SM3's speed and SHA-512 costs no time.
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "core/digest.h"

namespace anjuan {

namespace {

/// Below this a thread costs more than it saves.
constexpr std::uint64_t kThreadFromBytes = 256 * 1024;
constexpr std::size_t kBlockBytes = 256 * 1024;
constexpr std::size_t kBlocks = 8;

/// A second thread that updates one Hasher from a ring of blocks, in order.
class HashingThread {
 public:
  explicit HashingThread(Hasher& hasher) : hasher_(hasher) {
    for (Block& block : blocks_) block.bytes.resize(kBlockBytes);
    thread_ = std::thread([this] { work(); });
  }

  ~HashingThread() { close(); }

  HashingThread(const HashingThread&) = delete;
  HashingThread& operator=(const HashingThread&) = delete;

  /// Copies the bytes; blocks while the ring is full.
  void update(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      Block& block = blocks_[filling_ % kBlocks];
      if (filled_ == 0) wait_until_free();
      const std::size_t count = std::min(bytes.size(), kBlockBytes - filled_);
      std::copy_n(bytes.begin(), count, block.bytes.begin() + static_cast<std::ptrdiff_t>(filled_));
      filled_ += count;
      bytes = bytes.subspan(count);
      if (filled_ == kBlockBytes) publish();
    }
  }

  /// Returns when every byte has been digested. Throws what the thread threw.
  void finish() {
    if (filled_ > 0) publish();
    close();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Block {
    std::vector<std::byte> bytes;
    std::size_t used = 0;
  };

  void wait_until_free() {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [this] { return filling_ - digested_ < kBlocks || failure_; });
    if (failure_) std::rethrow_exception(failure_);
  }

  void publish() {
    blocks_[filling_ % kBlocks].used = std::exchange(filled_, 0);
    const std::lock_guard lock(mutex_);
    ++filling_;
    published_.notify_one();
  }

  void close() {
    if (!thread_.joinable()) return;
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      published_.notify_one();
    }
    thread_.join();
  }

  /// True with a block to digest, false once all is digested and nothing more will come.
  bool wait_for_block() {
    std::unique_lock lock(mutex_);
    published_.wait(lock, [this] { return digested_ < filling_ || closed_; });
    return digested_ < filling_;
  }

  void work() {
    try {
      while (wait_for_block()) {
        const Block& block = blocks_[digested_ % kBlocks];
        hasher_.update(std::span(block.bytes).first(block.used));
        const std::lock_guard lock(mutex_);
        ++digested_;
        freed_.notify_one();
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
      freed_.notify_one();
    }
  }

  Hasher& hasher_;
  std::array<Block, kBlocks> blocks_;
  std::mutex mutex_;
  std::condition_variable published_;
  std::condition_variable freed_;
  std::size_t filled_ = 0;      ///< bytes in the block being filled
  std::uint64_t filling_ = 0;   ///< number of the block being filled = count published
  std::uint64_t digested_ = 0;  ///< count digested
  bool closed_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace

struct PairHasher::State {
  Hasher sha512{DigestAlgorithm::kSha512};
  Hasher sm3{DigestAlgorithm::kSm3};
  std::uint64_t bytes = 0;
  bool thread_refused = false;
  std::optional<HashingThread> thread;  ///< last: ends before the hasher that it uses

  void start_thread() {
    try {
      thread.emplace(sm3);
    } catch (const std::system_error&) {
      thread_refused = true;  // No thread to be had: the same digests, only slower.
    }
  }
};

PairHasher::PairHasher() : state_(std::make_unique<State>()) {}

PairHasher::~PairHasher() = default;

void PairHasher::update(std::span<const std::byte> bytes) {
  state_->bytes += bytes.size();
  const bool large = state_->bytes >= kThreadFromBytes;
  if (large && !state_->thread && !state_->thread_refused) state_->start_thread();
  if (state_->thread) {
    state_->thread->update(bytes);
  } else {
    state_->sm3.update(bytes);
  }
  state_->sha512.update(bytes);
}

Digests PairHasher::finish() {
  if (state_->thread) state_->thread->finish();
  return {state_->sha512.finish(), state_->sm3.finish(), state_->bytes};
}

}  // namespace anjuan
