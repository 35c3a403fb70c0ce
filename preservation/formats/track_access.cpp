// The tracks of access copies that browsers cannot play as they are: H.264 and AAC, encoded anew.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include "preservation/formats/track.h"

namespace anjuan::formats {

namespace {

/// Larger pictures are made smaller, so that every desk computer plays them.
constexpr int kLongerMax = 1920;
constexpr int kShorterMax = 1080;

struct Size {
  int width = 0;
  int height = 0;
};

/// Even sides, as 4:2:0 needs, within the limit, in the same proportion.
Size access_size(int width, int height) {
  const double longer = std::max(width, height);
  const double shorter = std::min(width, height);
  const double factor = std::min({1.0, kLongerMax / longer, kShorterMax / shorter});
  const auto even = [factor](int side) {
    return std::max(2, static_cast<int>(side * factor) / 2 * 2);
  };
  return {even(width), even(height)};
}

void open(AVCodecContext& context, const AVCodec* codec) {
  context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
  av_checked(avcodec_open2(&context, codec, nullptr), codec->name, MediaFaultKind::kUnsupported);
}

AvCodec make_encoder(const char* name) {
  const AVCodec* codec = avcodec_find_encoder_by_name(name);
  if (codec == nullptr) throw MediaFault{MediaFaultKind::kUnsupported, name};
  AvCodec context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  return context;
}

/// Encoder, its packets, and their way into the container: the same for pictures and sound.
class EncodedTrack : public Track {
 public:
  const AVCodecParameters& parameters() const override { return *parameters_; }

  Rational time_base() const override { return {encoder_->time_base.num, encoder_->time_base.den}; }

  std::optional<ProofStream> proof_stream() const override { return std::nullopt; }

  TrackResult result() const override {
    TrackResult result = result_;
    result.codec = avcodec_get_name(encoder_->codec_id);
    return result;
  }

 protected:
  EncodedTrack(const AVStream& stream, TrackOutput output, const char* encoder)
      : stream_(stream),
        output_(std::move(output)),
        encoder_(make_encoder(encoder)),
        parameters_(avcodec_parameters_alloc()),
        packet_(make_av_packet()) {}

  void ready() {
    av_checked(avcodec_parameters_from_context(parameters_.get(), encoder_.get()), "encoder");
    form_.emplace(*parameters_);
    output_.ledger->add_stream(time_base(), "");
  }

  void encode(const AVFrame* frame) {
    av_checked(avcodec_send_frame(encoder_.get(), frame), "encoder");
    while (true) {
      const int result = avcodec_receive_packet(encoder_.get(), packet_.get());
      if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
      av_checked(result, "encoder");
      if (packet_->size > 0) {
        output_.ledger->expect(output_.number, form_->hash(*packet_), packet_->pts);
      }
      output_.muxer->write(*packet_, output_.number);
      av_packet_unref(packet_.get());
    }
  }

  const AVStream& stream_;
  TrackOutput output_;
  AvCodec encoder_;
  std::unique_ptr<AVCodecParameters, AvRelease> parameters_;
  AvPacket packet_;
  std::optional<PacketForm> form_;
  TrackResult result_;
};

class X264Track final : public EncodedTrack {
 public:
  X264Track(const DerivationPlan& plan, const AVStream& stream, const AVFrame& first,
            TrackOutput output)
      : EncodedTrack(stream, std::move(output), "libx264"),
        size_(access_size(first.width, first.height)) {
    AVCodecContext& to = *encoder_;
    to.width = size_.width;
    to.height = size_.height;
    to.pix_fmt = AV_PIX_FMT_YUV420P;
    to.time_base = stream.time_base;
    to.framerate = stream.avg_frame_rate;
    to.sample_aspect_ratio = stream.codecpar->sample_aspect_ratio;
    to.color_range = full_range(first) ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    to.thread_count = kThreads;
    av_checked(av_opt_set(to.priv_data, "preset", plan.speed.c_str(), 0), "preset");
    av_checked(av_opt_set_int(to.priv_data, "crf", plan.quality, 0), "crf");
    // A look ahead on a thread of its own decides by what it has seen so far: the last pictures
    // would come out one way or another.
    av_checked(av_opt_set(to.priv_data, "x264-params", "sync-lookahead=0", 0), "x264-params");
    open(to, to.codec);
    ready();
  }

  ~X264Track() override { sws_freeContext(scaler_); }

  X264Track(const X264Track&) = delete;
  X264Track& operator=(const X264Track&) = delete;

