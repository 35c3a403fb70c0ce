#include "tests/support/compound_file.h"

#include <map>
#include <stdexcept>

namespace anjuan::test {

namespace {

constexpr std::size_t kSector = 512;
constexpr std::size_t kMini = 64;
constexpr std::size_t kCutoff = 4096;
constexpr std::size_t kEntry = 128;
constexpr std::uint32_t kEnd = 0xFFFFFFFE;
constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::uint32_t kTableSector = 0xFFFFFFFD;

void put_u16(std::string& bytes, std::size_t at, std::uint16_t value) {
  bytes[at] = static_cast<char>(value & 0xFFU);
  bytes[at + 1] = static_cast<char>(value >> 8U);
}

std::string padded(std::string bytes, std::size_t unit) {
  bytes.resize((bytes.size() + unit - 1) / unit * unit, '\0');
  return bytes;
}

std::string entry(std::string_view name, char type, std::uint32_t first, std::size_t size) {
  std::string bytes(kEntry, '\0');
  for (std::size_t i = 0; i < name.size(); ++i) bytes[2 * i] = name[i];
  put_u16(bytes, 64, static_cast<std::uint16_t>(2 * name.size() + 2));
  bytes[66] = type;
  bytes[67] = 1;
  for (const std::size_t at : {68U, 72U, 76U}) put_u32(bytes, at, kFree);
  put_u32(bytes, 116, first);
  put_u32(bytes, 120, static_cast<std::uint32_t>(size));
  return bytes;
}

/// The sectors behind the table, and the table's rows for them.
class Sectors {
 public:
  /// Returns the first sector, or the end mark for nothing.
  std::uint32_t add(const std::string& bytes) {
    if (bytes.empty()) return kEnd;
    const auto first = static_cast<std::uint32_t>(rows_.size());
    const std::string whole = padded(bytes, kSector);
    for (std::size_t i = 0; i < whole.size() / kSector; ++i) {
      rows_.push_back(static_cast<std::uint32_t>(rows_.size() + 1));
    }
    rows_.back() = kEnd;
    bytes_ += whole;
    if (rows_.size() > kSector / 4) throw std::runtime_error("too much for one table sector");
    return first;
  }

  std::string table() const {
    std::string bytes(kSector, '\xFF');
    for (std::size_t i = 0; i < rows_.size(); ++i) put_u32(bytes, 4 * i, rows_[i]);
    return bytes;
  }

  std::string& bytes() { return bytes_; }

 private:
  std::vector<std::uint32_t> rows_{kTableSector};
  std::string bytes_;
};

struct Small {
  std::string bytes;
  std::string table;

  std::uint32_t add(const std::string& stream) {
    const auto first = static_cast<std::uint32_t>(bytes.size() / kMini);
    bytes += padded(stream.empty() ? std::string(1, '\0') : stream, kMini);
    while (table.size() / 4 + 1 < bytes.size() / kMini) {
      table.resize(table.size() + 4);
      put_u32(table, table.size() - 4, static_cast<std::uint32_t>(table.size() / 4));
    }
    table.resize(table.size() + 4);
    put_u32(table, table.size() - 4, kEnd);
    return first;
  }
};

/// Makes `number` the child of `folder`, or the right sibling of the last one there.
void hang_in(std::string& directory, std::map<std::size_t, std::size_t>& last, std::size_t folder,
             std::size_t number) {
  const auto found = last.find(folder);
  const std::size_t at = found == last.end() ? folder * kEntry + 76 : found->second * kEntry + 72;
  put_u32(directory, at, static_cast<std::uint32_t>(number));
  last[folder] = number;
}

}  // namespace

void put_u32(std::string& bytes, std::size_t at, std::uint32_t value) {
  put_u16(bytes, at, static_cast<std::uint16_t>(value & 0xFFFFU));
  put_u16(bytes, at + 2, static_cast<std::uint16_t>(value >> 16U));
}

std::size_t ole_entry_at(std::size_t number) { return 2 * kSector + number * kEntry; }

std::string make_compound_file(const std::vector<OleStream>& streams) {
  std::string directory = entry("Root Entry", 5, kEnd, 0);
  std::map<std::size_t, std::size_t> last;
  std::map<std::string, std::size_t> folders;
  Small small;
  std::map<std::size_t, std::string> large;  // by entry
  const auto add_entry = [&](const std::string& bytes, std::size_t folder) {
    const std::size_t number = directory.size() / kEntry;
    directory += bytes;
    hang_in(directory, last, folder, number);
    return number;
  };
  for (const OleStream& stream : streams) {
    const std::size_t slash = stream.name.find('/');
    std::size_t folder = 0;
    if (slash != stream.name.npos) {
      const std::string name = stream.name.substr(0, slash);
      if (!folders.contains(name)) folders[name] = add_entry(entry(name, 1, 0, 0), 0);
      folder = folders[name];
    }
    const std::string name =
        slash == stream.name.npos ? stream.name : stream.name.substr(slash + 1);
    const bool is_small = stream.bytes.size() < kCutoff;
    const std::uint32_t first = is_small ? small.add(stream.bytes) : 0;
    const std::size_t number = add_entry(entry(name, 2, first, stream.bytes.size()), folder);
    if (!is_small) large[number] = stream.bytes;
  }
  Sectors sectors;
  const std::size_t directory_bytes = padded(directory, kSector).size();
  sectors.add(directory);
  const std::uint32_t mini_table = sectors.add(small.table);
  put_u32(directory, 116, sectors.add(small.bytes));
  put_u32(directory, 120, static_cast<std::uint32_t>(small.bytes.size()));
  for (const auto& [number, bytes] : large) {
    put_u32(directory, number * kEntry + 116, sectors.add(bytes));
  }
  sectors.bytes().replace(0, directory_bytes, padded(directory, kSector));
  std::string header(kSector, '\0');
  header.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  put_u16(header, 24, 0x3E);
  put_u16(header, 26, 3);
  put_u16(header, 28, 0xFFFE);
  put_u16(header, 30, 9);
  put_u16(header, 32, 6);
  put_u32(header, 44, 1);
  put_u32(header, 48, 1);
  put_u32(header, 56, kCutoff);
  put_u32(header, 60, mini_table);
  put_u32(header, 64, mini_table == kEnd ? 0 : 1);
  put_u32(header, 68, kEnd);
  for (std::size_t at = 76; at < kSector; at += 4) put_u32(header, at, at == 76 ? 0 : kFree);
  return header + sectors.table() + sectors.bytes();
}

}  // namespace anjuan::test
