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

/// Why the operating system refused, for people; the rarer reasons in the system's own words.
std::string reason_of(int errno_value) {
  switch (errno_value) {
    case EACCES:
    case EPERM:
      return say("kernel.reason_denied");
    case ENOENT:
      return say("kernel.reason_missing");
    case EROFS:
      return say("kernel.reason_read_only");
    case EIO:
      return say("kernel.reason_device");
    case ENAMETOOLONG:
      return say("kernel.reason_long_name");
    case EMFILE:
    case ENFILE:
      return say("kernel.reason_descriptors");
    case ENOTDIR:
      return say("kernel.reason_not_a_folder");
    case EXDEV:
      return say("kernel.reason_other_file_system");
    case EFBIG:
      return say("kernel.reason_file_size");
    default:
      return std::strerror(errno_value);
  }
}

}  // namespace

int exit_status(ErrorCode code) { return row(code).exit; }

int http_status(ErrorCode code) { return row(code).http; }

std::string_view error_word(ErrorCode code) { return row(code).word; }

void throw_errno(int errno_value, const std::string& subject, std::string_view message_id) {
  if (errno_value == ENOSPC || errno_value == EDQUOT) {
    throw Error(ErrorCode::kNoSpace, subject, say("kernel.disk_full", {{"path", subject}}));
  }
  throw Error(ErrorCode::kIo, subject,
              say(message_id, {{"path", subject}, {"reason", reason_of(errno_value)}}));
}

}  // namespace anjuan
