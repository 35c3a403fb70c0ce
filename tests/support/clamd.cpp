#include "tests/support/clamd.h"

#include <array>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/digest.h"
#include "core/text.h"
#include "tests/support/files.h"

namespace anjuan::test {

namespace {

sockaddr_un address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.native().size() >= sizeof address.sun_path) throw std::runtime_error("socket path");
  std::memcpy(address.sun_path, path.c_str(), path.native().size());
  return address;
}

bool answers(const std::filesystem::path& path) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(path);
  const bool connected =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return connected;
}

bool read_exactly(int connection, char* to, std::size_t count) {
  for (std::size_t have = 0; have < count;) {
    const auto got = ::read(connection, to + have, count - have);
    if (got <= 0) return false;
    have += static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

FakeClamd::FakeClamd(Serve serve) : serve_(std::move(serve)) {
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(socket());
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 8) != 0) {
    throw std::runtime_error("fake clamd cannot listen");
  }
  thread_ = std::thread([this] {
    while (!stop_) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) continue;
      ++connections_;
      serve_(connection);
      ::close(connection);
    }
  });
}

FakeClamd::~FakeClamd() {
  stop_ = true;
  thread_.join();
  ::close(listener_);
}

std::string read_command(int connection) {
  std::string command;
  char c = 0;
  while (command.size() < 100 && read_exactly(connection, &c, 1)) {
    if (c == '\0') break;
    command += c;
  }
  return command;
}

std::string read_stream(int connection) {
  std::string bytes;
  std::array<unsigned char, 4> length{};
  while (read_exactly(connection, reinterpret_cast<char*>(length.data()), length.size())) {
    const std::size_t count = (static_cast<std::size_t>(length[0]) << 24U) |
                              (static_cast<std::size_t>(length[1]) << 16U) |
                              (static_cast<std::size_t>(length[2]) << 8U) | length[3];
    if (count == 0) break;
    std::string chunk(count, '\0');
    if (!read_exactly(connection, chunk.data(), count)) break;
    bytes += chunk;
  }
  return bytes;
}

void write_to(int connection, const std::string& bytes) {
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const auto sent = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
}

FakeClamd::Serve honest(std::string version, std::string verdict) {
  return [version, verdict](int connection) {
    if (read_command(connection) == "zVERSION") {
      write_to(connection, version);
      return;
    }
    read_stream(connection);
    write_to(connection, verdict);
  };
}

std::string clamd_program() {
  for (const char* path : {"/usr/sbin/clamd", "/usr/local/sbin/clamd"}) {
    if (::access(path, X_OK) == 0) return path;
  }
  return "";
}

std::string eicar() {
  return std::string("X5O!P%@AP[4\\PZX54(P^)7CC)7}") + "$EICAR-STANDARD" + "-ANTIVIRUS-TEST" +
         "-FILE!$H+H*";
}

RealClamd::RealClamd(std::size_t stream_bytes_max) {
  const std::string home = folder_.path().string();
  std::filesystem::create_directory(folder_ / "db");
  write_text(folder_ / "clamd.conf",
             fmt::format("LocalSocket {0}/s\nDatabaseDirectory {0}/db\nForeground yes\n"
                         "LogFile {0}/log\nTemporaryDirectory {0}\nStreamMaxLength {1}\n",
                         home, stream_bytes_max));
  const std::string file = eicar();
  write_text(folder_ / "db/own.hdb",
             fmt::format("{}:{}:Anjuan.Test.Eicar\n", digest_hex(DigestAlgorithm::kMd5, file),
                         file.size()));
  write_text(folder_ / "db/own.ndb",
             fmt::format("Anjuan.Test.Harmless:0:*:{}\n", to_hex(kHarmlessPattern)));
  const std::string program = clamd_program();
  const std::string configuration = "--config-file=" + (folder_ / "clamd.conf").string();
  process_ = ::fork();
  if (process_ != 0) return;
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(nothing, STDOUT_FILENO);
  ::dup2(nothing, STDERR_FILENO);
  ::execl(program.c_str(), program.c_str(), configuration.c_str(), static_cast<char*>(nullptr));
  ::_exit(127);
}

RealClamd::~RealClamd() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

bool RealClamd::is_up() const {
  constexpr int kTries = 200;
  for (int i = 0; i < kTries; ++i) {
    if (answers(socket())) return true;
    ::usleep(50'000);
  }
  return false;
}

std::string RealClamd::log() const { return read_text(folder_ / "log"); }

}  // namespace anjuan::test
