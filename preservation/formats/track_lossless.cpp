// Packets as they are, and pictures to FFV1.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include "preservation/formats/ffv1_encoder.h"
#include "preservation/formats/track.h"

namespace anjuan::formats {

namespace {

std::string header_of(const AVCodecParameters& parameters) {
  return {reinterpret_cast<const char*>(parameters.extradata),
          static_cast<std::size_t>(std::max(parameters.extradata_size, 0))};
}

Rational base_of(const AVStream& stream) { return {stream.time_base.num, stream.time_base.den}; }

StreamKind kind_of(const AVStream& stream) {
  if (stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO) return StreamKind::kAudio;
  if (stream.codecpar->codec_type == AVMEDIA_TYPE_SUBTITLE) return StreamKind::kSubtitle;
  return StreamKind::kVideo;
}

class CopyTrack final : public Track {
 public:
  CopyTrack(const AVStream& stream, TrackOutput output)
      : stream_(stream),
        output_(std::move(output)),
        form_(*stream.codecpar),
        copy_(make_av_packet()),
        parameters_(avcodec_parameters_alloc()) {
    av_checked(avcodec_parameters_copy(parameters_.get(), stream.codecpar), "stream");
    // The header is only the same bytes if the container keeps the form.
    const bool same_form =
        stream.codecpar->extradata_size > 0 && stream.codecpar->extradata[0] == 1;
    const AVCodecID codec = stream.codecpar->codec_id;
    const bool h26x = codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC;
    output_.ledger->add_stream(base_of(stream),
                               h26x && same_form ? header_of(*parameters_) : std::string());
  }

  const AVCodecParameters& parameters() const override { return *parameters_; }

  Rational time_base() const override { return base_of(stream_); }

  std::optional<ProofStream> proof_stream() const override {
    ProofStream proof = describe_for_proof(stream_, avcodec_get_name(stream_.codecpar->codec_id));
    proof.packets = true;
    return proof;
  }

  void packet(const AVPacket& packet) override {
    if (packet.size == 0) return;
    av_checked(av_packet_ref(copy_.get(), &packet), "packet");
    give_times();
    const FrameHash hash = form_.hash(*copy_);
    const auto number = static_cast<std::uint32_t>(output_.number);
    output_.proof({number, copy_->dts, copy_->pts, copy_->duration, hash.bytes, hash.sha256});
    ++result_.frames;
    put_packet(output_, *copy_, hash);
  }

  TrackResult result() const override {
    TrackResult result = result_;
    result.codec = avcodec_get_name(stream_.codecpar->codec_id);
    return result;
  }

 private:
  /// Containers without times (AVI) give each packet only its place in the order of decoding.
  void give_times() {
    if (copy_->dts == AV_NOPTS_VALUE) {
      copy_->dts = copy_->pts != AV_NOPTS_VALUE && result_.frames == 0 ? copy_->pts : next_;
      ++result_.times_made;
    }
    if (copy_->pts == AV_NOPTS_VALUE) {
      if (kind_of(stream_) == StreamKind::kVideo && stream_.codecpar->video_delay > 0) {
        throw MediaFault{MediaFaultKind::kTimes, "pictures out of order and without times"};
      }
      copy_->pts = copy_->dts;
      ++result_.times_made;
    }
    next_ = copy_->dts + std::max<std::int64_t>(copy_->duration, 1);
  }

