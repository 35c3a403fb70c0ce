#include "packager/container.h"

#include <cerrno>
#include <clocale>
#include <cstdlib>
#include <ctime>

#include <sys/stat.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "packager/container_unpack.h"

namespace anjuan::packager {

namespace {

/// Room for headers, padding and end marks in a tar, besides its files.
constexpr std::uint64_t kTarExtraBytes = 512ULL * 1024 * 1024;
/// A slow disk and a busy processor still unpack so much in a second.
constexpr std::uint64_t kSlowestBytesPerSecond = 2ULL * 1024 * 1024;
constexpr std::int64_t kLeastWallSeconds = 600;

/// The child: frames of the container at kWorkerInput to kWorkerOutput.
int run_unpack(const std::vector<std::string>& arguments) {
  ::setenv("TZ", "CST-8", 1);  // Zip times are local ones, here those of China.
  ::tzset();
  // Names of 7z and rar are UTF-16 and go through the locale. Without one they are refused there.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  const std::uint64_t unpacked_max = std::stoull(arguments.at(0));
  DescriptorSource input(kWorkerInput);
  FrameWriter out(
      [](std::string_view frame) { write_worker_output(std::as_bytes(std::span(frame))); });
  unpack(input, unpacked_max, out);
  return EXIT_SUCCESS;
}

const WorkerRegistration kUnpack{"unpack", run_unpack};

std::uint64_t unpacked_limit(std::uint64_t packed, const ContainerLimits& limits) {
  std::uint64_t by_ratio = 0;
  if (__builtin_mul_overflow(packed, limits.ratio_max, &by_ratio)) by_ratio = limits.bytes_max;
  return std::min(limits.bytes_max, std::max(by_ratio, kRatioFreeBytes));
}

struct stat status_of(const FileHandle& file, const std::string& subject) {
  struct stat status {};

