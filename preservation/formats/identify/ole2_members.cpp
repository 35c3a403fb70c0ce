// [MS-CFB] Compound File Binary File Format, sections 2.1 to 2.6.
#include "preservation/formats/identify/members.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kHeaderDifat = 109;
constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kMiniSectorBytes = 64;
constexpr std::uint32_t kLastRegular = 0xFFFFFFFA;  ///< MAXREGSECT
constexpr std::uint32_t kNoStream = 0xFFFFFFFF;

enum class EntryType : std::uint8_t { kUnused = 0, kStorage = 1, kStream = 2, kRoot = 5 };

struct Damage {
  std::string text;
};

struct DirectoryEntry {
  std::string name;
  EntryType type = EntryType::kUnused;
  std::uint32_t left = kNoStream;
  std::uint32_t right = kNoStream;
  std::uint32_t child = kNoStream;
  std::uint32_t first = 0;  ///< sector
  std::uint64_t bytes = 0;
};

/// UTF-16LE to UTF-8, unit by unit (surrogates become U+FFFD: no signature has any); leading
/// control characters, which mark names of the system, are left out.
std::string name_of(std::string_view raw) {
  std::string name;
  for (std::size_t at = 0; at + 2 <= raw.size(); at += 2) {
    auto unit = static_cast<unsigned>(little_endian(raw, at, 2));
    if (unit == 0) break;
    if (unit < 0x20 && name.empty()) continue;
    if (unit >= 0xD800 && unit < 0xE000) unit = 0xFFFD;
    if (unit < 0x80) {
      name.push_back(static_cast<char>(unit));
    } else if (unit < 0x800) {
      name.push_back(static_cast<char>(0xC0U | (unit >> 6U)));
      name.push_back(static_cast<char>(0x80U | (unit & 0x3FU)));
    } else {
      name.push_back(static_cast<char>(0xE0U | (unit >> 12U)));
      name.push_back(static_cast<char>(0x80U | ((unit >> 6U) & 0x3FU)));
      name.push_back(static_cast<char>(0x80U | (unit & 0x3FU)));
    }
  }
  return name;
}

class CompoundFile {
 public:
  explicit CompoundFile(ByteInput& input) : input_(input) {
    const std::string header = bytes_at(0, kHeaderBytes);
    const std::uint64_t shift = little_endian(header, 30, 2);
    if (shift != 9 && shift != 12) throw Damage{"unknown sector size"};
    sector_bytes_ = std::size_t{1} << shift;
    cutoff_ = little_endian(header, 56, 4);
    sectors_ = std::min(input_.size() / sector_bytes_ + 1, kOle2SectorsMax);
    read_table(header);
    const std::string directory = chain(static_cast<std::uint32_t>(little_endian(header, 48, 4)),
                                        std::uint64_t{kOle2EntriesMax} * kEntryBytes);
    for (std::size_t at = 0; at + kEntryBytes <= directory.size(); at += kEntryBytes) {
      entries_.push_back(entry_of(std::string_view(directory).substr(at, kEntryBytes)));
    }
    if (entries_.empty() || entries_[0].type != EntryType::kRoot) throw Damage{"no root entry"};
    mini_table_first_ = static_cast<std::uint32_t>(little_endian(header, 60, 4));
  }

  const std::vector<DirectoryEntry>& entries() const { return entries_; }

  FileWindows stream(const DirectoryEntry& entry) {
    const std::uint64_t bytes = std::min<std::uint64_t>(entry.bytes, kMemberHeadBytes);
    std::string head =
        entry.bytes < cutoff_ ? mini_chain(entry.first, bytes) : chain(entry.first, bytes);
    head.resize(std::min<std::size_t>(head.size(), static_cast<std::size_t>(bytes)));
    return member_windows(std::move(head), entry.bytes);
  }

 private:
  std::string bytes_at(std::uint64_t offset, std::size_t bytes) {
    std::string buffer(bytes, '\0');
    if (!input_.read_at(offset, buffer)) throw Damage{"cut short"};
    return buffer;
  }

  /// The last sector of a file may be cut: what is missing reads as zero.
  std::string sector(std::uint32_t number) {
    const std::uint64_t offset = (std::uint64_t{number} + 1) * sector_bytes_;
    if (offset >= input_.size()) throw Damage{"a sector lies outside the file"};
    const auto bytes =
        static_cast<std::size_t>(std::min<std::uint64_t>(sector_bytes_, input_.size() - offset));
    std::string buffer = bytes_at(offset, bytes);
    buffer.resize(sector_bytes_, '\0');
    return buffer;
  }

  void add_table_sector(std::uint32_t number) {
    if (number > kLastRegular || table_.size() >= sectors_) return;
    const std::string bytes = sector(number);
    for (std::size_t at = 0; at < bytes.size(); at += 4) {
      table_.push_back(static_cast<std::uint32_t>(little_endian(bytes, at, 4)));
    }
  }

  /// The file allocation table, by the list in the header and its continuation sectors.
  void read_table(std::string_view header) {
    for (std::size_t i = 0; i < kHeaderDifat; ++i) {
      add_table_sector(static_cast<std::uint32_t>(little_endian(header, 76 + 4 * i, 4)));
    }
    auto next = static_cast<std::uint32_t>(little_endian(header, 68, 4));
    for (std::uint64_t seen = 0; next < kLastRegular; ++seen) {
      if (seen > sectors_ / (sector_bytes_ / 4) + 1) throw Damage{"a circle in the table"};
      const std::string bytes = sector(next);
      for (std::size_t at = 0; at + 4 < bytes.size(); at += 4) {
        add_table_sector(static_cast<std::uint32_t>(little_endian(bytes, at, 4)));
      }
      next = static_cast<std::uint32_t>(little_endian(bytes, bytes.size() - 4, 4));
    }
  }

