#include "packager/container_write_zip.h"

#include <zlib.h>

#include "core/error.h"
#include "core/text.h"
#include "packager/media_names.h"
#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

constexpr std::uint32_t kMax32 = 0xFFFFFFFF;
constexpr std::uint32_t kMax16 = 0xFFFF;
constexpr std::uint32_t kUtf8Flag = 0x0800;
constexpr std::uint32_t kVersionPlain = 20;  // APPNOTE 4.4.3.2
constexpr std::uint32_t kVersionZip64 = 45;
constexpr std::uint32_t kMadeOnUnix = 3 << 8;
constexpr std::uint32_t kFileMode = 0100644U << 16U;
constexpr std::uint32_t kZip64Field = 0x0001;

/// Little-endian numbers one after the other.
class Record {
 public:
  Record& u16(std::uint64_t value) { return number(value, 2); }

  Record& u32(std::uint64_t value) { return number(value, 4); }

  Record& u64(std::uint64_t value) { return number(value, 8); }

  Record& text(std::string_view value) {
    bytes_ += value;
    return *this;
  }

  std::string take() { return std::move(bytes_); }

 private:
  Record& number(std::uint64_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; ++i) bytes_ += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return *this;
  }

  std::string bytes_;
};

struct DosTime {
  std::uint16_t time = 0;
  std::uint16_t date = 0;
};

/// MS-DOS counts years from 1980 to 2107.
DosTime dos_time(Instant instant) {
  using namespace std::chrono;
  const auto local = instant + hours(8);
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const hh_mm_ss time(floor<seconds>(local - day));
  const int year = static_cast<int>(date.year());
  if (year < 1980) return {0, 1U << 5U | 1U};
  if (year > 2107) return {0xBF7D, 0xFF9F};
  const auto number = [](auto value) { return static_cast<unsigned>(value); };
  return {static_cast<std::uint16_t>(number(time.hours().count()) << 11U |
                                     number(time.minutes().count()) << 5U |
                                     number(time.seconds().count()) / 2U),
          static_cast<std::uint16_t>(number(year - 1980) << 9U | number(date.month()) << 5U |
                                     number(date.day()))};
}

/// From the needed version to the size: what both headers of an entry have in common.
void put_common(Record& record, const ZipEntry& entry, bool is_zip64) {
  const DosTime time = dos_time(entry.modified);
  record.u16(is_zip64 ? kVersionZip64 : kVersionPlain)
      .u16(is_ascii(entry.path) ? 0 : kUtf8Flag)
      .u16(static_cast<std::uint16_t>(entry.method))
      .u16(time.time)
      .u16(time.date)
      .u32(entry.crc)
      .u32(entry.is_long() ? kMax32 : entry.packed_bytes)
      .u32(entry.is_long() ? kMax32 : entry.bytes)
      .u16(entry.path.size());
}

std::string zip64_field(const ZipEntry& entry, bool with_offset) {
  Record values;
  if (entry.is_long()) values.u64(entry.bytes).u64(entry.packed_bytes);
  if (with_offset) values.u64(entry.offset);
  const std::string body = values.take();
  if (body.empty()) return "";
  return Record().u16(kZip64Field).u16(body.size()).text(body).take();
}

}  // namespace

std::string zip_local_header(const ZipEntry& entry) {
  const std::string extra = zip64_field(entry, false);
  Record record;
  record.text("PK\x03\x04");
  put_common(record, entry, entry.is_long());
  return record.u16(extra.size()).text(entry.path).text(extra).take();
}

std::string zip_central_header(const ZipEntry& entry) {
  const bool is_far = entry.offset >= kMax32;
  const std::string extra = zip64_field(entry, is_far);
  const bool is_zip64 = !extra.empty();
  Record record;
  record.text("PK\x01\x02").u16(kMadeOnUnix | (is_zip64 ? kVersionZip64 : kVersionPlain));
  put_common(record, entry, is_zip64);
  record.u16(extra.size()).u16(0).u16(0).u16(0);  // comment, disk, internal attributes
  return record.u32(kFileMode)
      .u32(is_far ? kMax32 : entry.offset)
      .text(entry.path)
      .text(extra)
      .take();
}

