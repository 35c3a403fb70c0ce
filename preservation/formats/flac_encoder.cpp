#include "preservation/formats/flac_encoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
}

#include <cstring>

namespace anjuan::formats {

namespace {

constexpr int kCompressionLevel = 8;
constexpr int kChannelsMax = 8;
constexpr int kSampleRateMax = 655350;

std::size_t sample_bytes_of(const AVCodecContext& context) {
  return static_cast<std::size_t>(av_get_bytes_per_sample(context.sample_fmt)) *
         static_cast<std::size_t>(std::max(context.ch_layout.nb_channels, 1));
}

AVSampleFormat packed_format(const AVCodecContext& decoder) {
  return av_get_packed_sample_fmt(decoder.sample_fmt);
}

AvCodec open_encoder(const AVCodecContext& decoder) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_FLAC);
  if (codec == nullptr || !flac_holds(decoder)) {
    throw MediaFault{MediaFaultKind::kUnsupported, "FLAC"};
  }
  AvCodec context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->sample_rate = decoder.sample_rate;
  context->sample_fmt = packed_format(decoder);
  context->time_base = {1, decoder.sample_rate};
  context->bits_per_raw_sample = context->sample_fmt == AV_SAMPLE_FMT_S16 ? 16 : 24;
  context->compression_level = kCompressionLevel;
  context->flags |= AV_CODEC_FLAG_BITEXACT;
  av_channel_layout_default(&context->ch_layout, decoder.ch_layout.nb_channels);
  if (decoder.ch_layout.order == AV_CHANNEL_ORDER_NATIVE) {
    av_checked(av_channel_layout_copy(&context->ch_layout, &decoder.ch_layout), "channels");
  }
  av_checked(avcodec_open2(context.get(), codec, nullptr), "FLAC encoder",
             MediaFaultKind::kUnsupported);
  return context;
}

}  // namespace

bool flac_holds(const AVCodecContext& decoder) {
  const AVSampleFormat format = packed_format(decoder);
  const bool in_24 = format == AV_SAMPLE_FMT_S32 && decoder.bits_per_raw_sample > 0 &&
                     decoder.bits_per_raw_sample <= 24;
  return (format == AV_SAMPLE_FMT_S16 || in_24) && decoder.ch_layout.nb_channels >= 1 &&
         decoder.ch_layout.nb_channels <= kChannelsMax && decoder.sample_rate > 0 &&
         decoder.sample_rate <= kSampleRateMax;
}

FlacEncoder::FlacEncoder(const AVCodecContext& decoder, std::uint32_t stream, OnPacket on_packet,
                         OnBlock on_block)
    : encoder_(open_encoder(decoder)),
      parameters_(avcodec_parameters_alloc()),
      on_packet_(std::move(on_packet)),
      before_(stream, decoder.sample_rate, sample_bytes_of(decoder),
              [this, on_block](const ProofLine& line) {
                expected_.push_back(line);
                on_block(line);
              }),
      after_(stream, decoder.sample_rate, sample_bytes_of(decoder),
             [this](const ProofLine& line) { check(line); }),
      packet_(make_av_packet()),
      sample_bytes_(sample_bytes_of(decoder)),
      format_(decoder.sample_fmt),
      channels_(decoder.ch_layout.nb_channels) {
  av_checked(avcodec_parameters_from_context(parameters_.get(), encoder_.get()), "FLAC");
  decoder_ = std::make_unique<AvDecoder>(*parameters_, Rational{1, decoder.sample_rate}, 1);
}

void FlacEncoder::add(const AVFrame& frame, std::int64_t time) {
  if (frame.format != format_ || frame.ch_layout.nb_channels != channels_ ||
      frame.sample_rate != encoder_->sample_rate) {
    throw MediaFault{MediaFaultKind::kUnsupported, "format of the sound changes"};
  }
  const std::int64_t hole = std::int64_t{encoder_->sample_rate} * kHoleMs / 1000;
  if (!next_ || time > *next_ + hole) {
    if (next_) ++holes_;
    next_ = time;
  }
  if (waiting_.empty()) waiting_time_ = *next_;
  const std::size_t begin = waiting_.size();
  append_interleaved(frame, waiting_);
  before_.add(std::string_view(waiting_).substr(begin), *next_);
  *next_ += frame.nb_samples;
  const auto frame_bytes = static_cast<std::size_t>(encoder_->frame_size) * sample_bytes_;
  std::size_t done = 0;
  for (; waiting_.size() - done >= frame_bytes; done += frame_bytes) {
    encode(std::string_view(waiting_).substr(done, frame_bytes));
  }
  if (done == 0) return;
  waiting_.erase(0, done);
  // What waits now ends where the next sample begins.
  waiting_time_ = *next_ - static_cast<std::int64_t>(waiting_.size() / sample_bytes_);
}

void FlacEncoder::encode(std::string_view samples) {
  const AvFrame frame = make_av_frame();
  frame->format = encoder_->sample_fmt;
  frame->sample_rate = encoder_->sample_rate;
  frame->nb_samples = static_cast<int>(samples.size() / sample_bytes_);
  frame->pts = waiting_time_;
  av_checked(av_channel_layout_copy(&frame->ch_layout, &encoder_->ch_layout), "channels");
  av_checked(av_frame_get_buffer(frame.get(), 0), "sound");
  std::memcpy(frame->data[0], samples.data(), samples.size());
  waiting_time_ += frame->nb_samples;
  av_checked(avcodec_send_frame(encoder_.get(), frame.get()), "FLAC encoder");
  drain();
}

void FlacEncoder::drain() {
  while (true) {
    const int result = avcodec_receive_packet(encoder_.get(), packet_.get());
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
    av_checked(result, "FLAC encoder");
    decoder_->decode(packet_.get(), [this](AVFrame& again) {
      decoded_.clear();
      append_interleaved(again, decoded_);
      after_.add(decoded_, 0);
    });
    if (packet_->size > 0) on_packet_(*packet_);
    av_packet_unref(packet_.get());
  }
}

void FlacEncoder::check(const ProofLine& after) {
  const bool equal = !expected_.empty() && expected_.front().sha256 == after.sha256 &&
                     expected_.front().bytes == after.bytes;
  if (!equal) throw MediaFault{MediaFaultKind::kNotEqual, "FLAC"};
  expected_.pop_front();
}

void FlacEncoder::finish() {
  if (!waiting_.empty()) encode(waiting_);
  waiting_.clear();
  before_.finish();
  av_checked(avcodec_send_frame(encoder_.get(), nullptr), "FLAC encoder");
  drain();
  decoder_->decode(nullptr, [this](AVFrame& again) {
    decoded_.clear();
    append_interleaved(again, decoded_);
    after_.add(decoded_, 0);
  });
  after_.finish();
  if (!expected_.empty() || decoder_->errors() != 0) {
    throw MediaFault{MediaFaultKind::kNotEqual, "FLAC"};
  }
}

}  // namespace anjuan::formats
