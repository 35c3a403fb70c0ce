#include "preservation/formats/continuity/av_input.h"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/continuity/av_pictures.h"
#include "preservation/formats/continuity/av_sound.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/log.h>
}

namespace anjuan::formats {

namespace {

// Why not AvSource (av_source.h): copies are made of all that can be read, so it goes on behind
// packets that cannot, and knows more containers. Here the first failure is a finding, and the
// packets of the first ten seconds are analysed, since the times are what is judged.
constexpr int kIoBytes = 256 * 1024;
constexpr const char* kProbeBytes = "20000000";
constexpr const char* kAnalyseMicroseconds = "10000000";
constexpr unsigned kTracksMax = 64;
/// Streams without an index are searched by guess, which lands too late; and groups of pictures are
/// shorter than this.
constexpr double kLeadSeconds = 6;
/// Demuxers of recordings; what reads other files or the network is not among them.
constexpr const char* kDemuxers =
    "mov,mp4,m4a,3gp,3g2,mj2,avi,matroska,webm,mpegts,mpeg,mpegvideo,asf,flv,wav,w64,mp3,aac,amr,"
    "flac,ogg,h264,hevc,m4v,mjpeg,dv,dhav,aiff,au,caf,ac3,rm,mxf,gxf,swf,ivf,wv";

/// A file behind libav's reading callbacks.
struct Source {
  int descriptor = -1;
  std::int64_t size = 0;
  std::int64_t at = 0;
};

int on_read(void* opaque, std::uint8_t* buffer, int size) {
  Source& source = *static_cast<Source*>(opaque);
  const auto wanted = static_cast<std::size_t>(std::max(size, 0));
  const ssize_t count = ::pread(source.descriptor, buffer, wanted, source.at);
  if (count < 0) return AVERROR(errno);
  if (count == 0) return AVERROR_EOF;
  source.at += count;
  return static_cast<int>(count);
}

std::int64_t on_seek(void* opaque, std::int64_t offset, int whence) {
  Source& source = *static_cast<Source*>(opaque);
  if (whence == AVSEEK_SIZE) return source.size;
  const int how = whence & ~AVSEEK_FORCE;
  const std::int64_t base = how == SEEK_SET ? 0 : how == SEEK_CUR ? source.at : source.size;
  std::int64_t target = 0;
  if (__builtin_add_overflow(base, offset, &target) || target < 0) return AVERROR(EINVAL);
  source.at = target;
  return target;
}

struct IoCloser {
  void operator()(AVIOContext* context) const {
    ::av_freep(&context->buffer);
    ::avio_context_free(&context);
  }
};

struct FormatCloser {
  void operator()(AVFormatContext* context) const { ::avformat_close_input(&context); }
};

struct PacketFreer {
  void operator()(AVPacket* packet) const { ::av_packet_free(&packet); }
};

struct Options {
  AVDictionary* entries = nullptr;

  Options() = default;

  ~Options() { ::av_dict_free(&entries); }

  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
};

[[noreturn]] void refuse(int status) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  ::av_strerror(status, text.data(), text.size());
  throw Error(ErrorCode::kInvalid, "recording", text.data());
}

std::string tag(const AVDictionary* tags, const char* name) {
  const AVDictionaryEntry* entry = ::av_dict_get(tags, name, nullptr, 0);
  return entry == nullptr ? "" : std::string(entry->value).substr(0, 200);
}

double to_seconds(std::int64_t value, AVRational unit) {
  return static_cast<double>(value) * unit.num / std::max(unit.den, 1);
}

/// Of any time: what lies beyond all that can be counted is the last that can.
std::int64_t to_units(double seconds, AVRational unit) {
  constexpr double kFurthest = 9e18;
  const double value = seconds * unit.den / std::max(unit.num, 1);
  return static_cast<std::int64_t>(std::clamp(value, -kFurthest, kFurthest));
}

InputTrack to_track(const AVStream& stream) {
  const AVCodecParameters& code = *stream.codecpar;
  InputTrack track;
  track.index = stream.index;
  const bool cover = (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
  if (code.codec_type == AVMEDIA_TYPE_VIDEO && !cover) track.kind = TrackKind::kVideo;
  if (code.codec_type == AVMEDIA_TYPE_AUDIO) track.kind = TrackKind::kAudio;
  track.codec = ::avcodec_get_name(code.codec_id);
  track.width = code.width;
  track.height = code.height;
  const AVRational rate =
      stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
  if (rate.num > 0 && rate.den > 0) track.frames_per_second = ::av_q2d(rate);
  track.samples_per_second = code.sample_rate;
  track.time_unit_s = ::av_q2d(stream.time_base);
  if (code.extradata != nullptr && code.extradata_size > 0) {
    track.extra.assign(code.extradata, code.extradata + code.extradata_size);
  }
  return track;
}

}  // namespace

struct AvInput::State {
  Source source;
  std::unique_ptr<AVIOContext, IoCloser> io;
  std::unique_ptr<AVFormatContext, FormatCloser> format;
  std::unique_ptr<AVPacket, PacketFreer> packet{::av_packet_alloc()};
  std::vector<InputTrack> tracks;
  std::string container;
  std::string encoder;
  std::string creation_time;
  const InputTrack* video = nullptr;
  const InputTrack* audio = nullptr;
  bool read_failed = false;
  std::unique_ptr<PictureDecoder> decoder;
  std::unique_ptr<SoundMeter> meter;
  DecodeWhat what = DecodeWhat::kAll;

