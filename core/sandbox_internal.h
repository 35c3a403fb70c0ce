#pragma once
// What the two sides of core/sandbox share. For core/sandbox*.cpp only.

#include <string>

#include <sys/types.h>

#include "core/sandbox.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ANJUAN_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ANJUAN_SANITIZED 1
#endif
#endif

namespace anjuan::detail {

#ifdef ANJUAN_SANITIZED
inline constexpr bool kSanitized = true;  ///< their shadow memory needs all the address space
#else
inline constexpr bool kSanitized = false;
#endif

/// The child reports the level here and closes it before it sees a foreign byte.
inline constexpr int kWorkerReport = 7;
inline constexpr int kFirstClosedDescriptor = 8;

/// How a worker ends for a reason of the sandbox; its own functions return less than these.
inline constexpr int kExitUnknownWorker = 120;
inline constexpr int kExitBelowLeast = 121;
inline constexpr int kExitOutOfMemory = 122;
inline constexpr int kExitParentGone = 123;

inline constexpr const char* kWorkerVariable = "ANJUAN_WORKER";
inline constexpr const char* kOrderVariable = "ANJUAN_WORKER_ORDER";
inline constexpr std::string_view kProbeWorker = "sandbox-probe";

/// What the parent orders the child to do to itself, as one line of text in kOrderVariable.
struct ConfinementOrder {
  pid_t parent = 0;
  SandboxLimits limits;
  SandboxLevel least = SandboxLevel::kLeast;

  std::string to_text() const;
  static ConfinementOrder from_text(const char* text);
};

/// Confines this process for ever, step by step; never throws, reports what was reached.
SandboxReport confine(const ConfinementOrder& order);

/// The two steps with a policy of their own. Each returns "" or why it could not be done.
std::string restrict_files();         ///< Landlock
std::string restrict_system_calls();  ///< seccomp

}  // namespace anjuan::detail
