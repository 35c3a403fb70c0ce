#pragma once
// Digests: SHA-512 is the one content digest (OCFL, METS, PREMIS), SM3 (GB/T 32905) the second.
//
// One read of a file feeds both, each on its own thread (docs/adr: digests).

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace anjuan {

/// The first three are ours; the others are read in packages of other programs, never written.
enum class DigestAlgorithm {
  kSha512,
  kSha256,
  kSm3,
  kMd5,
  kSha1,
  kSha224,
  kSha384,
  kSha512_256,
  kSha3_224,
  kSha3_256,
  kSha3_384,
  kSha3_512,
  kBlake2s_256,
  kBlake2b_160,
  kBlake2b_256,
  kBlake2b_384,
  kBlake2b_512,
};

/// Hexadecimal digits of a digest.
std::size_t digest_hex_length(DigestAlgorithm algorithm);

/// Lower-case hexadecimal digests of one byte sequence, and its length.
struct Digests {
  std::string sha512;
  std::string sm3;
  std::uint64_t bytes = 0;

  bool operator==(const Digests&) const = default;
};

/// One running digest.
class Hasher {
 public:
  explicit Hasher(DigestAlgorithm algorithm);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  void update(std::span<const std::byte> bytes);
  void update(std::string_view text);

  /// Lower-case hexadecimal. The hasher is spent afterwards.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// SHA-512 and SM3 over the same bytes; SM3 runs on a second thread, fed through a bounded ring.
class PairHasher {
 public:
  PairHasher();
  ~PairHasher();
  PairHasher(const PairHasher&) = delete;
  PairHasher& operator=(const PairHasher&) = delete;

  void update(std::span<const std::byte> bytes);
  Digests finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string digest_hex(DigestAlgorithm algorithm, std::string_view bytes);
Digests digest_bytes(std::string_view bytes);

/// Reads the file once. `on_read` is called with each count of bytes (progress; may throw to stop).
Digests digest_file(const std::filesystem::path& path,
                    const std::function<void(std::uint64_t)>& on_read = {});

/// SHA-512 of the bytes as the disk gives them: the page cache of the file is dropped first
/// (POSIX_FADV_DONTNEED after fsync), so that "read back" means the medium.
std::string sha512_from_disk(const std::filesystem::path& path,
                             const std::function<void(std::uint64_t)>& on_read = {});

}  // namespace anjuan
