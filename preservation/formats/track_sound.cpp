// Sound to FLAC, or to plain samples where FLAC would round them.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include "preservation/formats/flac_encoder.h"
#include "preservation/formats/track.h"

namespace anjuan::formats {

namespace {

/// The time of a sound frame in samples; `next` where it has none.
std::int64_t sample_time(const AVFrame& frame, const AVStream& stream, std::int64_t next,
                         TrackResult& result) {
  const std::int64_t time = frame_time(frame);
  if (time != kNoTime) return av_rescale_q(time, stream.time_base, {1, frame.sample_rate});
  ++result.times_made;
  return next;
}

class FlacTrack final : public Track {
 public:
  FlacTrack(const TrackSource& source, TrackOutput output)
      : stream_(*source.stream),
        output_(std::move(output)),
        rate_(source.decoder->sample_rate),
        name_(pcm_name(source.decoder->sample_fmt)),
        encoder_(
            *source.decoder, static_cast<std::uint32_t>(output_.number),
            [this](AVPacket& packet) { put_out(packet); }, output_.proof) {
    output_.ledger->add_stream(time_base(), "");
  }

  const AVCodecParameters& parameters() const override { return encoder_.parameters(); }

  Rational time_base() const override { return {1, rate_}; }

  std::optional<ProofStream> proof_stream() const override {
    ProofStream proof = describe_for_proof(stream_, name_);
    proof.time_base = time_base();
    return proof;
  }

  void frame(const AVFrame& frame) override {
    next_ = sample_time(frame, stream_, next_, result_);
    encoder_.add(frame, next_);
    next_ += frame.nb_samples;
    ++result_.frames;
  }

  void finish() override { encoder_.finish(); }

  TrackResult result() const override {
    TrackResult result = result_;
    result.samples = encoder_.samples();
    result.holes = encoder_.holes();
    result.codec = "flac";
    return result;
  }

 private:
  void put_out(AVPacket& packet) { put_packet(output_, packet, hash_packet(packet)); }

  const AVStream& stream_;
  TrackOutput output_;
  int rate_;
  std::string name_;
  FlacEncoder encoder_;
  TrackResult result_;
  std::int64_t next_ = 0;
};

/// What the decoder gives, sample by sample: the packets are the samples, nothing is encoded.
class PcmTrack final : public Track {
 public:
  PcmTrack(const AVStream& stream, const AVFrame& first, TrackOutput output)
      : stream_(stream),
        output_(std::move(output)),
        parameters_(avcodec_parameters_alloc()),
        sample_bytes_(static_cast<std::size_t>(first.ch_layout.nb_channels) *
                      static_cast<std::size_t>(
                          av_get_bytes_per_sample(static_cast<AVSampleFormat>(first.format)))),
        format_(first.format),
        rate_(first.sample_rate),
        name_(pcm_name(first.format)),
        hash_(static_cast<std::uint32_t>(output_.number), rate_, sample_bytes_, output_.proof) {
    const AVCodecDescriptor* codec = avcodec_descriptor_get_by_name(name_.c_str());
    if (codec == nullptr) throw MediaFault{MediaFaultKind::kUnsupported, "sample format"};
    parameters_->codec_type = AVMEDIA_TYPE_AUDIO;
    parameters_->codec_id = codec->id;
    parameters_->sample_rate = rate_;
    parameters_->bits_per_coded_sample = av_get_bits_per_sample(codec->id);
    av_checked(av_channel_layout_copy(&parameters_->ch_layout, &first.ch_layout), "channels");
    output_.ledger->add_stream(time_base(), "");
  }

  const AVCodecParameters& parameters() const override { return *parameters_; }

  Rational time_base() const override { return {1, rate_}; }

  std::optional<ProofStream> proof_stream() const override {
    ProofStream proof = describe_for_proof(stream_, name_);
    proof.time_base = time_base();
    return proof;
  }

  void frame(const AVFrame& frame) override {
    if (frame.format != format_ || frame.sample_rate != rate_ ||
        frame.ch_layout.nb_channels != parameters_->ch_layout.nb_channels) {
      throw MediaFault{MediaFaultKind::kUnsupported, "format of the sound changes"};
    }
    samples_.clear();
    append_interleaved(frame, samples_);
    next_ = result_.frames == 0 ? sample_time(frame, stream_, 0, result_)
                                : std::max(sample_time(frame, stream_, next_, result_), next_);
    hash_.add(samples_, next_);
    const AvPacket packet = make_av_packet();
    av_checked(av_new_packet(packet.get(), static_cast<int>(samples_.size())), "packet");
    std::copy(samples_.begin(), samples_.end(), packet->data);
    packet->pts = packet->dts = next_;
    packet->duration = frame.nb_samples;
    next_ += frame.nb_samples;
    ++result_.frames;
    put_packet(output_, *packet, hash_packet(*packet));
  }

  void finish() override { hash_.finish(); }

  TrackResult result() const override {
    TrackResult result = result_;
    result.samples = hash_.samples();
    result.codec = name_;
    return result;
  }

 private:
  const AVStream& stream_;
  TrackOutput output_;
  std::unique_ptr<AVCodecParameters, AvRelease> parameters_;
  std::size_t sample_bytes_;
  int format_, rate_;
  std::string name_;
  SoundHash hash_;
  std::string samples_;
  TrackResult result_;
  std::int64_t next_ = 0;
};

}  // namespace

std::unique_ptr<Track> make_flac_track(const TrackSource& source, TrackOutput output) {
  return std::make_unique<FlacTrack>(source, std::move(output));
}

std::unique_ptr<Track> make_pcm_track(const TrackSource& source, TrackOutput output) {
  return std::make_unique<PcmTrack>(*source.stream, *source.first, std::move(output));
}

}  // namespace anjuan::formats
