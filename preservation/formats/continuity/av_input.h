#pragma once
// A recording opened from a descriptor through libav: packets, and pictures as grey planes.
//
// For the sandboxed child only. Edit lists are ignored, so that every coded picture is seen with
// the time that the container's tables give it. Only demuxers of recordings are allowed: no
// play lists, no image sequences, nothing that names other files.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "preservation/formats/continuity/luma.h"

namespace anjuan::formats {

enum class TrackKind { kVideo, kAudio, kOther };

struct InputTrack {
  int index = 0;
  TrackKind kind = TrackKind::kOther;
  std::string codec;  ///< libav's name, e.g. "h264"
  int width = 0;
  int height = 0;
  double frames_per_second = 0;  ///< as declared or guessed; 0 = unknown
  double samples_per_second = 0;
  double time_unit_s = 0;  ///< of its time stamps
  std::vector<std::uint8_t> extra;
};

struct PacketView {
  int track = 0;
  std::optional<double> pts_s;
  std::optional<double> dts_s;
  double duration_s = 0;
  bool key = false;
  bool damaged = false;
  std::span<const std::uint8_t> bytes;  ///< until the next call
  std::optional<double> peak;           ///< of sound, if it is listened to: amplitude, of 1
};

struct Picture {
  Luma luma;
  double pts_s = 0;
  bool key = false;
  bool damaged = false;
};

enum class DecodeWhat { kAll, kKeyPictures };

class AvInput {
 public:
  /// Throws Error(kInvalid) if libav finds no recording in it.
  explicit AvInput(int descriptor);
  ~AvInput();
  AvInput(AvInput&&) noexcept;
  AvInput& operator=(AvInput&&) noexcept;

  const std::vector<InputTrack>& tracks() const;
  const std::string& container() const;  ///< libav's name, e.g. "mov,mp4,m4a,3gp,3g2,mj2"
  const std::string& encoder() const;    ///< its tag "encoder", or ""
  /// Seconds since 1970 by its tag "creation_time"; nothing if that is no time.
  std::optional<std::int64_t> created_s() const;
  double promised_s() const;  ///< length that the headers give, nothing estimated; 0 = none

  /// The first picture track that is not a cover image, or nullptr.
  const InputTrack* video() const;
  const InputTrack* audio() const;

  /// The next packet of any track; false at the end (or where reading fails: see read_failed()).
  bool read(PacketView& packet);
  bool read_failed() const;
  /// From now on read() tells how loud the packets of audio() are.
  void listen();

  /// To the key picture at or before `time_s`, or the beginning. False where that is impossible.
  bool seek(double time_s);

  void choose(DecodeWhat what);
  /// The next picture of video() in order of presentation; false at the end.
  bool decode(Picture& picture);
  /// Errors that libav reported while decoding pictures, and sound by listen(), so far.
  std::uint64_t decode_errors() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A PNG of a grey picture, or "" if libav cannot write one.
std::string to_png(const Luma& picture);

}  // namespace anjuan::formats
