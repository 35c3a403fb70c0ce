#include "tools/sample/movie_writer.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::sample {

namespace {

struct FreeFormat {
  void operator()(AVFormatContext* context) const {
    if (context->pb != nullptr) avio_closep(&context->pb);
    avformat_free_context(context);
  }
};

struct FreeCodec {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};

struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};

struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};

using Codec = std::unique_ptr<AVCodecContext, FreeCodec>;
using Frame = std::unique_ptr<AVFrame, FreeFrame>;

// Body cameras write 2 to 6 Mb/s; drawn pictures need less for the same look.
constexpr const char* kConstantRateFactor = "27";
constexpr int kAudioBitsPerSecond = 32000;
constexpr int kKeyPictureSeconds = 2;
constexpr int kJpegQuantiser = 6;        ///< 2 is the best, 31 the worst
constexpr std::size_t kPcmBlock = 1024;  ///< samples in a packet

/// The level of the full range for each of the limited one. JPEG would want BT.601 as well; the
/// tint that is left shows nobody that the pictures are drawn for BT.709.
std::array<std::uint8_t, 256> levels(int middle, double scale, int target) {
  std::array<std::uint8_t, 256> table{};
  for (int value = 0; value < 256; ++value) {
    const long level = std::lround((value - middle) * scale) + target;
    table[static_cast<std::size_t>(value)] = static_cast<std::uint8_t>(std::clamp(level, 0L, 255L));
  }
  return table;
}

const auto kSame = levels(0, 1, 0);
const auto kFullLuma = levels(16, 255.0 / 219.0, 0);
const auto kFullChroma = levels(128, 255.0 / 224.0, 128);

/// "2025-06-17T01:04:30.000000Z", the form that libavformat reads.
std::string creation_time(Instant made_at) {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(made_at.time_since_epoch()).count();
  const std::time_t time = static_cast<std::time_t>(seconds);
  std::tm utc{};
  gmtime_r(&time, &utc);
  char text[40] = {};
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000000Z", &utc);
  return text;
}

}  // namespace

MovieShape movie_shape(MovieKind kind) {
  MovieShape shape;
  shape.kind = kind;
  if (kind == MovieKind::kAvi) {
    shape.width = 640;
    shape.height = 480;
    shape.frames_per_second = 10;
  }
  return shape;
}

struct MovieWriter::State {
  std::string path;
  std::unique_ptr<AVFormatContext, FreeFormat> format;
  Codec video, audio;
  AVStream* video_stream = nullptr;
  AVStream* audio_stream = nullptr;
  Frame picture, sound;
  std::unique_ptr<AVPacket, FreePacket> packet;
  std::int64_t pictures = 0;
  std::int64_t samples = 0;
  std::vector<std::int16_t> waiting;
  std::size_t sound_block = 0;

