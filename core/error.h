#pragma once
// The one exception type: what stops an operation. What a check *finds* is a Finding instead.
//
// `message` is a whole sentence for the user, already in the user's language (core/messages.h):
// it names the subject, the fact and the next step.

#include <stdexcept>
#include <string>

namespace anjuan {

enum class ErrorCode {
  kUsage,                 ///< the command or its arguments are off
  kNotFound,              ///< a named thing does not exist
  kInvalid,               ///< input that cannot be read as what it claims to be
  kCannotCheck,           ///< a check could not be carried out
  kConflict,              ///< it exists already, or somebody else changed it
  kBusy,                  ///< another process holds it
  kDenied,                ///< the actor has no right to it
  kHomeMissing,           ///< no archive home at the given place
  kAuthorityUnreachable,  ///< the time-stamp authority does not answer
  kRefused,               ///< hostile or forbidden input (a link, a climbing path, a bomb)
  kNoSpace,               ///< the disk is full
  kIo,                    ///< reading or writing failed
  kCorrupt,               ///< stored bytes are not what they should be
  kInterrupted,           ///< the user or the system asked to stop
  kInternal,              ///< a defect of this program
};

class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string subject, const std::string& message)
      : std::runtime_error(message), code_(code), subject_(std::move(subject)) {}

  ErrorCode code() const { return code_; }

  /// The path, package or field that the message is about.
  const std::string& subject() const { return subject_; }

 private:
  ErrorCode code_;
  std::string subject_;
};

/// The exit status of the command line for an error that ends a verb (docs/cli.md).
int exit_status(ErrorCode code);

/// The HTTP status for the same error.
int http_status(ErrorCode code);

/// A stable lower-case word for JSON output, e.g. "not_found".
std::string_view error_word(ErrorCode code);

/// Throws kNoSpace or kIo for `errno_value`, with the sentence "`what` `subject`: reason".
/// `message_id` is an id of schemas/messages that takes {path} and {reason}.
[[noreturn]] void throw_errno(int errno_value, const std::string& subject,
                              std::string_view message_id);

}  // namespace anjuan
