#pragma once
// H.264 + AAC in a fast-start MP4, the same bytes on every run (bit-exact muxing, one thread).

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/clock.h"
#include "tools/sample/yuv.h"

namespace anjuan::sample {

struct Mp4Shape {
  int width = 1280;
  int height = 720;
  int frames_per_second = 25;
  int sample_rate = 16000;
  int key_frame_interval = 50;  ///< frames; 2 s at 25 frames a second
  Instant made_at{};            ///< becomes creation_time
  std::string comment;          ///< ©cmt
};

/// Pictures and sound are given in time order; the caller keeps them about level.
/// Every call throws Error(kIo) if libav refuses, Error(kNoSpace) if the disk is full.
class Mp4Writer {
 public:
  Mp4Writer(const std::filesystem::path& path, const Mp4Shape& shape);
  ~Mp4Writer();
  Mp4Writer(const Mp4Writer&) = delete;
  Mp4Writer& operator=(const Mp4Writer&) = delete;

  void add_picture(const YuvImage& picture);
  void add_sound(std::span<const std::int16_t> samples);

  /// Flushes the encoders and moves the index to the front.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anjuan::sample
