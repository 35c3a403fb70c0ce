#pragma once
// Verifies a package in a child process, so that a test sees a crash, a hang and the memory that
// it took.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <set>
#include <string>

#include "packager/verify/verify.h"

namespace anjuan::test {

/// Sanitizers multiply memory and time: what is measured under them says nothing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

struct Ended {
  std::string answer;             ///< what the work wrote
  int signal = 0;                 ///< that ended the child; SIGXCPU, SIGALRM = it took too long
  std::uint64_t grown_bytes = 0;  ///< largest resident size above what this process had
};

/// `work` writes its answer; what it throws stands in it as "thrown: ...".
Ended in_child(const std::function<void(std::ostream&)>& work, unsigned seconds_max);

struct Judged : Ended {
  std::string verdict;          ///< "" if the child did not come to one
  std::set<std::string> codes;  ///< of the findings; `answer` has them all, one a line
};

struct JudgeOptions {
  packager::VerifyOptions verify = {};
  unsigned seconds_max = kSanitized ? 300 : 60;
  std::function<void()> before = {};       ///< in the child, before it verifies
  std::function<void()> on_digests = {};   ///< when the folder has been listed
  std::function<void()> on_digested = {};  ///< when all files have been digested
};

Judged judge(const std::filesystem::path& package, const JudgeOptions& options = {});

}  // namespace anjuan::test