  const AVStream& stream_;
  TrackOutput output_;
  PacketForm form_;
  AvPacket copy_;
  std::unique_ptr<AVCodecParameters, AvRelease> parameters_;
  TrackResult result_;
  std::int64_t next_ = 0;
};

/// Each encoder reserves 148 bytes of address space a pixel for a packet, and the child's is
/// limited.
unsigned encoders_for(const AVFrame& first, unsigned workers) {
  constexpr std::int64_t kBytesPerPixel = 160;
  constexpr std::int64_t kBytesMax = 3LL * 1024 * 1024 * 1024;
  const std::int64_t pixels = std::max<std::int64_t>(std::int64_t{first.width} * first.height, 1);
  const auto most = static_cast<unsigned>(
      std::min<std::int64_t>(kBytesMax / (pixels * kBytesPerPixel), std::int64_t{workers}));
  return std::max(most, 1U);
}

class Ffv1Track final : public Track {
 public:
  Ffv1Track(const DerivationPlan& plan, const TrackSource& source, unsigned workers,
            TrackOutput output)
      : stream_(*source.stream),
        output_(std::move(output)),
        encoder_({plan.slices, plan.context, plan.range_coder}, *source.first, *stream_.codecpar,
                 base_of(stream_), encoders_for(*source.first, workers),
                 [this](ProvedPicture& picture) { put_out(picture); }),
        first_width_(source.first->width),
        first_height_(source.first->height),
        sample_aspect_{encoder_.parameters().sample_aspect_ratio.num,
                       encoder_.parameters().sample_aspect_ratio.den} {
    output_.ledger->add_stream(base_of(stream_), header_of(encoder_.parameters()));
  }

  const AVCodecParameters& parameters() const override { return encoder_.parameters(); }

  Rational time_base() const override { return base_of(stream_); }

  std::optional<ProofStream> proof_stream() const override {
    ProofStream proof = describe_for_proof(stream_, "rawvideo");
    proof.width = first_width_;
    proof.height = first_height_;
    proof.sample_aspect = sample_aspect_;
    return proof;
  }

  void frame(const AVFrame& frame) override {
    std::int64_t time = frame_time(frame);
    if (time == kNoTime) {
      time = next_;
      ++result_.times_made;
    }
    next_ = time + std::max<std::int64_t>(frame.pkt_duration, 1);
    encoder_.add(frame, time);
  }

  void finish() override { encoder_.finish(); }

  TrackResult result() const override {
    TrackResult result = result_;
    result.codec = "ffv1";
    return result;
  }

 private:
  void put_out(ProvedPicture& picture) {
    ++result_.frames;
    output_.proof({static_cast<std::uint32_t>(output_.number), picture.time, picture.time,
                   picture.duration, picture.hash.bytes, picture.hash.sha256});
    AVPacket& packet = *picture.packet;
    packet.pts = packet.dts = picture.time;
    packet.duration = picture.duration;
    put_packet(output_, packet, hash_packet(packet));
  }

  const AVStream& stream_;
  TrackOutput output_;
  TrackResult result_;
  std::int64_t next_ = 0;
  Ffv1Encoder encoder_;
  int first_width_, first_height_;
  Rational sample_aspect_;
};

}  // namespace

void put_packet(const TrackOutput& output, AVPacket& packet, const FrameHash& hash) {
  if (packet.size > 0) output.ledger->expect(output.number, hash, packet.pts);
  output.muxer->write(packet, output.number);
}

ProofStream describe_for_proof(const AVStream& stream, std::string codec) {
  const AVCodecParameters& coded = *stream.codecpar;
  ProofStream proof;
  proof.time_base = base_of(stream);
  proof.kind = kind_of(stream);
  proof.codec = std::move(codec);
  proof.width = coded.width;
  proof.height = coded.height;
  proof.sample_aspect = {coded.sample_aspect_ratio.num, std::max(coded.sample_aspect_ratio.den, 1)};
  proof.sample_rate = coded.sample_rate;
  proof.channels = coded.ch_layout.nb_channels;
  proof.source_stream = stream.index;
  proof.source_codec = avcodec_get_name(coded.codec_id);
  return proof;
}

std::unique_ptr<Track> make_copy_track(const TrackSource& source, TrackOutput output) {
  return std::make_unique<CopyTrack>(*source.stream, std::move(output));
}

std::unique_ptr<Track> make_ffv1_track(const DerivationPlan& all, const TrackSource& source,
                                       unsigned workers, TrackOutput output) {
  return std::make_unique<Ffv1Track>(all, source, workers, std::move(output));
}

}  // namespace anjuan::formats
