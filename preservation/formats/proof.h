#pragma once
// The proof of a derivation: a digest of every decoded picture, of every second of sound and of
// every copied packet, as text (docs/formats/proof.md).
//
// The text is FFmpeg's framehash version 2, so that any machine with ffmpeg can make it again from
// the original or the derivative and compare. Writer and reader share nothing but these values.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.h"
#include "core/xml_writer.h"
#include "preservation/formats/av_source.h"

namespace anjuan::formats {

struct ProofStream {
  Rational time_base;  ///< of the source: a derivative may round, the proof does not
  StreamKind kind = StreamKind::kVideo;
  std::string codec;  ///< what is digested: "rawvideo", "pcm_s16le", or the codec of its packets
  int width = 0;
  int height = 0;
  Rational sample_aspect;
  int sample_rate = 0;
  int channels = 0;
  int source_stream = 0;     ///< number of the stream in the source
  std::string source_codec;  ///< e.g. "mjpeg"
  bool packets = false;      ///< coded packets are digested, not what they decode to

  bool operator==(const ProofStream&) const = default;
};

struct ProofLine {
  std::uint32_t stream = 0;
  std::int64_t dts = 0;
  std::int64_t pts = 0;  ///< in ProofStream::time_base
  std::int64_t duration = 0;
  std::uint64_t bytes = 0;
  std::string sha256;

  bool operator==(const ProofLine&) const = default;
};

/// More streams than a source may have are no proof of ours.
inline constexpr std::size_t kProofStreamsMax = AvSource::kStreamsMax;
/// So many lines are 1,000 hours of pictures at 25 a second, and about 10 GB of text.
inline constexpr std::uint64_t kProofLinesMax = 90'000'000;

class ProofWriter {
 public:
  /// Writes the head at once.
  ProofWriter(ByteSink sink, const std::vector<ProofStream>& streams);
  void line(const ProofLine& line);

 private:
  ByteSink sink_;
};

/// Takes a proof line by line, believing nothing.
class ProofReader {
 public:
  /// `subject` names the proof in an Error.
  explicit ProofReader(std::string subject) : subject_(std::move(subject)) {}

  /// One line without its end; a line of the head gives nothing.
  /// Throws Error(kInvalid) naming the line for anything that is no proof of ours.
  std::optional<ProofLine> take(std::string_view line);

  /// The streams that the head names; complete once a line was returned.
  const std::vector<ProofStream>& streams() const { return streams_; }

 private:
  [[noreturn]] void refuse() const;
  void head(std::string_view line);
  void head_of_stream(std::string_view key, std::size_t stream, std::string_view value);
  std::int64_t number(std::string_view text) const;
  Rational ratio(std::string_view text, char sign) const;

  std::string subject_;
  std::uint64_t lines_ = 0;
  std::vector<ProofStream> streams_;
};

/// A whole proof file. Returns its streams. Throws Error(kNotFound | kIo | kInvalid).
std::vector<ProofStream> read_proof(const std::filesystem::path& path,
                                    const std::function<void(const ProofLine&)>& on_line);

}  // namespace anjuan::formats
