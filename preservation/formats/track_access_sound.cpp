// The sound of access copies that browsers cannot play as it is: AAC, encoded anew, in step with
// the pictures.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
}

#include "preservation/formats/encoded_track.h"
#include "preservation/formats/flac_encoder.h"

namespace anjuan::formats {

namespace {

/// More silence than this is no hole but nonsense in the times.
constexpr std::int64_t kSilenceMaxS = 4 * 3600;

class AacTrack final : public EncodedTrack {
 public:
  AacTrack(const DerivationPlan& plan, const AVStream& stream, const AVFrame& first,
           TrackOutput output)
      : EncodedTrack(stream, std::move(output), "aac") {
    AVCodecContext& to = *encoder_;
    to.sample_rate = is_aac_rate(first.sample_rate) ? first.sample_rate : kOtherRate;
    to.sample_fmt = AV_SAMPLE_FMT_FLTP;
    to.bit_rate = plan.sound_bits_per_second;
    to.time_base = {1, to.sample_rate};
    av_channel_layout_default(&to.ch_layout, first.ch_layout.nb_channels == 1 ? 1 : 2);
    open();
    left_.resize(static_cast<std::size_t>(to.ch_layout.nb_channels));
  }

  ~AacTrack() override { swr_free(&resampler_); }

  AacTrack(const AacTrack&) = delete;
  AacTrack& operator=(const AacTrack&) = delete;

  void frame(const AVFrame& frame) override {
    ++result_.frames;
    if (resampler_ == nullptr) begin(frame);
    if (frame.format != format_ || frame.ch_layout.nb_channels != channels_ ||
        frame.sample_rate != rate_) {
      throw MediaFault{MediaFaultKind::kUnsupported, "format of the sound changes"};
    }
    const int over = bring_in_step(frame);
    if (over >= frame.nb_samples) return;
    std::vector<const std::uint8_t*> planes;
    const auto format = static_cast<AVSampleFormat>(format_);
    const bool planar = av_sample_fmt_is_planar(format) != 0;
    const std::ptrdiff_t step = av_get_bytes_per_sample(format) * (planar ? 1 : channels_);
    for (int i = 0; i < (planar ? channels_ : 1); ++i) {
      planes.push_back(frame.extended_data[i] + over * step);
    }
    take(planes.data(), frame.nb_samples - over);
  }

  void finish() override {
    if (resampler_ != nullptr) convert(nullptr, 0);
    while (!left_[0].empty()) send(std::min(left_[0].size(), frame_samples()));
    encode(nullptr);
  }

 private:
  static constexpr int kOtherRate = 48000;

  static bool is_aac_rate(int rate) {
    constexpr int kRates[] = {8000,  11025, 12000, 16000, 22050, 24000,
                              32000, 44100, 48000, 64000, 88200, 96000};
    return std::find(std::begin(kRates), std::end(kRates), rate) != std::end(kRates);
  }

  std::size_t frame_samples() const { return static_cast<std::size_t>(encoder_->frame_size); }

  /// The frame's own time, in samples of the source.
  std::int64_t sample_time(const AVFrame& frame) const {
    const std::int64_t time = frame_time(frame);
    return time == kNoTime ? next_ : av_rescale_q(time, stream_.time_base, {1, rate_});
  }

  void begin(const AVFrame& frame) {
    AVChannelLayout layout = frame.ch_layout;  // libav 5.1 asks for one that it may change
    av_checked(swr_alloc_set_opts2(&resampler_, &encoder_->ch_layout, encoder_->sample_fmt,
                                   encoder_->sample_rate, &layout,
                                   static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0,
                                   nullptr),
               "resampler", MediaFaultKind::kUnsupported);
    av_checked(swr_init(resampler_), "resampler", MediaFaultKind::kUnsupported);
    format_ = frame.format;
    channels_ = frame.ch_layout.nb_channels;
    rate_ = frame.sample_rate;
    next_ = sample_time(frame);
    time_ = av_rescale_q(next_, {1, rate_}, encoder_->time_base);
  }

