#pragma once
// The blocks of a Matroska file (RFC 9559) one after the other, without any of its tables.
//
// Containers of containers are simply entered and everything else is skipped, so that neither
// unknown sizes nor a broken index matter. After damage the walk goes on at the next cluster. For
// workers.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace anjuan::formats {

struct MatroskaTrack {
  std::uint64_t number = 0;
  std::string codec;          ///< e.g. "V_FFV1"
  std::string codec_private;  ///< at most kPrivateMax bytes

  /// Also as Video for Windows writes it.
  bool is_ffv1() const;
};

struct MatroskaBlock {
  std::uint64_t track = 0;
  std::int64_t time_ns = 0;
  bool laced = false;                ///< several frames in one block: not cut apart here
  std::span<const std::byte> frame;  ///< until the next call
};

class MatroskaBlocks {
 public:
  static constexpr std::uint64_t kBlockMax = 512ULL * 1024 * 1024;
  static constexpr std::size_t kPrivateMax = 64 * 1024;
  static constexpr std::size_t kTracksMax = 256;

  /// The descriptor stays the caller's.
  explicit MatroskaBlocks(int descriptor);

  /// The next block; false at the end of the file.
  bool next(MatroskaBlock& block);

  const std::vector<MatroskaTrack>& tracks() const { return tracks_; }

  /// Where the structure made no sense, and the walk went on at a cluster or ended.
  const std::vector<std::uint64_t>& damage() const { return damage_; }

  bool is_matroska() const { return is_matroska_; }

  std::uint64_t position() const { return window_at_ + at_; }

  std::uint64_t size() const { return size_; }

 private:
  struct Element {
    std::uint64_t id = 0;
    std::uint64_t bytes = 0;
    bool unknown_size = false;
  };

  bool fill(std::size_t bytes);
  std::optional<std::uint64_t> number(bool keep_marker);
  std::optional<Element> element();
  void skip(std::uint64_t bytes);
  void resynchronise();
  std::uint64_t unsigned_value(std::uint64_t bytes);
  std::string text_value(std::uint64_t bytes);
  bool take(const Element& element, MatroskaBlock& block);
  bool take_block(std::uint64_t bytes, MatroskaBlock& block);

  int descriptor_;
  std::uint64_t size_ = 0;
  std::vector<std::byte> window_;
  std::uint64_t window_at_ = 0;  ///< position of the window in the file
  std::size_t filled_ = 0;
  std::size_t at_ = 0;  ///< in the window
  bool is_matroska_ = false;
  std::int64_t scale_ns_ = 1'000'000;
  std::int64_t cluster_time_ = 0;
  std::vector<MatroskaTrack> tracks_;
  std::vector<std::uint64_t> damage_;
};

}  // namespace anjuan::formats
