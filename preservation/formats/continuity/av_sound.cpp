#include "preservation/formats/continuity/av_sound.h"

#include <cerrno>
#include <cmath>

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace anjuan::formats {

namespace {

struct CodecFreer {
  void operator()(AVCodecContext* context) const { ::avcodec_free_context(&context); }
};

struct FrameFreer {
  void operator()(AVFrame* frame) const { ::av_frame_free(&frame); }
};

using CodecHandle = std::unique_ptr<AVCodecContext, CodecFreer>;

CodecHandle open_decoder(const AVCodecParameters& code) {
  const AVCodec* codec = ::avcodec_find_decoder(code.codec_id);
  if (codec == nullptr) return nullptr;
  CodecHandle context(::avcodec_alloc_context3(codec));
  if (!context || ::avcodec_parameters_to_context(context.get(), &code) < 0) return nullptr;
  context->thread_count = 1;
  return ::avcodec_open2(context.get(), codec, nullptr) < 0 ? nullptr : std::move(context);
}

/// Of samples around `middle`, of which `whole` is the largest amplitude.
template <typename Sample>
double peak(const std::uint8_t* bytes, int count, double middle, double whole) {
  const auto* at = reinterpret_cast<const Sample*>(bytes);
  double largest = 0;
  for (int i = 0; i < count; ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(at[i]) - middle));
  }
  return largest / whole;
}

double peak(const std::uint8_t* bytes, int count, AVSampleFormat format) {
  const AVSampleFormat packed = ::av_get_packed_sample_fmt(format);
  if (packed == AV_SAMPLE_FMT_U8) return peak<std::uint8_t>(bytes, count, 128, 128);
  if (packed == AV_SAMPLE_FMT_S16) return peak<std::int16_t>(bytes, count, 0, 32768);
  if (packed == AV_SAMPLE_FMT_S32) return peak<std::int32_t>(bytes, count, 0, 2147483648.0);
  if (packed == AV_SAMPLE_FMT_FLT) return peak<float>(bytes, count, 0, 1);
  if (packed == AV_SAMPLE_FMT_DBL) return peak<double>(bytes, count, 0, 1);
  return 1;  // Not known to be quiet.
}

double peak_of_frame(const AVFrame& frame) {
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const int channels = std::max(frame.ch_layout.nb_channels, 1);
  const bool planar = ::av_sample_fmt_is_planar(format) == 1;
  double largest = 0;
  for (int plane = 0; plane < (planar ? channels : 1); ++plane) {
    largest = std::max(largest, peak(frame.extended_data[plane],
                                     frame.nb_samples * (planar ? 1 : channels), format));
  }
  return largest;
}

}  // namespace

struct SoundMeter::State {
  CodecHandle codec;
  std::unique_ptr<AVFrame, FrameFreer> frame{::av_frame_alloc()};
  std::uint64_t errors = 0;
};

SoundMeter::SoundMeter(const AVCodecParameters& code) : state_(std::make_unique<State>()) {
  state_->codec = open_decoder(code);
}

SoundMeter::~SoundMeter() = default;

std::optional<double> SoundMeter::peak_of(const AVPacket& packet) {
  if (!state_->codec) return std::nullopt;
  if (::avcodec_send_packet(state_->codec.get(), &packet) < 0) {
    ++state_->errors;
    return std::nullopt;
  }
  std::optional<double> largest;
  int status = 0;
  while ((status = ::avcodec_receive_frame(state_->codec.get(), state_->frame.get())) == 0) {
    largest = std::max(largest.value_or(0), peak_of_frame(*state_->frame));
  }
  if (status != AVERROR(EAGAIN) && status != AVERROR_EOF) ++state_->errors;
  return largest;
}

std::uint64_t SoundMeter::errors() const { return state_->errors; }

}  // namespace anjuan::formats
