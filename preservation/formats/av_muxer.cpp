#include "preservation/formats/av_muxer.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <cstring>

#include <unistd.h>

namespace anjuan::formats {

namespace {

constexpr int kBufferBytes = 1024 * 1024;

/// Streams wait for each other so long before what is there is written: it bounds the memory.
constexpr std::int64_t kInterleaveMaxUs = 2'000'000;

struct DescriptorOutput {
  int descriptor = -1;
  std::int64_t at = 0;
  std::int64_t size = 0;

  static int write(void* self, std::uint8_t* buffer, int count) {
    auto& output = *static_cast<DescriptorOutput*>(self);
    for (int done = 0; done < count;) {
      const auto wrote = ::pwrite(output.descriptor, buffer + done,
                                  static_cast<std::size_t>(count - done), output.at);
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) return AVERROR(wrote < 0 ? errno : EIO);
      output.at += wrote;
      done += static_cast<int>(wrote);
    }
    output.size = std::max(output.size, output.at);
    return count;
  }

  static int read(void* self, std::uint8_t* buffer, int count) {
    auto& output = *static_cast<DescriptorOutput*>(self);
    const auto got =
        ::pread(output.descriptor, buffer, static_cast<std::size_t>(std::max(count, 0)), output.at);
    if (got < 0) return AVERROR(errno);
    output.at += got;
    return got == 0 ? AVERROR_EOF : static_cast<int>(got);
  }

  static std::int64_t seek(void* self, std::int64_t offset, int whence) {
    auto& output = *static_cast<DescriptorOutput*>(self);
    const int kind = whence & ~AVSEEK_FORCE;
    if (kind == AVSEEK_SIZE) return output.size;
    const std::int64_t base = kind == SEEK_CUR ? output.at : kind == SEEK_END ? output.size : 0;
    output.at = base + offset;
    return output.at;
  }
};

AVIOContext* make_io(DescriptorOutput& output, int writable) {
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBufferBytes));
  if (buffer == nullptr) throw std::bad_alloc();
  AVIOContext* io =
      avio_alloc_context(buffer, kBufferBytes, writable, &output, DescriptorOutput::read,
                         DescriptorOutput::write, DescriptorOutput::seek);
  if (io == nullptr) {
    av_free(buffer);
    throw std::bad_alloc();
  }
  return io;
}

void free_io(AVIOContext* io) {
  if (io != nullptr) av_freep(&io->buffer);
  avio_context_free(&io);
}

void put_tags(AVDictionary** dictionary, const AvTags& tags) {
  for (const auto& [name, value] : tags) {
    if (!value.empty()) av_checked(av_dict_set(dictionary, name.c_str(), value.c_str(), 0), "tags");
  }
}

}  // namespace

struct AvMuxer::State {
  DescriptorOutput output;
  DescriptorOutput second;  ///< MP4 moves its index to the front by reading what it wrote
  Container container = Container::kMatroska;
  AVFormatContext* format = nullptr;
  std::vector<Rational> given;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  ~State() {
    if (format == nullptr) return;
    free_io(format->pb);
    avformat_free_context(format);
  }

  static int open_again(AVFormatContext* context, AVIOContext** io, const char*, int flags,
                        AVDictionary**) {
    auto& state = *static_cast<State*>(context->opaque);
    if ((flags & AVIO_FLAG_WRITE) != 0) return AVERROR(EPERM);
    state.second = {state.output.descriptor, 0, state.output.size};
    *io = make_io(state.second, 0);
    return 0;
  }

  static int close_again(AVFormatContext*, AVIOContext* io) {
    free_io(io);
    return 0;
  }

  void open(int descriptor);
  void add_chapters(const std::vector<AvChapter>& chapters);
  void attach(const MuxAttachment& attachment);
};

void AvMuxer::State::open(int descriptor) {
  const std::string name(container_word(container));
  av_checked(avformat_alloc_output_context2(&format, nullptr, name.c_str(), nullptr), "muxer");
  output.descriptor = descriptor;
  format->pb = make_io(output, 1);
  format->opaque = this;
  format->io_open = open_again;
  format->io_close2 = close_again;
  format->flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_CUSTOM_IO;
  format->max_interleave_delta = kInterleaveMaxUs;
}

