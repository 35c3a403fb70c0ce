#include "tests/support/escape_hatch.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/sandbox.h"
#include "core/sandbox_internal.h"

namespace anjuan::test {

namespace {

constexpr std::string_view kMark = "ANJUAN-ESCAPE";
constexpr std::size_t kSearchedBytes = 1024 * 1024;
constexpr const char* kEscapeWorker = "escape";

struct Order {
  std::string worker;
  std::string act;
  std::string argument;
};

/// "ANJUAN-ESCAPE|worker|act|argument;"
std::optional<Order> order_in_input() {
  std::string bytes(kSearchedBytes, '\0');
  const auto count = ::pread(kWorkerInput, bytes.data(), bytes.size(), 0);
  bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  const auto at = bytes.find(kMark);
  const auto end = at == bytes.npos ? at : bytes.find(';', at);
  if (end == bytes.npos) return std::nullopt;
  std::vector<std::string> parts;
  std::string part;
  for (const char c : bytes.substr(at, end - at) + "|") {
    if (c != '|') {
      part += c;
    } else {
      parts.push_back(std::exchange(part, {}));
    }
  }
  if (parts.size() != 4) return std::nullopt;
  return Order{parts[1], parts[2], parts[3]};
}

/// 0 = it could be done, so that a test sees a hole as a good end; 1 = it was refused.
int told(long result) {
  if (result >= 0) return 0;
  std::fputs(std::strerror(errno), stderr);
  return 1;
}

int steal(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY);
  if (file < 0) return told(file);
  std::array<std::byte, 4096> block{};
  const auto count = ::read(file, block.data(), block.size());
  write_worker_output(
      std::span(block).first(static_cast<std::size_t>(std::max(count, ssize_t{0}))));
  return 0;
}

int call(int family, const sockaddr* address, socklen_t length) {
  const int out = ::socket(family, SOCK_STREAM, 0);
  if (out < 0) return told(out);
  return told(::connect(out, address, length));
}

int call_tcp(const std::string& port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return call(AF_INET, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

int call_unix(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return call(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

int fork_for_ever() {
  while (true) {
    if (::fork() < 0) return told(-1);
  }
}

int start_threads_for_ever() {
  std::vector<std::thread> threads;
  while (true) {
    threads.emplace_back([] {
      while (true) std::this_thread::sleep_for(std::chrono::hours(1));
    });
  }
}

[[noreturn]] void loop_for_ever() {
  for (volatile std::uint64_t turns = 0;;) turns = turns + 1;
}

/// Asked for and never touched: the limit counts addresses, and this machine keeps its memory.
int take_all_memory() {
  std::vector<std::unique_ptr<char[]>> blocks;
  while (true) blocks.emplace_back(new char[std::size_t{64} * 1024 * 1024]);
}

int write_far_away() {
  struct stat status {};

  if (::fstat(kWorkerFile, &status) != 0 || !S_ISREG(status.st_mode)) return 1;
  return told(::pwrite(kWorkerFile, "x", 1, 100'000'000'000));
}

int flood() {
  const std::string block(64 * 1024, 'x');
  while (true) write_worker_output(std::as_bytes(std::span(block)));
}

int act(const Order& order) {
  if (order.act == "read") return steal(order.argument);
  if (order.act == "write") return told(::open(order.argument.c_str(), O_WRONLY | O_CREAT, 0644));
  if (order.act == "delete") return told(::unlink(order.argument.c_str()));
  if (order.act == "tcp") return call_tcp(order.argument);
  if (order.act == "unix") return call_unix(order.argument);
  if (order.act == "exec") {
    return told(::execl("/usr/bin/touch", "touch", order.argument.c_str(), nullptr));
  }
  if (order.act == "fork") return fork_for_ever();
  if (order.act == "threads") return start_threads_for_ever();
  if (order.act == "loop") loop_for_ever();
  if (order.act == "memory") return take_all_memory();
  if (order.act == "sparse") return write_far_away();
  if (order.act == "flood") return flood();
  if (order.act == "kill") return told(::kill(::getppid(), SIGKILL));
  if (order.act == "crash") *static_cast<volatile char*>(nullptr) = 1;
  return 1;
}

const WorkerRegistration kEscape{kEscapeWorker, [](const std::vector<std::string>&) {
                                   const auto order = order_in_input();
                                   return order ? act(*order) : 1;
                                 }};

/// Nobody waits ten minutes for a loop: its second is over sooner, by the same way.
void hasten(const Order& order) {
  if (order.act != "loop") return;
  const char* text = std::getenv(detail::kOrderVariable);
  auto confinement = detail::ConfinementOrder::from_text(text);
  confinement.limits.cpu = std::chrono::seconds(1);
  ::setenv(detail::kOrderVariable, confinement.to_text().c_str(), 1);
}

}  // namespace

std::string escape_order(std::string_view worker, std::string_view act, std::string_view argument) {
  return fmt::format("{}|{}|{}|{};", kMark, worker, act, argument);
}

std::optional<int> run_worker_or_escape(int argc, char** argv) {
  const char* worker = std::getenv(detail::kWorkerVariable);
  const auto order = worker == nullptr ? std::nullopt : order_in_input();
  if (order && order->worker == worker) {
    if (order->act == "count") {
      std::ofstream(order->argument, std::ios::app) << worker << "\n";
      return run_if_worker(argc, argv);
    }
    if (order->act == "limits") {
      std::ofstream(order->argument) << std::getenv(detail::kOrderVariable);
    }
    hasten(*order);
    ::setenv(detail::kWorkerVariable, kEscapeWorker, 1);
  }
  return run_if_worker(argc, argv);
}

}  // namespace anjuan::test
