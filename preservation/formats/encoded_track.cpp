#include "preservation/formats/encoded_track.h"

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace anjuan::formats {

namespace {

AvCodec make_encoder(const char* name) {
  const AVCodec* codec = avcodec_find_encoder_by_name(name);
  if (codec == nullptr) throw MediaFault{MediaFaultKind::kUnsupported, name};
  AvCodec context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  return context;
}

}  // namespace

EncodedTrack::EncodedTrack(const AVStream& stream, TrackOutput output, const char* encoder)
    : stream_(stream),
      output_(std::move(output)),
      encoder_(make_encoder(encoder)),
      parameters_(avcodec_parameters_alloc()),
      packet_(make_av_packet()) {}

Rational EncodedTrack::time_base() const {
  return {encoder_->time_base.num, encoder_->time_base.den};
}

TrackResult EncodedTrack::result() const {
  TrackResult result = result_;
  result.codec = avcodec_get_name(encoder_->codec_id);
  return result;
}

void EncodedTrack::open() {
  encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
  av_checked(avcodec_open2(encoder_.get(), encoder_->codec, nullptr), encoder_->codec->name,
             MediaFaultKind::kUnsupported);
  av_checked(avcodec_parameters_from_context(parameters_.get(), encoder_.get()), "encoder");
  form_.emplace(*parameters_);
  output_.ledger->add_stream(time_base(), "");
}

void EncodedTrack::encode(const AVFrame* frame) {
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

}  // namespace anjuan::formats
