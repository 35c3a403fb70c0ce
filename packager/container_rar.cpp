#include "packager/container_rar.h"

#include <zlib.h>

namespace anjuan::packager {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMark = "Rar!\x1A\x07\x01\x00"sv;
constexpr std::uint64_t kHeaderMax = 2ULL * 1024 * 1024;  ///< as the format says
constexpr std::size_t kStartBytes = 7;                    ///< CRC-32 and at most 3 bytes of size

enum HeaderType : std::uint64_t { kMain = 1, kFile = 2, kEncryption = 4, kEnd = 5 };

constexpr std::uint64_t kHasExtra = 0x01;
constexpr std::uint64_t kHasData = 0x02;
constexpr std::uint64_t kVolume = 0x01;    // of the archive flags
constexpr std::uint64_t kIsFolder = 0x01;  // of the file flags
constexpr std::uint64_t kHasTime = 0x02;
constexpr std::uint64_t kHasCrc = 0x04;
constexpr std::uint64_t kMethodMask = 0x380;  // of the compression information; 0 = stored
constexpr std::uint64_t kEncryptionRecord = 0x01;

[[noreturn]] void damaged(const char* detail) {
  throw UnpackError{UnpackFault::kDamaged, fmt::format("rar: {}", detail)};
}

/// Reads numbers off the front of a header.
class Fields {
 public:
  explicit Fields(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }

  std::span<const std::byte> take(std::uint64_t count) {
    if (count > bytes_.size()) damaged("a header is cut short");
    const auto part = bytes_.first(static_cast<std::size_t>(count));
    bytes_ = bytes_.subspan(part.size());
    return part;
  }

  std::uint64_t vint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = std::to_integer<unsigned>(take(1)[0]);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    damaged("a number is too long");
  }

  std::uint32_t four() {
    std::uint32_t value = 0;
    unsigned shift = 0;
    for (const std::byte byte : take(4)) {
      value |= std::to_integer<std::uint32_t>(byte) << shift;
      shift += 8;
    }
    return value;
  }

  std::size_t left() const { return bytes_.size(); }

 private:
  std::span<const std::byte> bytes_;
};

std::uint32_t crc_of(std::span<const std::byte> bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

struct Header {
  std::vector<std::byte> bytes;  ///< from its type on
  std::uint64_t next = 0;        ///< offset of what follows: data or the next header
};

Header read_header(SeekableSource& rar, std::uint64_t at) {
  std::vector<std::byte> start(
      static_cast<std::size_t>(std::min<std::uint64_t>(kStartBytes, rar.size() - at)));
  if (!rar.read_at(at, start)) damaged("cut short");
  Fields fields(start);
  const std::uint32_t crc = fields.four();
  const std::size_t before = fields.left();
  const std::uint64_t size = fields.vint();
  const std::size_t size_bytes = before - fields.left();
  if (size > kHeaderMax) damaged("a header is too long");
  std::vector<std::byte> sized(size_bytes + static_cast<std::size_t>(size));
  if (!rar.read_at(at + 4, sized)) damaged("cut short");
  if (crc_of(sized) != crc) damaged("the check sum of a header is wrong");
  const std::uint64_t next = at + 4 + sized.size();
  sized.erase(sized.begin(), sized.begin() + static_cast<std::ptrdiff_t>(size_bytes));
  return {std::move(sized), next};
}

void refuse_encrypted(std::span<const std::byte> extra) {
  Fields records(extra);
  while (!records.empty()) {
    Fields record(records.take(records.vint()));
    if (record.vint() == kEncryptionRecord) throw UnpackError{UnpackFault::kEncrypted, "rar"};
  }
}

/// From behind the common fields. `extra` is the record area at the end of the header.
std::optional<std::uint32_t> file_sum(Fields& fields, std::span<const std::byte> extra) {
  refuse_encrypted(extra);
  const std::uint64_t flags = fields.vint();
  const std::uint64_t bytes = fields.vint();
  fields.vint();  // attributes
  if ((flags & kHasTime) != 0) fields.four();
  std::optional<std::uint32_t> crc;
  if ((flags & kHasCrc) != 0) crc = fields.four();
  const bool stored = (fields.vint() & kMethodMask) == 0;
  const bool content = (flags & kIsFolder) == 0 && bytes > 0;
  if (stored && content && !crc) {
    throw UnpackError{UnpackFault::kUnsupported, "rar: stored without CRC-32"};
  }
  return crc;
}

}  // namespace

bool is_rar5(SeekableSource& source) {
  std::array<std::byte, kMark.size()> start{};
  return source.read_at(0, start) &&
         std::equal(kMark.begin(), kMark.end(), start.begin(),
                    [](char c, std::byte byte) { return static_cast<std::byte>(c) == byte; });
}

std::vector<std::optional<std::uint32_t>> rar5_sums(SeekableSource& rar) {
  std::vector<std::optional<std::uint32_t>> sums;
  std::uint64_t at = kMark.size();
  while (at < rar.size()) {
    const Header header = read_header(rar, at);
    Fields fields(header.bytes);
    const std::uint64_t type = fields.vint();
    const std::uint64_t flags = fields.vint();
    const std::uint64_t extra_bytes = (flags & kHasExtra) != 0 ? fields.vint() : 0;
    const std::uint64_t data_bytes = (flags & kHasData) != 0 ? fields.vint() : 0;
    if (extra_bytes > fields.left()) damaged("a header is cut short");
    if (type == kEnd) return sums;
    if (type == kEncryption) throw UnpackError{UnpackFault::kEncrypted, "rar"};
    if (type == kMain && (fields.vint() & kVolume) != 0) {
      throw UnpackError{UnpackFault::kUnsupported, "rar: several volumes"};
    }
    if (type == kFile) {
      const auto extra = std::span(header.bytes).last(static_cast<std::size_t>(extra_bytes));
      sums.push_back(file_sum(fields, extra));
    }
    if (data_bytes > rar.size() - header.next) damaged("cut short");
    at = header.next + data_bytes;
  }
  damaged("cut short, the end mark is missing");
}

}  // namespace anjuan::packager
