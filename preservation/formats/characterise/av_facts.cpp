#include "preservation/formats/characterise/answers.h"

namespace anjuan::formats {

namespace {

constexpr std::int64_t kMostMs = 1'000'000'000'000;  ///< 31 years
constexpr std::int64_t kMost = 1'000'000'000'000'000;

StreamFacts stream_in(const Json& row) {
  StreamFacts stream;
  stream.kind = text_in(row, "kind");
  stream.codec = text_in(row, "codec");
  stream.profile = text_in(row, "profile");
  stream.tag = text_in(row, "tag");
  stream.language = text_in(row, "language");
  stream.width = number_in(row, "width", 0, 1'000'000);
  stream.height = number_in(row, "height", 0, 1'000'000);
  stream.pixel_format = text_in(row, "pixel_format");
  stream.color_range = text_in(row, "color_range");
  stream.frame_rate = text_in(row, "frame_rate");
  stream.field_order = text_in(row, "field_order");
  stream.rotation_deg = number_in(row, "rotation_deg", -360, 360);
  stream.sample_rate = number_in(row, "sample_rate", 0, 10'000'000);
  stream.channels = number_in(row, "channels", 0, 1000);
  stream.bits = number_in(row, "bits", 0, 128);
  stream.bit_rate = number_in(row, "bit_rate", 0, kMost);
  stream.frames = number_in(row, "frames", 0, kMost);
  stream.start_ms = number_in(row, "start_ms", -kMostMs, kMostMs);
  stream.duration_ms = number_in(row, "duration_ms", 0, kMostMs);
  return stream;
}

/// The items of a list, at most `most`; none if there is no list.
std::span<const Json> items_in(const Json& object, std::string_view key, std::size_t most) {
  const Json* list = object.find(key);
  if (list == nullptr || !list->is_array()) return {};
  return std::span(list->items()).first(std::min(most, list->items().size()));
}

}  // namespace

std::optional<AvCharacteristics> media_facts_in(const Json& answer) {
  AvCharacteristics facts;
  facts.container = text_in(answer, "container");
  if (facts.container.empty()) return std::nullopt;
  facts.duration_ms = number_in(answer, "duration_ms", 0, kMostMs);
  facts.bit_rate = number_in(answer, "bit_rate", 0, kMost);
  facts.chapters = number_in(answer, "chapters", 0, 100'000);
  facts.reader_errors = number_in(answer, "errors", 0, kMost);
  for (const Json& tag : items_in(answer, "tags", kTagsMax)) {
    facts.tags.push_back({text_in(tag, "name"), text_in(tag, "value")});
  }
  for (const Json& row : items_in(answer, "streams", kStreamsMax)) {
    facts.streams.push_back(stream_in(row));
  }
  return facts;
}

}  // namespace anjuan::formats
