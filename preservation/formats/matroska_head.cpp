#include "preservation/formats/matroska_head.h"

#include <bit>
#include <cstdint>
#include <optional>

namespace anjuan::formats {

namespace {

constexpr std::uint64_t kEbml = 0x1A45DFA3;
constexpr std::uint64_t kSegment = 0x18538067;
constexpr std::uint64_t kTracks = 0x1654AE6B;
constexpr std::uint64_t kTrackEntry = 0xAE;
constexpr std::uint64_t kTrackType = 0x83;
constexpr int kPictures = 1;
constexpr int kSound = 2;

/// Takes a variable-length number off the front (RFC 8794, 4); nothing if it is not whole.
std::optional<std::uint64_t> take_number(std::string_view& bytes, bool keep_marker) {
  if (bytes.empty()) return std::nullopt;
  const auto first = static_cast<std::uint8_t>(bytes.front());
  const auto length = static_cast<std::size_t>(std::countl_zero(first)) + 1;
  if (length > 8 || length > bytes.size()) return std::nullopt;
  std::uint64_t value = keep_marker ? first : first & (0xFFU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    value = value << 8U | static_cast<std::uint8_t>(bytes[i]);
  }
  bytes.remove_prefix(length);
  return value;
}

struct Element {
  std::uint64_t id = 0;
  std::string_view content;  ///< what there is of it
  bool is_whole = false;
};

/// Takes the next element off the front. An unknown size is larger than anything: all that follows.
std::optional<Element> take_element(std::string_view& bytes) {
  const auto id = take_number(bytes, true);
  const auto size = id ? take_number(bytes, false) : std::nullopt;
  if (!size) return std::nullopt;
  const auto there = static_cast<std::size_t>(std::min<std::uint64_t>(*size, bytes.size()));
  const Element element{*id, bytes.substr(0, there), there == *size};
  bytes.remove_prefix(there);
  return element;
}

std::optional<Element> find_in(std::string_view bytes, std::uint64_t id) {
  while (const auto element = take_element(bytes)) {
    if (element->id == id) return element;
  }
  return std::nullopt;
}

}  // namespace

std::optional<bool> has_sound_alone(std::string_view head) {
  const auto first = take_element(head);
  if (!first || first->id != kEbml) return std::nullopt;
  const auto segment = find_in(head, kSegment);
  const auto tracks = segment ? find_in(segment->content, kTracks) : std::nullopt;
  if (!tracks || !tracks->is_whole) return std::nullopt;
  bool sound = false;
  std::string_view entries = tracks->content;
  while (const auto entry = take_element(entries)) {
    const auto type = find_in(entry->content, kTrackType);
    if (entry->id != kTrackEntry || !type || type->content.empty()) continue;
    if (type->content.back() == kPictures) return false;
    sound = sound || type->content.back() == kSound;
  }
  return sound;
}

}  // namespace anjuan::formats
