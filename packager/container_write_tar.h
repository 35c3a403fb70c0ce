#pragma once
// Writes an uncompressed tar in the pax interchange format (POSIX.1-2008, pax).
//
// A name that is not short ASCII and a size that ustar cannot hold stand in a pax header; all other
// files have none. Names are UTF-8 byte for byte; owner and group are empty. The same files give
// the same bytes.

#include <filesystem>

#include "packager/output_file.h"
#include "packager/tree_sink.h"

namespace anjuan::packager {

/// More than eleven octal digits of ustar say.
inline constexpr std::uint64_t kTarLongBytes = 1ULL << 33U;

/// The header blocks of a file, with a pax header before them if it needs one.
std::string tar_headers(const std::string& path, std::uint64_t bytes, Instant modified);

class TarSink final : public TreeSink {
 public:
  /// Throws Error(kConflict) if `target` exists.
  explicit TarSink(const std::filesystem::path& target);

  void begin(const std::string& path, std::uint64_t bytes, Instant modified) override;
  void write(std::span<const std::byte> block) override;
  void end() override;
  void finish() override;

 private:
  void pad(std::uint64_t unit);

  OutputFile file_;
  std::string path_;
  std::uint64_t left_ = 0;  ///< bytes of the open file that are still to come
};

}  // namespace anjuan::packager
