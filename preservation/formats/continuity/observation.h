#pragma once
// What the sandboxed observer tells of one segment: facts and measurements, no judgement.
//
// Times "at" are seconds of the segment's own time stamps (edit lists ignored). A clock's reading
// is seconds since 1970-01-01 as if the picture showed UTC, or seconds since midnight where it
// shows no date. What comes over the pipe is checked by the parent (observation_json.h).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "preservation/formats/continuity/luma.h"

namespace anjuan::formats {

/// The signals S1-S14 of the method (docs/formats/continuity.md), and two of our own.
enum class Signal {
  kClockStep,   ///< S1
  kClockSlope,  ///< S2
  kTimeStamps,  ///< S3
  kScar,        ///< S4
  kSound,       ///< S5
  kEditList,    ///< S6
  kCodedChain,  ///< S7
  kKeyRhythm,   ///< S8
  kContainer,   ///< S9
  kNoContent,   ///< S11
  kRepeat,      ///< S12
  kTimeChain,   ///< S13
  kSequence,    ///< S14
  kDamage,      ///< the file itself is cut short or does not decode
  kStep,        ///< the declared step is not covered
};

/// One measured event in a segment. `kind` names the measurement, e.g. "pts_gap".
struct StreamEvent {
  std::string kind;
  double at_s = 0;
  double value = 0;
  double other_s = 0;  ///< a second place, e.g. where a run was first seen

  bool operator==(const StreamEvent&) const = default;
};

/// The clock showed `reading` from the picture at `at_s` to the one at `until_s`. Then the offset
/// clock - time stamp lies in [low_s, high_s]: one picture wide where the change was seen.
struct ClockReading {
  double at_s = 0;
  double until_s = 0;
  std::int64_t reading = 0;
  double low_s = 0;
  double high_s = 0;

  bool operator==(const ClockReading&) const = default;
};

/// How the picture outside the clock goes on where the clock's line breaks.
enum class PictureFlow { kUnknown, kContinuous, kBroken };

struct PictureAt {
  double before_s = 0;  ///< the last picture before the likeliest place of the break
  double at_s = 0;      ///< the first after it
  double from_s = 0;    ///< the window that was looked at
  double to_s = 0;
  double measured = 0;  ///< difference of the two pictures, grey levels
  double usual = 0;     ///< of neighbours around the window
  double expected = 0;  ///< of pictures as far apart as the clock says
  PictureFlow flow = PictureFlow::kUnknown;

  bool operator==(const PictureAt&) const = default;
};

struct ClockView {
  bool found = false;
  bool has_date = false;
  Rect place;                 ///< of the clock in the picture
  std::uint32_t sampled = 0;  ///< changes of the second that were looked at
  std::uint32_t read = 0;     ///< of these, read
  std::vector<ClockReading> readings;
  std::vector<PictureAt> pictures;  ///< one per break
};

struct ContainerView {
  std::string format;       ///< libav's name of the demuxer
  std::string fingerprint;  ///< box tree, brands, handlers: what a device always writes alike
  std::string encoder;
  std::optional<std::int64_t> created_s;  ///< movie header, seconds since 1970
  std::optional<std::int64_t> modified_s;
  std::uint32_t edits = 0;
  double skipped_s = 0;   ///< media before the first edit
  double declared_s = 0;  ///< length that the tables promise
};

struct VideoView {
  std::string codec;
  int width = 0;
  int height = 0;
  std::uint64_t pictures = 0;
  double picture_s = 0;  ///< median distance
  double start_s = 0;
  double end_s = 0;  ///< of the last picture, with its duration
  bool variable = false;
};

struct SoundView {
  std::string codec;
  std::uint64_t packets = 0;
  double packet_s = 0;
  double start_s = 0;
  double end_s = 0;
};

/// A piece of the picture around the clock, as a PNG.
struct Crop {
  double at_s = 0;
  std::string png;
};

struct SegmentObservation {
  std::string failure;  ///< why nothing, or not all, could be observed; "" = all was
  ContainerView container;
  std::optional<VideoView> video;
  std::optional<SoundView> sound;
  ClockView clock;
  std::vector<StreamEvent> events;
  std::vector<Crop> crops;
  double decoded_s = 0;  ///< how much was decoded picture by picture
};

/// Packets of one segment that are remembered: more than a day of 30 pictures a second and sound of
/// 48 kHz (7 million), 50 bytes each.
inline constexpr std::size_t kPacketsMax = 8'000'000;

/// Bounds of what an observer may tell; more is dropped by it and refused by the parent.
inline constexpr std::size_t kEventsMax = 2000;
inline constexpr std::size_t kReadingsMax = 200'000;
inline constexpr std::size_t kPicturesMax = 200;
inline constexpr std::size_t kCropsMax = 40;
inline constexpr std::size_t kCropBytesMax = 128 * 1024;

/// For measurements of which a hostile stream may hold any number.
inline void keep_event(StreamEvent event, std::vector<StreamEvent>& events) {
  if (events.size() < kEventsMax) events.push_back(std::move(event));
}

}  // namespace anjuan::formats
