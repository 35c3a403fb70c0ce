#include "tests/support/foreign_archives.h"

#include <cstdlib>
#include <fstream>
#include <limits>

#include <zlib.h>

namespace anjuan::test {

namespace {

constexpr std::uint64_t kZeroBlock = 16ULL * 1024 * 1024;

std::string number(std::uint64_t value, std::size_t bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
  return out;
}

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// `window` as of zlib: negative = bare deflate, above 16 = gzip.
std::string packed(std::string_view bytes, int window, int flush) {
  z_stream stream{};
  ::deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string out(bytes.size() + bytes.size() / 100 + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  ::deflate(&stream, flush);
  out.resize(out.size() - stream.avail_out);
  ::deflateEnd(&stream);
  return out;
}

struct ZipPart {
  ZipItem item;
  std::string body;
  std::uint64_t size = 0;
  std::uint32_t crc = 0;
};

std::string common_fields(const ZipPart& part, const std::string& name) {
  const bool stored = part.item.packing == Packing::kStored;
  return number(20, 2) + number(part.item.flags, 2) + number(stored ? 0 : 8, 2) +
         number(0x4A21, 2) + number(0x5AD1, 2) + number(part.crc, 4) + number(part.body.size(), 4) +
         number(part.size, 4) + number(name.size(), 2) + number(part.item.extra.size(), 2);
}

std::string zip_of(const std::vector<ZipPart>& parts) {
  std::string out;
  std::string directory;
  for (const ZipPart& part : parts) {
    const std::string& item_name = part.item.name;
    const std::string local = part.item.local_name.empty() ? item_name : part.item.local_name;
    const std::uint64_t offset = out.size();
    out += "PK\x03\x04" + common_fields(part, local) + local + part.item.extra + part.body;
    const bool unix_made = part.item.mode != 0;
    directory += "PK\x01\x02" + number(unix_made ? 0x0314 : 0x0014, 2) +
                 common_fields(part, item_name) + number(0, 2) + number(0, 2) + number(0, 2) +
                 number(std::uint64_t{part.item.mode} << 16, 4) + number(offset, 4) + item_name +
                 part.item.extra;
  }
  const std::string end = std::string("PK\x05\x06") + number(0, 4) +
                          number(std::min<std::size_t>(parts.size(), 0xFFFF), 2) +
                          number(std::min<std::size_t>(parts.size(), 0xFFFF), 2) +
                          number(directory.size(), 4) + number(out.size(), 4) + number(0, 2);
  return out + directory + end;
}

std::string octal(std::uint64_t value, std::size_t width) {
  return fmt::format("{:0{}o}", value, width - 1) + '\0';
}

/// RAR 5's variable-length number: seven bits a byte, the lowest first.
std::string vint(std::uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7FU) | 0x80U);
  return out + static_cast<char>(value);
}

std::string rar_block(const std::string& content) {
  const std::string sized = vint(content.size()) + content;
  return number(crc_of(sized), 4) + sized;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(width, '\0');
  return text;
}

}  // namespace

std::string make_zip(const std::vector<ZipItem>& items) {
  std::vector<ZipPart> parts;
  for (const ZipItem& item : items) {
    ZipPart part{item, item.bytes, item.bytes.size(), crc_of(item.bytes)};
    if (item.packing == Packing::kDeflated) part.body = packed(item.bytes, -15, Z_FINISH);
    parts.push_back(std::move(part));
  }
  return zip_of(parts);
}

std::string make_zip_of_zeros(const std::string& name, std::uint64_t bytes) {
  ZipPart part;
  part.item.name = name;
  part.item.packing = Packing::kDeflated;
  part.size = std::min<std::uint64_t>(bytes, std::numeric_limits<std::uint32_t>::max() - 1);
  const std::string block = packed(std::string(kZeroBlock, '\0'), -15, Z_FULL_FLUSH);
  for (std::uint64_t done = 0; done < bytes; done += kZeroBlock) part.body += block;
  part.body += std::string("\x03\x00", 2);  // a last, empty block
  return zip_of({part});
}

std::string make_tar(const std::vector<TarItem>& items, TarEnd end) {
  std::string out;
  for (const TarItem& item : items) {
    const std::uint64_t size = item.size != 0 ? item.size : item.bytes.size();
    std::string head = padded(item.name, 100) + octal(0644, 8) + octal(0, 8) + octal(0, 8) +
                       octal(size, 12) + octal(1'750'000'000, 12) + std::string(8, ' ') +
                       item.type + padded(item.link, 100) + std::string("ustar\0", 6) + "00";
    head = padded(head, 512);
    unsigned sum = 0;
    for (const char c : head) sum += static_cast<unsigned char>(c);
    head.replace(148, 8, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
    out += head + item.bytes + std::string((512 - item.bytes.size() % 512) % 512, '\0');
  }
  return end == TarEnd::kMarked ? out + std::string(1024, '\0') : out;
}

TarItem pax_path(const std::string& path) {
  const std::string rest = " path=" + path + "\n";
  std::size_t length = rest.size() + 1;
  while (std::to_string(length).size() + rest.size() != length) ++length;
  return {"PaxHeaders/next", std::to_string(length) + rest, 'x', "", 0};
}

std::string make_rar(const std::vector<TarItem>& items) {
  constexpr std::uint64_t kMain = 1;
  constexpr std::uint64_t kFile = 2;
  constexpr std::uint64_t kEnd = 5;
  constexpr std::uint64_t kHasExtra = 1;
  constexpr std::uint64_t kHasData = 2;
  constexpr std::uint64_t kHasCrc = 4;
  constexpr std::uint64_t kUnix = 1;
  std::string out("Rar!\x1A\x07\x01\x00", 8);
  out += rar_block(vint(kMain) + vint(0) + vint(0));
  for (const TarItem& item : items) {
    const std::string record = item.type == 'e' ? vint(1) + vint(0) + vint(0) : "";
    const std::string extra = record.empty() ? "" : vint(record.size()) + record;
    out += rar_block(vint(kFile) + vint(kHasData | (extra.empty() ? 0 : kHasExtra)) +
                     (extra.empty() ? "" : vint(extra.size())) + vint(item.bytes.size()) +
                     vint(kHasCrc) + vint(item.bytes.size()) + vint(0100644) +
                     number(crc_of(item.bytes), 4) + vint(0) + vint(kUnix) +
                     vint(item.name.size()) + item.name + extra) +
           item.bytes;
  }
  return out + rar_block(vint(kEnd) + vint(0) + vint(0));
}

std::string make_gzip(std::string_view bytes) { return packed(bytes, 15 + 16, Z_FINISH); }

void put_file(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

bool run_tool(const std::string& command) {
  return std::system(
             ("LC_ALL=C.UTF-8; export LC_ALL; { " + command + "; } >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace anjuan::test