  /// The first `limit` bytes (rounded up to sectors) of a chain; at most every sector once.
  std::string chain(std::uint32_t first, std::uint64_t limit) {
    std::string bytes;
    std::uint64_t steps = 0;
    for (std::uint32_t at = first; at < kLastRegular && bytes.size() < limit; ++steps) {
      if (steps > sectors_) throw Damage{"a circle of sectors"};
      if (at >= table_.size()) throw Damage{"a chain leaves the table"};
      bytes += sector(at);
      at = table_[at];
    }
    return bytes;
  }

  std::string mini_chain(std::uint32_t first, std::uint64_t limit) {
    if (!mini_read_) {
      mini_read_ = true;
      constexpr std::uint64_t kMiniStreamMax = 64ULL * 1024 * 1024;
      mini_stream_ = chain(entries_[0].first, std::min(entries_[0].bytes, kMiniStreamMax));
      mini_table_ = chain(mini_table_first_, mini_stream_.size() / kMiniSectorBytes * 4);
    }
    std::string bytes;
    std::uint64_t at = first;
    while (at < kLastRegular && bytes.size() < limit) {
      const std::uint64_t offset = at * kMiniSectorBytes;
      if (offset >= mini_stream_.size() || at * 4 + 4 > mini_table_.size()) {
        throw Damage{"a chain leaves the small stream"};
      }
      bytes += mini_stream_.substr(static_cast<std::size_t>(offset), kMiniSectorBytes);
      at = little_endian(mini_table_, static_cast<std::size_t>(at * 4), 4);
    }
    return bytes;
  }

  static DirectoryEntry entry_of(std::string_view raw) {
    DirectoryEntry entry;
    const std::uint64_t name_bytes = std::min<std::uint64_t>(little_endian(raw, 64, 2), 64);
    entry.name = name_of(raw.substr(0, static_cast<std::size_t>(name_bytes)));
    entry.type = static_cast<EntryType>(raw[66]);
    entry.left = static_cast<std::uint32_t>(little_endian(raw, 68, 4));
    entry.right = static_cast<std::uint32_t>(little_endian(raw, 72, 4));
    entry.child = static_cast<std::uint32_t>(little_endian(raw, 76, 4));
    entry.first = static_cast<std::uint32_t>(little_endian(raw, 116, 4));
    entry.bytes = little_endian(raw, 120, 4);  // The high half is undefined in version 3.
    return entry;
  }

  ByteInput& input_;
  std::size_t sector_bytes_ = 0;
  std::uint64_t cutoff_ = 0;
  std::uint64_t sectors_ = 0;
  std::uint32_t mini_table_first_ = 0;
  std::vector<std::uint32_t> table_;
  std::vector<DirectoryEntry> entries_;
  bool mini_read_ = false;
  std::string mini_stream_;
  std::string mini_table_;
};

/// Walks the tree of siblings and children; every entry at most once.
class Walk {
 public:
  Walk(CompoundFile& file, const WantedPaths& wanted, MembersFound& found)
      : file_(file), wanted_(wanted), found_(found), seen_(file.entries().size()) {}

  void run() {
    visit(file_.entries()[0].child, {}, 0);
    while (!open_.empty() && found_.members.size() < kMembersReadMax) {
      const Open next = open_.back();
      open_.pop_back();
      look_at(next);
    }
  }

 private:
  struct Open {
    std::uint32_t number = 0;
    std::string folder;  ///< with "/" at its end, or ""
    std::size_t depth = 0;
  };

  void visit(std::uint32_t number, const std::string& folder, std::size_t depth) {
    if (number == kNoStream) return;
    if (number >= seen_.size()) {
      found_.damage = "an entry is missing";
    } else if (seen_[number]) {
      found_.damage = "a circle of entries";
    } else if (depth > kOle2DepthMax) {
      found_.damage = "too many storages in each other";
    } else {
      seen_[number] = true;
      open_.push_back({number, folder, depth});
    }
  }

  void look_at(const Open& open) {
    const DirectoryEntry& entry = file_.entries()[open.number];
    const std::string path = open.folder + entry.name;
    visit(entry.left, open.folder, open.depth);
    visit(entry.right, open.folder, open.depth);
    if (entry.type == EntryType::kStorage) visit(entry.child, path + "/", open.depth + 1);
    if (!wanted_.contains(path) || found_.members.contains(path)) return;
    if (entry.type != EntryType::kStream) {
      found_.members.emplace(path, FileWindows{});
      return;
    }
    try {
      found_.members.emplace(path, file_.stream(entry));
    } catch (const Damage& damage) {
      found_.damage = damage.text;
    }
  }

  CompoundFile& file_;
  const WantedPaths& wanted_;
  MembersFound& found_;
  std::vector<bool> seen_;
  std::vector<Open> open_;
};

}  // namespace

MembersFound read_ole2_members(ByteInput& input, const WantedPaths& wanted) {
  MembersFound found;
  try {
    CompoundFile file(input);
    Walk(file, wanted, found).run();
  } catch (const Damage& damage) {
    found.damage = damage.text;
  }
  return found;
}

}  // namespace anjuan::formats
