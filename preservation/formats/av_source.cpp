#include "preservation/formats/av_source.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

#include <cmath>

#include <sys/stat.h>
#include <unistd.h>

namespace anjuan::formats {

namespace {

constexpr int kBufferBytes = 256 * 1024;

/// Containers that hold what they play. Play lists and session descriptions (HLS, DASH, concat,
/// SDP) are none: they only name other files. PNG is our own derivative of photographs.
constexpr const char* kDemuxers =
    "mov,matroska,avi,asf,mpegts,mpeg,mpegvideo,flv,live_flv,rm,dv,mxf,ogg,nut,ivf,wtv,swf,nsv,"
    "dhav,h264,hevc,m4v,mjpeg,obu,h261,h263,wav,w64,aiff,au,caf,flac,mp3,aac,ac3,eac3,dts,amr,"
    "amrnb,amrwb,voc,wv,tta,ape,gsm,dss,qcp,aea,png_pipe";

/// AVIO's view of a descriptor; positions are its own, so that several may share a descriptor.
struct DescriptorInput {
  int descriptor = -1;
  std::int64_t at = 0;
  std::int64_t size = 0;
  std::int64_t furthest = 0;

  static int read(void* self, std::uint8_t* buffer, int count) {
    auto& input = *static_cast<DescriptorInput*>(self);
    const auto got =
        ::pread(input.descriptor, buffer, static_cast<std::size_t>(std::max(count, 0)), input.at);
    if (got < 0) return AVERROR(errno);
    if (got == 0) return AVERROR_EOF;
    input.at += got;
    input.furthest = std::max(input.furthest, input.at);
    return static_cast<int>(got);
  }

  static std::int64_t seek(void* self, std::int64_t offset, int whence) {
    auto& input = *static_cast<DescriptorInput*>(self);
    const int kind = whence & ~AVSEEK_FORCE;
    if (kind == AVSEEK_SIZE) return input.size;
    std::int64_t base = 0;
    if (kind == SEEK_CUR) base = input.at;
    if (kind == SEEK_END) base = input.size;
    if (offset < -base || offset > INT64_MAX - base) return AVERROR(EINVAL);
    input.at = base + offset;
    return input.at;
  }
};

/// Instead of libav's opening of files: a container never makes us open another one.
int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

Rational rational(AVRational value) { return {value.num, value.den}; }

std::string text_or_none(const char* text) { return text == nullptr ? "none" : text; }

StreamKind kind_of(const AVStream& stream) {
  if ((stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) return StreamKind::kPicture;
  switch (stream.codecpar->codec_type) {
    case AVMEDIA_TYPE_VIDEO:
      return StreamKind::kVideo;
    case AVMEDIA_TYPE_AUDIO:
      return StreamKind::kAudio;
    case AVMEDIA_TYPE_SUBTITLE:
      return StreamKind::kSubtitle;
    case AVMEDIA_TYPE_DATA:
      return StreamKind::kData;
    case AVMEDIA_TYPE_ATTACHMENT:
      return StreamKind::kAttachment;
    case AVMEDIA_TYPE_UNKNOWN:
    case AVMEDIA_TYPE_NB:
      break;
  }
  return StreamKind::kOther;
}

AvTags tags_of(const AVDictionary* dictionary) {
  AvTags tags;
  const AVDictionaryEntry* entry = nullptr;
  while ((entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
    tags.emplace_back(entry->key, entry->value);
  }
  return tags;
}

/// Clockwise, 0..359, from the matrix that a camera writes when it was held on its side.
int rotation_of(const AVStream& stream) {
  std::size_t bytes = 0;
  const std::uint8_t* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &bytes);
  if (matrix == nullptr || bytes < 9 * sizeof(std::int32_t)) return 0;
  const double angle = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  if (!std::isfinite(angle)) return 0;
  const int rounded = static_cast<int>(std::lround(-angle)) % 360;
  return rounded < 0 ? rounded + 360 : rounded;
}

void describe_picture(const AVStream& stream, AvStreamInfo& info) {
  const AVCodecParameters& coded = *stream.codecpar;
  info.width = coded.width;
  info.height = coded.height;
  info.pixel_format = text_or_none(av_get_pix_fmt_name(static_cast<AVPixelFormat>(coded.format)));
  info.sample_aspect = rational(coded.sample_aspect_ratio);
  info.frame_rate = rational(stream.avg_frame_rate);
  info.rotation = rotation_of(stream);
  const auto order = field_order_word(coded.field_order);
  info.field_order = order.empty() ? "unknown" : order;
  info.color_range = text_or_none(av_color_range_name(coded.color_range));
  info.color_space = text_or_none(av_color_space_name(coded.color_space));
  info.color_primaries = text_or_none(av_color_primaries_name(coded.color_primaries));
  info.color_transfer = text_or_none(av_color_transfer_name(coded.color_trc));
  info.chroma_place = text_or_none(av_chroma_location_name(coded.chroma_location));
}

void describe_sound(const AVCodecParameters& coded, AvStreamInfo& info) {
  info.sample_rate = coded.sample_rate;
  info.channels = coded.ch_layout.nb_channels;
  info.sample_format =
      text_or_none(av_get_sample_fmt_name(static_cast<AVSampleFormat>(coded.format)));
  info.bits_per_sample =
      coded.bits_per_raw_sample > 0 ? coded.bits_per_raw_sample : coded.bits_per_coded_sample;
  info.initial_padding = coded.initial_padding;
}

std::string tag_text(std::uint32_t tag) {
  char text[AV_FOURCC_MAX_STRING_SIZE] = {};
  return tag == 0 ? "" : av_fourcc_make_string(text, tag);
}

AvStreamInfo describe(const AVStream& stream) {
  AvStreamInfo info;
  info.index = stream.index;
  info.kind = kind_of(stream);
  info.codec = avcodec_get_name(stream.codecpar->codec_id);
  info.codec_tag = tag_text(stream.codecpar->codec_tag);
  info.time_base = rational(stream.time_base);
  info.start = stream.start_time;
  info.duration = stream.duration;
  info.frames = stream.nb_frames;
  info.bits_per_second = stream.codecpar->bit_rate;
  info.tags = tags_of(stream.metadata);
  const bool picture = info.kind == StreamKind::kVideo || info.kind == StreamKind::kPicture;
  if (picture) describe_picture(stream, info);
  if (info.kind == StreamKind::kAudio) describe_sound(*stream.codecpar, info);
  return info;
}

AvFileInfo describe(const AVFormatContext& context) {
  AvFileInfo info;
  info.format = context.iformat->name;
  info.start_us = context.start_time;
  info.duration_us = context.duration;
  info.tags = tags_of(context.metadata);
  for (unsigned i = 0; i < context.nb_streams; ++i) {
    info.streams.push_back(describe(*context.streams[i]));
  }
  for (unsigned i = 0; i < context.nb_chapters; ++i) {
    const AVChapter& chapter = *context.chapters[i];
    constexpr AVRational kMilliseconds{1, 1000};
    const AVDictionaryEntry* title = av_dict_get(chapter.metadata, "title", nullptr, 0);
    info.chapters.push_back({av_rescale_q(chapter.start, chapter.time_base, kMilliseconds),
                             av_rescale_q(chapter.end, chapter.time_base, kMilliseconds),
                             title == nullptr ? "" : title->value});
  }
  return info;
}

}  // namespace

std::string_view field_order_word(int order) {
  switch (order) {
    case AV_FIELD_PROGRESSIVE:
      return "progressive";
    case AV_FIELD_TT:
      return "tt";
    case AV_FIELD_BB:
      return "bb";
    case AV_FIELD_TB:
      return "tb";
    case AV_FIELD_BT:
      return "bt";
    default:
      return "";
  }
}

struct AvSource::State {
  DescriptorInput input;
  AVIOContext* io = nullptr;
  AVFormatContext* format = nullptr;
  AvFileInfo info;
  std::uint64_t read_errors = 0;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  ~State() {
    if (format != nullptr) avformat_close_input(&format);
    if (io != nullptr) av_freep(&io->buffer);
    avio_context_free(&io);
  }

