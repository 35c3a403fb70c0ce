#pragma once
// Pictures to FFV1 version 3 (RFC 9043), each proved at once: encoded, decoded again, compared.
//
// Every picture stands alone (gop 1), so several encoders work side by side and give the bytes that
// one would give. Pictures come out in the order in which they went in. Nothing is converted: a
// pixel format that FFV1 does not have is refused. For workers.

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "preservation/formats/av_source.h"
#include "preservation/formats/frame_hash.h"

namespace anjuan::formats {

/// From the policy (schemas/policy/formats.xml).
struct Ffv1Settings {
  int slices = 16;  ///< damage stays within one; also the unit of the check sums
  int context = 0;  ///< 1 = larger context model: some per cent smaller, much slower
  bool range_coder = true;
};

struct ProvedPicture {
  std::int64_t time = 0;
  std::int64_t duration = 0;
  FrameHash hash;  ///< of the picture that went in, and came back byte by byte
  AvPacket packet;
};

class Ffv1Encoder {
 public:
  using OnPicture = std::function<void(ProvedPicture&)>;

  /// `first` gives size, pixel format and colour; `coded` what the container says of the stream.
  /// Throws MediaFault(kUnsupported).
  Ffv1Encoder(const Ffv1Settings& settings, const AVFrame& first, const AVCodecParameters& coded,
              Rational time_base, unsigned workers, OnPicture on_picture);
  ~Ffv1Encoder();
  Ffv1Encoder(const Ffv1Encoder&) = delete;
  Ffv1Encoder& operator=(const Ffv1Encoder&) = delete;

  /// Takes a reference to the picture. May hand out earlier pictures.
  /// Throws MediaFault(kNotEqual) for a picture that did not come back as it went in,
  /// MediaFault(kUnsupported) if size or format change.
  void add(const AVFrame& frame, std::int64_t time);
  void finish();

  /// Parameters of the coded stream, for the container.
  const AVCodecParameters& parameters() const { return *parameters_; }

 private:
  struct Unit;
  struct Work;

  void run(Unit& unit);
  void hand_out();

  OnPicture on_picture_;
  std::unique_ptr<AVCodecParameters, AvRelease> parameters_;
  int width_ = 0, height_ = 0, format_ = -1;
  std::vector<std::unique_ptr<Unit>> units_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Work>> waiting_;   ///< for a unit
  std::deque<std::shared_ptr<Work>> in_order_;  ///< not yet handed out
  bool stopping_ = false;
  std::vector<std::jthread> threads_;  ///< last: they use all the others
};

}  // namespace anjuan::formats
