#include "preservation/formats/continuity/observer.h"

#include <cmath>

#include "core/error.h"
#include "preservation/formats/continuity/av_input.h"
#include "preservation/formats/continuity/clock_alphabet.h"
#include "preservation/formats/continuity/clock_learner.h"
#include "preservation/formats/continuity/clock_tracker.h"
#include "preservation/formats/continuity/content_scan.h"
#include "preservation/formats/continuity/packet_timeline.h"
#include "preservation/formats/continuity/recording_end.h"

namespace anjuan::formats {

namespace {

constexpr double kEndSeconds = 8;       ///< watched at both ends of a long recording
constexpr double kTickSeconds = 3.3;    ///< holds three changes of the second
constexpr double kSuspectSeconds = 12;  ///< a break narrowed to this is watched whole
constexpr double kAroundSeconds = 4;
constexpr unsigned kRoundsMax = 120;      ///< of narrowing, over all breaks of one recording
constexpr std::size_t kSuspectsMax = 24;  ///< events of the stream that are looked at
constexpr double kKeyEverySeconds = 1.8;  ///< key pictures nearer than this are not all read
constexpr double kLongestSeconds = 2e5;   ///< two days; time stamps may promise any length
// How much of the work is done when the packets are read, the clock is learnt, and (of a long
// recording) the key pictures are read. Measured on an hour of 720p; for the time left only.
constexpr double kPartRead = 0.05;
constexpr double kPartLearnt = 0.1;
constexpr double kPartKeys = 0.6;

class Observer {
 public:
  Observer(int descriptor, std::uint64_t size, const ObserverOptions& options, OnPart on_part)
      : descriptor_(descriptor), size_(size), options_(options), on_part_(std::move(on_part)) {}

  bool begin() {
    guarded([this] { look(); });
    return whole_ && seen_.failure.empty();
  }

  int video_track() const {
    return input_ && input_->video() != nullptr ? input_->video()->index : -1;
  }

  void take(const Picture& picture) {
    if (!fed_) fed_.emplace(seen_.video->start_s, seen_.video->end_s, face());
    fed_->take(picture);
  }

  void take_unreadable() { ++unreadable_; }

  SegmentObservation finish() {
    guarded([this] { watch_pictures(); });
    return std::move(seen_);
  }

 private:
  template <typename Work>
  void guarded(Work work) {
    if (!seen_.failure.empty()) return;
    try {
      work();
    } catch (const Error& error) {
      seen_.failure = error.what();
    }
  }

  void look() {
    const BoxFacts boxes = walk_boxes(descriptor_, size_);
    take_boxes(boxes);
    input_.emplace(descriptor_);
    seen_.container.format = input_->container();
    seen_.container.encoder = input_->encoder();
    if (!boxes.is_box_file) seen_.container.created_s = input_->created_s();
    if (input_->video() == nullptr && input_->audio() == nullptr) {
      throw Error(ErrorCode::kInvalid, "recording", "neither picture nor sound");
    }
    timeline_ = read_timeline(*input_, seen_, options_.packets_max);
    tell_end(*input_, boxes, read_promise(descriptor_, size_), timeline_, seen_);
    if (!seen_.video || seen_.video->pictures == 0) return;
    tell(kPartRead);
    learn();
    tell(kPartLearnt);
    whole_ = length_s() <= options_.whole_s;
  }

  void watch_pictures() {
    const bool pictures = seen_.video && seen_.video->pictures > 0;
    if (pictures && whole_) watch_whole();
    if (pictures && !whole_) sample();
    count_damage();
    cut_crops();
  }

  void watch_whole() {
    const double start_s = seen_.video->start_s;
    const double end_s = seen_.video->end_s;
    if (fed_) return take_span(fed_->finish(), start_s, end_s);
    const auto on_picture = [&](double at_s) {
      tell(kPartLearnt + (1 - kPartLearnt) * (at_s - start_s) / std::max(length_s(), 1.0));
    };
    take_span(watch(*input_, start_s, end_s, face(), on_picture), start_s, end_s);
  }

