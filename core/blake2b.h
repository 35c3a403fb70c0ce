#pragma once
// BLAKE2b without a key (RFC 7693), in any length of digest.
//
// OpenSSL 3.0 computes only the 64-byte digest; OCFL packages of others also carry shorter ones.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace anjuan {

class Blake2b {
 public:
  /// `digest_bytes` from 1 to 64.
  explicit Blake2b(std::size_t digest_bytes);

  void update(std::span<const std::byte> bytes);

  /// The digest. Spent afterwards.
  std::vector<unsigned char> finish();

 private:
  static constexpr std::size_t kBlockBytes = 128;
  enum class Block { kInner, kLast };

  void compress(Block kind);

  std::size_t digest_bytes_;
  std::array<std::uint64_t, 8> state_{};
  std::array<unsigned char, kBlockBytes> block_{};
  std::size_t filled_ = 0;   ///< bytes in block_
  std::uint64_t count_ = 0;  ///< bytes compressed; 2^64 of them are out of reach
};

}  // namespace anjuan
