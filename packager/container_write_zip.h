#pragma once
// Writes a zip (APPNOTE.TXT 6.3.10) that programs of every age and system read.
//
// Names are UTF-8 byte for byte, with the UTF-8 flag if they are not ASCII. Sizes and CRC-32 stand
// in the local headers, not behind the data: programs that read from the front refuse stored
// entries otherwise (docs/adr/0030-exports.md). What is packed already is stored, all else
// deflated. zip64 where a size, an offset or the number of files asks for it, and only there.
// The same files give the same bytes.

#include <filesystem>
#include <memory>
#include <vector>

#include "packager/output_file.h"
#include "packager/tree_sink.h"

namespace anjuan::packager {

enum class ZipMethod : std::uint16_t { kStored = 0, kDeflated = 8 };

/// A file of the zip as its headers tell it.
struct ZipEntry {
  std::string path;
  ZipMethod method = ZipMethod::kStored;
  Instant modified;  ///< as local time of China, to two seconds (MS-DOS)
  std::uint32_t crc = 0;
  std::uint64_t bytes = 0;
  std::uint64_t packed_bytes = 0;
  std::uint64_t offset = 0;  ///< of the local header

  /// A file that is so long needs zip64; deflating may add some bytes, hence the margin.
  bool is_long() const { return bytes >= kLongBytes; }

  static constexpr std::uint64_t kLongBytes = 0xFF000000;
};

std::string zip_local_header(const ZipEntry& entry);
std::string zip_central_header(const ZipEntry& entry);
/// What follows the central directory of `entries` files, `bytes` long at `offset`.
std::string zip_end(std::uint64_t entries, std::uint64_t bytes, std::uint64_t offset);

class ZipSink final : public TreeSink {
 public:
  /// Throws Error(kConflict) if `target` exists.
  explicit ZipSink(const std::filesystem::path& target);
  ~ZipSink() override;

  void begin(const std::string& path, std::uint64_t bytes, Instant modified) override;
  void write(std::span<const std::byte> block) override;
  void end() override;
  void finish() override;

 private:
  class Deflater;

  void put(std::span<const std::byte> packed);

  OutputFile file_;
  std::unique_ptr<Deflater> deflater_;
  ZipEntry entry_;
  std::uint64_t declared_ = 0;
  std::vector<ZipEntry> entries_;
};

}  // namespace anjuan::packager
