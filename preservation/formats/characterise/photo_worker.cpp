// libexif's and libheif's part of the worker "characterise".
#include <cmath>
#include <cstring>

#include <libexif/exif-data.h>
#include <libheif/heif.h>

#include "core/text.h"
#include "preservation/formats/characterise/answers.h"
#include "preservation/formats/characterise/worker_parts.h"

namespace anjuan::formats {

namespace {

/// An APP1 segment is at most 64 KiB long and stands near the beginning.
constexpr std::size_t kHeadBytes = 512UL * 1024;
constexpr std::size_t kHeifBytesMax = 256UL * 1024 * 1024;
constexpr std::string_view kExifMark("Exif\0\0", 6);

struct ExifCloser {
  void operator()(ExifData* data) const { ::exif_data_unref(data); }
};

using Exif = std::unique_ptr<ExifData, ExifCloser>;

struct HeifCloser {
  void operator()(heif_context* context) const { ::heif_context_free(context); }

  void operator()(heif_image_handle* handle) const { ::heif_image_handle_release(handle); }
};

const ExifEntry* entry_of(const Exif& exif, ExifIfd part, int tag, ExifFormat format,
                          unsigned long components) {
  const ExifEntry* entry = ::exif_content_get_entry(exif->ifd[part], static_cast<ExifTag>(tag));
  if (entry == nullptr || entry->format != format || entry->components < components) return nullptr;
  return entry->size < components * ::exif_format_get_size(format) ? nullptr : entry;
}

/// ASCII up to its NUL; what is not UTF-8 is taken for GB18030.
std::string ascii(const Exif& exif, ExifIfd part, int tag, ExifFormat format = EXIF_FORMAT_ASCII) {
  const ExifEntry* entry = entry_of(exif, part, tag, format, 1);
  if (entry == nullptr) return "";
  const auto* bytes = reinterpret_cast<const char*>(entry->data);
  std::string text(bytes, ::strnlen(bytes, std::min<std::size_t>(entry->size, kAnswerTextMax)));
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return recover_file_name(text).value_or("");
}

std::optional<double> rational(const ExifEntry* entry, std::size_t number, ExifByteOrder order) {
  const ExifRational value = ::exif_get_rational(entry->data + 8 * number, order);
  if (value.denominator == 0) return std::nullopt;
  return static_cast<double>(value.numerator) / static_cast<double>(value.denominator);
}

/// Degrees, minutes and seconds as millionths of a degree; `negative` is the letter of the other
/// half of the globe.
std::optional<std::int64_t> place(const Exif& exif, int tag, int reference_tag, char negative) {
  const ExifEntry* entry = entry_of(exif, EXIF_IFD_GPS, tag, EXIF_FORMAT_RATIONAL, 3);
  if (entry == nullptr) return std::nullopt;
  const ExifByteOrder order = ::exif_data_get_byte_order(exif.get());
  double degrees = 0;
  double unit = 1;
  for (std::size_t i = 0; i < 3; ++i, unit *= 60) {
    const auto part = rational(entry, i, order);
    if (!part) return std::nullopt;
    degrees += *part / unit;
  }
  if (ascii(exif, EXIF_IFD_GPS, reference_tag).starts_with(negative)) degrees = -degrees;
  if (!(std::abs(degrees) <= 360)) return std::nullopt;
  return std::llround(degrees * kMicro);
}

std::optional<std::int64_t> altitude(const Exif& exif) {
  const ExifEntry* entry =
      entry_of(exif, EXIF_IFD_GPS, EXIF_TAG_GPS_ALTITUDE, EXIF_FORMAT_RATIONAL, 1);
  if (entry == nullptr) return std::nullopt;
  const auto metres = rational(entry, 0, ::exif_data_get_byte_order(exif.get()));
  if (!metres || *metres > 1e6) return std::nullopt;
  const ExifEntry* below =
      entry_of(exif, EXIF_IFD_GPS, EXIF_TAG_GPS_ALTITUDE_REF, EXIF_FORMAT_BYTE, 1);
  const bool is_below = below != nullptr && below->data[0] == 1;
  return std::llround((is_below ? -*metres : *metres) * kMicro);
}

std::int64_t whole_number(const Exif& exif, ExifIfd part, int tag) {
  const ExifByteOrder order = ::exif_data_get_byte_order(exif.get());
  if (const auto* entry = entry_of(exif, part, tag, EXIF_FORMAT_SHORT, 1)) {
    return ::exif_get_short(entry->data, order);
  }
  if (const auto* entry = entry_of(exif, part, tag, EXIF_FORMAT_LONG, 1)) {
    return ::exif_get_long(entry->data, order);
  }
  return 0;
}

void add_exif(Json& facts, const std::string& block) {
  const Exif exif(::exif_data_new());
  if (exif == nullptr) return;
  // As it stands: libexif would otherwise mend and add entries.
  ::exif_data_unset_option(exif.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  ::exif_data_unset_option(exif.get(), EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
  ::exif_data_load_data(exif.get(), reinterpret_cast<const unsigned char*>(block.data()),
                        static_cast<unsigned>(block.size()));
  facts.set("orientation", Json::integer(whole_number(exif, EXIF_IFD_0, EXIF_TAG_ORIENTATION)));
  facts.set("make", Json::string(ascii(exif, EXIF_IFD_0, EXIF_TAG_MAKE)));
  facts.set("model", Json::string(ascii(exif, EXIF_IFD_0, EXIF_TAG_MODEL)));
  facts.set("software", Json::string(ascii(exif, EXIF_IFD_0, EXIF_TAG_SOFTWARE)));
  facts.set("taken", Json::string(ascii(exif, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL)));
  facts.set("zone", Json::string(ascii(exif, EXIF_IFD_EXIF, EXIF_TAG_OFFSET_TIME_ORIGINAL)));
  facts.set("exif_version",
            Json::string(ascii(exif, EXIF_IFD_EXIF, EXIF_TAG_EXIF_VERSION, EXIF_FORMAT_UNDEFINED)));
  facts.set("width", Json::integer(whole_number(exif, EXIF_IFD_EXIF, EXIF_TAG_PIXEL_X_DIMENSION)));
  facts.set("height", Json::integer(whole_number(exif, EXIF_IFD_EXIF, EXIF_TAG_PIXEL_Y_DIMENSION)));
  const auto set = [&](const char* key, const std::optional<std::int64_t>& value) {
    if (value) facts.set(key, Json::integer(*value));
  };
  set("latitude", place(exif, EXIF_TAG_GPS_LATITUDE, EXIF_TAG_GPS_LATITUDE_REF, 'S'));
  set("longitude", place(exif, EXIF_TAG_GPS_LONGITUDE, EXIF_TAG_GPS_LONGITUDE_REF, 'W'));
  set("altitude", altitude(exif));
}

std::string head_of(ByteInput& input, std::size_t most) {
  std::string head(std::min<std::uint64_t>(input.size(), most), '\0');
  return input.read_at(0, head) ? head : "";
}

/// The picture's own size and its EXIF block, which begins with four bytes of offset.
void add_heif(Json& facts, const std::string& file) {
  const std::unique_ptr<heif_context, HeifCloser> context(::heif_context_alloc());
  heif_image_handle* found = nullptr;
  const auto failed = [](heif_error error) { return error.code != heif_error_Ok; };
  if (failed(::heif_context_read_from_memory_without_copy(context.get(), file.data(), file.size(),
                                                          nullptr)) ||
      failed(::heif_context_get_primary_image_handle(context.get(), &found))) {
    return;
  }
  const std::unique_ptr<heif_image_handle, HeifCloser> handle(found);
  heif_item_id id = 0;
  if (::heif_image_handle_get_list_of_metadata_block_IDs(found, "Exif", &id, 1) == 1) {
    std::string block(::heif_image_handle_get_metadata_size(found, id), '\0');
    if (block.size() > 4 && block.size() <= kHeadBytes &&
        !failed(::heif_image_handle_get_metadata(found, id, block.data()))) {
      block.erase(0, 4);
      const bool marked = block.starts_with(kExifMark);
      add_exif(facts, marked ? block : std::string(kExifMark) + block);
    }
  }
  facts.set("width", Json::integer(::heif_image_handle_get_width(found)));
  facts.set("height", Json::integer(::heif_image_handle_get_height(found)));
}

}  // namespace

Json read_photo(ByteInput& input, std::string_view kind) {
  Json facts = Json::object();
  if (kind == kHeifPart) {
    add_heif(facts, head_of(input, kHeifBytesMax));
  } else {
    const bool is_tiff = kind == kTiffPart;  // An EXIF block is a TIFF behind a mark.
    add_exif(facts, (is_tiff ? std::string(kExifMark) : "") + head_of(input, kHeadBytes));
  }
  return facts;
}

}  // namespace anjuan::formats
