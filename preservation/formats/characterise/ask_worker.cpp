#include "preservation/formats/characterise/ask_worker.h"

#include "core/error.h"

namespace anjuan::formats {

namespace {

constexpr std::uint64_t kMemoryBytes = 2ULL * 1024 * 1024 * 1024;
constexpr std::chrono::seconds kCpu{60};
constexpr std::chrono::seconds kWall{180};

}  // namespace

std::optional<Json> ask_worker(std::string_view worker, std::vector<std::string> arguments,
                               const FileHandle& file, SandboxLevel least) {
  SandboxJob job;
  job.worker = worker;
  job.arguments = std::move(arguments);
  job.input_descriptor = file.get();
  job.limits.memory_bytes = kMemoryBytes;
  job.limits.cpu = kCpu;
  job.limits.wall = kWall;
  job.least = least;
  std::string text;
  try {
    const auto result = run_sandboxed(job, [&](std::span<const std::byte> block) {
      text.append(reinterpret_cast<const char*>(block.data()), block.size());
      if (text.size() > kAnswerBytesMax) {
        throw Error(ErrorCode::kRefused, job.worker, "the worker's answer has no end");
      }
    });
    if (result.end != SandboxEnd::kOk) return std::nullopt;
    Json object = Json::parse(text, job.worker);
    if (object.is_object()) return object;
  } catch (const Error& error) {
    // Not what our worker writes: it was taken over, or is broken.
    if (error.code() != ErrorCode::kRefused && error.code() != ErrorCode::kInvalid) throw;
  }
  return std::nullopt;
}

void answer(const Json& object) {
  const std::string text = object.dump();
  write_worker_output(std::as_bytes(std::span(text)));
}

std::int64_t number_in(const Json& object, std::string_view key, std::int64_t least,
                       std::int64_t most, std::int64_t fallback) {
  const Json* value = object.find(key);
  if (value == nullptr || !value->is(Json::Type::kInteger)) return fallback;
  try {
    const std::int64_t number = value->as_integer();
    return number < least || number > most ? fallback : number;
  } catch (const Error&) {
    return fallback;  // More digits than the type holds.
  }
}

std::string text_in(const Json& object, std::string_view key) {
  std::string text = object.text_or(key, "");
  std::erase_if(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
  if (text.size() <= kAnswerTextMax) return text;
  std::size_t end = kAnswerTextMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

}  // namespace anjuan::formats
