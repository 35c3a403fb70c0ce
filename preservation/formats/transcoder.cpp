#include "preservation/formats/transcoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <map>

namespace anjuan::formats {

namespace {

bool is_decoded(StreamAction action) { return action != StreamAction::kCopy; }

/// The first frame of every stream that is decoded: encoders and the container's head need it.
class Scout {
 public:
  explicit Scout(const TranscodeOrder& order) {
    AvSource source = AvSource::open(order.input, order.plan.edits);
    std::map<int, std::unique_ptr<AvDecoder>> decoders;
    for (const StreamPlan& plan : order.plan.streams) {
      if (plan.stream < 0 || plan.stream >= static_cast<int>(source.info().streams.size())) {
        throw MediaFault{MediaFaultKind::kInternal, "the plan names a stream that is not there"};
      }
      if (!is_decoded(plan.action)) continue;
      decoders[plan.stream] = std::make_unique<AvDecoder>(source.stream(plan.stream), 1);
    }
    const AvPacket packet = make_av_packet();
    while (!decoders.empty() && source.read(*packet)) {
      const auto found = decoders.find(packet->stream_index);
      if (found == decoders.end()) continue;
      if (look(*found->second, packet.get(), packet->stream_index)) decoders.erase(found);
    }
    // A decoder may hold its first frame back until the end.
    for (auto& [stream, decoder] : decoders) look(*decoder, nullptr, stream);
  }

  const AVFrame* first(int stream) const {
    const auto found = frames_.find(stream);
    return found == frames_.end() ? nullptr : found->second.get();
  }

 private:
  bool look(AvDecoder& decoder, const AVPacket* packet, int stream) {
    decoder.decode(packet, [&](AVFrame& frame) {
      if (frames_.contains(stream)) return;
      AvFrame kept = make_av_frame();
      av_checked(av_frame_ref(kept.get(), &frame), "frame");
      frames_[stream] = std::move(kept);
    });
    return frames_.contains(stream);
  }

  std::map<int, AvFrame> frames_;
};

/// Constant frame rates only: a container that is told an average invents times from it.
Rational constant_rate(const AVStream& stream) {
  const bool constant =
      stream.avg_frame_rate.num > 0 && av_cmp_q(stream.avg_frame_rate, stream.r_frame_rate) == 0;
  return constant ? Rational{stream.avg_frame_rate.num, stream.avg_frame_rate.den} : Rational{0, 1};
}

void copy_stream_notes(const AvStreamInfo& from, AVStream& to) {
  for (const auto& [name, value] : from.tags) {
    if (name == "language" || name == "title") {
      av_checked(av_dict_set(&to.metadata, name.c_str(), value.c_str(), 0), "tags");
    }
  }
}

class Transcoding {
 public:
  Transcoding(const TranscodeOrder& order, const TranscodeListener& listener)
      : order_(order),
        listener_(listener),
        source_(AvSource::open(order.input, order.plan.edits)),
        muxer_(order.output, order.plan.container, order.notes) {}

  TranscodeOutcome run() {
    make_tracks();
    muxer_.begin();
    begin_proof();
    read_all();
    for (const auto& track : tracks_) track->take(nullptr);
    muxer_.finish();
    return finish();
  }

 private:
  void make_tracks() {
    const Scout scout(order_);
    for (const StreamPlan& plan : order_.plan.streams) {
      const AVStream& stream = source_.stream(plan.stream);
      const AVFrame* first = scout.first(plan.stream);
      if (is_decoded(plan.action) && first == nullptr) {
        throw MediaFault{MediaFaultKind::kEmpty, fmt::format("stream {}", plan.stream)};
      }
      const int number = static_cast<int>(tracks_.size());
      tracks_.push_back(
          make_track(plan, order_.plan, stream, first, order_.workers,
                     {number, &muxer_, &ledger_, [this](const ProofLine& line) { put_line(line); },
                      order_.sinks}));
      AVStream& out = muxer_.add_stream(tracks_.back()->parameters(), tracks_.back()->time_base());
      describe(stream, plan, out);
      track_of_[plan.stream] = tracks_.back().get();
    }
  }