  void check(int result) const {
    if (result >= 0) return;
    if (result == AVERROR(ENOSPC)) throw_errno(ENOSPC, path, "sample.write_failed");
    char reason[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(result, reason, sizeof reason);
    throw Error(ErrorCode::kIo, path,
                say("sample.write_failed", {{"path", path}, {"reason", reason}}));
  }

  template <typename Pointer>
  Pointer require(Pointer pointer) const {
    if (!pointer) check(AVERROR(ENOMEM));
    return pointer;
  }

  void open_video(const MovieShape& shape);
  void set_h264(int frames_per_second);
  void set_jpeg();
  void open_audio(const MovieShape& shape);
  AVStream* add_stream(AVCodecContext& codec, const std::string& time);
  void drain(AVCodecContext& codec, AVStream& stream);
  void take_plane(std::size_t plane, const std::vector<std::uint8_t>& from,
                  const std::array<std::uint8_t, 256>& level);
  void send_sound(std::size_t count);
};

void MovieWriter::State::open_video(const MovieShape& shape) {
  const bool is_jpeg = shape.kind == MovieKind::kAvi;
  const AVCodec* encoder = require(avcodec_find_encoder_by_name(is_jpeg ? "mjpeg" : "libx264"));
  video.reset(require(avcodec_alloc_context3(encoder)));
  video->width = shape.width;
  video->height = shape.height;
  video->time_base = {1, shape.frames_per_second};
  video->framerate = {shape.frames_per_second, 1};
  video->thread_count = 1;  // the number of threads changes the bytes
  video->flags |= AV_CODEC_FLAG_BITEXACT;
  if (is_jpeg) {
    set_jpeg();
  } else {
    set_h264(shape.frames_per_second);
  }
  check(avcodec_open2(video.get(), encoder, nullptr));
  picture.reset(require(av_frame_alloc()));
  picture->format = video->pix_fmt;
  picture->width = shape.width;
  picture->height = shape.height;
  picture->color_range = video->color_range;
  picture->quality = video->global_quality;
  check(av_frame_get_buffer(picture.get(), 0));
}

void MovieWriter::State::set_h264(int frames_per_second) {
  video->pix_fmt = AV_PIX_FMT_YUV420P;
  video->gop_size = kKeyPictureSeconds * frames_per_second;
  video->max_b_frames = 0;  // body cameras code no B pictures
  video->color_range = AVCOL_RANGE_MPEG;
  video->colorspace = AVCOL_SPC_BT709;
  video->color_primaries = AVCOL_PRI_BT709;
  video->color_trc = AVCOL_TRC_BT709;
  video->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  check(av_opt_set(video->priv_data, "preset", "ultrafast", 0));
  check(av_opt_set(video->priv_data, "crf", kConstantRateFactor, 0));
  check(av_opt_set(video->priv_data, "x264-params", "scenecut=0:threads=1", 0));
}

void MovieWriter::State::set_jpeg() {
  video->pix_fmt = AV_PIX_FMT_YUVJ420P;
  video->color_range = AVCOL_RANGE_JPEG;
  video->flags |= AV_CODEC_FLAG_QSCALE;
  video->global_quality = kJpegQuantiser * FF_QP2LAMBDA;
}

void MovieWriter::State::open_audio(const MovieShape& shape) {
  const bool is_pcm = shape.kind == MovieKind::kAvi;
  const AVCodec* encoder =
      require(avcodec_find_encoder(is_pcm ? AV_CODEC_ID_PCM_S16LE : AV_CODEC_ID_AAC));
  audio.reset(require(avcodec_alloc_context3(encoder)));
  audio->sample_rate = shape.sample_rate;
  audio->sample_fmt = is_pcm ? AV_SAMPLE_FMT_S16 : AV_SAMPLE_FMT_FLTP;
  audio->ch_layout = AV_CHANNEL_LAYOUT_MONO;
  if (!is_pcm) audio->bit_rate = kAudioBitsPerSecond;
  audio->time_base = {1, shape.sample_rate};
  audio->flags |= AV_CODEC_FLAG_BITEXACT;
  if (!is_pcm) audio->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  check(avcodec_open2(audio.get(), encoder, nullptr));
  sound_block = is_pcm ? kPcmBlock : static_cast<std::size_t>(audio->frame_size);
}

AVStream* MovieWriter::State::add_stream(AVCodecContext& codec, const std::string& time) {
  AVStream* stream = require(avformat_new_stream(format.get(), nullptr));
  check(avcodec_parameters_from_context(stream->codecpar, &codec));
  stream->time_base = codec.time_base;
  stream->avg_frame_rate = codec.framerate;
  check(av_dict_set(&stream->metadata, "creation_time", time.c_str(), 0));
  return stream;
}

MovieWriter::MovieWriter(const std::filesystem::path& path, const MovieShape& shape)
    : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.path = path.string();
  av_log_set_level(AV_LOG_ERROR);  // x264 tells its statistics otherwise
  AVFormatContext* format = nullptr;
  const bool is_avi = shape.kind == MovieKind::kAvi;
  s.check(avformat_alloc_output_context2(&format, nullptr, is_avi ? "avi" : "mp4", s.path.c_str()));
  s.format.reset(format);
  format->flags |= AVFMT_FLAG_BITEXACT;
  s.packet.reset(s.require(av_packet_alloc()));
  s.open_video(shape);
  s.open_audio(shape);
  const std::string time = creation_time(shape.made_at);
  s.video_stream = s.add_stream(*s.video, time);
  s.audio_stream = s.add_stream(*s.audio, time);
  s.check(av_dict_set(&format->metadata, "creation_time", time.c_str(), 0));
  s.check(
      av_dict_set(&format->metadata, "date", is_avi ? to_text(shape.made_at).c_str() : nullptr, 0));
  s.check(av_dict_set(&format->metadata, "comment", shape.comment.c_str(), 0));
  s.check(avio_open(&format->pb, s.path.c_str(), AVIO_FLAG_WRITE));
  AVDictionary* options = nullptr;
  if (!is_avi) av_dict_set(&options, "movflags", "+faststart", 0);
  const int result = avformat_write_header(format, &options);
  av_dict_free(&options);
  s.check(result);
}

