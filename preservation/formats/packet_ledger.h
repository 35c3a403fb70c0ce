#pragma once
// What was given to a container to write, and whether the finished file gives it back.
//
// Every packet's digest, order and time of every stream are compared with a read of the whole file
// from the medium. What was proved of a packet holds then for the file (docs/adr/0052-proof.md).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/digest.h"
#include "preservation/formats/av_source.h"
#include "preservation/formats/frame_hash.h"
#include "preservation/formats/packet_form.h"

namespace anjuan::formats {

class PacketLedger {
 public:
  /// Containers keep time in ticks; half of one on either side, and the source's own half.
  static constexpr double kToleranceS = 0.0015;

  /// A further stream of the container. `header` = its codec's own header as the proof used it; ""
  /// = not compared.
  void add_stream(Rational time_base, std::string header);
  /// A packet that goes into the container, in the form that the container keeps.
  void expect(int stream, const FrameHash& hash, std::int64_t time);

  /// Reads the file from the medium. Throws MediaFault(kNotEqual | kUnreadable) naming stream and
  /// packet; gives the seconds that all times were moved by (0, but for negative times).
  double check(int descriptor);

  std::uint64_t packets(int stream) const;

 private:
  struct Stream {
    Rational time_base;
    std::string header;
    std::vector<std::int64_t> times;  ///< 8 bytes a packet: 1 MB for an hour
    Hasher expected{DigestAlgorithm::kSha256};
    Hasher found{DigestAlgorithm::kSha256};
    std::size_t read = 0;
  };

  void compare_header(AvSource& file, int stream) const;
  void take(const AVPacket& packet, const PacketForm& form, Rational time_base);

  std::vector<Stream> streams_;
  std::optional<double> offset_s_;  ///< of the file's first packet; all others must share it
};

}  // namespace anjuan::formats