  void tell(double part) {
    if (on_part_) on_part_(std::clamp(part, 0.0, 1.0));
  }

  double length_s() const { return seen_.video->end_s - seen_.video->start_s; }

  void take_boxes(const BoxFacts& boxes) {
    ContainerView& container = seen_.container;
    container.fingerprint = boxes.fingerprint;
    container.created_s = boxes.created_s;
    container.modified_s = boxes.modified_s;
    container.edits = boxes.edits;
    container.skipped_s = boxes.skipped_s;
    container.declared_s = boxes.declared_s;
    if (boxes.edits > 2) seen_.events.push_back({"edit_list", 0, double(boxes.edits), 0});
    if (boxes.skipped_s > 0.5) seen_.events.push_back({"edit_skips", 0, boxes.skipped_s, 0});
  }

  void learn() {
    DigitOcr ocr;
    const double start_s = seen_.video->start_s;
    for (const double part : {0.0, 0.5, 0.25, 0.75}) {
      if (part > 0 && length_s() < 8) return;
      face_ = learn_clock(*input_, start_s + part * length_s(), ocr);
      if (!face_) continue;
      learn_rest(start_s + part * length_s());
      seen_.clock.found = true;
      seen_.clock.has_date = face_->has_date();
      seen_.clock.place = face_->strip;
      return;
    }
  }

  /// Some digits may not have shown, or not for long: the next seconds show them.
  void learn_rest(double from_s) {
    constexpr double kFurtherSeconds = 40;
    constexpr int kTurns = 2;
    for (int turn = 0; turn < kTurns && face_->glyphs.known() < 10; ++turn) {
      const double at_s = from_s + turn * kFurtherSeconds;
      complete_alphabet(*face_, watch(*input_, at_s, at_s + kFurtherSeconds, face()),
                        seen_.video->picture_s);
    }
  }

  const ClockFace* face() const { return face_ ? &*face_ : nullptr; }

  void watch_span(double from_s, double to_s) {
    take_span(watch(*input_, from_s, to_s, face()), from_s, to_s);
  }

  void take_span(const Span& span, double from_s, double to_s) {
    if (face_) count_unseen(span, std::max(from_s, seen_.video->start_s), to_s);
    if (span.pictures.empty()) return;
    seen_.decoded_s += span.pictures.back().at_s - span.pictures.front().at_s;
    const double picture_s = seen_.video->picture_s;
    scan_content(span, picture_s, seen_.events);
    if (!face_) return;
    const auto runs = digit_runs(span, *face_);
    ClockView own;
    track_clock(span, runs, picture_s, own, seen_.events);
    seen_.clock.sampled += own.sampled;
    seen_.clock.read += own.read;
    for (const PictureAt& at :
         look_at_breaks(span, runs, own.readings, line_rules(seen_), picture_s)) {
      keep_crops(span, at);
      if (seen_.clock.pictures.size() >= kPicturesMax) continue;
      seen_.clock.pictures.push_back(at);
      // A digit that was never learnt may hide where the break lies: no evidence of continuity.
      PictureFlow& flow = seen_.clock.pictures.back().flow;
      if (flow == PictureFlow::kContinuous && face_->glyphs.known() < 10) {
        flow = PictureFlow::kUnknown;
      }
    }
    auto& all = seen_.clock.readings;
    all.insert(all.end(), own.readings.begin(), own.readings.end());
    if (exact_only_) drop_wide_readings();
    sort_readings();
  }

  /// Seconds that should have been watched and did not come were not read.
  void count_unseen(const Span& span, double from_s, double to_s) {
    to_s = std::min(to_s, seen_.video->end_s);
    double unseen_s = to_s - from_s;
    if (!span.pictures.empty()) {
      unseen_s = std::max(0.0, span.pictures.front().at_s - from_s) +
                 std::max(0.0, to_s - span.pictures.back().at_s);
    }
    unseen_s = std::min(unseen_s, kLongestSeconds);
    if (unseen_s > 1) seen_.clock.sampled += static_cast<std::uint32_t>(std::lround(unseen_s));
  }

