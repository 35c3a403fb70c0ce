#pragma once
// Frames of FFV1 as libavcodec writes them, of pictures that are drawn here, and what libavcodec's
// own decoder says of frames that were changed.

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "preservation/formats/ffv1_checker.h"
#include "preservation/formats/ffv1_crc.h"

namespace anjuan::test {

struct AvFree {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }

  void operator()(AVFrame* frame) const { av_frame_free(&frame); }

  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};

template <typename Kind>
using AvHeld = std::unique_ptr<Kind, AvFree>;

/// Of a sample: plane, column, row, greatest value.
using Drawing = std::function<unsigned(int, int, int, unsigned)>;

inline Drawing noise(unsigned seed) {
  auto random = std::make_shared<std::mt19937>(seed);
  return
      [random](int, int, int, unsigned most) { return static_cast<unsigned>((*random)()) & most; };
}

inline unsigned gradient(int plane, int x, int y, unsigned most) {
  return static_cast<unsigned>(plane * 40 + x * 3 + y * 2) % (most + 1);
}

inline unsigned flat(int, int, int, unsigned most) { return most / 3; }

inline unsigned extremes(int, int x, int y, unsigned most) { return (x + y) % 2 == 0 ? 0 : most; }

struct FrameShape {
  AVPixelFormat format = AV_PIX_FMT_YUV420P;
  int width = 16;
  int height = 16;
  int slices = 1;
  int context = 0;
  int coder = 1;  ///< libavcodec's: 1 = range coder with a table of its own, -2 = the default one
};

