#include "preservation/formats/continuity/av_pictures.h"

#include <cstring>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

namespace anjuan::formats {

namespace {

/// Pictures beyond this are not looked at: 8K is 33 million.
constexpr std::int64_t kPixelsMax = 40'000'000;

struct CodecFreer {
  void operator()(AVCodecContext* context) const { ::avcodec_free_context(&context); }
};

struct FrameFreer {
  void operator()(AVFrame* frame) const { ::av_frame_free(&frame); }
};

struct PacketFreer {
  void operator()(AVPacket* packet) const { ::av_packet_free(&packet); }
};

struct ScalerFreer {
  void operator()(SwsContext* context) const { ::sws_freeContext(context); }
};

using CodecHandle = std::unique_ptr<AVCodecContext, CodecFreer>;

CodecHandle open_decoder(const AVCodecParameters& code, const AVRational& time_unit) {
  const AVCodec* codec = ::avcodec_find_decoder(code.codec_id);
  if (codec == nullptr) return nullptr;
  CodecHandle context(::avcodec_alloc_context3(codec));
  if (!context || ::avcodec_parameters_to_context(context.get(), &code) < 0) return nullptr;
  context->pkt_timebase = time_unit;
  context->thread_count = 1;  // Rows of the bench are given for one core.
  context->max_pixels = kPixelsMax;
  context->flags |= AV_CODEC_FLAG_GRAY;  // Colour is not looked at, where a decoder can skip it.
  return ::avcodec_open2(context.get(), codec, nullptr) < 0 ? nullptr : std::move(context);
}

/// True if plane 0 holds eight-bit luma, one byte a pixel.
bool has_luma_plane(int format) {
  const AVPixFmtDescriptor* shape = ::av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  if (shape == nullptr) return false;
  constexpr std::uint64_t kOther = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL |
                                   AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BITSTREAM;
  const AVComponentDescriptor& luma = shape->comp[0];
  return (shape->flags & kOther) == 0 && luma.plane == 0 && luma.step == 1 && luma.depth == 8 &&
         luma.offset == 0 && luma.shift == 0;
}

}  // namespace

struct PictureDecoder::State {
  AVRational unit{1, 1};
  CodecHandle codec;
  std::unique_ptr<AVFrame, FrameFreer> frame{::av_frame_alloc()};
  FrameReader reader;
  std::uint64_t errors = 0;
  bool finishing = false;
  bool at_end = false;
};

struct FrameReader::State {
  std::unique_ptr<SwsContext, ScalerFreer> scaler;

