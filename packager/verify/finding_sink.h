#pragma once
// Where the verifier's checks leave what they find: printable, counted, bounded.
//
// Not thread-safe: digest workers keep their results, one thread reports them.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/finding.h"
#include "core/json.h"

namespace anjuan::packager {

/// More findings than this are counted but not kept (finding PKG-MANY says how many).
inline constexpr std::size_t kFindingsMax = 10'000;

class FindingSink {
 public:
  /// `message` is a whole sentence. Bytes of foreign names that are no printable UTF-8 are escaped,
  /// and of a text beyond some kilobytes the middle is left out.
  void error(std::string_view code, std::string_view where, std::string_view message);
  void warn(std::string_view code, std::string_view where, std::string_view message);
  void info(std::string_view code, std::string_view where, std::string_view message);
  /// An error-level check that could not be carried out: neither passed nor failed.
  void not_checked(std::string_view code, std::string_view where, std::string_view message);
  void add(Finding finding);

  /// Error-level findings so far, dropped ones too.
  std::uint64_t errors() const { return errors_; }

  /// All findings, the last one saying how many were dropped. Spent afterwards.
  Findings take();

 private:
  Findings findings_;
  std::uint64_t errors_ = 0;
  std::uint64_t dropped_ = 0;
  std::uint64_t dropped_errors_ = 0;
};

/// "path:line:column", or the path alone if the line is unknown.
std::string at(std::string_view path, Place place);

/// Valid UTF-8 without control characters: each other byte as \xHH.
std::string printable(std::string_view bytes);

}  // namespace anjuan::packager
