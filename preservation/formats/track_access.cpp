// The pictures of access copies that browsers cannot play as they are: H.264, encoded anew, in the
// colours of the source.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include "preservation/formats/encoded_track.h"

namespace anjuan::formats {

namespace {

struct Size {
  int width = 0;
  int height = 0;

  bool operator==(const Size&) const = default;
};

/// Even sides, as 4:2:0 needs, within the plan's limit, in the same proportion, either way up.
Size access_size(const DerivationPlan& plan, const AVFrame& frame) {
  const double longer = std::max(frame.width, frame.height);
  const double shorter = std::min(frame.width, frame.height);
  const double factor = std::min({1.0, plan.width_max / longer, plan.height_max / shorter});
  const auto even = [factor](int side) {
    return std::max(2, static_cast<int>(side * factor) / 2 * 2);
  };
  return {even(frame.width), even(frame.height)};
}

/// No samples of brightness and colour: the scaler must make them.
bool is_rgb(int format) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  return description != nullptr &&
         (description->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

/// Formats that the scaler takes for full range, whatever it is told: "yuvj422p", "gray", "ya8".
bool named_full(int format) {
  const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(format));
  const std::string_view word = name == nullptr ? "" : name;
  return word.starts_with("yuvj") || word.starts_with("gray") || word.starts_with("ya");
}

/// True if black is 0 and white the largest number; false if they are 16 and 235 (of 8 bits).
bool full_range(const AVFrame& frame) {
  if (is_rgb(frame.format)) return false;  // as the scaler makes it
  return frame.color_range == AVCOL_RANGE_JPEG ||
         (frame.color_range == AVCOL_RANGE_UNSPECIFIED && named_full(frame.format));
}

/// What a picture must be converted from; another one needs another scaler.
struct Scaling {
  Size size;
  int format = -1;
  bool full = false;

  bool operator==(const Scaling&) const = default;
};

struct FreeScaler {
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};

using Scaler = std::unique_ptr<SwsContext, FreeScaler>;

Scaler make_scaler(const Scaling& from, Size size, bool full) {
  Scaler scaler(sws_alloc_context());
  if (!scaler) throw std::bad_alloc();
  // Where the range stays it is told the same on both sides: then no number is changed for it.
  const bool from_full = from.full || named_full(from.format);
  const bool to_full = from.full == full ? from_full : full;
  const std::pair<const char*, int> options[] = {
      {"sws_flags", SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT},
      {"srcw", from.size.width},
      {"srch", from.size.height},
      {"src_format", from.format},
      {"src_range", from_full ? 1 : 0},
      {"dstw", size.width},
      {"dsth", size.height},
      {"dst_format", AV_PIX_FMT_YUV420P},
      {"dst_range", to_full ? 1 : 0}};
  for (const auto& [name, value] : options) {
    av_checked(av_opt_set_int(scaler.get(), name, value, 0), name);
  }
  av_checked(sws_init_context(scaler.get(), nullptr, nullptr), "pixel format",
             MediaFaultKind::kUnsupported);
  return scaler;
}

class X264Track final : public EncodedTrack {
 public:
  X264Track(const DerivationPlan& plan, const AVStream& stream, const AVFrame& first,
            TrackOutput output)
      : EncodedTrack(stream, std::move(output), "libx264"),
        size_(access_size(plan, first)),
        full_(full_range(first)) {
    AVCodecContext& to = *encoder_;
    to.width = size_.width;
    to.height = size_.height;
    to.pix_fmt = AV_PIX_FMT_YUV420P;
    to.time_base = stream.time_base;
    to.framerate = stream.avg_frame_rate;
    to.sample_aspect_ratio = stream.codecpar->sample_aspect_ratio;
    to.thread_count = kThreads;
    name_colours(first);
    av_checked(av_opt_set(to.priv_data, "preset", plan.speed.c_str(), 0), "preset");
    av_checked(av_opt_set_int(to.priv_data, "crf", plan.quality, 0), "crf");
    // A look ahead on a thread of its own decides by what it has seen so far: the last pictures
    // would come out one way or another.
    av_checked(av_opt_set(to.priv_data, "x264-params", "sync-lookahead=0", 0), "x264-params");
    open();
  }

  void frame(const AVFrame& frame) override {
    const std::int64_t own = frame_time(frame);
    const std::int64_t time = own == kNoTime ? next_ : own;
    if (time < next_) return;  // The encoder needs times that grow; the original has all.
    next_ = time + 1;
    AvFrame picture = fits(frame) ? make_av_frame() : scale(frame);
    if (fits(frame)) av_checked(av_frame_ref(picture.get(), &frame), "picture");
    picture->format = AV_PIX_FMT_YUV420P;  // no longer "yuvj420p": the range has its own field
    picture->color_range = encoder_->color_range;
    picture->pts = time;
    picture->pict_type = AV_PICTURE_TYPE_NONE;
    ++result_.frames;
    encode(picture.get());
  }

  void finish() override { encode(nullptr); }

 private:
  /// However many processors there are: x264 gives other bytes with another number of threads.
  static constexpr int kThreads = 4;

  /// What the numbers mean: as the source says, in its pictures or else in its container.
  void name_colours(const AVFrame& first) {
    AVCodecContext& to = *encoder_;
    const AVCodecParameters& coded = *stream_.codecpar;
    const auto told = [](auto picture, auto container, auto unknown) {
      return picture == unknown ? container : picture;
    };
    to.color_range = full_ ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    to.color_primaries = told(first.color_primaries, coded.color_primaries, AVCOL_PRI_UNSPECIFIED);
    to.color_trc = told(first.color_trc, coded.color_trc, AVCOL_TRC_UNSPECIFIED);
    to.colorspace = told(first.colorspace, coded.color_space, AVCOL_SPC_UNSPECIFIED);
    if (is_rgb(first.format)) to.colorspace = AVCOL_SPC_SMPTE170M;  // what the scaler makes
    if (fits(first)) to.chroma_sample_location = first.chroma_location;
  }

  /// True if nothing about the picture must be converted.
  bool fits(const AVFrame& frame) const {
    return (frame.format == AV_PIX_FMT_YUV420P || frame.format == AV_PIX_FMT_YUVJ420P) &&
           Size{frame.width, frame.height} == size_ && full_range(frame) == full_;
  }

  AvFrame scale(const AVFrame& frame) {
    const Scaling from{{frame.width, frame.height}, frame.format, full_range(frame)};
    if (!scaler_ || from != scaled_) scaler_ = make_scaler(from, size_, full_);
    scaled_ = from;
    AvFrame to = make_av_frame();
    to->format = AV_PIX_FMT_YUV420P;
    to->width = size_.width;
    to->height = size_.height;
    av_checked(av_frame_get_buffer(to.get(), 0), "picture");
    av_checked(sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, to->data,
                         to->linesize),
               "scaler");
    return to;
  }

  Size size_;
  bool full_;
  Scaler scaler_;
  Scaling scaled_;
  std::int64_t next_ = INT64_MIN + 1;
};

}  // namespace

std::unique_ptr<Track> make_x264_track(const DerivationPlan& all, const TrackSource& source,
                                       TrackOutput output) {
  return std::make_unique<X264Track>(all, *source.stream, *source.first, std::move(output));
}

}  // namespace anjuan::formats
