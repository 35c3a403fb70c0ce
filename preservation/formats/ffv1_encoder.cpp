#include "preservation/formats/ffv1_encoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>

#include "preservation/formats/ffv1_checker.h"

namespace anjuan::formats {

namespace {

/// Pictures that wait or are being worked on, for each unit: enough to keep it busy.
constexpr std::size_t kPicturesPerUnit = 3;

/// The pixel formats of full-range JPEG are FFV1's ordinary ones with another colour range.
AVPixelFormat without_jpeg_range(AVPixelFormat format) {
  constexpr std::pair<AVPixelFormat, AVPixelFormat> kSame[] = {
      {AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUV420P},
      {AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUV422P},
      {AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUV444P},
      {AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUV440P},
      {AV_PIX_FMT_YUVJ411P, AV_PIX_FMT_YUV411P}};
  for (const auto& [jpeg, plain] : kSame) {
    if (jpeg == format) return plain;
  }
  return format;
}

template <typename Value>
Value either(Value first, Value unknown, Value second) {
  return first != unknown ? first : second;
}

/// What the picture says of its colour, else what the container says; never a guess.
void copy_colour(AVCodecContext& context, const AVFrame& first, const AVCodecParameters& coded) {
  context.color_range = either(first.color_range, AVCOL_RANGE_UNSPECIFIED, coded.color_range);
  if (without_jpeg_range(static_cast<AVPixelFormat>(first.format)) != first.format) {
    context.color_range = AVCOL_RANGE_JPEG;
  }
  context.color_primaries =
      either(first.color_primaries, AVCOL_PRI_UNSPECIFIED, coded.color_primaries);
  context.color_trc = either(first.color_trc, AVCOL_TRC_UNSPECIFIED, coded.color_trc);
  context.colorspace = either(first.colorspace, AVCOL_SPC_UNSPECIFIED, coded.color_space);
  context.chroma_sample_location =
      either(first.chroma_location, AVCHROMA_LOC_UNSPECIFIED, coded.chroma_location);
}

AVFieldOrder field_order(const AVFrame& first, const AVCodecParameters& coded) {
  if (coded.field_order != AV_FIELD_UNKNOWN) return coded.field_order;
  if (first.interlaced_frame == 0) return AV_FIELD_PROGRESSIVE;
  return first.top_field_first != 0 ? AV_FIELD_TT : AV_FIELD_BB;
}

/// nullptr if FFV1 cannot lay out so many slices: where 4:2:0 meets odd sizes, few numbers do.
AvCodec try_encoder(const Ffv1Settings& settings, const AVFrame& first,
                    const AVCodecParameters& coded, Rational time_base, int slices) {
  const AvTrial trial;
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_FFV1);
  if (codec == nullptr) return nullptr;
  AvCodec context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->width = first.width;
  context->height = first.height;
  context->pix_fmt = without_jpeg_range(static_cast<AVPixelFormat>(first.format));
  context->time_base = {time_base.num, time_base.den};
  context->sample_aspect_ratio =
      first.sample_aspect_ratio.num != 0 ? first.sample_aspect_ratio : coded.sample_aspect_ratio;
  context->field_order = field_order(first, coded);
  copy_colour(*context, first, coded);
  context->level = 3;
  context->gop_size = 1;
  context->slices = slices;
  context->thread_count = 1;
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
  av_checked(av_opt_set_int(context->priv_data, "slicecrc", 1, 0), "slicecrc");
  av_checked(av_opt_set_int(context->priv_data, "context", settings.context, 0), "context");
  // FFV1 codes more than 8 bits with the range coder in any case.
  av_checked(av_opt_set_int(context->priv_data, "coder", settings.range_coder ? 1 : 0, 0), "coder");
  return avcodec_open2(context.get(), codec, nullptr) < 0 ? nullptr : std::move(context);
}

/// With the number of slices that is wanted, or the nearest that FFV1 can lay out.
AvCodec open_encoder(const Ffv1Settings& settings, const AVFrame& first,
                     const AVCodecParameters& coded, Rational time_base) {
  constexpr int kSlicesMax = 64;
  for (int distance = 0; distance <= kSlicesMax; ++distance) {
    for (const int slices : {settings.slices + distance, settings.slices - distance}) {
      if (slices < 1 || slices > kSlicesMax) continue;
      AvCodec context = try_encoder(settings, first, coded, time_base, slices);
      if (context) return context;
    }
  }
  const char* format = av_get_pix_fmt_name(static_cast<AVPixelFormat>(first.format));
  throw MediaFault{
      MediaFaultKind::kUnsupported,
      fmt::format("FFV1 {}x{} {}", first.width, first.height, format == nullptr ? "?" : format)};
}

bool is_ffv1_format(AVPixelFormat format) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_FFV1);
  for (const AVPixelFormat* one = codec == nullptr ? nullptr : codec->pix_fmts;
       one != nullptr && *one != AV_PIX_FMT_NONE; ++one) {
    if (*one == format) return true;
  }
  return false;
}

