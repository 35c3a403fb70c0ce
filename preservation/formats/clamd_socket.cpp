#include "preservation/formats/clamd_socket.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "core/interrupt.h"

namespace anjuan::preservation {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

/// So often a wait looks whether the user asked to stop.
constexpr milliseconds kGlance{500};

/// The connect() of a Unix socket waits for room in the queue as long as its send timeout.
void limit_connect(int socket, milliseconds timeout) {
  timeval limit{};
  limit.tv_sec = duration_cast<std::chrono::seconds>(timeout).count();
  limit.tv_usec = (timeout % std::chrono::seconds(1)).count() * 1000;
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

}  // namespace

ClamdSocket::ClamdSocket(const std::filesystem::path& path, const ScanTimes& times)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      times_(times),
      end_(Steady::now() + times.file) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string& name = path.native();
  if (socket_.get() < 0 || name.empty() || name.size() >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, name.data(), name.size());
  limit_connect(socket_.get(), times.connect);
  const auto* plain = reinterpret_cast<const sockaddr*>(&address);
  if (::connect(socket_.get(), plain, sizeof address) == 0) {
    state_ = SocketEnd::kOk;
  } else if (errno == EAGAIN || errno == EINPROGRESS) {
    state_ = SocketEnd::kTimedOut;
  }
}

short ClamdSocket::wait(short events) const {
  const auto patience = std::min(end_, Steady::now() + times_.silence);
  while (true) {
    stop_if_interrupted();
    const auto left = duration_cast<milliseconds>(patience - Steady::now());
    if (left.count() <= 0) return 0;
    pollfd waiting{socket_.get(), events, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min(left, kGlance).count()));
    if (ready > 0) return waiting.revents;
    if (ready < 0 && errno != EINTR) return POLLERR;
  }
}

SocketEnd ClamdSocket::send(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const short ready = wait(POLLIN | POLLOUT);
    if (ready == 0) return SocketEnd::kTimedOut;
    if ((ready & POLLIN) != 0) {
      has_spoken_ = true;
      return SocketEnd::kOk;
    }
    const auto sent =
        ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (errno == EPIPE || errno == ECONNRESET) {
      has_spoken_ = true;  // it closed its end: what it said before can still be read
      return SocketEnd::kOk;
    } else if (errno != EAGAIN && errno != EINTR) {
      return SocketEnd::kBroken;
    }
  }
  return SocketEnd::kOk;
}

SocketEnd ClamdSocket::send(std::string_view bytes) {
  return send(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

SocketEnd ClamdSocket::receive_all(std::string& reply) {
  std::array<char, 1024> block{};
  while (true) {
    if (wait(POLLIN) == 0) return SocketEnd::kTimedOut;
    const auto count = ::recv(socket_.get(), block.data(), block.size(), MSG_DONTWAIT);
    if (count == 0) return SocketEnd::kOk;
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    // A reset after the reply is how a Unix socket says that it was closed with bytes unread.
    if (count < 0) return reply.empty() ? SocketEnd::kBroken : SocketEnd::kOk;
    reply.append(block.data(), static_cast<std::size_t>(count));
    if (reply.size() > kReplyBytesMax) return SocketEnd::kBroken;
  }
}

}  // namespace anjuan::preservation