  bool to_luma(const AVFrame& from, Luma& luma);
};

FrameReader::FrameReader() : state_(std::make_unique<State>()) {}

FrameReader::~FrameReader() = default;

bool FrameReader::read(const AVFrame& frame, const AVRational& unit, Picture& picture) {
  // Not best_effort_timestamp: it is seconds off where only key pictures are decoded.
  const std::int64_t pts = frame.pts != AV_NOPTS_VALUE ? frame.pts : frame.pkt_dts;
  if (pts == AV_NOPTS_VALUE || !state_->to_luma(frame, picture.luma)) return false;
  picture.pts_s = static_cast<double>(pts) * unit.num / std::max(unit.den, 1);
  picture.key = frame.key_frame != 0;
  picture.damaged = (frame.flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags != 0;
  return true;
}

/// What is no plane of luma already is converted; both leave the level as it is coded.
bool FrameReader::State::to_luma(const AVFrame& from, Luma& luma) {
  if (from.width <= 0 || from.height <= 0 ||
      static_cast<std::int64_t>(from.width) * from.height > kPixelsMax) {
    return false;
  }
  if (luma.width != from.width || luma.height != from.height) luma = Luma(from.width, from.height);
  if (has_luma_plane(from.format)) {
    for (int y = 0; y < from.height; ++y) {
      std::memcpy(luma.row(y), from.data[0] + static_cast<std::ptrdiff_t>(y) * from.linesize[0],
                  static_cast<std::size_t>(from.width));
    }
    return true;
  }
  scaler.reset(::sws_getCachedContext(
      scaler.release(), from.width, from.height, static_cast<AVPixelFormat>(from.format),
      from.width, from.height, AV_PIX_FMT_GRAY8, SWS_POINT, nullptr, nullptr, nullptr));
  if (!scaler) return false;
  std::uint8_t* planes[4] = {luma.row(0), nullptr, nullptr, nullptr};
  const int strides[4] = {luma.width, 0, 0, 0};
  return ::sws_scale(scaler.get(), from.data, from.linesize, 0, from.height, planes, strides) > 0;
}

PictureDecoder::PictureDecoder(const AVCodecParameters& code, const AVRational& time_unit)
    : state_(std::make_unique<State>()) {
  state_->unit = time_unit;
  state_->codec = open_decoder(code, time_unit);
  if (!state_->codec) {
    state_->errors = 1;
    state_->at_end = true;
  }
}

PictureDecoder::~PictureDecoder() = default;

void PictureDecoder::choose(DecodeWhat what) {
  if (!state_->codec) return;
  state_->codec->skip_frame =
      what == DecodeWhat::kKeyPictures ? AVDISCARD_NONKEY : AVDISCARD_DEFAULT;
}

void PictureDecoder::give(const AVPacket& packet) {
  if (!state_->codec) return;
  const int status = ::avcodec_send_packet(state_->codec.get(), &packet);
  if (status < 0 && status != AVERROR(EAGAIN) && status != AVERROR_EOF) ++state_->errors;
}

void PictureDecoder::finish() {
  if (!state_->codec) return;
  if (state_->finishing) state_->at_end = true;
  state_->finishing = true;
  ::avcodec_send_packet(state_->codec.get(), nullptr);
}

bool PictureDecoder::take(Picture& picture) {
  State& state = *state_;
  while (state.codec && !state.at_end) {
    const int status = ::avcodec_receive_frame(state.codec.get(), state.frame.get());
    if (status == AVERROR(EAGAIN)) return false;
    if (status < 0) {
      if (status != AVERROR_EOF) ++state.errors;
      state.at_end = status == AVERROR_EOF || state.finishing;
      return false;
    }
    if (!state.reader.read(*state.frame, state.unit, picture)) {
      ++state.errors;
      continue;
    }
    if (picture.damaged) ++state.errors;
    return true;
  }
  return false;
}

void PictureDecoder::forget() {
  if (!state_->codec) return;
  ::avcodec_flush_buffers(state_->codec.get());
  state_->finishing = state_->at_end = false;
}

bool PictureDecoder::at_end() const { return state_->at_end; }

std::uint64_t PictureDecoder::errors() const { return state_->errors; }

std::string to_png(const Luma& picture) {
  const AVCodec* codec = ::avcodec_find_encoder(AV_CODEC_ID_PNG);
  CodecHandle context(codec == nullptr ? nullptr : ::avcodec_alloc_context3(codec));
  const std::unique_ptr<AVFrame, FrameFreer> frame(::av_frame_alloc());
  const std::unique_ptr<AVPacket, PacketFreer> packet(::av_packet_alloc());
  if (!context || !frame || !packet || picture.empty()) return "";
  context->width = frame->width = picture.width;
  context->height = frame->height = picture.height;
  context->pix_fmt = AV_PIX_FMT_GRAY8;
  frame->format = AV_PIX_FMT_GRAY8;
  context->time_base = {1, 1};
  context->flags |= AV_CODEC_FLAG_BITEXACT;
  if (::avcodec_open2(context.get(), codec, nullptr) < 0) return "";
  if (::av_frame_get_buffer(frame.get(), 0) < 0) return "";
  for (int y = 0; y < picture.height; ++y) {
    std::memcpy(frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0],
                picture.row(y), static_cast<std::size_t>(picture.width));
  }
  if (::avcodec_send_frame(context.get(), frame.get()) < 0) return "";
  if (::avcodec_receive_packet(context.get(), packet.get()) < 0) return "";
  return {reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size)};
}

}  // namespace anjuan::formats