MovieWriter::~MovieWriter() = default;

void MovieWriter::State::drain(AVCodecContext& codec, AVStream& stream) {
  for (;;) {
    const int result = avcodec_receive_packet(&codec, packet.get());
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
    check(result);
    av_packet_rescale_ts(packet.get(), codec.time_base, stream.time_base);
    packet->stream_index = stream.index;
    check(av_interleaved_write_frame(format.get(), packet.get()));
  }
}

void MovieWriter::State::take_plane(std::size_t plane, const std::vector<std::uint8_t>& from,
                                    const std::array<std::uint8_t, 256>& level) {
  const int width = plane == 0 ? picture->width : picture->width / 2;
  const int height = plane == 0 ? picture->height : picture->height / 2;
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* source = from.data() + std::ptrdiff_t{y} * width;
    std::transform(source, source + width,
                   picture->data[plane] + std::ptrdiff_t{y} * picture->linesize[plane],
                   [&](std::uint8_t value) { return level[value]; });
  }
}

void MovieWriter::add_picture(const YuvImage& image) {
  State& s = *state_;
  s.check(av_frame_make_writable(s.picture.get()));
  const bool is_full = s.video->color_range == AVCOL_RANGE_JPEG;
  s.take_plane(0, image.luma, is_full ? kFullLuma : kSame);
  s.take_plane(1, image.blue, is_full ? kFullChroma : kSame);
  s.take_plane(2, image.red, is_full ? kFullChroma : kSame);
  s.picture->pts = s.pictures++;
  s.check(avcodec_send_frame(s.video.get(), s.picture.get()));
  s.drain(*s.video, *s.video_stream);
}

void MovieWriter::State::send_sound(std::size_t count) {
  sound.reset(require(av_frame_alloc()));
  sound->format = audio->sample_fmt;
  sound->nb_samples = static_cast<int>(count);
  sound->sample_rate = audio->sample_rate;
  check(av_channel_layout_copy(&sound->ch_layout, &audio->ch_layout));
  check(av_frame_get_buffer(sound.get(), 0));
  if (audio->sample_fmt == AV_SAMPLE_FMT_S16) {
    std::memcpy(sound->data[0], waiting.data(), count * sizeof(std::int16_t));
  } else {
    auto* target = reinterpret_cast<float*>(sound->data[0]);
    for (std::size_t i = 0; i < count; ++i) target[i] = static_cast<float>(waiting[i]) / 32768.0F;
  }
  waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
  sound->pts = samples;
  samples += static_cast<std::int64_t>(count);
  check(avcodec_send_frame(audio.get(), sound.get()));
  drain(*audio, *audio_stream);
}

void MovieWriter::add_sound(std::span<const std::int16_t> samples) {
  State& s = *state_;
  s.waiting.insert(s.waiting.end(), samples.begin(), samples.end());
  while (s.waiting.size() >= s.sound_block) s.send_sound(s.sound_block);
}

void MovieWriter::finish() {
  State& s = *state_;
  if (!s.waiting.empty()) s.send_sound(s.waiting.size());
  s.check(avcodec_send_frame(s.video.get(), nullptr));
  s.drain(*s.video, *s.video_stream);
  s.check(avcodec_send_frame(s.audio.get(), nullptr));
  s.drain(*s.audio, *s.audio_stream);
  s.check(av_write_trailer(s.format.get()));
  s.check(avio_closep(&s.format->pb));
}

}  // namespace anjuan::sample
