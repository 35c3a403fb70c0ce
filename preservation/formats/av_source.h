#pragma once
// A recording opened from a descriptor through libav: its streams, packets and decoded frames.
//
// For workers of the sandbox: the bytes are foreign. Nothing but the descriptor is ever opened;
// what a container refers to elsewhere is refused. What ends the work is thrown as MediaFault;
// what a decoder could repair is counted (AvDecoder::errors, av_complaints).

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct AVCodecContext;
struct AVCodecParameters;
struct AVFormatContext;
struct AVFrame;
struct AVPacket;
struct AVStream;

namespace anjuan::formats {

enum class MediaFaultKind {
  kUnreadable,   ///< no container that libav reads
  kEmpty,        ///< no stream, or not one picture and not one sample
  kUnsupported,  ///< a codec, picture or sample format that cannot be carried
  kDamaged,      ///< the decoder reported errors: no clean proof is possible
  kNotEqual,     ///< what was read back is not what went in
  kTimes,        ///< time stamps that no container can keep
  kTooLarge,     ///< above a limit of size or the size budget
  kWriteFailed,
  kInternal,  ///< libav refused what it should take
  // No child says the rest: it was killed.
  kForbidden,   ///< for what only a taken-over one tries
  kOverTime,    ///< at the end of its time
  kOverMemory,  ///< beyond its memory
};

/// "unreadable", "empty", "unsupported", ...
std::string_view media_fault_word(MediaFaultKind kind);

/// Ends the work on one recording; becomes a result, never an end of the caller's work.
struct MediaFault {
  MediaFaultKind kind = MediaFaultKind::kInternal;
  std::string detail;
};

/// libav's text for an error number; `result` itself if it is none. Throws MediaFault.
std::string av_error_text(int error);
int av_checked(int result, std::string_view what, MediaFaultKind kind = MediaFaultKind::kInternal);

struct AvRelease {
  void operator()(AVCodecContext* context) const;
  void operator()(AVCodecParameters* parameters) const;
  void operator()(AVFrame* frame) const;
  void operator()(AVPacket* packet) const;
};

using AvCodec = std::unique_ptr<AVCodecContext, AvRelease>;
using AvFrame = std::unique_ptr<AVFrame, AvRelease>;
using AvPacket = std::unique_ptr<AVPacket, AvRelease>;

AvFrame make_av_frame();
AvPacket make_av_packet();

/// What libav logged at level error or worse in this process since the last reset.
struct AvComplaints {
  static constexpr std::size_t kKept = 20;
  std::uint64_t errors = 0;
  std::vector<std::string> first;  ///< at most kKept lines
};

void reset_av_complaints();  ///< also takes libav's log over, which is silent from then on
AvComplaints av_complaints();

/// While one lives, what libav logs on this thread is not counted: for trying what may fail.
class AvTrial {
 public:
  AvTrial();
  ~AvTrial();
  AvTrial(const AvTrial&) = delete;
  AvTrial& operator=(const AvTrial&) = delete;
};

struct Rational {
  int num = 0;
  int den = 1;

  bool operator==(const Rational&) const = default;

  double value() const { return den == 0 ? 0 : static_cast<double>(num) / den; }
};

inline constexpr std::int64_t kNoTime = INT64_MIN;  ///< AV_NOPTS_VALUE

enum class StreamKind { kVideo, kAudio, kSubtitle, kData, kAttachment, kPicture, kOther };

std::string_view stream_kind_word(StreamKind kind);

/// Of an AVFieldOrder: "progressive", or which field is coded and which is shown first, e.g. "tb";
/// "" = unknown.
std::string_view field_order_word(int order);

using AvTags = std::vector<std::pair<std::string, std::string>>;

struct AvStreamInfo {
  int index = 0;
  StreamKind kind = StreamKind::kOther;  ///< kPicture = a cover picture, not a moving one
  std::string codec;                     ///< libav's name, e.g. "mjpeg"; "none" if unknown
  std::string codec_tag;                 ///< e.g. "avc1"
  Rational time_base;
  std::int64_t start = kNoTime;     ///< in time_base
  std::int64_t duration = kNoTime;  ///< in time_base, as the container says
  std::int64_t frames = 0;          ///< as the container says; 0 = it does not
  std::int64_t bits_per_second = 0;
  // pictures
  int width = 0;
  int height = 0;
  std::string pixel_format;
  Rational sample_aspect;  ///< 0/1 = unknown
  Rational frame_rate;     ///< average; 0/1 = unknown
  int rotation = 0;        ///< degrees clockwise that a player turns the picture by
  std::string field_order, color_range, color_space, color_primaries, color_transfer, chroma_place;
  // sound
  int sample_rate = 0;
  int channels = 0;
  std::string sample_format;
  int bits_per_sample = 0;  ///< of the coded sound; 0 = does not apply
  int initial_padding = 0;
  AvTags tags;
};

struct AvChapter {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::string title;
};

struct AvFileInfo {
  std::string format;  ///< libav's name of the demuxer, e.g. "mov,mp4,m4a,3gp,3g2,mj2"
  std::int64_t start_us = kNoTime;
  std::int64_t duration_us = kNoTime;
  std::vector<AvStreamInfo> streams;
  std::vector<AvChapter> chapters;
  AvTags tags;  ///< e.g. creation_time
};

/// kHonour: as a player shows it. kIgnore: everything that the file holds, cut out or not.
enum class EditLists { kHonour, kIgnore };

class AvSource {
 public:
  static constexpr unsigned kStreamsMax = 64;
  static constexpr int kReadErrorsMax = 100;  ///< in a row; then the file counts as ended

  /// The descriptor stays the caller's and must be seekable. Throws MediaFault(kUnreadable).
  static AvSource open(int descriptor, EditLists edits = EditLists::kHonour);
  ~AvSource();
  AvSource(AvSource&&) noexcept;

  const AvFileInfo& info() const;

  /// The next packet of any stream; false at the end. What cannot be read is skipped and counted.
  bool read(AVPacket& packet);

  /// To the keyframe at or before `time` of `stream`. False if the container cannot.
  bool seek(int stream, std::int64_t time);

  std::uint64_t read_errors() const;
  std::uint64_t position() const;  ///< bytes up to which the file was read
  std::uint64_t size() const;

  AVFormatContext& context() const;
  AVStream& stream(int index) const;

 private:
  struct State;
  explicit AvSource(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

class AvDecoder {
 public:
  static constexpr std::int64_t kPixelsMax = 128LL * 1024 * 1024;

  using Take = std::function<void(AVFrame&)>;

  /// Throws MediaFault(kUnsupported) if there is no decoder for the codec.
  AvDecoder(const AVStream& stream, int threads);
  AvDecoder(const AVCodecParameters& parameters, Rational time_base, int threads);

  /// Decodes one packet and hands out the frames that are ready; nullptr = the end, all the rest.
  /// A packet that cannot be decoded is counted, and the next one is waited for.
  void decode(const AVPacket* packet, const Take& take);

  /// Packets refused, frames marked as damaged.
  std::uint64_t errors() const { return errors_; }

  AVCodecContext& context() const { return *context_; }

 private:
  void receive(const Take& take);

  AvCodec context_;
  AvFrame frame_;
  std::uint64_t errors_ = 0;
};

/// The time of a frame in its stream's time base: its own pts, else the dts of the packet that
/// gave it, never libav's guess (which is seconds off after a splice). kNoTime if there is none.
std::int64_t frame_time(const AVFrame& frame);

}  // namespace anjuan::formats
