// The sandboxed child that decodes a file again and tells the lines of its proof.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <map>

#include "core/sandbox.h"
#include "preservation/formats/frame_hash.h"
#include "preservation/formats/media_facts.h"
#include "preservation/formats/packet_form.h"
#include "preservation/formats/proof_check_worker.h"
#include "preservation/formats/track.h"

namespace anjuan::formats {

namespace {

using OnLine = std::function<void(const ProofLine&)>;

/// One stream of the proof, made again.
class Again {
 public:
  Again(const ProofOrder& order, std::uint32_t number, const AVStream& stream, int threads,
        OnLine on_line)
      : stream_(stream), number_(number), form_(*stream.codecpar), on_line_(std::move(on_line)) {
    proof_ = describe_for_proof(stream, order.codec);
    proof_.kind = order.kind;
    if (order.decoded && order.kind == StreamKind::kVideo) {
      decoder_ = std::make_unique<AvDecoder>(stream, threads);
    } else if (order.decoded) {
      decoder_ = std::make_unique<AvDecoder>(stream, 1);
      sound_ = true;
      proof_.time_base = {1, stream.codecpar->sample_rate};
    }
  }

  const ProofStream& proof() const { return proof_; }

  void take(const AVPacket* packet) {
    if (decoder_) {
      decoder_->decode(packet, [this](AVFrame& frame) { take(frame); });
      if (packet == nullptr && hash_) hash_->finish();
    } else if (packet != nullptr && packet->size > 0) {
      const FrameHash hash = form_.hash(*packet);
      const std::int64_t time = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
      on_line_({number_, packet->dts, time, packet->duration, hash.bytes, hash.sha256});
    }
  }

  std::uint64_t errors() const { return decoder_ ? decoder_->errors() : 0; }

 private:
  void take(AVFrame& frame) {
    const std::int64_t own = frame_time(frame);
    if (!sound_) {
      const FrameHash hash = hash_picture(frame);
      const std::int64_t time = own == kNoTime ? next_ : own;
      next_ = time + std::max<std::int64_t>(frame.pkt_duration, 1);
      on_line_({number_, time, time, frame.pkt_duration, hash.bytes, hash.sha256});
      return;
    }
    samples_.clear();
    append_interleaved(frame, samples_);
    if (!hash_) {
      const auto count = static_cast<std::size_t>(std::max(frame.nb_samples, 1));
      hash_.emplace(number_, frame.sample_rate, samples_.size() / count, on_line_);
    }
    const std::int64_t time =
        own == kNoTime ? next_ : av_rescale_q(own, stream_.time_base, {1, frame.sample_rate});
    // The tolerance of FlacEncoder: containers round, only a hole is a hole.
    const std::int64_t hole = std::int64_t{frame.sample_rate} * kHoleMs / 1000;
    if (!begun_ || time > next_ + hole) next_ = time;
    begun_ = true;
    hash_->add(samples_, next_);
    next_ += frame.nb_samples;
  }

  static constexpr std::int64_t kHoleMs = 40;

  const AVStream& stream_;
  std::uint32_t number_;
  PacketForm form_;
  OnLine on_line_;
  ProofStream proof_;
  std::unique_ptr<AvDecoder> decoder_;
  std::optional<SoundHash> hash_;
  bool sound_ = false;
  bool begun_ = false;
  std::int64_t next_ = 0;
  std::string samples_;
};

void run(const std::vector<ProofOrder>& orders, bool source_side) {
  AvSource source =
      AvSource::open(kWorkerInput, source_side ? EditLists::kIgnore : EditLists::kHonour);
  std::string text;
  const auto flush = [&text] {
    if (!text.empty()) write_worker_output(std::as_bytes(std::span(text)));
    text.clear();
  };
  std::optional<ProofWriter> writer;
  std::vector<std::unique_ptr<Again>> streams;
  std::map<int, Again*> by_number;
  std::vector<ProofStream> heads;
  constexpr int kThreads = 2;
  for (const ProofOrder& order : orders) {
    if (order.stream < 0 || order.stream >= static_cast<int>(source.info().streams.size())) {
      throw MediaFault{MediaFaultKind::kNotEqual, fmt::format("stream {}", order.stream)};
    }
    streams.push_back(std::make_unique<Again>(
        order, static_cast<std::uint32_t>(streams.size()), source.stream(order.stream), kThreads,
        [&writer](const ProofLine& line) { writer->line(line); }));
    by_number[order.stream] = streams.back().get();
    heads.push_back(streams.back()->proof());
  }
  constexpr std::size_t kGathered = 32 * 1024;
  writer.emplace(
      [&](std::string_view part) {
        text += part;
        if (text.size() >= kGathered) flush();
      },
      heads);
  const AvPacket packet = make_av_packet();
  std::uint64_t told = 0;
  constexpr std::uint64_t kTellEvery = 4 * 1024 * 1024;
  while (source.read(*packet)) {
    const auto found = by_number.find(packet->stream_index);
    if (found != by_number.end()) found->second->take(packet.get());
    if (source.position() < told + kTellEvery) continue;
    told = source.position();
    flush();
    tell_parent(Json::object({{"at", Json::integer(static_cast<std::int64_t>(told))}}));
  }
  std::uint64_t errors = source.read_errors() + av_complaints().errors;
  for (const auto& stream : streams) {
    stream->take(nullptr);
    errors += stream->errors();
  }
  flush();
  tell_parent(Json::object({{"errors", Json::integer(static_cast<std::int64_t>(errors))}}));
}

int work(const std::vector<std::string>& arguments) {
  reset_av_complaints();
  try {
    const Json json = Json::parse(arguments.at(0), "order");
    run(proof_orders_from(*json.find("streams")), json.find("source")->as_boolean());
  } catch (const MediaFault& fault) {
    tell_parent(to_json(fault));
  }
  return 0;
}

const WorkerRegistration proof_worker{kProofCheckWorker, work};

}  // namespace

}  // namespace anjuan::formats