  /// Browsers play packet after packet whatever the time between them, so the sound must be as
  /// long as its times say: silence for what is missing, and the samples to leave out of `frame`
  /// where it begins before the last one ended. Containers round: less is neither.
  int bring_in_step(const AVFrame& frame) {
    const std::int64_t late = sample_time(frame) - next_;
    const std::int64_t hole = std::int64_t{rate_} * FlacEncoder::kHoleMs / 1000;
    if (late > hole) {
      ++result_.holes;
      fill(late);
    }
    return late < -hole ? static_cast<int>(std::min<std::int64_t>(-late, frame.nb_samples)) : 0;
  }

  void fill(std::int64_t samples) {
    silence_ += samples;
    if (silence_ > kSilenceMaxS * rate_) {
      throw MediaFault{MediaFaultKind::kTimes, "the sound has holes of hours"};
    }
    for (; samples > 0; samples -= std::min<std::int64_t>(samples, rate_)) {
      const AvFrame part = make_av_frame();
      part->format = format_;
      part->sample_rate = rate_;
      part->nb_samples = static_cast<int>(std::min<std::int64_t>(samples, rate_));
      av_channel_layout_default(&part->ch_layout, channels_);
      av_checked(av_frame_get_buffer(part.get(), 0), "sound");
      av_checked(av_samples_set_silence(part->extended_data, 0, part->nb_samples, channels_,
                                        static_cast<AVSampleFormat>(format_)),
                 "sound");
      take(const_cast<const std::uint8_t**>(part->extended_data), part->nb_samples);
    }
  }

  void take(const std::uint8_t** planes, int samples) {
    convert(planes, samples);
    next_ += samples;
    while (left_[0].size() >= frame_samples()) send(frame_samples());
  }

  /// nullptr = what the resampler holds back.
  void convert(const std::uint8_t** from, int samples) {
    const int room = swr_get_out_samples(resampler_, samples);
    av_checked(room, "resampler");
    std::vector<std::uint8_t*> planes;
    std::vector<std::size_t> before;
    for (auto& channel : left_) {
      before.push_back(channel.size());
      channel.resize(channel.size() + static_cast<std::size_t>(room));
      planes.push_back(reinterpret_cast<std::uint8_t*>(channel.data() + before.back()));
    }
    const int got =
        av_checked(swr_convert(resampler_, planes.data(), room, from, samples), "resampler");
    for (std::size_t i = 0; i < left_.size(); ++i) {
      left_[i].resize(before[i] + static_cast<std::size_t>(got));
    }
  }

  void send(std::size_t samples) {
    const AvFrame frame = make_av_frame();
    frame->format = encoder_->sample_fmt;
    frame->sample_rate = encoder_->sample_rate;
    frame->nb_samples = static_cast<int>(samples);
    frame->pts = time_;
    time_ += frame->nb_samples;
    av_checked(av_channel_layout_copy(&frame->ch_layout, &encoder_->ch_layout), "channels");
    av_checked(av_frame_get_buffer(frame.get(), 0), "sound");
    for (std::size_t i = 0; i < left_.size(); ++i) {
      std::copy_n(left_[i].begin(), samples, reinterpret_cast<float*>(frame->extended_data[i]));
      left_[i].erase(left_[i].begin(), left_[i].begin() + static_cast<std::ptrdiff_t>(samples));
    }
    encode(frame.get());
  }

  SwrContext* resampler_ = nullptr;
  std::vector<std::vector<float>> left_;  ///< samples that do not fill an AAC frame yet
  std::int64_t time_ = 0;                 ///< of the first of them, in samples of the copy
  std::int64_t next_ = 0;                 ///< when the source goes on, in its own samples
  std::int64_t silence_ = 0;              ///< put into holes, in samples of the source
  int format_ = -1, channels_ = 0, rate_ = 0;
};

}  // namespace

std::unique_ptr<Track> make_aac_track(const DerivationPlan& all, const TrackSource& source,
                                      TrackOutput output) {
  return std::make_unique<AacTrack>(all, *source.stream, *source.first, std::move(output));
}

}  // namespace anjuan::formats