  if (::fstat(file.get(), &status) != 0) throw_errno(errno, subject, "gather.read_failed");
  return status;
}

bool same_state(const struct stat& before, const struct stat& after) {
  return before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
         before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
}

SandboxJob job_for(const FileHandle& file, std::uint64_t packed, const ContainerLimits& limits,
                   SandboxLevel least) {
  const std::uint64_t unpacked = unpacked_limit(packed, limits);
  const auto seconds = static_cast<std::int64_t>(packed / kSlowestBytesPerSecond);
  SandboxJob job;
  job.worker = "unpack";
  job.arguments = {std::to_string(unpacked + kTarExtraBytes)};
  job.input_descriptor = file.get();
  job.limits.cpu = std::chrono::seconds(kLeastWallSeconds + seconds);
  job.limits.wall = std::chrono::seconds(2 * (kLeastWallSeconds + seconds));
  job.least = least;
  return job;
}

/// A child that ended without its last frame has found something that breaks parsers, or a limit.
[[noreturn]] void refuse_end(const SandboxResult& result, const std::string& source) {
  const bool limit = result.end == SandboxEnd::kKilledByLimit || result.end == SandboxEnd::kTimeout;
  throw Error(ErrorCode::kRefused, source,
              say(limit ? "gather.child_limit" : "gather.child_crashed", {{"source", source}}));
}

}  // namespace

ContainerGate::ContainerGate(std::string source, std::uint64_t packed_bytes,
                             const ContainerLimits& limits, ContainerVisitor& visitor)
    : source_(std::move(source)), packed_bytes_(packed_bytes), limits_(limits), visitor_(visitor) {
  rules_.depth_max = limits_.depth_max;
  rules_.source = source_;
}

void ContainerGate::refuse(std::string_view message_id, const std::string& name) const {
  throw Error(ErrorCode::kRefused, source_, say(message_id, {{"source", source_}, {"name", name}}));
}

void ContainerGate::format(ContainerFormat format) {
  summary_.format = format;
  const bool windows = format == ContainerFormat::kZip || format == ContainerFormat::kSevenZip ||
                       format == ContainerFormat::kRar;
  rules_.backslash = windows ? Backslash::kSeparator : Backslash::kRefused;
}

void ContainerGate::check_type(const EntryFrame& frame) const {
  const std::string name = shown_name(frame.name);
  if (frame.encrypted) refuse("gather.encrypted", name);
  switch (frame.type) {
    case EntryType::kFile:
    case EntryType::kFolder:
      return;
    case EntryType::kLink:
    case EntryType::kHardLink:
      refuse("gather.link", name);
    case EntryType::kSpecial:
      refuse("gather.special", name);
  }
}

/// Each path once; no file where a folder is. Folders may be named as often as one likes.
void ContainerGate::claim(const std::string& path, EntryType type) {
  for (auto slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
    const auto [above, fresh] = taken_.try_emplace(path.substr(0, slash), EntryType::kFolder);
    if (above->second != EntryType::kFolder) refuse("gather.duplicate", path);
  }
  const auto [found, fresh] = taken_.try_emplace(path, type);
  const bool folders = type == EntryType::kFolder && found->second == EntryType::kFolder;
  if (!fresh && !folders) refuse("gather.duplicate", path);
}

void ContainerGate::entry(const EntryFrame& frame) {
  if (++summary_.entries > limits_.entries_max) {
    throw Error(ErrorCode::kRefused, source_,
                say("gather.too_many",
                    {{"source", source_}, {"limit", std::to_string(limits_.entries_max)}}));
  }
  check_type(frame);
  SafeName name = safe_name(frame.name, rules_);
  skipping_ = name.path.empty();
  current_bytes_ = 0;
  if (skipping_) {
    if (frame.type != EntryType::kFolder) refuse("gather.name_empty", shown_name(frame.name));
    return;
  }
  claim(name.path, frame.type);
  if (frame.bytes && frame.type == EntryType::kFile && *frame.bytes > limits_.bytes_max) {
    count_bytes(*frame.bytes);
  }
  current_ = {frame.type,  std::move(name.path), std::string(frame.name),
              name.origin, frame.bytes,          std::nullopt};
  constexpr std::int64_t kYear9999 = 253'370'764'800;
  if (frame.modified_s && *frame.modified_s >= 0 && *frame.modified_s < kYear9999) {
    current_.modified = from_unix_seconds(*frame.modified_s);
  }
  visitor_.begin(current_);
}

void ContainerGate::count_bytes(std::uint64_t bytes) {
  summary_.bytes += bytes;
  if (summary_.bytes > limits_.bytes_max) {
    throw Error(
        ErrorCode::kRefused, source_,
        say("gather.too_big", {{"source", source_}, {"limit", std::to_string(limits_.bytes_max)}}));
  }
  if (summary_.bytes > unpacked_limit(packed_bytes_, limits_)) {
    throw Error(ErrorCode::kRefused, source_,
                say("gather.bomb", {{"source", source_},
                                    {"name", current_.path},
                                    {"ratio", std::to_string(limits_.ratio_max)}}));
  }
}

void ContainerGate::data(std::span<const std::byte> block) {
  if (skipping_ || current_.type != EntryType::kFile) refuse("gather.child_nonsense", "");
  current_bytes_ += block.size();
  count_bytes(block.size());
  visitor_.data(block);
}

void ContainerGate::entry_end() {
  if (skipping_) return;
  const bool file = current_.type == EntryType::kFile;
  if (file && current_.bytes && *current_.bytes != current_bytes_) {
    throw Error(ErrorCode::kInvalid, source_,
                say("gather.damaged", {{"source", source_},
                                       {"reason", fmt::format("{}: {} != {}", current_.path,
                                                              current_bytes_, *current_.bytes)}}));
  }
  visitor_.end();
}

void ContainerGate::finish(std::uint64_t entries) {
  if (entries != summary_.entries) refuse("gather.child_nonsense", "");
  complete_ = true;
}

void ContainerGate::fault(UnpackFault fault, std::string_view detail) {
  struct Row {
    UnpackFault fault;
    ErrorCode code;
    std::string_view message_id;
  };

  constexpr Row kRows[] = {
      {UnpackFault::kUnknownFormat, ErrorCode::kInvalid, "gather.unknown_format"},
      {UnpackFault::kDamaged, ErrorCode::kInvalid, "gather.damaged"},
      {UnpackFault::kEncrypted, ErrorCode::kRefused, "gather.encrypted"},
      {UnpackFault::kUnsupported, ErrorCode::kInvalid, "gather.unsupported"},
      {UnpackFault::kNameUnreadable, ErrorCode::kRefused, "gather.name_encoding"},
      {UnpackFault::kTooLarge, ErrorCode::kRefused, "gather.bomb"},
      {UnpackFault::kReadFailed, ErrorCode::kIo, "gather.read_failed_inside"},
  };
  const auto row = std::find_if(std::begin(kRows), std::end(kRows),
                                [&](const Row& candidate) { return candidate.fault == fault; });
  if (row == std::end(kRows)) refuse("gather.child_nonsense", "");
  const std::string said = shown_name(detail);
  throw Error(row->code, source_,
              say(row->message_id, {{"source", source_},
                                    {"name", said},
                                    {"reason", said},
                                    {"ratio", std::to_string(limits_.ratio_max)}}));
}

ContainerSummary read_container(const std::filesystem::path& path, const ContainerLimits& limits,
                                SandboxLevel least, ContainerVisitor& visitor) {
  const std::string source = path.string();
  const FileHandle file = FileHandle::open_read(path);
  const struct stat before = status_of(file, source);
  const auto packed = static_cast<std::uint64_t>(before.st_size);
  if (packed == 0) {
    throw Error(ErrorCode::kInvalid, source, say("gather.container_empty", {{"source", source}}));
  }
  ContainerGate gate(source, packed, limits, visitor);
  FrameReader frames(source, gate);
  const SandboxResult result =
      run_sandboxed(job_for(file, packed, limits, least),
                    [&](std::span<const std::byte> bytes) { frames.feed(bytes); });
  if (!gate.complete()) refuse_end(result, source);
  if (!same_state(before, status_of(file, source))) {
    throw Error(ErrorCode::kConflict, source, say("gather.source_changed", {{"path", source}}));
  }
  ContainerSummary summary = gate.summary();
  summary.sandbox = result.report;
  return summary;
}

}  // namespace anjuan::packager
