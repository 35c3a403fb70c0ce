#include "preservation/formats/continuity/packet_timeline.h"

#include <cmath>
#include <numeric>

#include "preservation/formats/continuity/hevc_chain.h"
#include "preservation/formats/continuity/nal_chain.h"

namespace anjuan::formats {

namespace {

constexpr double kGapLeastSeconds = 0.2;
constexpr double kGapLeastVariableSeconds = 0.5;
constexpr double kGapPictures = 5;
constexpr double kScarPart = 0.1;    ///< of a picture
constexpr double kStartSeconds = 1;  ///< scars so near the beginning are a device's habit
constexpr double kHolePackets = 1.5;
constexpr double kEndDifferenceSeconds = 0.2;
constexpr double kRepeatSeconds = 2;
constexpr double kQuietPeak = 0.001;  ///< -60 dB
constexpr double kQuietSeconds = 2;

struct Coded {
  double pts_s = 0;
  double dts_s = 0;
  std::uint64_t print = 0;
  std::uint32_t bytes = 0;
  bool key = false;
  bool quiet = false;
};

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::vector<double> sorted_pts(const std::vector<Coded>& coded) {
  std::vector<double> times;
  times.reserve(coded.size());
  for (const Coded& packet : coded) times.push_back(packet.pts_s);
  std::sort(times.begin(), times.end());
  return times;
}

std::vector<double> steps_between(const std::vector<double>& times) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < times.size(); ++i) steps.push_back(times[i] - times[i - 1]);
  return steps;
}

/// A run of packets that stood somewhere before: same bytes, same order.
class RepeatFinder {
 public:
  RepeatFinder(const std::vector<Coded>& coded, double step_s, std::string kind,
               std::vector<StreamEvent>& events)
      : coded_(coded), step_s_(step_s), kind_(std::move(kind)), events_(events) {
    for (const Coded& packet : coded) mean_bytes_ += packet.bytes;
    mean_bytes_ /= static_cast<double>(std::max<std::size_t>(coded.size(), 1));
  }

  void find() {
    const auto earlier = earlier_ones();
    for (std::size_t i = 0; i < coded_.size(); ++i) {
      const std::size_t lag = i - earlier[i];
      if (lag != lag_ || lag == 0) {
        end_run();
        begin_ = i;
        lag_ = lag;
        bytes_ = 0;
        length_ = 0;
      }
      bytes_ += coded_[i].bytes;
      ++length_;
    }
    end_run();
  }

 private:
  /// Of each packet the last one before it that is alike, or itself. Sorted, since a table of a
  /// day's packets would take several times the memory.
  std::vector<std::uint32_t> earlier_ones() const {
    std::vector<std::uint32_t> order(coded_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](std::uint32_t one, std::uint32_t other) {
      return std::pair(coded_[one].print, one) < std::pair(coded_[other].print, other);
    });
    std::vector<std::uint32_t> earlier(coded_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const bool again = i > 0 && coded_[order[i]].print == coded_[order[i - 1]].print;
      earlier[order[i]] = again ? order[i - 1] : order[i];
    }
    return earlier;
  }

  void end_run() {
    const double length_s = static_cast<double>(length_) * step_s_;
    if (lag_ == 0 || length_s < kRepeatSeconds) return;
    // A still picture repeats after a few empty packets; a loop brings whole seconds back.
    if (static_cast<double>(lag_) * step_s_ < kRepeatSeconds) return;
    if (static_cast<double>(bytes_) < 0.25 * mean_bytes_ * static_cast<double>(length_)) return;
    events_.push_back({kind_, coded_[begin_].pts_s, length_s, coded_[begin_ - lag_].pts_s});
  }

  const std::vector<Coded>& coded_;
  double step_s_;
  std::string kind_;
  std::vector<StreamEvent>& events_;
  double mean_bytes_ = 0;
  std::size_t begin_ = 0;
  std::size_t lag_ = 0;
  std::size_t length_ = 0;
  std::uint64_t bytes_ = 0;
};

