#include <zlib.h>

#include "preservation/formats/identify/members.h"

namespace anjuan::formats {

namespace {

constexpr std::uint64_t kEnd64Signature = 0x06064B50;
constexpr std::uint64_t kLocator64Signature = 0x07064B50;
constexpr std::uint64_t kCentralSignature = 0x02014B50;
constexpr std::uint64_t kLocalSignature = 0x04034B50;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kLocator64Bytes = 20;
constexpr std::size_t kEnd64Bytes = 56;
constexpr std::size_t kCentralBytes = 46;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kCommentMax = 65535;
constexpr std::uint64_t kIn64 = 0xFFFFFFFF;
constexpr std::uint64_t kStored = 0;
constexpr std::uint64_t kDeflated = 8;
constexpr std::uint64_t kEncryptedFlag = 1;

/// Ends the reading; its text becomes MembersFound::damage.
struct Damage {
  std::string text;
};

std::string read(ByteInput& input, std::uint64_t offset, std::uint64_t bytes) {
  std::string buffer(static_cast<std::size_t>(bytes), '\0');
  if (!input.read_at(offset, buffer)) throw Damage{"cut short"};
  return buffer;
}

/// A stretch of the file that holds the central directory.
struct Directory {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
};

Directory directory_of(ByteInput& zip) {
  const std::uint64_t tail_bytes = std::min<std::uint64_t>(zip.size(), kEndBytes + kCommentMax);
  const std::string tail = read(zip, zip.size() - tail_bytes, tail_bytes);
  constexpr std::string_view kMark("PK\x05\x06", 4);
  const std::size_t at = tail.rfind(kMark);
  if (at == tail.npos || tail.size() - at < kEndBytes) throw Damage{"no end record"};
  const std::uint64_t end_at = zip.size() - tail_bytes + at;
  Directory directory{little_endian(tail, at + 16, 4), little_endian(tail, at + 12, 4)};
  if (end_at >= kLocator64Bytes) {
    const std::string locator = read(zip, end_at - kLocator64Bytes, kLocator64Bytes);
    if (little_endian(locator, 0, 4) == kLocator64Signature) {
      const std::string end64 = read(zip, little_endian(locator, 8, 8), kEnd64Bytes);
      if (little_endian(end64, 0, 4) != kEnd64Signature) throw Damage{"no zip64 end record"};
      directory = {little_endian(end64, 48, 8), little_endian(end64, 40, 8)};
    }
  }
  if (directory.bytes > kZipDirectoryBytesMax) throw Damage{"central directory too large"};
  return directory;
}

/// One entry of the central directory.
struct Entry {
  std::string_view name;
  std::string_view extra;
  std::uint64_t flags = 0;
  std::uint64_t method = 0;
  std::uint64_t packed = 0;
  std::uint64_t bytes = 0;
  std::uint64_t offset = 0;
  std::size_t length = 0;  ///< of the entry itself

