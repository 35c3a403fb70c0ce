#include "preservation/formats/continuity/recording_end.h"

#include <algorithm>

namespace anjuan::formats {

namespace {

constexpr double kEndsEarlySeconds = 0.5;

/// Containers and bare streams whose headers give their length, as libav reads it there.
bool has_length(const std::string& container) {
  for (const char* name : {"matroska", "flac", "mp3", "flv", "au", "aiff"}) {
    if (container.find(name) != std::string::npos) return true;
  }
  return false;
}

struct TrackSpan {
  double start_s = 0;
  double end_s = 0;
};

/// The picture's, or else the sound's.
TrackSpan main_track(const SegmentObservation& seen) {
  if (seen.video) return {seen.video->start_s, seen.video->end_s};
  if (seen.sound) return {seen.sound->start_s, seen.sound->end_s};
  return {};
}

/// How much longer the recording should be.
double missing_s(const AvInput& input, const BoxFacts& boxes, const FilePromise& promise,
                 const SegmentObservation& seen) {
  const TrackSpan track = main_track(seen);
  const double there = track.end_s - track.start_s;
  if (boxes.declared_s > 0) return boxes.declared_s - there;
  if (promise.length_s > 0) return promise.length_s - there;
  if (!has_length(input.container())) return 0;
  // Such a length is that of the longest track, counted from its beginning or from zero.
  const double sound_s = seen.sound ? seen.sound->end_s : 0;
  return input.promised_s() - std::max({there, track.end_s, sound_s});
}

}  // namespace

void tell_end(const AvInput& input, const BoxFacts& boxes, const FilePromise& promise,
              const Timeline& timeline, SegmentObservation& seen) {
  const double end_s = main_track(seen).end_s;
  const auto tell = [&seen](StreamEvent event) {
    seen.events.insert(seen.events.begin(), std::move(event));
  };
  if (timeline.stopped) return tell({"read_in_part", end_s, end_s, 0});
  const double missing = missing_s(input, boxes, promise, seen);
  if (missing > kEndsEarlySeconds) return tell({"ends_early", end_s, missing, 0});
  if (boxes.missing_bytes > 0 || promise.cut_short || timeline.ended_by_error) {
    tell({"cut_short", end_s, 0, 0});
  }
}

}  // namespace anjuan::formats
