#pragma once
// One question to clamd over its Unix socket: a connection that gives up by itself.
//
// Whatever sits at the other end is not trusted: every wait has an end and the reply a limit.

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/durable.h"

namespace anjuan::preservation {

/// How long the scanner may keep us waiting.
struct ScanTimes {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds silence{120'000};  ///< without taking a byte or giving one
  std::chrono::milliseconds file{1'800'000};   ///< for one file in all
};

enum class SocketEnd { kOk, kAbsent, kTimedOut, kBroken };

class ClamdSocket {
 public:
  /// A reply of clamd is one short line; more than this is none.
  static constexpr std::size_t kReplyBytesMax = 4096;

  ClamdSocket(const std::filesystem::path& path, const ScanTimes& times);

  /// kOk if it is connected, else why not.
  SocketEnd state() const { return state_; }

  /// Sends all bytes, or stops as soon as the other end speaks (has_spoken()) or fails.
  SocketEnd send(std::span<const std::byte> bytes);
  SocketEnd send(std::string_view bytes);

  /// True if a reply, or the end, has come while there was more to send.
  bool has_spoken() const { return has_spoken_; }

  /// Everything until the other end closes, at most kReplyBytesMax; longer is kBroken.
  SocketEnd receive_all(std::string& reply);

 private:
  using Steady = std::chrono::steady_clock;

  /// Waits for `events`; returns what came, 0 after the silence or the time for the file.
  short wait(short events) const;

  FileHandle socket_;
  ScanTimes times_;
  Steady::time_point end_;
  SocketEnd state_ = SocketEnd::kAbsent;
  bool has_spoken_ = false;
};

}  // namespace anjuan::preservation