std::span<const std::byte> bytes_of(const std::uint8_t* data, int size) {
  return {reinterpret_cast<const std::byte*>(data), static_cast<std::size_t>(std::max(size, 0))};
}

/// Whether pictures of this format lie in memory as Ffv1Checker takes them.
bool is_checked_format(const Ffv1Record& record, AVPixelFormat format) {
  const AVPixFmtDescriptor& description = *av_pix_fmt_desc_get(format);
  constexpr std::uint64_t kOther =
      AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_ALPHA;
  const int components = record.chroma ? 3 : 1;
  return (description.flags & kOther) == 0 && description.nb_components == components &&
         av_pix_fmt_count_planes(format) == components && description.comp[0].shift == 0 &&
         description.comp[0].depth == record.bits && description.log2_chroma_w == record.h_shift &&
         description.log2_chroma_h == record.v_shift;
}

/// nullopt where libav's own decoder must do.
std::optional<Ffv1Checker> open_checker(const AVCodecParameters& coded) {
  auto checker = Ffv1Checker::open(bytes_of(coded.extradata, coded.extradata_size),
                                   static_cast<std::uint32_t>(coded.width),
                                   static_cast<std::uint32_t>(coded.height));
  if (!checker || !is_checked_format(checker->record(), static_cast<AVPixelFormat>(coded.format))) {
    return std::nullopt;
  }
  return checker;
}

Ffv1Picture planes_of(const AVFrame& frame) {
  Ffv1Picture planes;
  for (std::size_t i = 0; i < planes.size(); ++i) planes[i] = {frame.data[i], frame.linesize[i]};
  return planes;
}

}  // namespace

/// One encoder with what checks it: our checker, or libav's decoder for formats that it has not.
struct Ffv1Encoder::Unit {
  AvCodec encoder;
  std::optional<Ffv1Checker> checker;
  std::unique_ptr<AvDecoder> decoder;

  void prove(Work& work);
  bool decodes_to(const AVPacket& packet, const AVFrame& frame);
};

struct Ffv1Encoder::Work {
  AvFrame frame;
  ProvedPicture picture;
  std::exception_ptr failure;
  bool failed = false;
  MediaFault fault;
  bool done = false;
};

void Ffv1Encoder::Unit::prove(Work& work) {
  ProvedPicture& picture = work.picture;
  picture.hash = hash_picture(*work.frame);
  picture.packet = make_av_packet();
  av_checked(avcodec_send_frame(encoder.get(), work.frame.get()), "FFV1 encoder");
  av_checked(avcodec_receive_packet(encoder.get(), picture.packet.get()), "FFV1 encoder");
  if (!decodes_to(*picture.packet, *work.frame)) {
    throw MediaFault{MediaFaultKind::kNotEqual, fmt::format("pts {}", picture.time)};
  }
  work.frame.reset();
}

