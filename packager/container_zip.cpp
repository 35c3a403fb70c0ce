#include "packager/container_zip.h"

#include <optional>

namespace anjuan::packager {

namespace {

constexpr std::uint32_t kEndSignature = 0x06054B50;
constexpr std::uint32_t kEnd64Signature = 0x06064B50;
constexpr std::uint32_t kLocator64Signature = 0x07064B50;
constexpr std::uint32_t kCentralSignature = 0x02014B50;
constexpr std::uint32_t kLocalSignature = 0x04034B50;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kLocator64Bytes = 20;
constexpr std::size_t kEnd64Bytes = 56;
constexpr std::size_t kCentralBytes = 46;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kCommentMax = 65535;
constexpr std::uint64_t kDirectoryMax = 256ULL * 1024 * 1024;
constexpr std::uint64_t kIn64 = 0xFFFFFFFF;  ///< the value stands in the zip64 field
constexpr std::uint16_t kZip64Extra = 0x0001;
constexpr std::uint16_t kUtf8Flag = 0x0800;

using Bytes = std::vector<std::byte>;
using View = std::span<const std::byte>;

[[noreturn]] void damaged(const char* detail) {
  throw UnpackError{UnpackFault::kDamaged, fmt::format("zip: {}", detail)};
}

std::uint64_t number(View in, std::size_t at, std::size_t bytes) {
  if (at > in.size() || bytes > in.size() - at) damaged("a header is cut short");
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    value |= std::uint64_t{std::to_integer<unsigned>(in[at + i])} << (8 * i);
  }
  return value;
}

struct Directory {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t shift = 0;  ///< bytes that stand before the zip (a self-extracting program)
};

/// The end record's place: the last one that is followed by exactly its own comment, as
/// libarchive and Info-ZIP look for it.
std::optional<std::size_t> find_end(View tail) {
  if (tail.size() < kEndBytes) return std::nullopt;
  for (std::size_t at = tail.size() - kEndBytes + 1; at-- > 0;) {
    if (number(tail, at, 4) == kEndSignature) return at;
  }
  return std::nullopt;
}

std::optional<Directory> zip64_directory(SeekableSource& zip, std::uint64_t end_at) {
  Bytes locator(kLocator64Bytes);
  Bytes end(kEnd64Bytes);
  if (end_at < kLocator64Bytes || !zip.read_at(end_at - kLocator64Bytes, locator)) return {};
  if (number(locator, 0, 4) != kLocator64Signature) return std::nullopt;
  const std::uint64_t at = number(locator, 8, 8);
  if (!zip.read_at(at, end) || number(end, 0, 4) != kEnd64Signature) {
    damaged("the zip64 end record is missing");
  }
  return Directory{number(end, 48, 8), number(end, 40, 8), 0};
}

Directory find_directory(SeekableSource& zip) {
  const std::uint64_t size = zip.size();
  const std::uint64_t tail_bytes = std::min<std::uint64_t>(size, kEndBytes + kCommentMax);
  Bytes tail(static_cast<std::size_t>(tail_bytes));
  if (!zip.read_at(size - tail_bytes, tail)) damaged("cannot be read to its end");
  const auto found = find_end(tail);
  if (!found) damaged("the end record is missing: cut short");
  const std::uint64_t end_at = size - tail_bytes + *found;
  if (const auto directory = zip64_directory(zip, end_at)) return *directory;
  Directory directory{number(tail, *found + 16, 4), number(tail, *found + 12, 4), 0};
  if (directory.bytes > end_at || directory.offset > end_at - directory.bytes) {
    damaged("the central directory lies outside the file");
  }
  directory.shift = end_at - directory.bytes - directory.offset;
  return directory;
}

/// The offset of the local header, from the zip64 field where the 32 bits do not hold it.
std::uint64_t local_offset(View header, View extra) {
  const std::uint64_t offset = number(header, 42, 4);
  if (offset != kIn64) return offset;
  const std::size_t before =
      (number(header, 24, 4) == kIn64 ? 8U : 0U) + (number(header, 20, 4) == kIn64 ? 8U : 0U);
  while (extra.size() >= 4) {
    const auto bytes = static_cast<std::size_t>(number(extra, 2, 2));
    if (number(extra, 0, 2) == kZip64Extra) return number(extra, 4 + before, 8);
    if (bytes > extra.size() - 4) break;
    extra = extra.subspan(4 + bytes);
  }
  damaged("a zip64 field is missing");
}

/// Compares the local header with the central one; appends the place of its flag.
void look_at_local(SeekableSource& zip, std::uint64_t at, View name,
                   std::vector<std::uint64_t>& flags) {
  Bytes local(kLocalBytes + name.size());
  if (!zip.read_at(at, local) || number(local, 0, 4) != kLocalSignature) {
    damaged("an entry is not where the directory says");
  }
  const bool same_length = number(local, 26, 2) == name.size();
  const auto local_name = View(local).subspan(kLocalBytes);
  if (!same_length || !std::equal(name.begin(), name.end(), local_name.begin())) {
    damaged("an entry has two different names");
  }
  if ((number(local, 6, 2) & kUtf8Flag) != 0) flags.push_back(at + 7);
}

/// One entry of the central directory.
struct Central {
  View header;  ///< from its signature on
  View name;
  View extra;
  std::size_t bytes = 0;  ///< of all of it

  explicit Central(View rest) : header(rest) {
    const auto name_bytes = static_cast<std::size_t>(number(rest, 28, 2));
    const auto extra_bytes = static_cast<std::size_t>(number(rest, 30, 2));
    bytes =
        kCentralBytes + name_bytes + extra_bytes + static_cast<std::size_t>(number(rest, 32, 2));
    if (rest.size() < bytes) damaged("the central directory is cut short");
    name = rest.subspan(kCentralBytes, name_bytes);
    extra = rest.subspan(kCentralBytes + name_bytes, extra_bytes);
  }
};

Bytes read_directory(SeekableSource& zip, std::uint64_t start, std::uint64_t bytes) {
  if (bytes > kDirectoryMax) throw UnpackError{UnpackFault::kTooLarge, "zip: central directory"};
  Bytes directory(static_cast<std::size_t>(bytes));
  if (!zip.read_at(start, directory)) damaged("the central directory lies outside the file");
  return directory;
}

}  // namespace

std::vector<std::uint64_t> zip_utf8_flags(SeekableSource& zip) {
  const Directory directory = find_directory(zip);
  const std::uint64_t start = directory.offset + directory.shift;
  const Bytes bytes = read_directory(zip, start, directory.bytes);
  std::vector<std::uint64_t> flags;
  for (std::size_t at = 0; at < bytes.size();) {
    const View rest = View(bytes).subspan(at);
    if (number(rest, 0, 4) != kCentralSignature) damaged("the central directory is damaged");
    const Central entry(rest);
    if (std::find(entry.name.begin(), entry.name.end(), std::byte{0}) != entry.name.end()) {
      throw UnpackError{UnpackFault::kNameUnreadable, "NUL"};
    }
    if ((number(rest, 8, 2) & kUtf8Flag) != 0) flags.push_back(start + at + 9);
    look_at_local(zip, local_offset(entry.header, entry.extra) + directory.shift, entry.name,
                  flags);
    at += entry.bytes;
  }
  std::sort(flags.begin(), flags.end());
  return flags;
}

}  // namespace anjuan::packager
