// The parts of av_source.h that do not read files: decoding, errors, libav's log.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/log.h>
}

#include <cstdarg>
#include <mutex>

#include "preservation/formats/av_source.h"

namespace anjuan::formats {

namespace {

struct Log {
  std::mutex mutex;
  AvComplaints complaints;
};

Log& log() {
  static Log all;
  return all;
}

thread_local int trials = 0;

void on_log(void* source, int level, const char* format, va_list arguments) {
  if (level > AV_LOG_ERROR || trials > 0) return;
  constexpr int kLineBytes = 300;
  char line[kLineBytes] = {};
  int prefix = 1;
  av_log_format_line2(source, level, format, arguments, line, kLineBytes, &prefix);
  std::string text(line);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const std::lock_guard guard(log().mutex);
  AvComplaints& complaints = log().complaints;
  ++complaints.errors;
  if (complaints.first.size() < AvComplaints::kKept) complaints.first.push_back(text);
}

}  // namespace

void reset_av_complaints() {
  av_log_set_callback(on_log);
  const std::lock_guard guard(log().mutex);
  log().complaints = {};
}

AvComplaints av_complaints() {
  const std::lock_guard guard(log().mutex);
  return log().complaints;
}

AvTrial::AvTrial() { ++trials; }

AvTrial::~AvTrial() { --trials; }

std::string av_error_text(int error) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(error, text, sizeof text);
  return text;
}

int av_checked(int result, std::string_view what, MediaFaultKind kind) {
  if (result >= 0) return result;
  if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
  if (result == AVERROR(EFBIG)) kind = MediaFaultKind::kTooLarge;  // the limit of the sandbox
  throw MediaFault{kind, fmt::format("{}: {}", what, av_error_text(result))};
}

void AvRelease::operator()(AVCodecContext* context) const { avcodec_free_context(&context); }

void AvRelease::operator()(AVCodecParameters* parameters) const {
  avcodec_parameters_free(&parameters);
}

void AvRelease::operator()(AVFrame* frame) const { av_frame_free(&frame); }

void AvRelease::operator()(AVPacket* packet) const { av_packet_free(&packet); }

AvFrame make_av_frame() {
  AvFrame frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

AvPacket make_av_packet() {
  AvPacket packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

AvDecoder::AvDecoder(const AVStream& stream, int threads)
    : AvDecoder(*stream.codecpar, {stream.time_base.num, stream.time_base.den}, threads) {}

AvDecoder::AvDecoder(const AVCodecParameters& parameters, Rational time_base, int threads)
    : frame_(make_av_frame()) {
  const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
  if (codec == nullptr) {
    throw MediaFault{MediaFaultKind::kUnsupported, avcodec_get_name(parameters.codec_id)};
  }
  context_.reset(avcodec_alloc_context3(codec));
  if (!context_) throw std::bad_alloc();
  av_checked(avcodec_parameters_to_context(context_.get(), &parameters), "decoder");
  context_->pkt_timebase = {time_base.num, time_base.den};
  context_->thread_count = threads;
  context_->max_pixels = kPixelsMax;
  context_->err_recognition |= AV_EF_CRCCHECK;
  av_checked(avcodec_open2(context_.get(), codec, nullptr), codec->name,
             MediaFaultKind::kUnsupported);
}

void AvDecoder::decode(const AVPacket* packet, const Take& take) {
  const int sent = avcodec_send_packet(context_.get(), packet);
  if (sent < 0 && sent != AVERROR_EOF) {
    if (sent == AVERROR(ENOMEM)) throw std::bad_alloc();
    ++errors_;
  }
  receive(take);
}

void AvDecoder::receive(const Take& take) {
  constexpr int kFailuresMax = 64;  // of one packet; a decoder that only fails must not spin
  for (int failures = 0; failures < kFailuresMax;) {
    const int result = avcodec_receive_frame(context_.get(), frame_.get());
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
    if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
    if (result < 0) {
      ++errors_;
      ++failures;
      continue;
    }
    if (frame_->decode_error_flags != 0 || (frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0) ++errors_;
    take(*frame_);
    av_frame_unref(frame_.get());
  }
}

std::int64_t frame_time(const AVFrame& frame) {
  return frame.pts != AV_NOPTS_VALUE ? frame.pts : frame.pkt_dts;
}

}  // namespace anjuan::formats
