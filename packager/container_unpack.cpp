#include "packager/container_unpack.h"

#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstring>

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include "packager/container_rar.h"
#include "packager/container_zip.h"

namespace anjuan::packager {

namespace {

constexpr std::size_t kReadBytes = 256UL * 1024;
constexpr std::size_t kTarMagicAt = 257;

struct ArchiveCloser {
  void operator()(struct archive* archive) const { ::archive_read_free(archive); }
};

using Archive = std::unique_ptr<struct archive, ArchiveCloser>;

/// What libarchive's callbacks work on. An UnpackError may not fly through C: it waits here.
struct Feed {
  explicit Feed(ByteSource& from) : source(from), buffer(kReadBytes) {}

  ByteSource& source;
  std::vector<std::byte> buffer;
  std::uint64_t at = 0;
  std::optional<UnpackError> error;
};

la_ssize_t on_read(struct archive* archive, void* data, const void** block) {
  Feed& feed = *static_cast<Feed*>(data);
  try {
    const std::size_t count = feed.source.read(feed.buffer);
    feed.at += count;
    *block = feed.buffer.data();
    return static_cast<la_ssize_t>(count);
  } catch (const UnpackError& error) {
    feed.error = error;
    ::archive_set_error(archive, EIO, "%s", error.detail.c_str());
    return ARCHIVE_FATAL;
  }
}

la_int64_t on_seek(struct archive* archive, void* data, la_int64_t offset, int whence) {
  Feed& feed = *static_cast<Feed*>(data);
  auto& source = static_cast<SeekableSource&>(feed.source);
  const auto size = static_cast<la_int64_t>(source.size());
  const la_int64_t base = whence == SEEK_SET   ? 0
                          : whence == SEEK_CUR ? static_cast<la_int64_t>(feed.at)
                                               : size;
  la_int64_t target = 0;
  if (__builtin_add_overflow(base, offset, &target)) target = size;
  target = std::clamp<la_int64_t>(target, 0, size);
  try {
    source.seek(static_cast<std::uint64_t>(target));
    feed.at = static_cast<std::uint64_t>(target);
    return target;
  } catch (const UnpackError& error) {
    feed.error = error;
    ::archive_set_error(archive, EIO, "%s", error.detail.c_str());
    return ARCHIVE_FATAL;
  }
}

std::string reason(struct archive* archive) {
  const char* text = ::archive_error_string(archive);
  return text == nullptr ? "" : text;
}

[[noreturn]] void fail(struct archive* archive, const Feed& feed) {
  if (feed.error) throw *feed.error;
  const std::string text = reason(archive);
  if (text.find("Unrecognized archive format") != text.npos) {
    throw UnpackError{UnpackFault::kUnknownFormat, text};
  }
  // Before a format is chosen libarchive 3.6 would follow a null pointer here.
  const bool has_format = ::archive_format(archive) != 0;
  if (has_format && ::archive_read_has_encrypted_entries(archive) > 0) {
    throw UnpackError{UnpackFault::kEncrypted, text};
  }
  const bool missing =
      text.find("not supported") != text.npos || text.find("Unsupported") != text.npos;
  throw UnpackError{missing ? UnpackFault::kUnsupported : UnpackFault::kDamaged, text};
}

void open_archive(const Archive& archive, Feed& feed) {
  ::archive_read_set_read_callback(archive.get(), on_read);
  ::archive_read_set_callback_data(archive.get(), &feed);
  if (::archive_read_open1(archive.get()) != ARCHIVE_OK) fail(archive.get(), feed);
}

EntryType type_of(struct archive_entry* entry) {
  if (::archive_entry_hardlink(entry) != nullptr) return EntryType::kHardLink;
  switch (::archive_entry_filetype(entry)) {
    case AE_IFREG:
      return EntryType::kFile;
    case AE_IFDIR:
      return EntryType::kFolder;
    case AE_IFLNK:
      return EntryType::kLink;
    default:
      return EntryType::kSpecial;
  }
}

EntryFrame frame_of(struct archive_entry* entry) {
  EntryFrame frame;
  frame.type = type_of(entry);
  frame.encrypted = ::archive_entry_is_encrypted(entry) != 0;
  if (::archive_entry_size_is_set(entry) != 0) {
    frame.bytes = static_cast<std::uint64_t>(std::max<la_int64_t>(0, ::archive_entry_size(entry)));
  }
  if (::archive_entry_mtime_is_set(entry) != 0) frame.modified_s = ::archive_entry_mtime(entry);
  const char* name = ::archive_entry_pathname(entry);
  if (name == nullptr) throw UnpackError{UnpackFault::kNameUnreadable, "?"};
  frame.name = name;
  if (frame.name.size() > kOtherFrameMax / 2) {
    throw UnpackError{UnpackFault::kNameUnreadable, "too long"};
  }
  return frame;
}

/// CRC-32 that each entry must have, in order; none where libarchive looks itself.
using Sums = std::vector<std::optional<std::uint32_t>>;

/// Returns the CRC-32 of what was sent.
std::uint32_t send_data(struct archive* archive, const Feed& feed, std::vector<std::byte>& block,
                        FrameWriter& out) {
  uLong crc = 0;
  while (true) {
    const la_ssize_t count = ::archive_read_data(archive, block.data(), block.size());
    if (count == 0) return static_cast<std::uint32_t>(crc);
    if (count == ARCHIVE_RETRY) continue;
    // A warning on data is a wrong check sum: the bytes are not what was packed.
    if (count < 0) fail(archive, feed);
    const auto part = std::span<const std::byte>(block).first(static_cast<std::size_t>(count));
    crc = ::crc32_z(crc, reinterpret_cast<const Bytef*>(part.data()), part.size());
    out.data(part);
  }
}

/// In the locale "C" libarchive keeps the bytes of a tar's name and warns that it could not turn
/// them into the locale's characters, which is what is wanted. Every other warning on a header
/// says that a part of it was ignored, perhaps the name.
void check_header(struct archive* archive, int status, const Feed& feed) {
  if (status == ARCHIVE_OK) return;
  const bool only_characters = reason(archive).find("to current locale") != std::string::npos;
  if (status != ARCHIVE_WARN || !only_characters) fail(archive, feed);
}

void check_sum(const Sums& sums, std::uint64_t number, std::uint32_t sent) {
  if (sums.empty()) return;
  if (number >= sums.size()) throw UnpackError{UnpackFault::kDamaged, "more entries than headers"};
  const auto& expected = sums[static_cast<std::size_t>(number)];
  if (expected && *expected != sent) throw UnpackError{UnpackFault::kDamaged, "CRC-32"};
}

std::uint64_t send_entries(const Archive& archive, Feed& feed, FrameWriter& out,
                           const Sums& sums = {}) {
  std::vector<std::byte> block(kDataFrameMax);
  struct archive_entry* entry = nullptr;
  std::uint64_t count = 0;
  while (true) {
    const int status = ::archive_read_next_header(archive.get(), &entry);
    if (status == ARCHIVE_EOF) return count;
    if (status == ARCHIVE_RETRY) continue;
    check_header(archive.get(), status, feed);
    const EntryFrame frame = frame_of(entry);
    if (frame.encrypted) throw UnpackError{UnpackFault::kEncrypted, std::string(frame.name)};
    out.entry(frame);
    if (frame.type == EntryType::kFile) {
      check_sum(sums, count, send_data(archive.get(), feed, block, out));
    }
    out.entry_end();
    ++count;
  }
}

/// What xz, zstd or bzip2 unpack to, by libarchive's "raw" format.
class FilterSource final : public ByteSource {
 public:
  FilterSource(ByteSource& packed, ContainerFormat format, std::uint64_t limit_bytes)
      : feed_(packed), archive_(::archive_read_new()), left_(limit_bytes) {
    ::archive_read_support_format_raw(archive_.get());
    if (format == ContainerFormat::kTarXz) ::archive_read_support_filter_xz(archive_.get());
    if (format == ContainerFormat::kTarZst) ::archive_read_support_filter_zstd(archive_.get());
    if (format == ContainerFormat::kTarBz2) ::archive_read_support_filter_bzip2(archive_.get());
    try {
      open_archive(archive_, feed_);
      struct archive_entry* entry = nullptr;
      const int status = ::archive_read_next_header(archive_.get(), &entry);
      if (status != ARCHIVE_OK) fail(archive_.get(), feed_);
    } catch (UnpackError& error) {
      // The mark was right: what follows it is not what the mark promised.
      if (error.fault == UnpackFault::kUnknownFormat) error.fault = UnpackFault::kDamaged;
      throw;
    }
  }

