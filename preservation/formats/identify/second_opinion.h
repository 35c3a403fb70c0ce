#pragma once
// libmagic's opinion on the first bytes of files, from a sandboxed child; and whether it agrees.
//
// One child is asked about many files, because loading libmagic's database takes longer than all
// else. A file that brings the child down has no second opinion; the next child goes on behind it.
// A taken-over child could lie about the files that follow in its batch: it can make a warning
// appear or vanish, never change an identification.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/sandbox.h"

namespace anjuan::formats {

inline constexpr std::size_t kOpinionHeadBytes = 64UL * 1024;
/// So many bytes of heads go to one child.
inline constexpr std::size_t kOpinionBatchBytes = 32UL * 1024 * 1024;

/// A media type for each head, "" where there is no answer.
std::vector<std::string> second_opinions(std::span<const std::string_view> heads,
                                         SandboxLevel least);

/// Whether `answer` is one that libmagic gives to files of media type `mime`
/// (schemas/policy/media_types.json); nothing if the answer says nothing, e.g. octet-stream.
std::optional<bool> same_media_type(std::string_view mime, std::string_view answer);

}  // namespace anjuan::formats
