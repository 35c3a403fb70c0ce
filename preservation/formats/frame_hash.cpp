#include "preservation/formats/frame_hash.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cstring>

namespace anjuan::formats {

namespace {

std::span<const std::byte> bytes_at(const std::uint8_t* data, std::size_t count) {
  return {reinterpret_cast<const std::byte*>(data), count};
}

/// Rows of a plane: chroma planes of odd heights are rounded up.
int rows_of(const AVPixFmtDescriptor& format, int plane, int height) {
  const bool chroma = plane == 1 || plane == 2;
  return chroma ? AV_CEIL_RSHIFT(height, format.log2_chroma_h) : height;
}

struct Plane {
  int number = 0;
  std::size_t row_bytes = 0;
  int rows = 0;
};

/// What of a picture counts: its planes without padding. A palette is none of them.
std::vector<Plane> planes_of(const AVFrame& frame) {
  const auto format = static_cast<AVPixelFormat>(frame.format);
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(format);
  if (description == nullptr || (description->flags & AV_PIX_FMT_FLAG_HWACCEL) != 0) {
    throw MediaFault{MediaFaultKind::kUnsupported, "pixel format"};
  }
  std::vector<Plane> planes;
  for (int plane = 0; plane < av_pix_fmt_count_planes(format); ++plane) {
    const int row_bytes = av_image_get_linesize(format, frame.width, plane);
    if (row_bytes <= 0 || frame.data[plane] == nullptr) {
      throw MediaFault{MediaFaultKind::kUnsupported, description->name};
    }
    planes.push_back(
        {plane, static_cast<std::size_t>(row_bytes), rows_of(*description, plane, frame.height)});
  }
  return planes;
}

bool has_palette(const AVFrame& frame) {
  const auto* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  return (description->flags & AV_PIX_FMT_FLAG_PAL) != 0;
}

const std::uint8_t* row_of(const AVFrame& frame, const Plane& plane, int row) {
  return frame.data[plane.number] + static_cast<std::ptrdiff_t>(row) * frame.linesize[plane.number];
}

void hash_plane(Hasher& hasher, const AVFrame& frame, const Plane& plane) {
  if (frame.linesize[plane.number] == static_cast<std::ptrdiff_t>(plane.row_bytes)) {
    const auto all = plane.row_bytes * static_cast<std::size_t>(plane.rows);
    return hasher.update(bytes_at(row_of(frame, plane, 0), all));
  }
  for (int row = 0; row < plane.rows; ++row) {
    hasher.update(bytes_at(row_of(frame, plane, row), plane.row_bytes));
  }
}

bool same_plane(const AVFrame& one, const AVFrame& other, const Plane& plane) {
  for (int row = 0; row < plane.rows; ++row) {
    if (std::memcmp(row_of(one, plane, row), row_of(other, plane, row), plane.row_bytes) != 0) {
      return false;
    }
  }
  return true;
}

}  // namespace

FrameHash hash_picture(const AVFrame& frame) {
  Hasher hasher(DigestAlgorithm::kSha256);
  FrameHash hash;
  for (const Plane& plane : planes_of(frame)) {
    hash_plane(hasher, frame, plane);
    hash.bytes += plane.row_bytes * static_cast<std::uint64_t>(plane.rows);
  }
  if (has_palette(frame)) {
    hasher.update(bytes_at(frame.data[1], AVPALETTE_SIZE));
    hash.bytes += AVPALETTE_SIZE;
  }
  hash.sha256 = hasher.finish();
  return hash;
}

bool same_picture(const AVFrame& one, const AVFrame& other) {
  if (one.format != other.format || one.width != other.width || one.height != other.height) {
    return false;
  }
  const auto planes = planes_of(one);
  planes_of(other);  // refuses one that lacks a plane
  const bool same = std::all_of(planes.begin(), planes.end(),
                                [&](const Plane& plane) { return same_plane(one, other, plane); });
  return same &&
         (!has_palette(one) || std::memcmp(one.data[1], other.data[1], AVPALETTE_SIZE) == 0);
}

FrameHash hash_packet(const AVPacket& packet) {
  Hasher hasher(DigestAlgorithm::kSha256);
  const auto count = static_cast<std::size_t>(std::max(packet.size, 0));
  hasher.update(bytes_at(packet.data, count));
  return {count, hasher.finish()};
}

std::string pcm_name(int sample_format) {
  constexpr std::pair<AVSampleFormat, std::string_view> kNames[] = {
      {AV_SAMPLE_FMT_U8, "pcm_u8"},
      {AV_SAMPLE_FMT_S16, "pcm_s16le"},
      {AV_SAMPLE_FMT_S32, "pcm_s32le"},
      {AV_SAMPLE_FMT_FLT, "pcm_f32le"},
      {AV_SAMPLE_FMT_DBL, "pcm_f64le"}};
  const auto packed = av_get_packed_sample_fmt(static_cast<AVSampleFormat>(sample_format));
  for (const auto& [format, name] : kNames) {
    if (format == packed) return std::string(name);
  }
  return "";
}

void append_interleaved(const AVFrame& frame, std::string& out) {
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const auto width = static_cast<std::size_t>(av_get_bytes_per_sample(format));
  const auto channels = static_cast<std::size_t>(frame.ch_layout.nb_channels);
  const auto samples = static_cast<std::size_t>(std::max(frame.nb_samples, 0));
  if (av_sample_fmt_is_planar(format) == 0) {
    out.append(reinterpret_cast<const char*>(frame.extended_data[0]), width * channels * samples);
    return;
  }
  const std::size_t begin = out.size();
  out.resize(begin + width * channels * samples);
  char* to = out.data() + begin;
  for (std::size_t sample = 0; sample < samples; ++sample) {
    for (std::size_t channel = 0; channel < channels; ++channel, to += width) {
      std::copy_n(frame.extended_data[channel] + sample * width, width, to);
    }
  }
}

SoundHash::SoundHash(std::uint32_t stream, int sample_rate, std::size_t bytes_per_sample,
                     OnBlock on_block)
    : stream_(stream),
      block_bytes_(static_cast<std::size_t>(sample_rate) * bytes_per_sample),
      sample_bytes_(bytes_per_sample),
      on_block_(std::move(on_block)) {}

void SoundHash::add(std::string_view samples, std::int64_t time) {
  while (!samples.empty()) {
    if (!hasher_) {
      hasher_.emplace(DigestAlgorithm::kSha256);
      begin_ = time;
    }
    const auto part = samples.substr(0, block_bytes_ - filled_);
    hasher_->update(part);
    filled_ += part.size();
    time += static_cast<std::int64_t>(part.size() / sample_bytes_);
    samples.remove_prefix(part.size());
    if (filled_ == block_bytes_) end_block();
  }
}

void SoundHash::end_block() {
  const std::uint64_t samples = filled_ / sample_bytes_;
  on_block_(
      {stream_, begin_, begin_, static_cast<std::int64_t>(samples), filled_, hasher_->finish()});
  samples_ += samples;
  hasher_.reset();
  filled_ = 0;
}

void SoundHash::finish() {
  if (hasher_) end_block();
}

}  // namespace anjuan::formats
