#pragma once
// What the encoded tracks of an access copy have in common: an encoder, its packets, and their way
// into the container. For workers.

#include "preservation/formats/packet_form.h"
#include "preservation/formats/track.h"

namespace anjuan::formats {

class EncodedTrack : public Track {
 public:
  const AVCodecParameters& parameters() const override { return *parameters_; }

  Rational time_base() const override;

  std::optional<ProofStream> proof_stream() const override { return std::nullopt; }

  TrackResult result() const override;

 protected:
  /// `encoder` = libav's name of it. Throws MediaFault(kUnsupported) if this libav has it not.
  EncodedTrack(const AVStream& stream, TrackOutput output, const char* encoder);

  /// Opens the encoder with what the constructor of a track has set.
  void open();
  /// nullptr = the end.
  void encode(const AVFrame* frame);

  const AVStream& stream_;
  TrackOutput output_;
  AvCodec encoder_;
  TrackResult result_;

 private:
  std::unique_ptr<AVCodecParameters, AvRelease> parameters_;
  AvPacket packet_;
  std::optional<PacketForm> form_;
};

}  // namespace anjuan::formats
