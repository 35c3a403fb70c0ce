#include "preservation/formats/identify/look_inside.h"

#include <cstdlib>

#include "core/error.h"
#include "core/json.h"

namespace anjuan::formats {

namespace {

constexpr std::string_view kWorker = "identify-container";
constexpr std::uint64_t kMemoryBytes = 512ULL * 1024 * 1024;
constexpr std::chrono::seconds kCpu{20};
constexpr std::chrono::seconds kWall{60};
constexpr std::size_t kLineBytesMax = 64UL * 1024;
constexpr std::size_t kDamageBytesMax = 200;

void write_line(const Json& line) {
  const std::string text = line.dump() + "\n";
  write_worker_output(std::as_bytes(std::span(text)));
}

/// The child: arguments are the kind and the wanted paths; a line of JSON for each member, its
/// first bytes after it, and a line with "end" at last.
int run_worker(const std::vector<std::string>& arguments) {
  const WantedPaths wanted(arguments.begin() + 1, arguments.end());
  DescriptorInput input(kWorkerInput);
  const MembersFound found = arguments.at(0) == container_word(ContainerKind::kZip)
                                 ? read_zip_members(input, wanted)
                                 : read_ole2_members(input, wanted);
  for (const auto& [path, windows] : found.members) {
    write_line(
        Json::object({{"member", Json::string(path)},
                      {"bytes", Json::number(std::to_string(windows.bytes))},
                      {"head", Json::integer(static_cast<std::int64_t>(windows.head.size()))}}));
    write_worker_output(std::as_bytes(std::span(windows.head)));
  }
  write_line(Json::object({{"end", Json::string(found.damage)}}));
  return EXIT_SUCCESS;
}

const WorkerRegistration kRegistration{kWorker, run_worker};

/// Reads what the child writes; whatever is not as above is a child that lies.
class Answer {
 public:
  Answer(const WantedPaths& wanted, LookInside& result) : wanted_(wanted), result_(result) {}

  void feed(std::span<const std::byte> block) {
    std::string_view bytes(reinterpret_cast<const char*>(block.data()), block.size());
    while (!bytes.empty()) {
      bytes = left_ > 0 ? take_head(bytes) : take_line(bytes);
    }
  }

  bool complete() const { return complete_; }

 private:
  [[noreturn]] static void refuse() {
    throw Error(ErrorCode::kRefused, std::string(kWorker), "the worker's answer is not readable");
  }

  std::string_view take_line(std::string_view bytes) {
    if (complete_) refuse();
    const std::size_t end = bytes.find('\n');
    line_ += bytes.substr(0, end);
    if (line_.size() > kLineBytesMax) refuse();
    if (end == bytes.npos) return {};
    understand(Json::parse(line_, std::string(kWorker)));
    line_.clear();
    return bytes.substr(end + 1);
  }

  void understand(const Json& line) {
    if (const Json* end = line.find("end")) {
      complete_ = true;
      result_.damage = end->as_string().substr(0, kDamageBytesMax);
      return;
    }
    path_ = line.text_or("member", "");
    const Json* bytes = line.find("bytes");
    const Json* head = line.find("head");
    const bool known = wanted_.contains(path_) && !result_.members.contains(path_);
    if (!known || bytes == nullptr || head == nullptr || head->as_integer() < 0) refuse();
    left_ = static_cast<std::size_t>(head->as_integer());
    bytes_ = std::strtoull(bytes->lexical().c_str(), nullptr, 10);
    if (left_ > kMemberHeadBytes || result_.members.size() >= kMembersReadMax) refuse();
    head_.clear();
    if (left_ == 0) keep();
  }

  std::string_view take_head(std::string_view bytes) {
    const std::size_t count = std::min(left_, bytes.size());
    head_ += bytes.substr(0, count);
    left_ -= count;
    if (left_ == 0) keep();
    return bytes.substr(count);
  }

  void keep() { result_.members.emplace(path_, member_windows(std::move(head_), bytes_)); }

  const WantedPaths& wanted_;
  LookInside& result_;
  std::string line_;
  std::string path_;
  std::string head_;
  std::uint64_t bytes_ = 0;
  std::size_t left_ = 0;
  bool complete_ = false;
};

}  // namespace

LookInside look_inside(const FileHandle& file, ContainerKind kind, const WantedPaths& wanted,
                       SandboxLevel least) {
  LookInside result;
  SandboxJob job;
  job.worker = kWorker;
  job.arguments.emplace_back(container_word(kind));
  job.arguments.insert(job.arguments.end(), wanted.begin(), wanted.end());
  job.input_descriptor = file.get();
  job.limits.memory_bytes = kMemoryBytes;
  job.limits.cpu = kCpu;
  job.limits.wall = kWall;
  job.least = least;
  Answer answer(wanted, result);
  try {
    result.end = run_sandboxed(job, [&](auto block) { answer.feed(block); }).end;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kRefused && error.code() != ErrorCode::kInvalid) throw;
    result.end = SandboxEnd::kCrashed;  // It wrote what no worker of ours writes.
  }
  if (result.end == SandboxEnd::kOk && !answer.complete()) result.end = SandboxEnd::kCrashed;
  if (result.end != SandboxEnd::kOk) result.members.clear();
  return result;
}

}  // namespace anjuan::formats