  /// Values that 32 bits do not hold stand in the zip64 field, in this order.
  void take_zip64() {
    std::string_view rest = extra;
    while (rest.size() >= 4) {
      const auto length_of = static_cast<std::size_t>(little_endian(rest, 2, 2));
      if (length_of > rest.size() - 4) return;
      if (little_endian(rest, 0, 2) == 1) {
        const std::string_view field = rest.substr(4, length_of);
        std::size_t at = 0;
        for (std::uint64_t* value : {&bytes, &packed, &offset}) {
          if (*value != kIn64 || at + 8 > field.size()) continue;
          *value = little_endian(field, at, 8);
          at += 8;
        }
        return;
      }
      rest.remove_prefix(4 + length_of);
    }
  }
};

Entry entry_at(std::string_view rest) {
  if (rest.size() < kCentralBytes || little_endian(rest, 0, 4) != kCentralSignature) {
    throw Damage{"central directory damaged"};
  }
  Entry entry;
  const auto name = static_cast<std::size_t>(little_endian(rest, 28, 2));
  const auto extra = static_cast<std::size_t>(little_endian(rest, 30, 2));
  const auto comment = static_cast<std::size_t>(little_endian(rest, 32, 2));
  entry.length = kCentralBytes + name + extra + comment;
  if (entry.length > rest.size()) throw Damage{"central directory cut short"};
  entry.name = rest.substr(kCentralBytes, name);
  entry.extra = rest.substr(kCentralBytes + name, extra);
  entry.flags = little_endian(rest, 8, 2);
  entry.method = little_endian(rest, 10, 2);
  entry.packed = little_endian(rest, 20, 4);
  entry.bytes = little_endian(rest, 24, 4);
  entry.offset = little_endian(rest, 42, 4);
  entry.take_zip64();
  return entry;
}

/// The first bytes of a raw deflate stream, at most kMemberHeadBytes of them.
std::string inflated(std::string_view packed) {
  struct Stream {
    z_stream z{};

    ~Stream() { ::inflateEnd(&z); }
  } stream;

  if (::inflateInit2(&stream.z, -MAX_WBITS) != Z_OK) throw Damage{"zlib cannot start"};
  std::string head(kMemberHeadBytes, '\0');
  std::string input(packed);
  stream.z.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.z.avail_in = static_cast<uInt>(input.size());
  stream.z.next_out = reinterpret_cast<Bytef*>(head.data());
  stream.z.avail_out = static_cast<uInt>(head.size());
  const int status = ::inflate(&stream.z, Z_SYNC_FLUSH);
  if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
    throw Damage{"a member cannot be unpacked"};
  }
  head.resize(stream.z.total_out);
  return head;
}

FileWindows read_member(ByteInput& zip, const Entry& entry) {
  if ((entry.flags & kEncryptedFlag) != 0) return member_windows({}, entry.bytes);
  const std::string local = read(zip, entry.offset, kLocalBytes);
  if (little_endian(local, 0, 4) != kLocalSignature) throw Damage{"a local header is missing"};
  const std::uint64_t data =
      entry.offset + kLocalBytes + little_endian(local, 26, 2) + little_endian(local, 28, 2);
  if (data > zip.size()) throw Damage{"a member lies outside the file"};
  // Deflate never grows by more than some bytes: twice the head is enough of it, packed.
  const std::uint64_t packed =
      std::min({entry.packed, zip.size() - data, static_cast<std::uint64_t>(2 * kMemberHeadBytes)});
  const std::string bytes = read(zip, data, packed);
  if (entry.method == kStored) {
    return member_windows(bytes.substr(0, kMemberHeadBytes), entry.bytes);
  }
  if (entry.method == kDeflated) return member_windows(inflated(bytes), entry.bytes);
  return member_windows({}, entry.bytes);
}

}  // namespace

FileWindows member_windows(std::string head, std::uint64_t bytes) {
  FileWindows windows;
  const bool complete = head.size() >= bytes;
  windows.bytes = complete ? head.size() : bytes;
  if (complete) windows.tail = head.substr(head.size() - std::min(head.size(), kTailWindowBytes));
  windows.head = std::move(head);
  return windows;
}

MembersFound read_zip_members(ByteInput& zip, const WantedPaths& wanted) {
  MembersFound found;
  try {
    const Directory directory = directory_of(zip);
    const std::string bytes = read(zip, directory.offset, directory.bytes);
    std::string_view rest = bytes;
    while (!rest.empty() && found.members.size() < kMembersReadMax) {
      const Entry entry = entry_at(rest);
      rest.remove_prefix(entry.length);
      if (!wanted.contains(entry.name) || found.members.contains(entry.name)) continue;
      try {
        found.members.emplace(entry.name, read_member(zip, entry));
      } catch (const Damage& damage) {
        found.damage = damage.text;  // This member only: the others may tell.
      }
    }
  } catch (const Damage& damage) {
    found.damage = damage.text;
  }
  return found;
}

}  // namespace anjuan::formats
