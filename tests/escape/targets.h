#pragma once
// What a worker that was taken over may try, and what it would reach if nothing stopped it.

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "core/durable.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

inline constexpr const char* kActs[] = {"read",   "write", "delete",  "tcp",  "unix",
                                        "exec",   "fork",  "threads", "loop", "memory",
                                        "sparse", "flood", "kill",    "crash"};

/// A socket that nobody may reach.
class Listener {
 public:
  static Listener tcp() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return {AF_INET, reinterpret_cast<const sockaddr*>(&address), sizeof address};
  }

  static Listener local(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return {AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address};
  }

  bool was_called() const { return ::accept(socket_.get(), nullptr, nullptr) >= 0; }

  std::string port() const {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &length);
    return std::to_string(ntohs(address.sin_port));
  }

 private:
  Listener(int family, const sockaddr* address, socklen_t length)
      : socket_(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    if (::bind(socket_.get(), address, length) != 0 || ::listen(socket_.get(), 8) != 0) {
      throw std::runtime_error("no listener");
    }
  }

  FileHandle socket_;
};

/// A secret to read or delete, a file that is not there yet, two sockets to call.
class EscapeTargets {
 public:
  static constexpr const char* kSecret = "the secret of another file";

  EscapeTargets() { write_text(folder_ / "secret", kSecret); }

  /// Of an act's order (tests/support/escape_hatch.h).
  std::string argument(const std::string& act) const {
    if (act == "tcp") return tcp_.port();
    if (act == "unix") return folder_ / "socket";
    if (act == "read" || act == "delete") return folder_ / "secret";
    return created();  // write, exec, limits
  }

  std::filesystem::path created() const { return folder_ / "new"; }

  void expect_untouched(const std::string& told) const {
    EXPECT_EQ(told.find(kSecret), told.npos) << told;
    EXPECT_FALSE(tcp_.was_called());
    EXPECT_FALSE(unix_.was_called());
    EXPECT_EQ(read_text(folder_ / "secret"), kSecret);
    EXPECT_FALSE(std::filesystem::exists(created()));
  }

 private:
  TemporaryFolder folder_;
  Listener tcp_ = Listener::tcp();
  Listener unix_ = Listener::local(folder_ / "socket");
};

}  // namespace anjuan::test