  void open_descriptor(int descriptor) {
    struct stat status {};

    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
      throw MediaFault{MediaFaultKind::kUnreadable, "not a regular file"};
    }
    input = {descriptor, 0, status.st_size, 0};
    auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBufferBytes));
    if (buffer == nullptr) throw std::bad_alloc();
    io = avio_alloc_context(buffer, kBufferBytes, 0, &input, DescriptorInput::read, nullptr,
                            DescriptorInput::seek);
    if (io == nullptr) {
      av_free(buffer);
      throw std::bad_alloc();
    }
  }

  void open_format(EditLists edits) {
    format = avformat_alloc_context();
    if (format == nullptr) throw std::bad_alloc();
    format->pb = io;
    format->io_open = refuse_to_open;
    format->max_streams = static_cast<int>(kStreamsMax);
    AVDictionary* options = nullptr;
    av_dict_set(&options, "format_whitelist", kDemuxers, 0);
    if (edits == EditLists::kIgnore) av_dict_set(&options, "ignore_editlist", "1", 0);
    const int opened = avformat_open_input(&format, "", nullptr, &options);
    av_dict_free(&options);
    av_checked(opened, "open", MediaFaultKind::kUnreadable);
    if (format->probe_score <= AVPROBE_SCORE_RETRY) {
      throw MediaFault{MediaFaultKind::kUnreadable, "no container is recognised with certainty"};
    }
    av_checked(avformat_find_stream_info(format, nullptr), "streams", MediaFaultKind::kUnreadable);
  }
};

AvSource::AvSource(std::unique_ptr<State> state) : state_(std::move(state)) {}

AvSource::~AvSource() = default;
AvSource::AvSource(AvSource&&) noexcept = default;

AvSource AvSource::open(int descriptor, EditLists edits) {
  auto state = std::make_unique<State>();
  state->open_descriptor(descriptor);
  state->open_format(edits);
  state->info = describe(*state->format);
  return AvSource(std::move(state));
}

const AvFileInfo& AvSource::info() const { return state_->info; }

bool AvSource::read(AVPacket& packet) {
  for (int failures = 0; failures < kReadErrorsMax; ++failures) {
    av_packet_unref(&packet);
    const int result = av_read_frame(state_->format, &packet);
    if (result >= 0) {
      // A container may announce streams while it is read; those come too late to be carried.
      if (static_cast<std::size_t>(packet.stream_index) < state_->info.streams.size()) return true;
      continue;
    }
    if (result == AVERROR_EOF) return false;
    ++state_->read_errors;
    if (result != AVERROR_INVALIDDATA && result != AVERROR(EAGAIN)) return false;
  }
  return false;
}

bool AvSource::seek(int stream, std::int64_t time) {
  return av_seek_frame(state_->format, stream, time, AVSEEK_FLAG_BACKWARD) >= 0;
}

std::uint64_t AvSource::read_errors() const { return state_->read_errors; }

std::uint64_t AvSource::position() const {
  return static_cast<std::uint64_t>(state_->input.furthest);
}

std::uint64_t AvSource::size() const { return static_cast<std::uint64_t>(state_->input.size); }

AVFormatContext& AvSource::context() const { return *state_->format; }

AVStream& AvSource::stream(int index) const {
  return *state_->format->streams[static_cast<std::size_t>(index)];
}

}  // namespace anjuan::formats
