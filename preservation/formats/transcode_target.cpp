#include "preservation/formats/transcode_target.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>

namespace anjuan::formats {

namespace {

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

void put_side_data(AVStream& to, AVPacketSideDataType type, const std::uint8_t* data,
                   std::size_t bytes) {
  std::uint8_t* place = av_stream_new_side_data(&to, type, bytes);
  if (place == nullptr) throw std::bad_alloc();
  std::copy_n(data, bytes, place);
}

bool copy_side_data(const AVStream& from, AVStream& to, AVPacketSideDataType type) {
  std::size_t bytes = 0;
  const std::uint8_t* data = av_stream_get_side_data(&from, type, &bytes);
  if (data != nullptr) put_side_data(to, type, data, bytes);
  return data != nullptr;
}

/// What a display of high dynamic range must know stands beside the pictures: in the container, or
/// only in the coded stream, which a copy that is encoded anew does not have. `first` picture, if
/// it was decoded; the structures are the same in both places.
void copy_display_data(const TrackSource& from, AVStream& to) {
  constexpr std::pair<AVPacketSideDataType, AVFrameSideDataType> kTypes[] = {
      {AV_PKT_DATA_MASTERING_DISPLAY_METADATA, AV_FRAME_DATA_MASTERING_DISPLAY_METADATA},
      {AV_PKT_DATA_CONTENT_LIGHT_LEVEL, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL}};
  for (const auto& [in_container, in_picture] : kTypes) {
    if (copy_side_data(*from.stream, to, in_container) || from.first == nullptr) continue;
    const AVFrameSideData* told = av_frame_get_side_data(from.first, in_picture);
    if (told != nullptr) put_side_data(to, in_container, told->data, told->size);
  }
}

}  // namespace

bool is_decoded(StreamAction action) { return action != StreamAction::kCopy; }

TargetInWork::TargetInWork(const TranscodeTarget& target, const AvSource& source, unsigned workers,
                           const Decoded& decoded, OnProof on_proof)
    : target_(target),
      source_(source),
      workers_(workers),
      on_proof_(std::move(on_proof)),
      muxer_(target.output, target.plan.container, target.notes) {
  guarded([&] {
    make_tracks(decoded);
    muxer_.begin();
    begin_proof();
  });
}

/// After a fault nothing of this derivative works on: its encoders' threads and memory go.
template <typename Work>
void TargetInWork::guarded(Work work) {
  if (failed()) return;
  try {
    work();
  } catch (const MediaFault& fault) {
    outcome_.fault = fault;
    by_stream_.clear();
    tracks_.clear();
  }
}

void TargetInWork::make_tracks(const Decoded& decoded) {
  for (const StreamPlan& plan : target_.plan.streams) {
    TrackSource from{&source_.stream(plan.stream), nullptr, nullptr};
    if (is_decoded(plan.action)) {
      from = decoded(plan.stream);
      if (from.first == nullptr) {
        throw MediaFault{MediaFaultKind::kEmpty, fmt::format("stream {}", plan.stream)};
      }
    }
    const int number = static_cast<int>(tracks_.size());
    const auto put_line = [this](const ProofLine& line) {
      if (proof_) proof_->line(line);
    };
    tracks_.push_back(
        make_track(plan, target_.plan, from, workers_, {number, &muxer_, &ledger_, put_line}));
    Track& track = *tracks_.back();
    describe(from, muxer_.add_stream(track.parameters(), track.time_base()));
    by_stream_[plan.stream] = &track;
  }
}

void TargetInWork::describe(const TrackSource& from, AVStream& out) const {
  const AVStream& stream = *from.stream;
  const AvStreamInfo& info = source_.info().streams[static_cast<std::size_t>(stream.index)];
  const Rational rate = constant_rate(stream);
  out.avg_frame_rate = {rate.num, rate.den};
  out.disposition = stream.disposition;
  copy_stream_notes(info, out);
  copy_display_data(from, out);
  if (info.rotation == 0) return;
  if (target_.plan.container == Container::kMatroska) {
    // Matroska as libav writes it has no place for the matrix: the angle is kept in words.
    const std::string angle = std::to_string(info.rotation);
    av_checked(av_dict_set(&out.metadata, "ROTATION", angle.c_str(), 0), "tags");
  } else {
    // Browsers turn the picture by it; nothing is encoded for that.
    copy_side_data(stream, out, AV_PKT_DATA_DISPLAYMATRIX);
  }
}

void TargetInWork::begin_proof() {
  std::vector<ProofStream> streams;
  for (const auto& track : tracks_) {
    const auto stream = track->proof_stream();
    if (!stream) return;  // An access copy that is encoded anew has nothing to prove.
    streams.push_back(*stream);
  }
  proof_.emplace(on_proof_, streams);
}

Track* TargetInWork::track_of(int stream) const {
  const auto found = by_stream_.find(stream);
  return found == by_stream_.end() ? nullptr : found->second;
}

void TargetInWork::packet(const AVPacket& packet) {
  guarded([&] {
    if (Track* track = track_of(packet.stream_index)) track->packet(packet);
  });
}

void TargetInWork::frame(int stream, const AVFrame& frame) {
  guarded([&] {
    if (Track* track = track_of(stream)) track->frame(frame);
  });
}

void TargetInWork::finish(std::uint64_t source_errors) {
  guarded([&] {
    for (const auto& track : tracks_) track->finish();
    muxer_.finish();
    conclude(source_errors);
  });
}

void TargetInWork::conclude(std::uint64_t source_errors) {
  outcome_.complaints = av_complaints();
  std::uint64_t frames = 0;
  for (const auto& track : tracks_) {
    outcome_.tracks.push_back(track->result());
    frames += outcome_.tracks.back().frames;
  }
  if (frames == 0) throw MediaFault{MediaFaultKind::kEmpty, ""};
  outcome_.complaints.errors += source_errors;
  const std::uint64_t errors = outcome_.complaints.errors;
  // A packet is proved by its bytes, whatever a decoder thinks of them.
  const auto& streams = target_.plan.streams;
  const bool only_copies = std::none_of(streams.begin(), streams.end(),
                                        [](const auto& one) { return is_decoded(one.action); });
  if (errors != 0 && !only_copies) {
    const auto& first = outcome_.complaints.first;
    throw MediaFault{MediaFaultKind::kDamaged,
                     fmt::format("{}{}", errors, first.empty() ? "" : " · " + first.front())};
  }
  outcome_.offset_s = ledger_.check(target_.output);
}

std::unique_ptr<Track> make_track(const StreamPlan& plan, const DerivationPlan& all,
                                  const TrackSource& source, unsigned workers, TrackOutput output) {
  switch (plan.action) {
    case StreamAction::kFfv1:
      return make_ffv1_track(all, source, workers, std::move(output));
    case StreamAction::kFlac:
      return make_flac_track(source, std::move(output));
    case StreamAction::kPcm:
      return make_pcm_track(source, std::move(output));
    case StreamAction::kX264:
      return make_x264_track(all, source, std::move(output));
    case StreamAction::kAac:
      return make_aac_track(all, source, std::move(output));
    case StreamAction::kCopy:
      break;
  }
  return make_copy_track(source, std::move(output));
}

}  // namespace anjuan::formats