/// Steps of the tables that no clock makes: what is joined from pieces bears them.
void find_scars(const std::vector<Coded>& coded, double usual_s, const char* kind,
                std::vector<StreamEvent>& events) {
  for (std::size_t i = 1; i < coded.size(); ++i) {
    const double step = coded[i].dts_s - coded[i - 1].dts_s;
    if (coded[i].dts_s - coded.front().dts_s < kStartSeconds) continue;
    if (step < 0) events.push_back({"backwards", coded[i].pts_s, -step, 0});
    if (step >= 0 && step < kScarPart * usual_s) events.push_back({kind, coded[i].pts_s, step, 0});
  }
}

/// `long_s` is a distance that a tenth of the pictures exceed: more than usual where it varies.
void find_gaps(const std::vector<double>& times, double usual_s, double long_s, bool variable,
               Timeline& timeline, std::vector<StreamEvent>& events) {
  const double limit = std::max(variable ? kGapLeastVariableSeconds : kGapLeastSeconds,
                                kGapPictures * (variable ? long_s : usual_s));
  for (std::size_t i = 1; i < times.size(); ++i) {
    const double step = times[i] - times[i - 1];
    timeline.largest_gap_s = std::max(timeline.largest_gap_s, step);
    if (step > limit) events.push_back({"pts_gap", times[i - 1], step - usual_s, times[i]});
  }
}

/// One short distance among equal ones.
void find_short_gop(const std::vector<double>& keys, double picture_s,
                    std::vector<StreamEvent>& events) {
  std::vector<double> steps = steps_between(keys);
  if (steps.size() < 5) return;
  const double usual = median_of(steps);
  std::vector<std::size_t> odd;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (std::abs(steps[i] - usual) > 1.5 * picture_s) odd.push_back(i);
  }
  if (odd.size() == 1 && steps[odd[0]] < usual) {
    events.push_back({"short_gop", keys[odd[0] + 1], steps[odd[0]], usual});
  }
}

VideoView video_view(const InputTrack& track, const std::vector<Coded>& coded, Timeline& timeline,
                     std::vector<StreamEvent>& events, bool steady_dts) {
  VideoView view;
  view.codec = track.codec;
  view.width = track.width;
  view.height = track.height;
  view.pictures = coded.size();
  const auto times = sorted_pts(coded);
  auto steps = steps_between(times);
  view.picture_s = steps.empty()
                       ? (track.frames_per_second > 0 ? 1 / track.frames_per_second : 0.04)
                       : std::max(median_of(steps), 1e-4);
  std::sort(steps.begin(), steps.end());
  if (steps.size() > 10) {
    view.variable = steps[steps.size() * 9 / 10] - steps[steps.size() / 10] > 0.3 * view.picture_s;
  }
  if (times.empty()) return view;
  view.start_s = times.front();
  view.end_s = times.back() + view.picture_s;
  const double long_s = steps.empty() ? view.picture_s : steps[steps.size() * 9 / 10];
  find_gaps(times, view.picture_s, long_s, view.variable, timeline, events);
  if (steady_dts) find_scars(coded, view.picture_s, "scar", events);
  for (const Coded& packet : coded) {
    if (packet.key) timeline.key_s.push_back(packet.pts_s);
  }
  std::sort(timeline.key_s.begin(), timeline.key_s.end());
  find_short_gop(timeline.key_s, view.picture_s, events);
  RepeatFinder(coded, view.picture_s, "repeat_packets", events).find();
  return view;
}

/// Sound that is there and says nothing: described, not judged, as a black picture is.
void find_silence(const std::vector<Coded>& coded, double packet_s,
                  std::vector<StreamEvent>& events) {
  for (std::size_t i = 0; i < coded.size();) {
    std::size_t end = i;
    while (end < coded.size() && coded[end].quiet) ++end;
    const double lasts = static_cast<double>(end - i) * packet_s;
    if (lasts >= kQuietSeconds) {
      events.push_back({"silence", coded[i].pts_s, lasts, coded[end - 1].pts_s + packet_s});
    }
    i = end + 1;
  }
}

