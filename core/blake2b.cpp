#include "core/blake2b.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace anjuan {

namespace {

constexpr std::array<std::uint64_t, 8> kStart = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

/// Which word of the message each step of a round takes (RFC 7693 section 2.7).
constexpr unsigned char kOrder[10][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                          {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
                                          {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
                                          {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
                                          {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
                                          {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
                                          {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
                                          {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
                                          {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
                                          {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

using Words = std::array<std::uint64_t, 16>;

std::uint64_t little_endian(const unsigned char* bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 8; i > 0; --i) word = (word << 8) | bytes[i - 1];
  return word;
}

void mix(Words& v, std::size_t a, std::size_t b, std::size_t c, std::size_t d, std::uint64_t x,
         std::uint64_t y) {
  v[a] += v[b] + x;
  v[d] = std::rotr(v[d] ^ v[a], 32);
  v[c] += v[d];
  v[b] = std::rotr(v[b] ^ v[c], 24);
  v[a] += v[b] + y;
  v[d] = std::rotr(v[d] ^ v[a], 16);
  v[c] += v[d];
  v[b] = std::rotr(v[b] ^ v[c], 63);
}

void mix_round(Words& v, const Words& message, const unsigned char (&order)[16]) {
  const auto word = [&](std::size_t step) { return message[order[step]]; };
  mix(v, 0, 4, 8, 12, word(0), word(1));
  mix(v, 1, 5, 9, 13, word(2), word(3));
  mix(v, 2, 6, 10, 14, word(4), word(5));
  mix(v, 3, 7, 11, 15, word(6), word(7));
  mix(v, 0, 5, 10, 15, word(8), word(9));
  mix(v, 1, 6, 11, 12, word(10), word(11));
  mix(v, 2, 7, 8, 13, word(12), word(13));
  mix(v, 3, 4, 9, 14, word(14), word(15));
}

}  // namespace

Blake2b::Blake2b(std::size_t digest_bytes) : digest_bytes_(digest_bytes), state_(kStart) {
  constexpr std::uint64_t kSequentialWithoutKey = 0x01010000;
  state_[0] ^= kSequentialWithoutKey ^ digest_bytes;
}

void Blake2b::update(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    // The last block is compressed by finish() alone, even a full one.
    if (filled_ == kBlockBytes) compress(Block::kInner);
    const auto count = std::min(bytes.size(), kBlockBytes - filled_);
    std::memcpy(block_.data() + filled_, bytes.data(), count);
    filled_ += count;
    bytes = bytes.subspan(count);
  }
}

std::vector<unsigned char> Blake2b::finish() {
  std::fill(block_.begin() + static_cast<std::ptrdiff_t>(filled_), block_.end(),
            static_cast<unsigned char>(0));
  compress(Block::kLast);
  std::vector<unsigned char> digest(digest_bytes_);
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<unsigned char>(state_[i / 8] >> (8 * (i % 8)));
  }
  return digest;
}

void Blake2b::compress(Block kind) {
  count_ += filled_;
  filled_ = 0;
  Words message;
  for (std::size_t i = 0; i < message.size(); ++i) message[i] = little_endian(&block_[i * 8]);
  Words v;
  std::copy(state_.begin(), state_.end(), v.begin());
  std::copy(kStart.begin(), kStart.end(), v.begin() + 8);
  v[12] ^= count_;
  if (kind == Block::kLast) v[14] = ~v[14];
  constexpr std::size_t kRounds = 12;
  for (std::size_t i = 0; i < kRounds; ++i) mix_round(v, message, kOrder[i % std::size(kOrder)]);
  for (std::size_t i = 0; i < state_.size(); ++i) state_[i] ^= v[i] ^ v[i + 8];
}

}  // namespace anjuan
