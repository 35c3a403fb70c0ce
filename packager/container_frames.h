#pragma once
// What the unpacking child tells its parent: small frames over a pipe.
//
// A frame is one byte of kind, four bytes of length (little endian), then so many bytes. The order
// is kFormat, then for each entry kEntry, any number of kData, kEntryEnd; at last kFinish. kFault
// may come at any time and is the last frame. The parent believes nothing: FrameReader refuses
// every other order, unknown kinds and lengths above the limits.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace anjuan::packager {

enum class FrameKind : std::uint8_t { kFormat = 1, kEntry, kData, kEntryEnd, kFinish, kFault };

inline constexpr std::size_t kDataFrameMax = 256 * 1024;
inline constexpr std::size_t kOtherFrameMax = 72 * 1024;

enum class ContainerFormat : std::uint8_t {
  kZip = 1,
  kTar,
  kTarGz,
  kTarXz,
  kTarZst,
  kTarBz2,
  kSevenZip,
  kRar,
};

/// "zip", "tar", "tar.gz", "tar.xz", "tar.zst", "tar.bz2", "7z", "rar".
std::string_view format_word(ContainerFormat format);

enum class EntryType : std::uint8_t { kFile = 1, kFolder, kLink, kHardLink, kSpecial };

/// Why the child gave up.
enum class UnpackFault : std::uint8_t {
  kUnknownFormat = 1,  ///< not a container that is read here
  kDamaged,            ///< cut short, wrong check sum, contradicting itself
  kEncrypted,
  kUnsupported,     ///< a method that libarchive has not
  kNameUnreadable,  ///< a name that cannot be had as bytes
  kTooLarge,        ///< more than the limit came out of the compression
  kReadFailed,      ///< the input descriptor gave an error
};

struct EntryFrame {
  EntryType type = EntryType::kFile;
  bool encrypted = false;
  std::optional<std::uint64_t> bytes;      ///< as declared
  std::optional<std::int64_t> modified_s;  ///< seconds since 1970-01-01T00:00:00Z
  std::string_view name;                   ///< as it stands in the container
};

/// The child's side: `put` gets whole frames, in order.
class FrameWriter {
 public:
  using Put = std::function<void(std::string_view)>;

  explicit FrameWriter(Put put) : put_(std::move(put)) {}

  void format(ContainerFormat format);
  void entry(const EntryFrame& entry);
  void data(std::span<const std::byte> block);  ///< at most kDataFrameMax bytes
  void entry_end();
  void finish(std::uint64_t entries);
  void fault(UnpackFault fault, std::string_view detail);

 private:
  void send(FrameKind kind, std::string_view payload);

  Put put_;
};

/// What the parent does with a frame that is well formed.
class FrameHandler {
 public:
  virtual ~FrameHandler() = default;
  virtual void format(ContainerFormat format) = 0;
  virtual void entry(const EntryFrame& entry) = 0;
  virtual void data(std::span<const std::byte> block) = 0;  ///< a part of a frame, never empty
  virtual void entry_end() = 0;
  virtual void finish(std::uint64_t entries) = 0;
  virtual void fault(UnpackFault fault, std::string_view detail) = 0;
};

/// The parent's side. feed() throws Error(kRefused) for anything that is not as above.
class FrameReader {
 public:
  FrameReader(std::string source, FrameHandler& handler)
      : source_(std::move(source)), handler_(handler) {}

  void feed(std::span<const std::byte> bytes);

  /// True after kFinish or kFault: nothing may follow.
  bool finished() const { return state_ == State::kFinished; }

 private:
  enum class State { kStart, kBetween, kInEntry, kFinished };

  [[noreturn]] void refuse() const;
  void begin_frame();
  void dispatch();
  void dispatch_entry();
  void require(bool as_expected) const;

  std::string source_;
  FrameHandler& handler_;
  State state_ = State::kStart;
  std::string head_;  ///< kind and length, until complete
  FrameKind kind_ = FrameKind::kFormat;
  std::size_t left_ = 0;  ///< bytes of this frame that are still to come
  std::string payload_;   ///< of frames other than kData
};

}  // namespace anjuan::packager