/// A picture, its frame, and the record that belongs to it.
class Ffv1Frame {
 public:
  /// nullopt where libavcodec cannot lay out so many slices.
  static std::optional<Ffv1Frame> make(const FrameShape& shape, const Drawing& drawing) {
    av_log_set_level(AV_LOG_QUIET);
    Ffv1Frame made;
    made.encoder_.reset(avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_FFV1)));
    AVCodecContext& encoder = *made.encoder_;
    encoder.width = shape.width;
    encoder.height = shape.height;
    encoder.pix_fmt = shape.format;
    encoder.time_base = {1, 25};
    encoder.level = 3;
    encoder.gop_size = 1;
    encoder.slices = shape.slices;
    encoder.thread_count = 1;
    encoder.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_opt_set_int(encoder.priv_data, "slicecrc", 1, 0);
    av_opt_set_int(encoder.priv_data, "context", shape.context, 0);
    av_opt_set_int(encoder.priv_data, "coder", shape.coder, 0);
    if (avcodec_open2(&encoder, nullptr, nullptr) < 0) return std::nullopt;
    made.draw(shape, drawing);
    const AvHeld<AVPacket> packet(av_packet_alloc());
    if (avcodec_send_frame(&encoder, made.picture_.get()) < 0 ||
        avcodec_receive_packet(&encoder, packet.get()) < 0) {
      return std::nullopt;
    }
    made.bytes.assign(reinterpret_cast<const char*>(packet->data),
                      static_cast<std::size_t>(packet->size));
    made.record.assign(reinterpret_cast<const char*>(encoder.extradata),
                       static_cast<std::size_t>(encoder.extradata_size));
    return made;
  }

  std::optional<formats::Ffv1Checker> checker() const {
    return formats::Ffv1Checker::open(std::as_bytes(std::span(record)),
                                      static_cast<std::uint32_t>(picture_->width),
                                      static_cast<std::uint32_t>(picture_->height));
  }

  formats::Ffv1Picture planes() const {
    formats::Ffv1Picture planes;
    for (std::size_t i = 0; i < planes.size(); ++i) {
      planes[i] = {picture_->data[i], picture_->linesize[i]};
    }
    return planes;
  }

  /// Whether libavcodec decodes `frame` to this picture, without an error and without a complaint.
  bool decodes(const std::string& frame) const {
    AvHeld<AVCodecContext> decoder(avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_FFV1)));
    decoder->width = picture_->width;
    decoder->height = picture_->height;
    decoder->thread_count = 1;
    decoder->err_recognition |= AV_EF_CRCCHECK;
    set_bytes(*decoder);
    av_log_set_callback(count_complaint);
    complaints() = 0;
    AvHeld<AVPacket> packet(av_packet_alloc());
    const AvHeld<AVFrame> again(av_frame_alloc());
    av_new_packet(packet.get(), static_cast<int>(frame.size()));
    std::memcpy(packet->data, frame.data(), frame.size());
    const bool decoded = avcodec_open2(decoder.get(), nullptr, nullptr) >= 0 &&
                         avcodec_send_packet(decoder.get(), packet.get()) >= 0 &&
                         avcodec_receive_frame(decoder.get(), again.get()) >= 0;
    return decoded && complaints() == 0 && same(*again);
  }

  /// Adds `more` to a sample.
  void change(int plane, int x, int y, unsigned more) {
    put(plane, x, y, (get(plane, x, y) + more) & (wide_ ? 0xFFFFU : 0xFFU));
  }

  int planes_count() const { return av_pix_fmt_count_planes(format()); }

  int width(int plane) const {
    return plane == 0 ? picture_->width : AV_CEIL_RSHIFT(picture_->width, pixels().log2_chroma_w);
  }

  int height(int plane) const {
    return plane == 0 ? picture_->height : AV_CEIL_RSHIFT(picture_->height, pixels().log2_chroma_h);
  }

  std::string bytes;
  std::string record;

 private:
  static int& complaints() {
    static int count = 0;
    return count;
  }

  static void count_complaint(void*, int level, const char*, va_list) {
    if (level <= AV_LOG_ERROR) ++complaints();
  }

  AVPixelFormat format() const { return static_cast<AVPixelFormat>(picture_->format); }

  const AVPixFmtDescriptor& pixels() const { return *av_pix_fmt_desc_get(format()); }

  std::uint8_t* at(int plane, int x, int y) const {
    return picture_->data[plane] + static_cast<std::ptrdiff_t>(y) * picture_->linesize[plane] +
           static_cast<std::ptrdiff_t>(x) * (wide_ ? 2 : 1);
  }

  unsigned get(int plane, int x, int y) const {
    std::uint16_t value = 0;
    std::memcpy(&value, at(plane, x, y), wide_ ? 2 : 1);
    return value;
  }

  void put(int plane, int x, int y, unsigned sample) {
    const auto value = static_cast<std::uint16_t>(sample);
    std::memcpy(at(plane, x, y), &value, wide_ ? 2 : 1);
  }

  void draw(const FrameShape& shape, const Drawing& drawing) {
    picture_.reset(av_frame_alloc());
    picture_->width = shape.width;
    picture_->height = shape.height;
    picture_->format = shape.format;
    av_frame_get_buffer(picture_.get(), 0);
    const int depth = pixels().comp[0].depth;
    wide_ = depth > 8;
    for (int plane = 0; plane < planes_count(); ++plane) {
      for (int y = 0; y < height(plane); ++y) {
        for (int x = 0; x < width(plane); ++x)
          put(plane, x, y, drawing(plane, x, y, (1U << depth) - 1));
      }
    }
  }

  bool same(const AVFrame& other) const {
    if (other.format != picture_->format) return false;
    for (int plane = 0; plane < planes_count(); ++plane) {
      for (int y = 0; y < height(plane); ++y) {
        const std::uint8_t* row =
            other.data[plane] + static_cast<std::ptrdiff_t>(y) * other.linesize[plane];
        const auto row_bytes = static_cast<std::size_t>(width(plane) * (wide_ ? 2 : 1));
        if (std::memcmp(row, at(plane, 0, y), row_bytes) != 0) return false;
      }
    }
    return true;
  }

  void set_bytes(AVCodecContext& decoder) const {
    decoder.extradata =
        static_cast<std::uint8_t*>(av_mallocz(record.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    std::memcpy(decoder.extradata, record.data(), record.size());
    decoder.extradata_size = static_cast<int>(record.size());
  }

  AvHeld<AVCodecContext> encoder_;
  AvHeld<AVFrame> picture_;
  bool wide_ = false;
};

struct SlicePlace {
  std::size_t begin = 0;
  std::size_t payload = 0;  ///< bytes before the footer
  static constexpr std::size_t kFooter = 8;

  std::size_t end() const { return begin + payload + kFooter; }
};

/// As far as they chain, first to last.
inline std::vector<SlicePlace> slices_of(const std::string& frame) {
  std::vector<SlicePlace> slices;
  std::size_t end = frame.size();
  const auto byte = [&](std::size_t i) {
    return std::size_t{static_cast<unsigned char>(frame[i])};
  };
  while (end >= SlicePlace::kFooter) {
    const std::size_t footer = end - SlicePlace::kFooter;
    const std::size_t size = byte(footer) << 16U | byte(footer + 1) << 8U | byte(footer + 2);
    if (size > footer) break;
    slices.push_back({footer - size, size});
    end = footer - size;
  }
  std::reverse(slices.begin(), slices.end());
  return slices;
}

/// With check sums that hold.
inline std::string mended(std::string frame) {
  for (const SlicePlace& slice : slices_of(frame)) {
    const std::size_t sum = slice.end() - 4;
    const auto crc = formats::crc32_msb_first(
        std::as_bytes(std::span(frame).subspan(slice.begin, sum - slice.begin)));
    for (unsigned i = 0; i < 4; ++i)
      frame[sum + i] = static_cast<char>(crc >> (24 - 8 * i) & 0xFFU);
  }
  return frame;
}

/// A range encoder (RFC 9043, 3.8.1), for frames that libavcodec does not write.
class RangeWriter {
 public:
  explicit RangeWriter(const formats::Ffv1Steps& steps) : steps_(steps) {}

  void put(std::uint8_t& state, bool one) {
    const std::uint32_t for_one = range_ * state >> 8U;
    if (one) add(range_ - for_one);
    range_ = one ? for_one : range_ - for_one;
    state = steps_[(one ? 256U : 0U) + state].next;
    if (range_ < 0x100) shift();
  }

  void number(formats::Ffv1NumberStates& states, std::uint32_t value) {
    put(states[0], value == 0);
    if (value == 0) return;
    std::uint32_t exponent = 0;
    for (; value >> exponent > 1; ++exponent) put(states[1 + exponent], true);
    put(states[1 + exponent], false);
    for (std::uint32_t i = exponent; i-- > 0;) put(states[22 + i], (value >> i & 1U) != 0);
  }

  /// With the decision that ends a slice, and a footer without check sum.
  std::string slice() {
    std::uint8_t last = 129;
    put(last, false);
    add(0xFF);
    std::string bytes;
    for (const std::uint32_t digit : digits_) bytes += static_cast<char>(digit);
    bytes.pop_back();  // of the two that are open, the decoder does not need the lower one
    const std::size_t size = bytes.size();
    bytes += {'\0', static_cast<char>(size >> 8U), static_cast<char>(size & 0xFFU)};
    return bytes + std::string(5, '\0');
  }

 private:
  /// Digits are bytes; the last two are what the range is counted in.
  void add(std::uint32_t more) {
    for (std::size_t i = digits_.size(); more != 0; more >>= 8U) {
      more += digits_[--i];
      digits_[i] = more & 0xFFU;
    }
  }

  void shift() {
    range_ <<= 8U;
    digits_.push_back(0);
  }

  const formats::Ffv1Steps& steps_;
  std::uint32_t range_ = 0xFF00;
  std::vector<std::uint32_t> digits_ = {0, 0};
};

}  // namespace anjuan::test
