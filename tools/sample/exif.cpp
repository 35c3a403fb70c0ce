#include "tools/sample/exif.h"

namespace anjuan::sample {

namespace {

constexpr std::uint16_t kAscii = 2;
constexpr std::uint16_t kShort = 3;
constexpr std::uint16_t kLong = 4;
constexpr std::uint16_t kUndefined = 7;

struct Entry {
  std::uint16_t tag;
  std::uint16_t type;
  std::string value;  ///< as it lies in the file, little-endian
};

void put(std::string& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
}

std::string number(std::uint32_t value, int bytes) {
  std::string text;
  put(text, value, bytes);
  return text;
}

Entry ascii(std::uint16_t tag, const std::string& text) { return {tag, kAscii, text + '\0'}; }

std::uint32_t count_of(const Entry& entry) {
  const auto bytes = static_cast<std::uint32_t>(entry.value.size());
  return entry.type == kShort ? bytes / 2 : entry.type == kLong ? bytes / 4 : bytes;
}

/// An image file directory that begins at `offset` of the TIFF stream, values behind it.
std::string directory(const std::vector<Entry>& entries, std::uint32_t offset) {
  const auto count = static_cast<std::uint32_t>(entries.size());
  std::uint32_t next_value = offset + 2 + 12 * count + 4;
  std::string head;
  std::string values;
  put(head, count, 2);
  for (const Entry& entry : entries) {
    put(head, entry.tag, 2);
    put(head, entry.type, 2);
    put(head, count_of(entry), 4);
    if (entry.value.size() <= 4) {
      head += entry.value + std::string(4 - entry.value.size(), '\0');
      continue;
    }
    put(head, next_value, 4);
    const std::string padded = entry.value + std::string(entry.value.size() % 2, '\0');
    values += padded;
    next_value += static_cast<std::uint32_t>(padded.size());
  }
  put(head, 0, 4);
  return head + values;
}

/// "2025:06:17 09:30:00" at +08:00.
std::string exif_time(Instant instant) {
  std::string text = to_text(instant).substr(0, 19);
  text[4] = text[7] = ':';
  text[10] = ' ';
  return text;
}

}  // namespace

std::string exif_segment(const CameraWords& words) {
  const std::string time = exif_time(words.taken_at);
  std::vector<Entry> image = {
      ascii(0x010E, words.description), ascii(0x010F, "YANGLI"), ascii(0x0110, words.device),
      {0x0112, kShort, number(1, 2)},   ascii(0x0132, time),     {0x8769, kLong, number(0, 4)},
  };
  const std::vector<Entry> camera = {
      {0x9000, kUndefined, "0231"}, ascii(0x9003, time),     ascii(0x9004, time),
      ascii(0x9010, "+08:00"),      ascii(0x9011, "+08:00"), ascii(0xA431, words.device),
  };
  constexpr std::uint32_t kFirst = 8;
  const auto second = kFirst + static_cast<std::uint32_t>(directory(image, kFirst).size());
  image.back().value = number(second, 4);
  std::string bytes("Exif\0\0II\x2A\0", 10);
  put(bytes, kFirst, 4);
  return bytes + directory(image, kFirst) + directory(camera, second);
}

}  // namespace anjuan::sample