  std::size_t read(std::span<std::byte> buffer) override {
    const la_ssize_t count = ::archive_read_data(archive_.get(), buffer.data(), buffer.size());
    if (count < 0) fail(archive_.get(), feed_);
    const auto bytes = static_cast<std::size_t>(count);
    if (bytes > left_) throw UnpackError{UnpackFault::kTooLarge, "tar"};
    left_ -= bytes;
    return bytes;
  }

 private:
  Feed feed_;
  Archive archive_;
  std::uint64_t left_;
};

/// Reads on over the end-of-archive mark to the end of the file, so that every check sum of the
/// compression is met and nothing that was appended is passed over in silence.
std::uint64_t unpack_tar(ByteSource& tar, FrameWriter& out) {
  std::setlocale(LC_CTYPE, "C");
  Feed feed(tar);
  const Archive archive(::archive_read_new());
  ::archive_read_support_format_tar(archive.get());
  ::archive_read_set_options(archive.get(), "tar:read_concatenated_archives");
  open_archive(archive, feed);
  const std::uint64_t count = send_entries(archive, feed, out);
  // POSIX.1 pax: an archive ends with zero blocks. Without one it was cut between two entries.
  if (::archive_filter_bytes(archive.get(), 0) == ::archive_read_header_position(archive.get())) {
    throw UnpackError{UnpackFault::kDamaged, "tar: cut short, the end mark is missing"};
  }
  return count;
}

/// What does not look like a tar may be one that was damaged: the check sums at the end tell.
std::uint64_t unpack_doubtful_tar(ByteSource& tar, FrameWriter& out) {
  try {
    return unpack_tar(tar, out);
  } catch (const UnpackError& error) {
    if (error.fault != UnpackFault::kUnknownFormat) throw;
    std::vector<std::byte> rest(kReadBytes);
    while (tar.read(rest) > 0) {
    }
    throw;
  }
}

std::uint64_t unpack_compressed_tar(SeekableSource& input, ContainerFormat format,
                                    std::uint64_t unpacked_max, FrameWriter& out) {
  if (format == ContainerFormat::kTarGz) {
    GzipSource tar(input, unpacked_max);
    return unpack_doubtful_tar(tar, out);
  }
  FilterSource tar(input, format, unpacked_max);
  return unpack_doubtful_tar(tar, out);
}

std::uint64_t unpack_seekable(SeekableSource& input, ContainerFormat format, FrameWriter& out,
                              const Sums& sums = {}) {
  Feed feed(input);
  const Archive archive(::archive_read_new());
  if (format == ContainerFormat::kZip) ::archive_read_support_format_zip_seekable(archive.get());
  if (format == ContainerFormat::kSevenZip) ::archive_read_support_format_7zip(archive.get());
  if (format == ContainerFormat::kRar) {
    ::archive_read_support_format_rar(archive.get());
    ::archive_read_support_format_rar5(archive.get());
  }
  ::archive_read_set_seek_callback(archive.get(), on_seek);
  input.seek(0);
  open_archive(archive, feed);
  return send_entries(archive, feed, out, sums);
}

std::uint64_t unpack_rar(SeekableSource& input, FrameWriter& out) {
  if (!is_rar5(input)) return unpack_seekable(input, ContainerFormat::kRar, out);
  const Sums sums = rar5_sums(input);
  const std::uint64_t count = unpack_seekable(input, ContainerFormat::kRar, out, sums);
  if (count != sums.size()) throw UnpackError{UnpackFault::kDamaged, "rar: entries are missing"};
  return count;
}

std::uint64_t unpack_zip(SeekableSource& input, FrameWriter& out) {
  MaskedSource masked(input, zip_utf8_flags(input), kZipUtf8Mask);
  return unpack_seekable(masked, ContainerFormat::kZip, out);
}

/// By the first bytes alone; a tar has its mark (or, before POSIX, nothing) further in.
ContainerFormat format_of(SeekableSource& input) {
  using namespace std::string_view_literals;
  constexpr std::pair<std::string_view, ContainerFormat> kMarks[] = {
      {"PK\x03\x04"sv, ContainerFormat::kZip},
      {"PK\x05\x06"sv, ContainerFormat::kZip},
      {"7z\xBC\xAF\x27\x1C"sv, ContainerFormat::kSevenZip},
      {"Rar!\x1A\x07"sv, ContainerFormat::kRar},
      {"\x1F\x8B"sv, ContainerFormat::kTarGz},
      {"\xFD\x37zXZ\x00"sv, ContainerFormat::kTarXz},
      {"\x28\xB5\x2F\xFD"sv, ContainerFormat::kTarZst},
      {"BZh"sv, ContainerFormat::kTarBz2},
  };
  std::array<std::byte, kTarMagicAt + 5> head{};
  input.seek(0);
  const std::size_t count = input.read(head);
  const std::string_view text(reinterpret_cast<const char*>(head.data()), count);
  input.seek(0);
  for (const auto& [mark, format] : kMarks) {
    if (text.starts_with(mark)) return format;
  }
  if (text.size() == head.size() && text.substr(kTarMagicAt) == "ustar") {
    return ContainerFormat::kTar;
  }
  throw UnpackError{UnpackFault::kUnknownFormat, ""};
}

std::uint64_t unpack_format(SeekableSource& input, ContainerFormat format,
                            std::uint64_t unpacked_max, FrameWriter& out) {
  switch (format) {
    case ContainerFormat::kZip:
      return unpack_zip(input, out);
    case ContainerFormat::kSevenZip:
      return unpack_seekable(input, format, out);
    case ContainerFormat::kRar:
      return unpack_rar(input, out);
    case ContainerFormat::kTar:
      return unpack_tar(input, out);
    case ContainerFormat::kTarGz:
    case ContainerFormat::kTarXz:
    case ContainerFormat::kTarZst:
    case ContainerFormat::kTarBz2:
      return unpack_compressed_tar(input, format, unpacked_max, out);
  }
  throw UnpackError{UnpackFault::kUnknownFormat, ""};
}

}  // namespace

void unpack(SeekableSource& input, std::uint64_t unpacked_max, FrameWriter& out) {
  try {
    const ContainerFormat format = format_of(input);
    out.format(format);
    out.finish(unpack_format(input, format, unpacked_max, out));
  } catch (const UnpackError& error) {
    out.fault(error.fault, error.detail);
  }
}

}  // namespace anjuan::packager