std::string zip_end(std::uint64_t entries, std::uint64_t bytes, std::uint64_t offset) {
  Record record;
  if (entries >= kMax16 || bytes >= kMax32 || offset >= kMax32) {
    constexpr std::uint64_t kRest = 44;  // of the record after this number
    record.text("PK\x06\x06").u64(kRest).u16(kMadeOnUnix | kVersionZip64).u16(kVersionZip64);
    record.u32(0).u32(0).u64(entries).u64(entries).u64(bytes).u64(offset);
    record.text("PK\x06\x07").u32(0).u64(offset + bytes).u32(1);
  }
  const auto count = std::min<std::uint64_t>(entries, kMax16);
  record.text("PK\x05\x06").u16(0).u16(0).u16(count).u16(count);
  record.u32(std::min<std::uint64_t>(bytes, kMax32)).u32(std::min<std::uint64_t>(offset, kMax32));
  return record.u16(0).take();
}

/// Raw deflate (RFC 1951) of one file after the other.
class ZipSink::Deflater {
 public:
  Deflater() : packed_(64 * 1024) {
    constexpr int kRawWindow = -15;
    constexpr int kMemoryLevel = 8;
    if (::deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kRawWindow, kMemoryLevel,
                       Z_DEFAULT_STRATEGY) != Z_OK) {
      throw Error(ErrorCode::kInternal, "zip", "zlib gives no deflate");
    }
  }

  ~Deflater() { ::deflateEnd(&stream_); }

  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  template <typename Put>
  void pack(std::span<const std::byte> block, const Put& put) {
    constexpr std::size_t kStepBytes = 1UL << 30U;  // zlib counts in 32 bits
    while (!block.empty()) {
      const auto step = block.first(std::min(block.size(), kStepBytes));
      run(step, Z_NO_FLUSH, put);
      block = block.subspan(step.size());
    }
  }

  template <typename Put>
  void finish(const Put& put) {
    run({}, Z_FINISH, put);
    ::deflateReset(&stream_);
  }

 private:
  template <typename Put>
  void run(std::span<const std::byte> block, int flush, const Put& put) {
    // zlib only reads what next_in points to.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(block.data()));
    stream_.avail_in = static_cast<uInt>(block.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(packed_.data());
      stream_.avail_out = static_cast<uInt>(packed_.size());
      ::deflate(&stream_, flush);
      put(std::span<const std::byte>(packed_).first(packed_.size() - stream_.avail_out));
    } while (stream_.avail_out == 0);
  }

  z_stream stream_{};
  std::vector<std::byte> packed_;
};

ZipSink::ZipSink(const std::filesystem::path& target)
    : file_(target), deflater_(std::make_unique<Deflater>()) {}

ZipSink::~ZipSink() = default;

void ZipSink::begin(const std::string& path, std::uint64_t bytes, Instant modified) {
  check_package_path(path);
  declared_ = bytes;
  entry_ = {};
  entry_.path = path;
  entry_.modified = modified;
  entry_.offset = file_.at();
  if (bytes > 0 && !is_packed(path)) entry_.method = ZipMethod::kDeflated;
  // The length of the header depends on the declared size; the counts are filled in by end().
  entry_.bytes = bytes;
  file_.write(zip_local_header(entry_));
  entry_.bytes = 0;
}

void ZipSink::write(std::span<const std::byte> block) {
  if (block.empty()) return;  // zlib begins a new sum when it is given no bytes
  entry_.bytes += block.size();
  entry_.crc = static_cast<std::uint32_t>(
      ::crc32_z(entry_.crc, reinterpret_cast<const Bytef*>(block.data()), block.size()));
  if (entry_.method == ZipMethod::kStored) return put(block);
  deflater_->pack(block, [this](std::span<const std::byte> packed) { put(packed); });
}

void ZipSink::end() {
  if (entry_.method == ZipMethod::kDeflated) {
    deflater_->finish([this](std::span<const std::byte> packed) { put(packed); });
  }
  if (entry_.bytes != declared_) {
    throw Error(ErrorCode::kInternal, entry_.path, "a file is not as long as its sink was told");
  }
  file_.patch(entry_.offset, zip_local_header(entry_));
  entries_.push_back(std::move(entry_));
}

void ZipSink::put(std::span<const std::byte> packed) {
  entry_.packed_bytes += packed.size();
  file_.write(packed);
}

void ZipSink::finish() {
  const std::uint64_t begin = file_.at();
  for (const ZipEntry& entry : entries_) file_.write(zip_central_header(entry));
  file_.write(zip_end(entries_.size(), file_.at() - begin, begin));
  file_.finish();
}

}  // namespace anjuan::packager
