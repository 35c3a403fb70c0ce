#pragma once
// What is in a recording or a photograph: streams, times, place, camera; and the same in the words
// of the archives' standards, for PREMIS objectCharacteristicsExtension.
//
// libav, MediaInfo, libexif and libheif read the file in a sandboxed child of the program
// anjuan-media. Whatever it says is checked: numbers by their ranges, texts by their length and
// encoding, XML by being well-formed. A part that fails is a finding; what the others found stays.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "preservation/formats/identify.h"

namespace anjuan::formats {

struct Tag {
  std::string name;
  std::string value;
};

/// As the container declares it; nothing was decoded beyond what libav needs to know the codec.
struct StreamFacts {
  std::string kind;     ///< "video", "audio", "subtitle", "data", "attachment", "unknown"
  std::string codec;    ///< libav's name, e.g. "h264", "pcm_s16le"
  std::string profile;  ///< e.g. "High"
  std::string tag;      ///< four characters of the container, e.g. "avc1", "gpmd"
  std::string language;
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::string pixel_format;
  std::string color_range;  ///< "tv", "pc" or ""
  std::string frame_rate;   ///< average, "25/1"
  std::string field_order;  ///< "progressive", "tt", ... or ""
  std::int64_t rotation_deg = 0;
  std::int64_t sample_rate = 0;
  std::int64_t channels = 0;
  std::int64_t bits = 0;  ///< of a sample, as coded
  std::int64_t bit_rate = 0;
  std::int64_t frames = 0;  ///< 0 = not declared
  std::int64_t start_ms = 0;
  std::int64_t duration_ms = 0;
};

struct AvCharacteristics {
  std::string container;  ///< libav's name, e.g. "mov,mp4,m4a,3gp,3g2,mj2"
  std::int64_t duration_ms = 0;
  std::int64_t bit_rate = 0;
  std::int64_t chapters = 0;
  std::int64_t reader_errors = 0;  ///< errors that libav logged on the way
  std::vector<Tag> tags;           ///< of the container: creation_time, make, model, ...
  std::vector<StreamFacts> streams;
};

struct PhotoFacts {
  std::int64_t orientation = 0;  ///< EXIF 1 to 8; 0 = not given
  std::string taken;             ///< "2008-10-22T16:28:39", with "+08:00" if the file tells
  std::string make;
  std::string model;
  std::string software;
  std::string exif_version;        ///< "0220"
  std::optional<double> latitude;  ///< degrees, WGS 84, north positive
  std::optional<double> longitude;
  std::optional<double> altitude_m;
  std::int64_t width = 0;  ///< of the coded picture: EXIF's own figures, or HEIF's
  std::int64_t height = 0;
};

/// XML of MediaInfo in another standard's name space.
struct ExtensionXml {
  std::string standard;  ///< "EBUCore", "MIX"
  std::string xml;       ///< a whole document
};

struct Characteristics {
  std::optional<AvCharacteristics> media;
  std::optional<PhotoFacts> photo;
  std::vector<ExtensionXml> extensions;
  Findings findings;  ///< codes CHARACTERISE-...
};

/// Only recordings and pictures have characteristics; anything else gives an empty result.
/// Throws Error(kCannotCheck) if no child may run here at `least`.
Characteristics characterise(const NamedFile& file, const FormatName& format,
                             SandboxLevel least = SandboxLevel::kLeast);

}  // namespace anjuan::formats
