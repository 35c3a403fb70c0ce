#pragma once
// One question to a sandboxed child about one file; the answer is one JSON object.

#include <optional>
#include <string>

#include "core/durable.h"
#include "core/json.h"
#include "core/sandbox.h"

namespace anjuan::formats {

inline constexpr std::size_t kAnswerBytesMax = 4UL * 1024 * 1024;
/// Of one text in it; whole XML documents have a limit of their own.
inline constexpr std::size_t kAnswerTextMax = 1000;

/// Nothing if the child did not end well or did not write a JSON object of at most kAnswerBytesMax.
/// Throws Error(kCannotCheck) below the level `least`.
std::optional<Json> ask_worker(std::string_view worker, std::vector<std::string> arguments,
                               const FileHandle& file, SandboxLevel least);

/// For workers: writes the answer.
void answer(const Json& object);

/// The member as an integer within the bounds, else `fallback`.
std::int64_t number_in(const Json& object, std::string_view key, std::int64_t least,
                       std::int64_t most, std::int64_t fallback = 0);
/// The member as text without control characters, cut to kAnswerTextMax; "" if it is not one.
std::string text_in(const Json& object, std::string_view key);

}  // namespace anjuan::formats
