#include "packager/container_write_tar.h"

#include <cstring>

#include "core/error.h"
#include "core/text.h"
#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

constexpr std::size_t kBlockBytes = 512;
/// Twenty blocks: what every tar program since the tape reads and writes at once.
constexpr std::size_t kRecordBytes = 20 * kBlockBytes;
constexpr std::size_t kNameBytes = 100;

/// ustar header block (POSIX.1-2008, pax, "ustar Interchange Format").
struct Header {
  char name[100];
  char mode[8];
  char uid[8];
  char gid[8];
  char size[12];
  char mtime[12];
  char chksum[8];
  char typeflag;
  char linkname[100];
  char magic[6];
  char version[2];
  char uname[32];
  char gname[32];
  char devmajor[8];
  char devminor[8];
  char prefix[155];
  char pad[12];
};

static_assert(sizeof(Header) == kBlockBytes);

template <std::size_t kSize>
void put_octal(char (&field)[kSize], std::uint64_t value) {
  const std::string digits = fmt::format("{:0{}o}", value, kSize - 1);
  std::memcpy(field, digits.data(), kSize - 1);
}

template <std::size_t kSize>
void put_text(char (&field)[kSize], std::string_view text) {
  std::memcpy(field, text.data(), std::min(text.size(), kSize));
}

std::uint64_t seconds_of(Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch());
  return static_cast<std::uint64_t>(std::max<std::int64_t>(seconds.count(), 0));
}

std::string header_block(std::string_view name, std::uint64_t bytes, Instant modified, char type) {
  Header header{};
  put_text(header.name, name);
  put_octal(header.mode, 0644);
  put_octal(header.uid, 0);
  put_octal(header.gid, 0);
  put_octal(header.size, bytes);
  put_octal(header.mtime, seconds_of(modified));
  std::memset(header.chksum, ' ', sizeof(header.chksum));
  header.typeflag = type;
  std::memcpy(header.magic, "ustar", 6);
  std::memcpy(header.version, "00", 2);
  put_octal(header.devmajor, 0);
  put_octal(header.devminor, 0);
  std::string block(reinterpret_cast<const char*>(&header), sizeof(header));
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  const std::string digits = fmt::format("{:06o}", sum) + '\0' + ' ';
  return block.replace(offsetof(Header, chksum), digits.size(), digits);
}

/// "LENGTH KEY=VALUE\n", where the length counts itself.
std::string pax_record(std::string_view key, std::string_view value) {
  const std::size_t rest = key.size() + value.size() + 3;
  std::size_t length = rest + 1;
  while (length != rest + std::to_string(length).size()) {
    length = rest + std::to_string(length).size();
  }
  return fmt::format("{} {}={}\n", length, key, value);
}

bool fits_ustar(std::string_view name) { return name.size() <= kNameBytes && is_ascii(name); }

/// For programs that know no pax: as much of the name as fits, cut between two characters.
std::string_view short_name(std::string_view name) {
  auto cut = name.substr(0, kNameBytes);
  while (!is_valid_utf8(cut)) cut.remove_suffix(1);
  return cut;
}

std::string padded(std::string text) {
  text.resize((text.size() + kBlockBytes - 1) / kBlockBytes * kBlockBytes, '\0');
  return text;
}

}  // namespace

std::string tar_headers(const std::string& path, std::uint64_t bytes, Instant modified) {
  std::string records;
  if (!fits_ustar(path)) records += pax_record("path", path);
  const bool is_long = bytes >= kTarLongBytes;
  if (is_long) records += pax_record("size", std::to_string(bytes));
  std::string out;
  if (!records.empty()) {
    out += header_block("PaxHeaders/file", records.size(), modified, 'x');
    out += padded(std::move(records));
  }
  // POSIX: the pax record overrides the field, which cannot hold the value.
  return out + header_block(short_name(path), is_long ? 0 : bytes, modified, '0');
}

TarSink::TarSink(const std::filesystem::path& target) : file_(target) {}

void TarSink::begin(const std::string& path, std::uint64_t bytes, Instant modified) {
  check_package_path(path);
  path_ = path;
  left_ = bytes;
  file_.write(tar_headers(path, bytes, modified));
}

void TarSink::write(std::span<const std::byte> block) {
  if (block.size() > left_) {
    throw Error(ErrorCode::kInternal, path_, "a file is longer than its sink was told");
  }
  left_ -= block.size();
  file_.write(block);
}

void TarSink::end() {
  if (left_ != 0) {
    throw Error(ErrorCode::kInternal, path_, "a file is shorter than its sink was told");
  }
  pad(kBlockBytes);
}

void TarSink::finish() {
  file_.write(std::string(2 * kBlockBytes, '\0'));
  pad(kRecordBytes);
  file_.finish();
}

void TarSink::pad(std::uint64_t unit) {
  const std::uint64_t over = file_.at() % unit;
  if (over != 0) file_.write(std::string(unit - over, '\0'));
}

}  // namespace anjuan::packager