/// `last_s` is what the last packet says that it lasts.
SoundView sound_view(const InputTrack& track, const std::vector<Coded>& coded, double last_s,
                     std::vector<StreamEvent>& events, bool steady_dts) {
  SoundView view;
  view.codec = track.codec;
  view.packets = coded.size();
  const auto times = sorted_pts(coded);
  if (times.empty()) return view;
  view.packet_s = std::max(median_of(steps_between(times)), 1e-4);
  view.start_s = times.front();
  view.end_s = times.back() + (last_s > 0 ? std::min(last_s, view.packet_s) : view.packet_s);
  for (std::size_t i = 1; i < times.size(); ++i) {
    const double step = times[i] - times[i - 1];
    if (step > kHolePackets * view.packet_s && step - view.packet_s > 0.01) {
      events.push_back({"audio_hole", times[i - 1], step - view.packet_s, times[i]});
    }
  }
  if (steady_dts) find_scars(coded, view.packet_s, "audio_scar", events);
  RepeatFinder(coded, view.packet_s, "repeat_sound", events).find();
  find_silence(coded, view.packet_s, events);
  return view;
}

/// The numbers in the stream of the codecs that have some.
class ChainOf {
 public:
  explicit ChainOf(const InputTrack* video) {
    if (video == nullptr) return;
    if (video->codec == "h264") h264_.emplace(video->extra);
    if (video->codec == "hevc") hevc_.emplace(video->extra);
  }

  void take(std::span<const std::uint8_t> packet, double at_s, std::vector<StreamEvent>& events) {
    if (h264_) h264_->take(packet, at_s, events);
    if (hevc_) hevc_->take(packet, at_s, events);
  }

  void finish(std::vector<StreamEvent>& events) const {
    if (h264_) h264_->finish(events);
    if (hevc_) hevc_->finish(events);
  }

 private:
  std::optional<NalChain> h264_;
  std::optional<HevcChain> hevc_;
};

Coded coded_of(const PacketView& packet, double last_s) {
  Coded coded;
  coded.pts_s = packet.pts_s ? *packet.pts_s : packet.dts_s ? *packet.dts_s : last_s;
  coded.dts_s = packet.dts_s ? *packet.dts_s : coded.pts_s;
  coded.bytes = static_cast<std::uint32_t>(packet.bytes.size());
  coded.print = fingerprint(packet.bytes.data(), packet.bytes.size());
  coded.key = packet.key;
  coded.quiet = packet.peak && *packet.peak < kQuietPeak;
  return coded;
}

}  // namespace

Timeline read_timeline(AvInput& input, SegmentObservation& observation, std::size_t packets_max) {
  Timeline timeline;
  std::vector<Coded> pictures;
  std::vector<Coded> sounds;
  double sound_lasts_s = 0;
  const InputTrack* video = input.video();
  const InputTrack* audio = input.audio();
  ChainOf chain(video);
  // Of PCM libav makes packets as long as it likes, and calls a shorter last one damaged.
  const bool cut_by_reader =
      video == nullptr && audio != nullptr && audio->codec.starts_with("pcm_");
  input.listen();
  PacketView packet;
  while (input.read(packet)) {
    timeline.stopped = pictures.size() + sounds.size() >= packets_max;
    if (timeline.stopped) break;
    if (packet.damaged && !cut_by_reader) ++timeline.damaged;
    if (video != nullptr && packet.track == video->index) {
      pictures.push_back(coded_of(packet, pictures.empty() ? 0 : pictures.back().pts_s));
      chain.take(packet.bytes, pictures.back().pts_s, observation.events);
    } else if (audio != nullptr && packet.track == audio->index) {
      sounds.push_back(coded_of(packet, sounds.empty() ? 0 : sounds.back().pts_s));
      sound_lasts_s = packet.duration_s;
    }
  }
  timeline.ended_by_error = input.read_failed();
  chain.finish(observation.events);
  // Matroska has no decoding times: libav makes them up.
  const bool steady = input.container().find("matroska") == std::string::npos;
  if (video != nullptr) {
    observation.video = video_view(*video, pictures, timeline, observation.events, steady);
  }
  if (audio != nullptr) {
    observation.sound = sound_view(*audio, sounds, sound_lasts_s, observation.events, steady);
  }
  if (!timeline.stopped && observation.video && observation.sound &&
      observation.sound->packets > 0 && observation.video->pictures > 0) {
    const double apart = observation.sound->end_s - observation.video->end_s;
    if (std::abs(apart) > kEndDifferenceSeconds) {
      observation.events.push_back({"av_end", observation.video->end_s, apart, 0});
    }
  }
  return timeline;
}

}  // namespace anjuan::formats
