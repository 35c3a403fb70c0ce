#pragma once
// Pictures and sound in one file, the same bytes on every run (bit-exact muxing, one thread):
// H.264 + AAC in a fast-start MP4, or, as old recorders wrote them, MJPEG + PCM in AVI.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/clock.h"
#include "tools/sample/yuv.h"

namespace anjuan::sample {

enum class MovieKind { kMp4, kAvi };

struct MovieShape {
  MovieKind kind = MovieKind::kMp4;
  int width = 1280;
  int height = 720;
  int frames_per_second = 25;
  int sample_rate = 16000;
  Instant made_at{};    ///< becomes creation_time (MP4) or date (AVI)
  std::string comment;  ///< ©cmt (MP4) or ICMT (AVI)
};

/// What recorders of that kind write: 1280x720 at 25 pictures a second, or 640x480 at 10.
MovieShape movie_shape(MovieKind kind);

/// Pictures and sound are given in time order; the caller keeps them about level.
/// Every call throws Error(kIo) if libav refuses, Error(kNoSpace) if the disk is full.
class MovieWriter {
 public:
  MovieWriter(const std::filesystem::path& path, const MovieShape& shape);
  ~MovieWriter();
  MovieWriter(const MovieWriter&) = delete;
  MovieWriter& operator=(const MovieWriter&) = delete;

  void add_picture(const YuvImage& picture);
  void add_sound(std::span<const std::int16_t> samples);

  /// Flushes the encoders and completes the index.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anjuan::sample
