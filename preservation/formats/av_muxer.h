#pragma once
// Writes a container to a descriptor through libav: Matroska for preservation, MP4 for access.
//
// The same packets give the same bytes, at any time and on any machine (bit-exact mode): a copy can
// be made again and compared by its digest. For workers.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "preservation/formats/av_source.h"

namespace anjuan::formats {

enum class Container { kMatroska, kFastStartMp4 };

std::string_view container_word(Container container);  ///< "matroska", "mp4"

/// A text that goes into the container as a file, e.g. the recording's sidecar.
struct MuxAttachment {
  std::string name;
  std::string mime;
  std::string text;
};

/// What goes into the container besides streams.
struct MuxNotes {
  AvTags tags;  ///< names in any language, e.g. {"RECORDING_METHOD", "执法记录仪"}
  std::vector<AvChapter> chapters;
  std::vector<MuxAttachment> attachments;  ///< Matroska only
};

class AvMuxer {
 public:
  /// The descriptor is open for reading and writing, empty, seekable, and stays the caller's.
  AvMuxer(int descriptor, Container container, const MuxNotes& notes);
  ~AvMuxer();
  AvMuxer(AvMuxer&&) noexcept;

  /// A new stream with these parameters; before begin(). Throws MediaFault(kUnsupported) if the
  /// container has no place for the codec.
  AVStream& add_stream(const AVCodecParameters& parameters, Rational time_base);

  void begin();
  /// Packets of one stream in the order of their dts; times in the time base given to add_stream().
  void write(AVPacket& packet, int stream);
  void finish();

  /// The time base that the container keeps times in, of a stream, after begin().
  Rational time_base(int stream) const;
  std::uint64_t bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::vector<MuxAttachment> attachments_;  ///< come after the streams
};

}  // namespace anjuan::formats
