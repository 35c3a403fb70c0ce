#include "core/error.h"

#include <cerrno>
#include <cstring>

#include "core/messages.h"

namespace anjuan {

namespace {

struct Row {
  ErrorCode code;
  std::string_view word;
  int exit;
  int http;
};

constexpr Row kRows[] = {
    {ErrorCode::kUsage, "usage", 2, 400},
    {ErrorCode::kNotFound, "not_found", 4, 404},
    {ErrorCode::kInvalid, "invalid", 4, 422},
    {ErrorCode::kCannotCheck, "cannot_check", 4, 422},
    {ErrorCode::kConflict, "conflict", 3, 409},
    {ErrorCode::kBusy, "busy", 11, 503},
    {ErrorCode::kDenied, "denied", 12, 403},
    {ErrorCode::kHomeMissing, "home_missing", 10, 503},
    {ErrorCode::kAuthorityUnreachable, "authority_unreachable", 13, 502},
    {ErrorCode::kRefused, "refused", 3, 422},
    {ErrorCode::kNoSpace, "no_space", 1, 507},
    {ErrorCode::kIo, "io", 1, 500},
    {ErrorCode::kCorrupt, "corrupt", 3, 500},
    {ErrorCode::kInterrupted, "interrupted", 130, 503},
    {ErrorCode::kInternal, "internal", 1, 500},
};

const Row& row(ErrorCode code) {
  for (const Row& candidate : kRows) {
    if (candidate.code == code) return candidate;
  }
  return kRows[std::size(kRows) - 1];
}

}  // namespace

int exit_status(ErrorCode code) { return row(code).exit; }

int http_status(ErrorCode code) { return row(code).http; }

std::string_view error_word(ErrorCode code) { return row(code).word; }

void throw_errno(int errno_value, const std::string& subject, std::string_view message_id) {
  const bool full = errno_value == ENOSPC || errno_value == EDQUOT;
  const std::string reason = full ? say("core.disk_full") : std::strerror(errno_value);
  throw Error(full ? ErrorCode::kNoSpace : ErrorCode::kIo, subject,
              say(message_id, {{"path", subject}, {"reason", reason}}));
}

}  // namespace anjuan
