#pragma once
// Scanners for the virus check: a fake one that answers what a test wants, and the real clamd with
// a signature set of our own.

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include <sys/types.h>

#include "tests/support/temporary_folder.h"

namespace anjuan::test {

/// Listens on a Unix socket; `serve` is called with each connection, one after the other.
class FakeClamd {
 public:
  using Serve = std::function<void(int connection)>;

  explicit FakeClamd(Serve serve);
  ~FakeClamd();
  FakeClamd(const FakeClamd&) = delete;
  FakeClamd& operator=(const FakeClamd&) = delete;

  std::filesystem::path socket() const { return folder_ / "s"; }

  int connections() const { return connections_; }

 private:
  TemporaryFolder folder_;
  Serve serve_;
  int listener_ = -1;
  std::atomic<bool> stop_{false};
  std::atomic<int> connections_{0};
  std::thread thread_;
};

/// Answers zVERSION with `version`; for zINSTREAM reads the stream to its end and answers `verdict`
/// (both with their NUL).
FakeClamd::Serve honest(std::string version, std::string verdict);

/// Reads up to and with the NUL of the command.
std::string read_command(int connection);
/// The bytes of the stream, up to its end or the end of the connection.
std::string read_stream(int connection);
void write_to(int connection, const std::string& bytes);

/// "" if there is no clamd on this machine.
std::string clamd_program();

/// The real clamd as this user, in a folder of its own, with the signatures "Anjuan.Test.Harmless"
/// (kHarmlessPattern anywhere) and "Anjuan.Test.Eicar".
class RealClamd {
 public:
  /// `stream_bytes_max` is its StreamMaxLength.
  explicit RealClamd(std::size_t stream_bytes_max = 4 * 1024 * 1024);
  ~RealClamd();
  RealClamd(const RealClamd&) = delete;
  RealClamd& operator=(const RealClamd&) = delete;

  /// False if it did not come up in time; log() then says why.
  bool is_up() const;

  std::filesystem::path socket() const { return folder_ / "s"; }

  std::string log() const;

  /// The signatures as a new clamd would read them; used by is_up().
  static constexpr const char* kHarmlessPattern = "anjuan-harmless-pattern-2026";

 private:
  TemporaryFolder folder_;
  pid_t process_ = -1;
};

/// EICAR's test file, put together so that no scanner reports this source.
std::string eicar();

}  // namespace anjuan::test