  void frame(const AVFrame& frame) override {
    const std::int64_t own = frame_time(frame);
    const std::int64_t time = own == kNoTime ? next_ : own;
    if (time < next_) return;  // The encoder needs times that grow; the original has all.
    next_ = time + 1;
    AvFrame picture = make_av_frame();
    av_checked(av_frame_ref(picture.get(), &frame), "picture");
    if (picture->format == AV_PIX_FMT_YUVJ420P) picture->format = AV_PIX_FMT_YUV420P;
    if (picture->format != AV_PIX_FMT_YUV420P || picture->width != size_.width ||
        picture->height != size_.height) {
      picture = scale(*picture);
    }
    picture->pts = time;
    picture->pict_type = AV_PICTURE_TYPE_NONE;
    ++result_.frames;
    encode(picture.get());
  }

  void finish() override { encode(nullptr); }

 private:
  /// However many processors there are: x264 gives other bytes with another number of threads.
  static constexpr int kThreads = 4;

  static bool full_range(const AVFrame& frame) {
    return frame.color_range == AVCOL_RANGE_JPEG || frame.format == AV_PIX_FMT_YUVJ420P;
  }

  AvFrame scale(const AVFrame& frame) {
    scaler_ = sws_getCachedContext(
        scaler_, frame.width, frame.height, static_cast<AVPixelFormat>(frame.format), size_.width,
        size_.height, AV_PIX_FMT_YUV420P, SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT, nullptr,
        nullptr, nullptr);
    if (scaler_ == nullptr) throw MediaFault{MediaFaultKind::kUnsupported, "pixel format"};
    AvFrame to = make_av_frame();
    to->format = AV_PIX_FMT_YUV420P;
    to->width = size_.width;
    to->height = size_.height;
    av_checked(av_frame_get_buffer(to.get(), 0), "picture");
    av_checked(
        sws_scale(scaler_, frame.data, frame.linesize, 0, frame.height, to->data, to->linesize),
        "scaler");
    return to;
  }

  Size size_;
  SwsContext* scaler_ = nullptr;
  std::int64_t next_ = INT64_MIN + 1;
};

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
    open(to, to.codec);
    ready();
    left_.resize(static_cast<std::size_t>(to.ch_layout.nb_channels));
  }

  ~AacTrack() override { swr_free(&resampler_); }

  AacTrack(const AacTrack&) = delete;
  AacTrack& operator=(const AacTrack&) = delete;

  void frame(const AVFrame& frame) override {
    ++result_.frames;
    if (resampler_ == nullptr) begin(frame);
    convert(&frame);
    while (left_[0].size() >= frame_samples()) send(frame_samples());
  }

  void finish() override {
    if (resampler_ != nullptr) convert(nullptr);
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

  void begin(const AVFrame& frame) {
    const std::int64_t time = frame_time(frame);
    if (time != kNoTime) time_ = av_rescale_q(time, stream_.time_base, encoder_->time_base);
    AVChannelLayout layout = frame.ch_layout;  // libav 5.1 asks for one that it may change
    av_checked(swr_alloc_set_opts2(&resampler_, &encoder_->ch_layout, encoder_->sample_fmt,
                                   encoder_->sample_rate, &layout,
                                   static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0,
                                   nullptr),
               "resampler", MediaFaultKind::kUnsupported);
    av_checked(swr_init(resampler_), "resampler", MediaFaultKind::kUnsupported);
    format_ = frame.format;
    channels_ = frame.ch_layout.nb_channels;
  }

  void convert(const AVFrame* frame) {
    if (frame != nullptr &&
        (frame->format != format_ || frame->ch_layout.nb_channels != channels_)) {
      throw MediaFault{MediaFaultKind::kUnsupported, "format of the sound changes"};
    }
    const int room = swr_get_out_samples(resampler_, frame == nullptr ? 0 : frame->nb_samples);
    av_checked(room, "resampler");
    std::vector<std::uint8_t*> planes;
    std::vector<std::size_t> before;
    for (auto& channel : left_) {
      before.push_back(channel.size());
      channel.resize(channel.size() + static_cast<std::size_t>(room));
      planes.push_back(reinterpret_cast<std::uint8_t*>(channel.data() + before.back()));
    }
    const auto** from =
        frame == nullptr ? nullptr : const_cast<const std::uint8_t**>(frame->extended_data);
    const int got = av_checked(swr_convert(resampler_, planes.data(), room, from,
                                           frame == nullptr ? 0 : frame->nb_samples),
                               "resampler");
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
  std::int64_t time_ = 0;
  int format_ = -1, channels_ = 0;
};

}  // namespace

std::unique_ptr<Track> make_x264_track(const DerivationPlan& all, const TrackSource& source,
                                       TrackOutput output) {
  return std::make_unique<X264Track>(all, *source.stream, *source.first, std::move(output));
}

std::unique_ptr<Track> make_aac_track(const DerivationPlan& all, const TrackSource& source,
                                      TrackOutput output) {
  return std::make_unique<AacTrack>(all, *source.stream, *source.first, std::move(output));
}

}  // namespace anjuan::formats
