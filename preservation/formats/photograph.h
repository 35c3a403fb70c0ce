#pragma once
// Photographs and scans: decoded whole with every complaint counted, and HEIC as lossless PNG with
// proof of every pixel.
//
// JPEG, TIFF and PNG are kept as they are. A sandboxed child decodes; time, place and orientation
// are read elsewhere (characterisation).

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/durable.h"
#include "core/sandbox.h"
#include "preservation/formats/policy.h"
#include "preservation/formats/transcode.h"

namespace anjuan::formats {

/// The worker of this header, in kMediaProgram.
inline constexpr std::string_view kPhotographWorker = "photograph";

struct PhotographFacts {
  std::optional<MediaFault> fault;  ///< not one whole picture could be decoded
  std::string type;                 ///< "jpeg", "png", "tiff", "heic"
  int width = 0;                    ///< of the first page, as it is shown
  int height = 0;
  int pages = 1;             ///< of HEIC: pictures of the file
  int shown = 0;             ///< of these the one that is decoded, from 0
  std::string pixel_format;  ///< libav's name; of JPEG its number of colours, e.g. "jpeg 3"
  std::uint64_t warnings = 0;
  std::vector<std::string> first;  ///< the first of them
  std::string sha256;              ///< of the pixels of the first page; "" for JPEG
  std::uint64_t pixel_bytes = 0;
  SandboxReport sandbox;

  /// Decoded to the last pixel without a complaint.
  bool whole() const { return !fault && warnings == 0; }
};

/// Larger files are no photograph of a case; they are told as kTooLarge.
inline constexpr std::uint64_t kPhotographBytesMax = 512ULL * 1024 * 1024;
inline constexpr int kPagesMax = 1000;

/// Throws Error(kNotFound | kIo | kCannotCheck | kInterrupted).
PhotographFacts check_photograph(const std::filesystem::path& path, SandboxLevel least);

/// The policy's lossless PNG of a HEIC photograph with its proof, as derive() of a recording: the
/// result has one stream; further pictures of the file are told as not carried. Skipped for the
/// types that are kept as they are. There is no other copy for access: a PNG serves for it too.
DerivationResult derive_photograph(const DerivationJob& job, const FormatPolicy& policy);

/// By the first bytes; "" if it is no picture of these four types.
std::string photograph_type(std::string_view head);
/// The same of a file. Throws Error(kNotFound | kIo).
std::string photograph_type_of(const FileHandle& file, const std::string& subject);
std::string photograph_type_of(const std::filesystem::path& path);

}  // namespace anjuan::formats
