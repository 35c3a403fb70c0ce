#pragma once
// What is made of each format for preservation and for access: data, not code
// (schemas/policy/formats.xml, docs/formats/format-policy.md).

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "preservation/formats/av_source.h"

namespace anjuan::formats {

enum class PreservationAction { kNone, kFfv1, kFlac };
enum class AccessAction { kCopy, kEncode };

struct CodecRule {
  StreamKind kind = StreamKind::kVideo;
  std::vector<std::string> codecs;  ///< libav's names; empty = all others of the kind
  PreservationAction preservation = PreservationAction::kNone;
  AccessAction access = AccessAction::kEncode;
  std::string because;  ///< "stable", "lossless", "at_risk", "lossless_smaller", "unknown"
};

struct ImageRule {
  std::vector<std::string> types;  ///< "jpeg", "tiff", "png", "heic", "heif"
  bool to_png = false;
  std::string because;
};

struct FormatPolicy {
  int slices = 16;
  int slices_large = 24;
  std::int64_t large_from_pixels = 921601;
  int context = 0;
  bool range_coder = true;

  std::uint64_t case_bytes = 0;  ///< for the lossless copies of one case together
  double expected_share = 0.45;  ///< of the decoded pictures that FFV1 is expected to take

  int access_width_max = 1920;
  int access_height_max = 1080;
  std::vector<std::string> access_pixel_formats;
  int access_quality = 23;
  std::string access_speed;
  int access_sound_bits_per_second = 96000;

  std::vector<CodecRule> codecs;
  std::vector<ImageRule> images;

  /// The home's data/policy/formats.xml if there is one, else the one compiled in.
  /// Throws Error(kInvalid) naming file and line for one that the schema refuses, or that has no
  /// rule for all other codecs of a kind.
  static FormatPolicy load(const std::optional<std::filesystem::path>& home = std::nullopt);
  static FormatPolicy parse(std::string_view xml, const std::string& subject);

  const CodecRule& rule(StreamKind kind, std::string_view codec) const;
  const ImageRule* image(std::string_view type) const;
};

}  // namespace anjuan::formats
