#include "packager/verify/eark/values.h"

#include <charconv>

#include "core/text.h"

namespace anjuan::packager::eark {

namespace {

template <std::size_t Count>
bool among(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Vocabulary ContentCategory; en dashes as '-'.
constexpr std::array<std::string_view, 41> kCategories = {
    "Textual works - Print",
    "Textual works - Digital",
    "Textual works - Electronic Serials",
    "Digital Musical Composition (score-based representations)",
    "Musical Scores - Print",
    "Musical Scores - Digital",
    "Photographs - Print",
    "Photographs - Digital",
    "Other Graphic Images - Print",
    "Other Graphic Images - Digital",
    "Microforms",
    "Audio - On Tangible Medium (digital or analog)",
    "Audio - Media-independent (digital)",
    "Motion Pictures - Digital and Physical Media",
    "Video - File-based and Physical Media",
    "Software",
    "Software and Video Games",
    "Email",
    "Datasets",
    "Geospatial Data",
    "Geographic Information System (GIS) - Vector Data",
    "GIS Raster and Georeferenced Images",
    "GIS Vector and Raster Combined",
    "Non-GIS Cartographic",
    "2D and 3D Computer Aided Design",
    "Design (schematics, architectural drawings) - Print",
    "Scanned 3D Objects (output from photogrammetry scanning)",
    "Databases",
    "Websites",
    "Web Archives",
    "Collection",
    "Event",
    "Image",
    "Interactive resource",
    "Moving image",
    "Sound",
    "Still image",
    "Text",
    "Physical object",
    "Service",
    "Mixed"};

/// Vocabulary ContentInformationType and the two words that only the extension schema has.
constexpr std::array<std::string_view, 21> kContentTypes = {"ERMS",
                                                            "SIARD1",
                                                            "SIARD2",
                                                            "SIARDDK",
                                                            "GeoData",
                                                            "citscarchival_v1_0",
                                                            "cscarchival_v1_0",
                                                            "citserms_v2_1",
                                                            "citserms_v3_0",
                                                            "citspremis_v1_0",
                                                            "cspremis_v1_0",
                                                            "citsehpj_v1_0",
                                                            "citsehpj_v2_0",
                                                            "citsehcr_v1_0",
                                                            "citssiard_v1_0",
                                                            "citsgeospatial_v3_0",
                                                            "cits3dpm_v1_0",
                                                            "citcarchival_v1_0",
                                                            "citsarchival_v1_0",
                                                            "MIXED",
                                                            "OTHER"};

constexpr std::array<std::string_view, 5> kPackageTypes = {"SIP", "AIP", "DIP", "AIU", "AIC"};
constexpr std::array<std::string_view, 2> kStatuses = {"CURRENT", "SUPERSEDED"};
constexpr std::array<std::string_view, 7> kRecordStatuses = {
    "NEW", "SUPPLEMENT", "REPLACEMENT", "TEST", "VERSION", "DELETE", "OTHER"};
constexpr std::array<std::string_view, 22> kMetadataTypes = {
    "MARC",   "MODS",          "EAD",          "DC",     "NISOIMG",    "LC-AV",
    "VRA",    "TEIHDR",        "DDI",          "FGDC",   "LOM",        "PREMIS",
    "TEXTMD", "PREMIS:OBJECT", "PREMIS:AGENT", "LIDO",   "METSRIGHTS", "ISO 19115:2003 NAP",
    "OTHER",  "PREMIS:RIGHTS", "PREMIS:EVENT", "EAC-CPF"};

struct Checksum {
  std::string_view name;
  std::optional<DigestAlgorithm> algorithm;
};

constexpr Checksum kChecksums[] = {{"MD5", DigestAlgorithm::kMd5},
                                   {"SHA-1", DigestAlgorithm::kSha1},
                                   {"SHA-256", DigestAlgorithm::kSha256},
                                   {"SHA-384", DigestAlgorithm::kSha384},
                                   {"SHA-512", DigestAlgorithm::kSha512},
                                   {"Adler-32", std::nullopt},
                                   {"CRC32", std::nullopt},
                                   {"HAVAL", std::nullopt},
                                   {"MNP", std::nullopt},
                                   {"TIGER", std::nullopt},
                                   {"WHIRLPOOL", std::nullopt}};

constexpr std::array<std::string_view, 11> kMediaTypes = {
    "application", "audio", "example",   "font", "haptics", "image",
    "message",     "model", "multipart", "text", "video"};

std::string with_plain_dashes(std::string_view word) {
  std::string plain(word);
  for (const std::string_view dash : {"\xE2\x80\x93", "\xE2\x80\x94"}) {
    for (auto place = plain.find(dash); place != plain.npos; place = plain.find(dash)) {
      plain.replace(place, dash.size(), "-");
    }
  }
  return plain;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Takes numbers and marks off the front of a text.
class Taker {
 public:
  explicit Taker(std::string_view text) : rest_(text) {}

  /// Exactly so many digits with a value in [low, high].
  std::optional<int> number(std::size_t digits, int low, int high) {
    if (rest_.size() < digits) return std::nullopt;
    int value = 0;
    const auto end = rest_.data() + digits;
    const auto parsed = std::from_chars(rest_.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end || !is_digit(rest_[0])) return std::nullopt;
    if (value < low || value > high) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }

  bool mark(char wanted) {
    if (rest_.empty() || rest_[0] != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void fraction() {
    while (!rest_.empty() && is_digit(rest_[0])) rest_.remove_prefix(1);
  }

  bool digit_next() const { return !rest_.empty() && is_digit(rest_[0]); }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// Minutes east of Greenwich; nothing for a broken offset.
std::optional<int> offset(Taker& text) {
  constexpr int kChina = 8 * 60;
  if (text.at_end()) return kChina;
  if (text.mark('Z')) return text.at_end() ? std::optional<int>(0) : std::nullopt;
  const bool west = text.mark('-');
  if (!west && !text.mark('+')) return std::nullopt;
  const auto hours = text.number(2, 0, 14);
  if (!hours || !text.mark(':')) return std::nullopt;
  const auto minutes = text.number(2, 0, 59);
  if (!minutes || !text.at_end()) return std::nullopt;
  const int east = *hours * 60 + *minutes;
  return west ? -east : east;
}

std::optional<std::chrono::sys_days> date(Taker& text) {
  const auto year = text.number(4, 0, 9999);
  if (!year || !text.mark('-')) return std::nullopt;
  const auto month = text.number(2, 1, 12);
  if (!month || !text.mark('-')) return std::nullopt;
  const auto day = text.number(2, 1, 31);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day whole(std::chrono::year(*year),
                                          std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(static_cast<unsigned>(*day)));
  if (!whole.ok()) return std::nullopt;
  return std::chrono::sys_days(whole);
}

std::optional<std::chrono::seconds> time_of_day(Taker& text) {
  const auto hours = text.number(2, 0, 24);
  if (!hours || !text.mark(':')) return std::nullopt;
  const auto minutes = text.number(2, 0, 59);
  if (!minutes || !text.mark(':')) return std::nullopt;
  const auto seconds = text.number(2, 0, 59);
  if (!seconds) return std::nullopt;
  if (*hours == 24 && *minutes + *seconds > 0) return std::nullopt;
  if (text.mark('.')) {
    if (!text.digit_next()) return std::nullopt;
    text.fraction();
  }
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
         std::chrono::seconds(*seconds);
}

}  // namespace

bool is_content_category(std::string_view word) {
  return among(kCategories, with_plain_dashes(word));
}

bool is_other_category(std::string_view word) { return word == "OTHER" || word == "Other"; }

bool is_content_information_type(std::string_view word) { return among(kContentTypes, word); }

bool is_package_type(std::string_view word) { return among(kPackageTypes, word); }

bool is_section_status(std::string_view word) { return among(kStatuses, word); }

bool is_record_status(std::string_view word) { return among(kRecordStatuses, word); }

bool is_metadata_type(std::string_view word) { return among(kMetadataTypes, word); }

bool is_checksum_type(std::string_view word) {
  return std::any_of(std::begin(kChecksums), std::end(kChecksums),
                     [&](const Checksum& each) { return each.name == word; });
}

std::optional<DigestAlgorithm> algorithm_of(std::string_view checksum_type) {
  for (const auto& each : kChecksums) {
    if (each.name == checksum_type) return each.algorithm;
  }
  return std::nullopt;
}

bool is_media_type(std::string_view text) {
  // RFC 6838 §4.2; parameters may follow.
  const auto slash = text.find('/');
  if (slash == text.npos) return false;
  std::string type(text.substr(0, slash));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  auto subtype = text.substr(slash + 1, text.find(';', slash) - slash - 1);
  while (subtype.ends_with(' ')) subtype.remove_suffix(1);
  if (!among(kMediaTypes, type) || subtype.empty() || subtype.size() > 127) return false;
  if (!is_digit(subtype[0]) && !is_letter(subtype[0])) return false;
  return std::all_of(subtype.begin(), subtype.end(), [](char c) {
    return is_digit(c) || is_letter(c) ||
           std::string_view("!#$&-^_.+").find(c) != std::string::npos;
  });
}

std::optional<Instant> read_time(std::string_view text) {
  Taker taker(text);
  const auto day = date(taker);
  if (!day || !taker.mark('T')) return std::nullopt;
  const auto time = time_of_day(taker);
  if (!time) return std::nullopt;
  const auto east = offset(taker);
  if (!east) return std::nullopt;
  return Instant(*day) + *time - std::chrono::minutes(*east);
}

bool is_xml_id(std::string_view text) {
  if (text.empty() || !is_valid_utf8(text)) return false;
  const auto starts = [](char c) {
    return is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  };
  return starts(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
           return starts(c) || is_digit(c) || c == '.' || c == '-';
         });
}

}  // namespace anjuan::packager::eark
