#pragma once
// The strategy of observing one recording: everything of a short one, samples of a long one and
// all of it around what is suspicious. For the sandboxed child only.

#include <functional>
#include <memory>

#include "preservation/formats/continuity/av_input.h"
#include "preservation/formats/continuity/clock_line.h"
#include "preservation/formats/continuity/observation.h"

namespace anjuan::formats {

struct ObserverOptions {
  double whole_s = 120;      ///< recordings up to this length are decoded whole
  double tick_every_s = 60;  ///< longer ones: so often the clock is measured to one picture
  std::size_t packets_max = kPacketsMax;  ///< what lies behind is not read, and that is told
};

/// How much of the work is done, 0 to 1.
using OnPart = std::function<void(double part)>;

/// Observes in two steps, so that the pictures of a short recording may come from whoever decodes
/// it whole anyway. Never throws for what is in the file.
class RecordingObserver {
 public:
  RecordingObserver(int descriptor, std::uint64_t size, const ObserverOptions& options,
                    OnPart on_part = {});
  ~RecordingObserver();
  RecordingObserver(RecordingObserver&&) noexcept;

  /// Container, packets, clock. True if the recording is short enough to be watched whole: then
  /// finish() uses the pictures that take() was given, or decodes them if it was given none.
  bool begin();
  int video_track() const;  ///< whose pictures; -1 = none
  void take(const Picture& picture);
  void take_unreadable();  ///< a picture that could be decoded, but not looked at
  SegmentObservation finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Never throws for what is in the file: `failure` says what could not be observed.
SegmentObservation observe_recording(int descriptor, std::uint64_t size,
                                     const ObserverOptions& options, OnPart on_part = {});

}  // namespace anjuan::formats