  void sort_readings() {
    auto& all = seen_.clock.readings;
    std::sort(all.begin(), all.end(),
              [](const ClockReading& a, const ClockReading& b) { return a.at_s < b.at_s; });
    if (all.size() > kReadingsMax) all.resize(kReadingsMax);
  }

  void keep_crops(const Span& span, const PictureAt& at) {
    for (const Strip& line : span.lines) {
      if (line.at_s == at.before_s || line.at_s == at.at_s) {
        if (crops_.size() < kCropsMax) crops_.push_back(line);
      }
    }
  }

  void cut_crops() {
    for (const Strip& line : crops_) {
      std::string png = to_png(line.luma);
      if (!png.empty() && png.size() <= kCropBytesMax) {
        seen_.crops.push_back({line.at_s, std::move(png)});
      }
    }
  }

  void sample() {
    const double start_s = seen_.video->start_s;
    const double end_s = seen_.video->end_s;
    watch_span(start_s, start_s + kEndSeconds);
    watch_span(end_s - kEndSeconds, end_s);
    read_key_pictures();
    if (!face_) return;
    const double ticked_s = std::min(length_s() - kEndSeconds, kLongestSeconds);
    for (double at_s = options_.tick_every_s; at_s < ticked_s; at_s += options_.tick_every_s) {
      watch_span(start_s + at_s, start_s + at_s + kTickSeconds);
      tell(kPartKeys + (1 - kPartKeys) * at_s / length_s());
    }
    watch_suspects();
    narrow_breaks();
    exact_only_ = true;
    drop_wide_readings();
    narrow_breaks();
  }

  /// One look at every key picture: the clock to a second, black and still pictures.
  void read_key_pictures() {
    if (!input_->seek(seen_.video->start_s)) return;
    input_->choose(DecodeWhat::kKeyPictures);
    Picture picture;
    Span keys;
    double last_s = -1e9;
    while (input_->decode(picture) && seen_.clock.readings.size() < kReadingsMax) {
      tell(kPartLearnt +
           (kPartKeys - kPartLearnt) * (picture.pts_s - seen_.video->start_s) / length_s());
      if (picture.pts_s - last_s < kKeyEverySeconds) continue;
      last_s = picture.pts_s;
      read_key_picture(picture);
    }
    input_->choose(DecodeWhat::kAll);
    sort_readings();
  }

  void read_key_picture(const Picture& picture) {
    if (!face_) return;
    const Rect& strip = face_->strip;
    if (strip.right() > picture.luma.width || strip.bottom() > picture.luma.height) return;
    const auto reading = face_->read(cropped(picture.luma, strip), picture.pts_s);
    if (!reading) return;
    const auto value = static_cast<double>(*reading);
    seen_.clock.readings.push_back(
        {picture.pts_s, picture.pts_s, *reading, value - picture.pts_s, value + 1 - picture.pts_s});
  }

  /// Where the stream itself is odd the clock is read on both sides.
  void watch_suspects() {
    std::vector<double> places;
    for (const StreamEvent& event : seen_.events) {
      const bool odd = event.kind == "pts_gap" || event.kind == "scar" ||
                       event.kind == "frame_num" || event.kind == "backwards" ||
                       event.kind == "parameters" || event.kind == "idr_pic_id" ||
                       event.kind == "poc";
      if (odd) places.push_back(event.at_s);
    }
    std::sort(places.begin(), places.end());
    double watched_to = -1e9;
    std::size_t count = 0;
    for (const double at_s : places) {
      if (at_s + 1 < watched_to || ++count > kSuspectsMax) continue;
      watched_to = at_s + kAroundSeconds;
      watch_span(at_s - kAroundSeconds, watched_to);
    }
  }

