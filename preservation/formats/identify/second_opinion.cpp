#include "preservation/formats/identify/second_opinion.h"

#include <cstdlib>
#include <map>
#include <set>

#include <fcntl.h>
#include <magic.h>
#include <sys/mman.h>

#include "core/durable.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/json.h"
#include "preservation/formats/identify/byte_input.h"

namespace anjuan::formats {

namespace {

constexpr std::string_view kWorker = "magic";
constexpr std::chrono::seconds kCpu{60};
constexpr std::chrono::seconds kWall{180};
constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kMimeBytesMax = 100;
/// So many children may be brought down by the files of one batch.
constexpr std::size_t kRestartsMax = 32;

/// Where Debian and others put the compiled database; the child may read /usr and nothing else.
constexpr const char* kDatabases[] = {"/usr/share/misc/magic.mgc", "/usr/lib/file/magic.mgc",
                                      "/usr/share/file/misc/magic.mgc"};

struct CookieCloser {
  void operator()(magic_set* cookie) const { ::magic_close(cookie); }
};

using Cookie = std::unique_ptr<magic_set, CookieCloser>;

Cookie load_database() {
  Cookie cookie(::magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_CDF));
  for (const char* path : kDatabases) {
    if (cookie && ::magic_load(cookie.get(), path) == 0) return cookie;
  }
  return nullptr;
}

void write_line(std::string_view mime) {
  const std::string line = std::string(mime.substr(0, kMimeBytesMax)) + "\n";
  write_worker_output(std::as_bytes(std::span(line)));
}

/// The child: the input is a row of heads, each with its length before it. A line for each.
int run_worker(const std::vector<std::string>&) {
  const Cookie cookie = load_database();
  if (!cookie) return EXIT_FAILURE;
  DescriptorInput input(kWorkerInput);
  std::string head;
  for (std::uint64_t at = 0; at < input.size();) {
    std::string length(kLengthBytes, '\0');
    if (!input.read_at(at, length)) return EXIT_FAILURE;
    head.assign(static_cast<std::size_t>(little_endian(length, 0, kLengthBytes)), '\0');
    if (!input.read_at(at + kLengthBytes, head)) return EXIT_FAILURE;
    at += kLengthBytes + head.size();
    const char* mime = ::magic_buffer(cookie.get(), head.data(), head.size());
    write_line(mime == nullptr ? "" : mime);
  }
  return EXIT_SUCCESS;
}

const WorkerRegistration kRegistration{kWorker, run_worker};

/// The heads in a file of memory that is open for reading only.
FileHandle memory_file(std::span<const std::string_view> heads) {
  const FileHandle writable(::memfd_create("heads", MFD_CLOEXEC));
  if (writable.get() < 0) throw_errno(errno, "memfd", "kernel.worker_failed");
  for (const std::string_view head : heads) {
    std::string length;
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
      length.push_back(static_cast<char>((head.size() >> (8 * i)) & 0xFFU));
    }
    writable.write_all(std::as_bytes(std::span(length)), "memfd");
    writable.write_all(std::as_bytes(std::span(head)), "memfd");
  }
  const std::string path = fmt::format("/proc/self/fd/{}", writable.get());
  FileHandle readable(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (readable.get() < 0) throw_errno(errno, path, "kernel.worker_failed");
  return readable;
}

/// Media types as far as the child came: a line that is not one counts as no answer.
std::vector<std::string> ask_child(std::span<const std::string_view> heads, SandboxLevel least) {
  const FileHandle input = memory_file(heads);
  SandboxJob job;
  job.worker = kWorker;
  job.input_descriptor = input.get();
  job.limits.cpu = kCpu;
  job.limits.wall = kWall;
  job.least = least;
  std::string text;
  try {
    run_sandboxed(job, [&](std::span<const std::byte> block) {
      text.append(reinterpret_cast<const char*>(block.data()), block.size());
      if (text.size() <= heads.size() * (kMimeBytesMax + 1)) return;
      throw Error(ErrorCode::kRefused, job.worker, "the worker's answer has no end");
    });
  } catch (const Error& error) {
    // Not what our worker writes: it was taken over. Whole lines before that are answers still.
    if (error.code() != ErrorCode::kRefused) throw;
  }
  std::vector<std::string> answers;
  for (std::size_t end = text.find('\n'), at = 0; end != text.npos && answers.size() < heads.size();
       at = end + 1, end = text.find('\n', at)) {
    std::string line = text.substr(at, end - at);
    const bool plausible =
        line.size() <= kMimeBytesMax &&
        std::all_of(line.begin(), line.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    answers.push_back(plausible ? std::move(line) : std::string());
  }
  return answers;
}

/// Asks on behind a head that brought the child down; gives up if the first one of all did and
/// its successor does too, as when there is no database.
void ask_all(std::span<const std::string_view> heads, SandboxLevel least,
             std::vector<std::string>& answers) {
  std::size_t restarts = 0;
  while (!heads.empty() && restarts <= kRestartsMax) {
    const auto some = ask_child(heads, least);
    answers.insert(answers.end(), some.begin(), some.end());
    heads = heads.subspan(some.size());
    if (heads.empty()) return;
    if (some.empty() && restarts > 0) break;
    ++restarts;
    answers.emplace_back();
    heads = heads.subspan(1);
  }
  answers.resize(answers.size() + heads.size());
}

using Agreements = std::map<std::string, std::set<std::string, std::less<>>, std::less<>>;

Agreements load_agreements() {
  const Json table = Json::parse(embedded("policy/media_types.json"), "policy/media_types.json");
  Agreements agreements;
  for (const auto& [mime, answers] : table.find("agrees")->members()) {
    for (const Json& answer : answers.items()) agreements[mime].insert(answer.as_string());
  }
  return agreements;
}

}  // namespace

std::vector<std::string> second_opinions(std::span<const std::string_view> heads,
                                         SandboxLevel least) {
  std::vector<std::string> answers;
  ask_all(heads, least, answers);
  return answers;
}

std::optional<bool> same_media_type(std::string_view mime, std::string_view answer) {
  static const Agreements agreements = load_agreements();
  if (answer.empty() || answer == "application/octet-stream") return std::nullopt;
  if (answer == mime) return true;
  const auto row = agreements.find(mime);
  return row != agreements.end() && row->second.contains(answer);
}

}  // namespace anjuan::formats