void AvMuxer::State::add_chapters(const std::vector<AvChapter>& chapters) {
  if (chapters.empty()) return;
  // libav frees both the list and its members with the context.
  format->chapters = static_cast<AVChapter**>(av_calloc(chapters.size(), sizeof(AVChapter*)));
  if (format->chapters == nullptr) throw std::bad_alloc();
  for (const AvChapter& chapter : chapters) {
    auto* one = static_cast<AVChapter*>(av_mallocz(sizeof(AVChapter)));
    if (one == nullptr) throw std::bad_alloc();
    format->chapters[format->nb_chapters] = one;
    one->id = ++format->nb_chapters;
    one->time_base = {1, 1000};
    one->start = chapter.start_ms;
    one->end = chapter.end_ms;
    put_tags(&one->metadata, {{"title", chapter.title}});
  }
}

void AvMuxer::State::attach(const MuxAttachment& attachment) {
  AVStream* stream = avformat_new_stream(format, nullptr);
  if (stream == nullptr) throw std::bad_alloc();
  AVCodecParameters& parameters = *stream->codecpar;
  parameters.codec_type = AVMEDIA_TYPE_ATTACHMENT;
  parameters.codec_id = AV_CODEC_ID_TEXT;
  const std::size_t bytes = attachment.text.size();
  parameters.extradata =
      static_cast<std::uint8_t*>(av_mallocz(bytes + AV_INPUT_BUFFER_PADDING_SIZE));
  if (parameters.extradata == nullptr) throw std::bad_alloc();
  std::memcpy(parameters.extradata, attachment.text.data(), bytes);
  parameters.extradata_size = static_cast<int>(bytes);
  put_tags(&stream->metadata, {{"filename", attachment.name}, {"mimetype", attachment.mime}});
}

AvMuxer::AvMuxer(int descriptor, Container container, const MuxNotes& notes)
    : state_(std::make_unique<State>()) {
  state_->container = container;
  state_->open(descriptor);
  put_tags(&state_->format->metadata, notes.tags);
  state_->add_chapters(notes.chapters);
  attachments_ = notes.attachments;
}

AvMuxer::~AvMuxer() = default;
AvMuxer::AvMuxer(AvMuxer&&) noexcept = default;

AVStream& AvMuxer::add_stream(const AVCodecParameters& parameters, Rational time_base) {
  AVFormatContext& format = *state_->format;
  if (avformat_query_codec(format.oformat, parameters.codec_id, FF_COMPLIANCE_NORMAL) == 0) {
    throw MediaFault{MediaFaultKind::kUnsupported, avcodec_get_name(parameters.codec_id)};
  }
  AVStream* stream = avformat_new_stream(&format, nullptr);
  if (stream == nullptr) throw std::bad_alloc();
  av_checked(avcodec_parameters_copy(stream->codecpar, &parameters), "stream");
  stream->codecpar->codec_tag = 0;  // The old container's name for the codec is not the new one's.
  stream->time_base = {time_base.num, time_base.den};
  stream->sample_aspect_ratio = parameters.sample_aspect_ratio;
  state_->given.push_back(time_base);
  return *stream;
}

void AvMuxer::begin() {
  if (state_->container == Container::kMatroska) {
    for (const MuxAttachment& attachment : attachments_) state_->attach(attachment);
  }
  AVDictionary* options = nullptr;
  const bool mp4 = state_->container == Container::kFastStartMp4;
  if (mp4) av_dict_set(&options, "movflags", "+faststart+use_metadata_tags", 0);
  const int result = avformat_write_header(state_->format, &options);
  av_dict_free(&options);
  av_checked(result, "header", MediaFaultKind::kUnsupported);
}

void AvMuxer::write(AVPacket& packet, int stream) {
  const auto at = static_cast<std::size_t>(stream);
  const Rational from = state_->given[at];
  packet.stream_index = stream;
  packet.pos = -1;
  av_packet_rescale_ts(&packet, {from.num, from.den}, state_->format->streams[at]->time_base);
  const int result = av_interleaved_write_frame(state_->format, &packet);
  if (result == AVERROR(EINVAL)) throw MediaFault{MediaFaultKind::kTimes, av_error_text(result)};
  av_checked(result, "write", MediaFaultKind::kWriteFailed);
}

void AvMuxer::finish() {
  av_checked(av_write_trailer(state_->format), "trailer", MediaFaultKind::kWriteFailed);
  avio_flush(state_->format->pb);
  av_checked(state_->format->pb->error, "flush", MediaFaultKind::kWriteFailed);
}

Rational AvMuxer::time_base(int stream) const {
  const AVRational base = state_->format->streams[static_cast<std::size_t>(stream)]->time_base;
  return {base.num, base.den};
}

std::uint64_t AvMuxer::bytes() const { return static_cast<std::uint64_t>(state_->output.size); }

}  // namespace anjuan::formats