  /// Breaks of a second and more are found and watched: from here on readings that are wider than
  /// some pictures (of key pictures, of seconds seen in part) would only hide smaller breaks.
  void drop_wide_readings() {
    const double widest_s = 3 * seen_.video->picture_s;
    auto& all = seen_.clock.readings;
    const auto wide = [widest_s](const ClockReading& reading) {
      return reading.high_s - reading.low_s > widest_s;
    };
    all.erase(std::remove_if(all.begin(), all.end(), wide), all.end());
  }

  /// Halves the stretch in which the clock's line breaks, then watches the rest of it whole.
  void narrow_breaks() {
    std::vector<std::pair<double, double>> done;
    for (unsigned round = 0; round < kRoundsMax; ++round) {
      const auto rules = line_rules(seen_);
      const auto& readings = seen_.clock.readings;
      const auto steps = steps_of(lines_of(readings, rules), rules);
      const auto open = std::find_if(steps.begin(), steps.end(), [&](const ClockStep& step) {
        const double from_s = readings[step.before].at_s;
        const double to_s = readings[step.after].at_s;
        return std::none_of(done.begin(), done.end(), [&](const auto& span) {
          return span.first <= from_s && to_s <= span.second;
        });
      });
      if (open == steps.end()) return;
      const double from_s = readings[open->before].at_s;
      const double to_s = readings[open->after].at_s;
      if (to_s - from_s > kSuspectSeconds) {
        const double middle = (from_s + to_s) / 2;
        const std::size_t before = readings.size();
        watch_span(middle - kTickSeconds / 2, middle + kTickSeconds / 2);
        if (seen_.clock.readings.size() == before) done.emplace_back(from_s, to_s);
      } else {
        watch_span(from_s - kAroundSeconds, to_s + kAroundSeconds);
        done.emplace_back(from_s - kAroundSeconds, to_s + kAroundSeconds);
      }
    }
  }

  void count_damage() {
    const std::uint64_t errors = input_->decode_errors() + unreadable_ + timeline_.damaged;
    const double start_s = seen_.video ? seen_.video->start_s : 0;
    // Before the others, which are cut off where there are too many.
    if (errors > 0) {
      seen_.events.insert(seen_.events.begin(), {"decode_error", start_s, double(errors), 0});
    }
  }

  int descriptor_;
  std::uint64_t size_;
  ObserverOptions options_;
  OnPart on_part_;
  SegmentObservation seen_;
  std::optional<AvInput> input_;
  Timeline timeline_;
  std::optional<ClockFace> face_;
  std::vector<Strip> crops_;
  bool whole_ = false;
  std::optional<SpanCollector> fed_;
  std::uint64_t unreadable_ = 0;
  bool exact_only_ = false;  ///< readings of a long recording: see drop_wide_readings()
};

}  // namespace

struct RecordingObserver::State {
  Observer observer;
};

RecordingObserver::RecordingObserver(int descriptor, std::uint64_t size,
                                     const ObserverOptions& options, OnPart on_part)
    : state_(
          std::make_unique<State>(State{Observer(descriptor, size, options, std::move(on_part))})) {
}

RecordingObserver::~RecordingObserver() = default;
RecordingObserver::RecordingObserver(RecordingObserver&&) noexcept = default;

bool RecordingObserver::begin() { return state_->observer.begin(); }

int RecordingObserver::video_track() const { return state_->observer.video_track(); }

void RecordingObserver::take(const Picture& picture) { state_->observer.take(picture); }

void RecordingObserver::take_unreadable() { state_->observer.take_unreadable(); }

SegmentObservation RecordingObserver::finish() { return state_->observer.finish(); }

SegmentObservation observe_recording(int descriptor, std::uint64_t size,
                                     const ObserverOptions& options, OnPart on_part) {
  RecordingObserver observer(descriptor, size, options, std::move(on_part));
  observer.begin();
  return observer.finish();
}

}  // namespace anjuan::formats
