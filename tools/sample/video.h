#pragma once
// One recording file: scene, clock and sound together into a movie.

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "tools/sample/scene.h"

namespace anjuan::sample {

struct RecordingJob {
  std::filesystem::path path;
  Instant made_at{};  ///< first picture; the clock and creation_time show it
  int seconds = 0;
  /// Seconds that somebody took out of the middle before it was encoded again: the clock leaps,
  /// the time stamps run on.
  int cut_s = 0;
  Place place = Place::kQuarry;
  Camera camera = Camera::kWorn;
  std::string overlay;  ///< device number and office, burnt in
  std::string device;
  std::string description;  ///< what the recording is to prove
  std::string seed;
  std::vector<std::int16_t> dialogue;
};

/// MP4 or AVI, by the ending. Throws Error(kIo | kNoSpace | kInterrupted).
void write_movie(const RecordingJob& job);

/// The same sound without picture.
void write_sound(const RecordingJob& job);

}  // namespace anjuan::sample
