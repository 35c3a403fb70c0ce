#include "packager/verify/read_bounded.h"

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::packager {

std::optional<std::string> read_bounded(const std::filesystem::path& root, const std::string& path,
                                        std::uint64_t limit_bytes, FindingSink& findings) {
  try {
    return read_file(root / path, limit_bytes);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInterrupted) throw;
    const bool too_big = error.code() == ErrorCode::kRefused;
    findings.not_checked(too_big ? "PKG-LIMIT" : "PKG-READ", path,
                         say("verify.unreadable", {{"path", path}, {"reason", error.what()}}));
    return std::nullopt;
  }
}

}  // namespace anjuan::packager
