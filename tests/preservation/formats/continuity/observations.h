#pragma once
// Observations that are written down here: no file, no decoder.

#include "preservation/formats/continuity/judge.h"

namespace anjuan::formats {

inline constexpr double kNoon = 1750158000;  ///< shown by the clock at the first picture

/// A clean recording of `seconds` at 25 pictures a second, its clock read in every second.
inline SegmentObservation recording(int seconds, double offset = kNoon) {
  SegmentObservation seen;
  seen.container.format = "mov";
  seen.video = VideoView{"h264",
                         1280,
                         720,
                         static_cast<std::uint64_t>(seconds) * 25,
                         0.04,
                         0,
                         static_cast<double>(seconds),
                         false};
  seen.clock.found = seen.clock.has_date = true;
  for (int i = 0; i < seconds; ++i) {
    const double at = i;
    const auto shows = static_cast<std::int64_t>(at + offset);
    seen.clock.readings.push_back({at, at + 0.96, shows, offset, offset + 0.04});
  }
  seen.clock.sampled = seen.clock.read = static_cast<std::uint32_t>(seconds - 2);
  return seen;
}

/// From second `from` on the clock is `step` ahead of where it was.
inline void step_clock(SegmentObservation& seen, std::size_t from, double step, PictureFlow flow) {
  auto& readings = seen.clock.readings;
  for (std::size_t i = from; i < readings.size(); ++i) {
    readings[i].low_s += step;
    readings[i].high_s += step;
  }
  const double at = static_cast<double>(from) - 0.4;
  seen.clock.pictures.push_back({at, at + 0.04, at - 0.6, at + 0.6, 5, 1, 6, flow});
}

inline JudgeInput input_of(std::vector<SegmentObservation> segments) {
  JudgeInput input;
  int number = 1;
  for (auto& seen : segments) {
    input.segments.push_back({fmt::format("REC_{:04}.mp4", number++), std::move(seen)});
  }
  return input;
}

inline ContinuityVerdict verdict_of(SegmentObservation seen) {
  return judge_continuity(input_of({std::move(seen)})).verdict;
}

inline SegmentObservation with_event(StreamEvent event) {
  SegmentObservation seen = recording(20);
  seen.events.push_back(std::move(event));
  return seen;
}

}  // namespace anjuan::formats
