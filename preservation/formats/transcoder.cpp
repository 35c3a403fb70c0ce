#include "preservation/formats/transcoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <map>
#include <set>

#include "preservation/formats/transcode_target.h"

namespace anjuan::formats {

namespace {

/// Streams that some derivative has decoded.
std::set<int> decoded_streams(const TranscodeOrder& order, const AvFileInfo& file) {
  std::set<int> streams;
  for (const TranscodeTarget& target : order.targets) {
    for (const StreamPlan& plan : target.plan.streams) {
      if (plan.stream < 0 || plan.stream >= static_cast<int>(file.streams.size())) {
        throw MediaFault{MediaFaultKind::kInternal, "the plan names a stream that is not there"};
      }
      if (is_decoded(plan.action)) streams.insert(plan.stream);
    }
  }
  return streams;
}

/// The first frame of every stream that is decoded: encoders and the container's head need it.
class Scout {
 public:
  explicit Scout(const TranscodeOrder& order) {
    AvSource source = AvSource::open(order.input, order.targets.front().plan.edits);
    std::map<int, std::unique_ptr<AvDecoder>> decoders;
    for (const int stream : decoded_streams(order, source.info())) {
      decoders[stream] = std::make_unique<AvDecoder>(source.stream(stream), 1);
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

class Transcoding {
 public:
  Transcoding(const TranscodeOrder& order, FrameSink* sink, const TranscodeListener& listener)
      : order_(order),
        sink_(sink),
        listener_(listener),
        source_(AvSource::open(order.input, order.targets.front().plan.edits)) {}

  std::vector<TranscodeOutcome> run() {
    begin();
    const AvPacket packet = make_av_packet();
    while (!all_failed() && source_.read(*packet)) {
      listener_.on_progress(source_.position());
      for (const auto& target : targets_) target->packet(*packet);
      const auto decoder = decoders_.find(packet->stream_index);
      if (decoder != decoders_.end()) decode(*decoder->second, packet->stream_index, packet.get());
    }
    std::vector<TranscodeOutcome> outcomes;
    std::uint64_t errors = source_.read_errors();
    for (const auto& [stream, decoder] : decoders_) {
      if (!all_failed()) decode(*decoder, stream, nullptr);
      errors += decoder->errors();
    }
    for (const auto& target : targets_) {
      target->finish(errors);
      outcomes.push_back(target->outcome());
    }
    return outcomes;
  }

 private:
  void begin() {
    const Scout scout(order_);
    // One thread each: encoders have the others, and what comes when depends on nothing then.
    for (const int stream : decoded_streams(order_, source_.info())) {
      decoders_[stream] = std::make_unique<AvDecoder>(source_.stream(stream), 1);
    }
    const auto decoded = [&](int stream) -> TrackSource {
      return {&source_.stream(stream), &decoders_.at(stream)->context(), scout.first(stream)};
    };
    for (std::size_t i = 0; i < order_.targets.size(); ++i) {
      targets_.push_back(std::make_unique<TargetInWork>(
          order_.targets[i], source_, order_.workers, decoded,
          [this, i](std::string_view text) { listener_.on_proof(i, text); }));
    }
  }

  bool all_failed() const {
    return std::all_of(targets_.begin(), targets_.end(),
                       [](const auto& target) { return target->failed(); });
  }

  void decode(AvDecoder& decoder, int stream, const AVPacket* packet) {
    const AVStream& from = source_.stream(stream);
    const bool pictures = from.codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
    decoder.decode(packet, [&](AVFrame& frame) {
      if (pictures && sink_ != nullptr) sink_->picture(from, frame);
      for (const auto& target : targets_) target->frame(stream, frame);
    });
  }

  const TranscodeOrder& order_;
  FrameSink* sink_;
  const TranscodeListener& listener_;
  AvSource source_;
  std::map<int, std::unique_ptr<AvDecoder>> decoders_;
  std::vector<std::unique_ptr<TargetInWork>> targets_;  ///< use source and decoders
};

}  // namespace

std::vector<TranscodeOutcome> transcode(const TranscodeOrder& order, FrameSink* sink,
                                        const TranscodeListener& listener) {
  return Transcoding(order, sink, listener).run();
}

}  // namespace anjuan::formats