bool Ffv1Encoder::Unit::decodes_to(const AVPacket& packet, const AVFrame& frame) {
  if (checker) return checker->is_frame_of(bytes_of(packet.data, packet.size), planes_of(frame));
  int pictures = 0;
  bool same = true;
  decoder->decode(&packet, [&](AVFrame& again) {
    ++pictures;
    // Byte by byte: what has the same bytes has the same digest, at a tenth of the cost.
    same = same && same_picture(again, frame);
  });
  return same && pictures == 1 && decoder->errors() == 0;
}

Ffv1Encoder::Ffv1Encoder(const Ffv1Settings& settings, const AVFrame& first,
                         const AVCodecParameters& coded, Rational time_base, unsigned workers,
                         OnPicture on_picture)
    : on_picture_(std::move(on_picture)),
      parameters_(avcodec_parameters_alloc()),
      width_(first.width),
      height_(first.height),
      format_(first.format) {
  const auto plain = without_jpeg_range(static_cast<AVPixelFormat>(first.format));
  if (!is_ffv1_format(plain)) {
    const char* name = av_get_pix_fmt_name(plain);
    throw MediaFault{MediaFaultKind::kUnsupported,
                     fmt::format("FFV1 {}", name == nullptr ? "?" : name)};
  }
  for (unsigned i = 0; i < workers; ++i) {
    auto unit = std::make_unique<Unit>();
    unit->encoder = open_encoder(settings, first, coded, time_base);
    av_checked(avcodec_parameters_from_context(parameters_.get(), unit->encoder.get()), "FFV1");
    unit->checker = open_checker(*parameters_);
    if (!unit->checker) unit->decoder = std::make_unique<AvDecoder>(*parameters_, time_base, 1);
    units_.push_back(std::move(unit));
  }
  for (auto& unit : units_) threads_.emplace_back([this, &unit = *unit] { run(unit); });
}

Ffv1Encoder::~Ffv1Encoder() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
    waiting_.clear();
  }
  changed_.notify_all();
}

void Ffv1Encoder::run(Unit& unit) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const auto work = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    try {
      unit.prove(*work);
    } catch (const MediaFault& fault) {
      work->failed = true;
      work->fault = fault;
    } catch (...) {
      work->failure = std::current_exception();
    }
    lock.lock();
    work->done = true;
    changed_.notify_all();
  }
}

void Ffv1Encoder::hand_out() {
  std::shared_ptr<Work> work;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return in_order_.front()->done; });
    work = std::move(in_order_.front());
    in_order_.pop_front();
  }
  if (work->failed) throw work->fault;
  if (work->failure) std::rethrow_exception(work->failure);
  on_picture_(work->picture);
}

void Ffv1Encoder::add(const AVFrame& frame, std::int64_t time) {
  if (frame.width != width_ || frame.height != height_ || frame.format != format_) {
    throw MediaFault{MediaFaultKind::kUnsupported, "size or format of the picture changes"};
  }
  auto work = std::make_shared<Work>();
  work->frame = make_av_frame();
  av_checked(av_frame_ref(work->frame.get(), &frame), "picture");
  work->frame->format = without_jpeg_range(static_cast<AVPixelFormat>(frame.format));
  work->frame->pts = time;
  work->frame->pict_type = AV_PICTURE_TYPE_NONE;
  work->picture.time = time;
  work->picture.duration = frame.pkt_duration;
  {
    const std::lock_guard guard(mutex_);
    waiting_.push_back(work);
    in_order_.push_back(std::move(work));
  }
  changed_.notify_all();
  // Always the same number in flight: what is handed out when does not depend on the speed.
  if (in_order_.size() > kPicturesPerUnit * units_.size()) hand_out();
}

void Ffv1Encoder::finish() {
  while (!in_order_.empty()) hand_out();
}

}  // namespace anjuan::formats