  void open();
  void list_tracks();

  /// MPEG streams: no table says where the key pictures are.
  bool has_no_index() const { return container == "mpegts" || container == "mpeg"; }

  PictureDecoder& pictures();
};

void AvInput::State::open() {
  ::av_log_set_level(AV_LOG_QUIET);

  struct stat status {};

  if (::fstat(source.descriptor, &status) != 0) refuse(AVERROR(errno));
  source.size = status.st_size;
  auto* buffer = static_cast<unsigned char*>(::av_malloc(kIoBytes));
  io.reset(::avio_alloc_context(buffer, kIoBytes, 0, &source, on_read, nullptr, on_seek));
  AVFormatContext* context = ::avformat_alloc_context();
  if (!io || context == nullptr || !packet) throw std::bad_alloc();
  context->pb = io.get();
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
  context->max_streams = static_cast<int>(kTracksMax);
  Options options;
  ::av_dict_set(&options.entries, "ignore_editlist", "1", 0);
  ::av_dict_set(&options.entries, "format_whitelist", kDemuxers, 0);
  ::av_dict_set(&options.entries, "probesize", kProbeBytes, 0);
  ::av_dict_set(&options.entries, "analyzeduration", kAnalyseMicroseconds, 0);
  const int opened = ::avformat_open_input(&context, nullptr, nullptr, &options.entries);
  if (opened < 0) refuse(opened);  // libav has freed the context.
  format.reset(context);
  const int found = ::avformat_find_stream_info(context, nullptr);
  if (found < 0) refuse(found);
  list_tracks();
}

void AvInput::State::list_tracks() {
  container = format->iformat->name;
  encoder = tag(format->metadata, "encoder");
  creation_time = tag(format->metadata, "creation_time");
  for (unsigned i = 0; i < std::min(format->nb_streams, kTracksMax); ++i) {
    tracks.push_back(to_track(*format->streams[i]));
  }
  for (const InputTrack& track : tracks) {
    if (track.kind == TrackKind::kVideo && video == nullptr) video = &track;
    if (track.kind == TrackKind::kAudio && audio == nullptr) audio = &track;
  }
}

PictureDecoder& AvInput::State::pictures() {
  if (!decoder) {
    const AVStream& stream = *format->streams[video->index];
    decoder = std::make_unique<PictureDecoder>(*stream.codecpar, stream.time_base);
    decoder->choose(what);
  }
  return *decoder;
}

AvInput::AvInput(int descriptor) : state_(std::make_unique<State>()) {
  state_->source.descriptor = descriptor;
  state_->open();
}

AvInput::~AvInput() = default;
AvInput::AvInput(AvInput&&) noexcept = default;
AvInput& AvInput::operator=(AvInput&&) noexcept = default;

const std::vector<InputTrack>& AvInput::tracks() const { return state_->tracks; }

const std::string& AvInput::container() const { return state_->container; }

const std::string& AvInput::encoder() const { return state_->encoder; }

std::optional<std::int64_t> AvInput::created_s() const {
  const auto at = instant_of(state_->creation_time);  // a tag may hold anything
  if (!at) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::seconds>(at->time_since_epoch()).count();
}

double AvInput::promised_s() const {
  const AVFormatContext& format = *state_->format;
  if (format.duration_estimation_method == AVFMT_DURATION_FROM_STREAM) {
    return format.duration == AV_NOPTS_VALUE ? 0 : to_seconds(format.duration, AV_TIME_BASE_Q);
  }
  // ID3v2.4 section 4.2.3: TLEN is the length in milliseconds.
  const double tagged_ms = std::atof(tag(format.metadata, "TLEN").c_str());
  return std::isfinite(tagged_ms) ? std::max(0.0, tagged_ms / 1000) : 0;
}

const InputTrack* AvInput::video() const { return state_->video; }

const InputTrack* AvInput::audio() const { return state_->audio; }

bool AvInput::read(PacketView& packet) {
  AVPacket& raw = *state_->packet;
  ::av_packet_unref(&raw);
  const int status = ::av_read_frame(state_->format.get(), &raw);
  if (status < 0) {
    state_->read_failed = status != AVERROR_EOF;
    return false;
  }
  packet = {};
  packet.track = raw.stream_index;
  const auto track = static_cast<std::size_t>(raw.stream_index);
  if (track >= state_->tracks.size()) return true;  // Appeared late: of no use, but no end either.
  const AVRational unit = state_->format->streams[track]->time_base;
  if (raw.pts != AV_NOPTS_VALUE) packet.pts_s = to_seconds(raw.pts, unit);
  if (raw.dts != AV_NOPTS_VALUE) packet.dts_s = to_seconds(raw.dts, unit);
  packet.duration_s = to_seconds(raw.duration, unit);
  packet.key = (raw.flags & AV_PKT_FLAG_KEY) != 0;
  packet.damaged = (raw.flags & AV_PKT_FLAG_CORRUPT) != 0;
  packet.bytes = {raw.data, static_cast<std::size_t>(std::max(raw.size, 0))};
  const bool heard = state_->meter && state_->audio->index == raw.stream_index;
  if (heard) packet.peak = state_->meter->peak_of(raw);
  return true;
}

void AvInput::listen() {
  if (state_->audio == nullptr) return;
  const AVStream& stream = *state_->format->streams[state_->audio->index];
  state_->meter = std::make_unique<SoundMeter>(*stream.codecpar);
}

bool AvInput::read_failed() const { return state_->read_failed; }

bool AvInput::seek(double time_s) {
  State& state = *state_;
  if (state.decoder) state.decoder->forget();
  state.read_failed = false;
  if (state.video == nullptr) return false;
  AVFormatContext* format = state.format.get();
  if (state.has_no_index()) {
    // libav jumps to any picture there: one that is decoded from must come before it.
    time_s -= kLeadSeconds;
    const double start_s = to_seconds(format->start_time, AV_TIME_BASE_Q);
    const bool at_start = format->start_time == AV_NOPTS_VALUE || time_s <= start_s;
    if (at_start && ::av_seek_frame(format, -1, 0, AVSEEK_FLAG_BYTE) >= 0) return true;
  }
  const AVRational unit = state.format->streams[state.video->index]->time_base;
  const std::int64_t target = to_units(time_s, unit);
  if (::av_seek_frame(format, state.video->index, target, AVSEEK_FLAG_BACKWARD) >= 0) return true;
  return ::av_seek_frame(format, -1, 0, AVSEEK_FLAG_BACKWARD) >= 0 ||
         ::av_seek_frame(format, -1, 0, AVSEEK_FLAG_BYTE) >= 0;
}

void AvInput::choose(DecodeWhat what) {
  state_->what = what;
  if (state_->decoder) state_->decoder->choose(what);
}

bool AvInput::decode(Picture& picture) {
  State& state = *state_;
  if (state.video == nullptr) return false;
  PictureDecoder& decoder = state.pictures();
  AVPacket& raw = *state.packet;
  while (!decoder.take(picture)) {
    if (decoder.at_end()) return false;
    ::av_packet_unref(&raw);
    const int status = ::av_read_frame(state.format.get(), &raw);
    if (status < 0) {
      state.read_failed = status != AVERROR_EOF;
      decoder.finish();
    } else if (raw.stream_index == state.video->index) {
      decoder.give(raw);
    }
  }
  return true;
}

std::uint64_t AvInput::decode_errors() const {
  return (state_->decoder ? state_->decoder->errors() : 0) +
         (state_->meter ? state_->meter->errors() : 0);
}

}  // namespace anjuan::formats
