// libav's part of the worker "characterise".
#include <cmath>
#include <cstdarg>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

#include "core/text.h"
#include "preservation/formats/av_source.h"
#include "preservation/formats/characterise/answers.h"
#include "preservation/formats/characterise/worker_parts.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kBufferBytes = 64UL * 1024;

/// libav's log goes nowhere, but its errors are counted.
std::int64_t logged_errors = 0;

void count_errors(void*, int level, const char*, va_list) {
  if (level <= AV_LOG_ERROR) ++logged_errors;
}

struct Source {
  ByteInput& input;
  std::uint64_t at = 0;
};

int read_packet(void* opaque, std::uint8_t* buffer, int wanted) {
  auto& source = *static_cast<Source*>(opaque);
  const std::uint64_t left = source.input.size() - std::min(source.at, source.input.size());
  const auto count = std::min(left, static_cast<std::uint64_t>(wanted));
  if (count == 0) return AVERROR_EOF;
  const std::span<char> target(reinterpret_cast<char*>(buffer), static_cast<std::size_t>(count));
  if (!source.input.read_at(source.at, target)) return AVERROR(EIO);
  source.at += count;
  return static_cast<int>(count);
}

std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
  auto& source = *static_cast<Source*>(opaque);
  const auto size = static_cast<std::int64_t>(source.input.size());
  if ((whence & AVSEEK_SIZE) != 0) return size;
  const int from = whence & ~AVSEEK_FORCE;
  const std::int64_t base = from == SEEK_CUR   ? static_cast<std::int64_t>(source.at)
                            : from == SEEK_END ? size
                                               : 0;
  std::int64_t target = 0;
  if (__builtin_add_overflow(base, offset, &target) || target < 0) return AVERROR(EINVAL);
  source.at = static_cast<std::uint64_t>(target);
  return target;
}

/// Playlists and reference movies name other files; none is opened.
int refuse_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EACCES);
}

struct InputCloser {
  void operator()(AVFormatContext* context) const { ::avformat_close_input(&context); }
};

struct IoCloser {
  void operator()(AVIOContext* io) const {
    ::av_freep(&io->buffer);
    ::avio_context_free(&io);
  }
};

Json number(std::int64_t value) { return Json::integer(value); }

/// Tags are in whatever encoding a camera liked.
Json text(const char* value) {
  const std::string bytes = value == nullptr ? "" : value;
  const auto utf8 = recover_file_name(bytes);
  return Json::string(utf8 ? utf8->substr(0, 4 * kAnswerTextMax) : "");
}

Json milliseconds(std::int64_t value, AVRational unit) {
  return number(value == AV_NOPTS_VALUE ? 0 : ::av_rescale_q(value, unit, {1, 1000}));
}

std::string four_characters(std::uint32_t tag) {
  std::string characters;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const char c = static_cast<char>((tag >> shift) & 0xFFU);
    if (c > ' ' && c < '\x7f') characters.push_back(c);
  }
  return characters;
}

std::int64_t rotation_of(const AVStream& stream) {
  const auto* matrix = ::av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
  if (matrix == nullptr) return 0;
  const double angle = ::av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  return std::isnan(angle) ? 0 : std::lround(-angle);
}

void add_picture(Json& facts, const AVStream& stream) {
  const AVCodecParameters& codec = *stream.codecpar;
  const auto rate = stream.avg_frame_rate;
  facts.set("width", number(codec.width));
  facts.set("height", number(codec.height));
  facts.set("pixel_format", text(::av_get_pix_fmt_name(static_cast<AVPixelFormat>(codec.format))));
  facts.set("color_range", text(codec.color_range == AVCOL_RANGE_UNSPECIFIED
                                    ? ""
                                    : ::av_color_range_name(codec.color_range)));
  facts.set("frame_rate",
            Json::string(rate.den == 0 ? "" : fmt::format("{}/{}", rate.num, rate.den)));
  facts.set("field_order", Json::string(std::string(field_order_word(codec.field_order))));
  facts.set("rotation_deg", number(rotation_of(stream)));
}

Json facts_of(const AVStream& stream) {
  const AVCodecParameters& codec = *stream.codecpar;
  const auto* language = ::av_dict_get(stream.metadata, "language", nullptr, 0);
  const char* kind = ::av_get_media_type_string(codec.codec_type);
  const int coded = codec.bits_per_raw_sample > 0 ? codec.bits_per_raw_sample
                                                  : ::av_get_bits_per_sample(codec.codec_id);
  Json facts = Json::object();
  facts.set("kind", text(kind == nullptr ? "unknown" : kind));
  facts.set("codec", text(::avcodec_get_name(codec.codec_id)));
  facts.set("profile", text(::avcodec_profile_name(codec.codec_id, codec.profile)));
  facts.set("tag", Json::string(four_characters(codec.codec_tag)));
  facts.set("language", text(language == nullptr ? nullptr : language->value));
  if (codec.codec_type == AVMEDIA_TYPE_VIDEO) add_picture(facts, stream);
  facts.set("sample_rate", number(codec.sample_rate));
  facts.set("channels", number(codec.ch_layout.nb_channels));
  facts.set("bits", number(coded));
  facts.set("bit_rate", number(codec.bit_rate));
  facts.set("frames", number(stream.nb_frames));
  facts.set("start_ms", milliseconds(stream.start_time, stream.time_base));
  facts.set("duration_ms", milliseconds(stream.duration, stream.time_base));
  return facts;
}

Json facts_of(const AVFormatContext& context) {
  Json facts = Json::object();
  facts.set("container", text(context.iformat->name));
  facts.set("duration_ms", milliseconds(context.duration, {1, AV_TIME_BASE}));
  facts.set("bit_rate", number(context.bit_rate));
  facts.set("chapters", number(context.nb_chapters));
  Json tags = Json::array();
  const AVDictionaryEntry* entry = nullptr;
  while ((entry = ::av_dict_get(context.metadata, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr &&
         tags.items().size() < kTagsMax) {
    tags.append(Json::object({{"name", text(entry->key)}, {"value", text(entry->value)}}));
  }
  facts.set("tags", std::move(tags));
  Json streams = Json::array();
  for (unsigned i = 0; i < std::min(context.nb_streams, kStreamsMax); ++i) {
    streams.append(facts_of(*context.streams[i]));
  }
  facts.set("streams", std::move(streams));
  facts.set("errors", number(logged_errors));
  return facts;
}

}  // namespace

Json read_streams(ByteInput& input) {
  ::av_log_set_callback(count_errors);
  Source source{input};
  auto* buffer = static_cast<std::uint8_t*>(::av_malloc(kBufferBytes));
  const std::unique_ptr<AVIOContext, IoCloser> io(::avio_alloc_context(
      buffer, static_cast<int>(kBufferBytes), 0, &source, read_packet, nullptr, seek));
  AVFormatContext* opened = ::avformat_alloc_context();
  if (io == nullptr || opened == nullptr) throw std::bad_alloc();
  opened->pb = io.get();
  opened->io_open = refuse_open;
  if (::avformat_open_input(&opened, "", nullptr, nullptr) < 0) return Json::object();
  const std::unique_ptr<AVFormatContext, InputCloser> context(opened);
  ::avformat_find_stream_info(opened, nullptr);  // What it could not find is not there.
  return facts_of(*context);
}

}  // namespace anjuan::formats
