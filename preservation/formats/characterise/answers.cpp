#include "preservation/formats/characterise/answers.h"

#include <algorithm>

#include "core/error.h"

namespace anjuan::formats {

namespace {

constexpr std::uint64_t kMemoryBytes = 2ULL * 1024 * 1024 * 1024;
constexpr std::chrono::seconds kCpu{60};
constexpr std::chrono::seconds kWall{180};

/// The lines that are answers to `parts`, in their order, as far as they go.
void take_lines(const std::string& text, const std::vector<std::string>& parts, Answers& answers,
                std::size_t& answered) {
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != text.npos; at = end + 1) {
    if (answered == parts.size()) return;
    Json object = Json::parse(text.substr(at, end - at), parts[answered]);
    if (!object.is_object()) return;
    answers.told.insert_or_assign(parts[answered], std::move(object));
    ++answered;
  }
}

SandboxJob job_for(const FileHandle& file, const std::vector<std::string>& parts,
                   SandboxLevel least, const AskedWorker& asked) {
  SandboxJob job;
  job.program = asked.program;
  job.worker = asked.worker;
  job.arguments = parts;
  job.input_descriptor = file.get();
  job.limits.memory_bytes = kMemoryBytes;
  job.limits.cpu = kCpu;
  job.limits.wall = kWall;
  job.least = least;
  return job;
}

/// How the child ended, with its answers; one that writes without end is stopped.
SandboxEnd run_child(const SandboxJob& job, std::string& text) {
  try {
    const auto take = [&](std::span<const std::byte> block) {
      text.append(reinterpret_cast<const char*>(block.data()), block.size());
      if (text.size() > kAnswersBytesMax) {
        throw Error(ErrorCode::kRefused, job.worker, "the worker's answer has no end");
      }
    };
    return run_sandboxed(job, take).end;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kRefused) throw;
    return SandboxEnd::kKilledByLimit;  // What it answered before stands.
  }
}

/// How many of the parts have an answer, or the child's end in place of one.
std::size_t ask_child(const SandboxJob& job, const std::vector<std::string>& parts,
                      Answers& answers) {
  std::string text;
  SandboxEnd end = run_child(job, text);
  std::size_t answered = 0;
  try {
    take_lines(text, parts, answers, answered);
  } catch (const Error& error) {
    // Not what our worker writes: it was taken over, or is broken.
    if (error.code() != ErrorCode::kRefused && error.code() != ErrorCode::kInvalid) throw;
    end = SandboxEnd::kCrashed;
  }
  if (answered == parts.size()) return answered;
  // The part behind the last answer ended the child.
  answers.ended.insert_or_assign(parts[answered], end);
  return answered + 1;
}

}  // namespace

const Json* Answers::find(std::string_view part) const {
  const auto found = told.find(part);
  return found == told.end() ? nullptr : &found->second;
}

bool Answers::met_forbidden_act() const {
  return std::any_of(ended.begin(), ended.end(),
                     [](const auto& one) { return one.second == SandboxEnd::kForbiddenAct; });
}

Answers ask_parts(const FileHandle& file, std::vector<std::string> parts, SandboxLevel least,
                  const AskedWorker& asked) {
  Answers answers;
  while (!parts.empty() && !answers.met_forbidden_act()) {
    const auto done = ask_child(job_for(file, parts, least, asked), parts, answers);
    parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(done));
  }
  return answers;
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