  void describe(const AVStream& stream, const StreamPlan& plan, AVStream& out) {
    const AvStreamInfo& info = source_.info().streams[static_cast<std::size_t>(plan.stream)];
    const Rational rate = constant_rate(stream);
    out.avg_frame_rate = {rate.num, rate.den};
    out.disposition = stream.disposition;
    copy_stream_notes(info, out);
    // What a display of high dynamic range must know stands beside the pictures, not in them.
    copy_side_data(stream, out, AV_PKT_DATA_MASTERING_DISPLAY_METADATA);
    copy_side_data(stream, out, AV_PKT_DATA_CONTENT_LIGHT_LEVEL);
    if (info.rotation == 0) return;
    if (order_.plan.container == Container::kMatroska) {
      // Matroska as libav writes it has no place for the matrix: the angle is kept in words.
      const std::string angle = std::to_string(info.rotation);
      av_checked(av_dict_set(&out.metadata, "ROTATION", angle.c_str(), 0), "tags");
    } else {
      // Browsers turn the picture by it; nothing is encoded for that.
      copy_side_data(stream, out, AV_PKT_DATA_DISPLAYMATRIX);
    }
  }

  static void copy_side_data(const AVStream& from, AVStream& to, AVPacketSideDataType type) {
    std::size_t bytes = 0;
    const std::uint8_t* data = av_stream_get_side_data(&from, type, &bytes);
    if (data == nullptr) return;
    std::uint8_t* place = av_stream_new_side_data(&to, type, bytes);
    if (place == nullptr) throw std::bad_alloc();
    std::copy_n(data, bytes, place);
  }

  void begin_proof() {
    std::vector<ProofStream> streams;
    bool all = true;
    for (const auto& track : tracks_) {
      const auto stream = track->proof_stream();
      all = all && stream.has_value();
      if (stream) streams.push_back(*stream);
    }
    // An access copy that is encoded anew has nothing to prove.
    if (all) proof_.emplace(listener_.on_proof, streams);
  }

  void put_line(const ProofLine& line) {
    if (proof_) proof_->line(line);
  }

  void read_all() {
    const AvPacket packet = make_av_packet();
    while (source_.read(*packet)) {
      listener_.on_progress(source_.position());
      const auto found = track_of_.find(packet->stream_index);
      if (found != track_of_.end()) found->second->take(packet.get());
    }
  }

  TranscodeOutcome finish() {
    TranscodeOutcome outcome;
    outcome.complaints = av_complaints();
    std::uint64_t frames = 0;
    std::uint64_t errors = source_.read_errors() + outcome.complaints.errors;
    for (const auto& track : tracks_) {
      outcome.tracks.push_back(track->result());
      frames += outcome.tracks.back().frames;
      errors += outcome.tracks.back().decode_errors;
    }
    if (frames == 0) throw MediaFault{MediaFaultKind::kEmpty, ""};
    outcome.complaints.errors = errors;
    // A packet is proved by its bytes, whatever a decoder thinks of them.
    const auto& streams = order_.plan.streams;
    const bool only_copies = std::none_of(streams.begin(), streams.end(),
                                          [](const auto& one) { return is_decoded(one.action); });
    if (errors != 0 && !only_copies) {
      const auto& first = outcome.complaints.first;
      throw MediaFault{MediaFaultKind::kDamaged,
                       fmt::format("{}{}", errors, first.empty() ? "" : " · " + first.front())};
    }
    outcome.offset_s = ledger_.check(order_.output);
    return outcome;
  }

  const TranscodeOrder& order_;
  const TranscodeListener& listener_;
  AvSource source_;
  AvMuxer muxer_;
  PacketLedger ledger_;
  std::optional<ProofWriter> proof_;
  std::vector<std::unique_ptr<Track>> tracks_;
  std::map<int, Track*> track_of_;
};

}  // namespace

std::unique_ptr<Track> make_track(const StreamPlan& plan, const DerivationPlan& all,
                                  const AVStream& stream, const AVFrame* first, unsigned workers,
                                  TrackOutput output) {
  switch (plan.action) {
    case StreamAction::kFfv1:
      return make_ffv1_track(all, stream, *first, workers, std::move(output));
    case StreamAction::kFlac:
      return make_flac_track(stream, std::move(output));
    case StreamAction::kPcm:
      return make_pcm_track(stream, *first, std::move(output));
    case StreamAction::kX264:
      return make_x264_track(all, stream, *first, workers, std::move(output));
    case StreamAction::kAac:
      return make_aac_track(all, stream, *first, std::move(output));
    case StreamAction::kCopy:
      break;
  }
  return make_copy_track(stream, std::move(output));
}

TranscodeOutcome transcode(const TranscodeOrder& order, const TranscodeListener& listener) {
  return Transcoding(order, listener).run();
}

}  // namespace anjuan::formats
