#pragma once
// What damage and malice make of known bytes, always the same.

#include <cstddef>
#include <cstdint>
#include <random>

namespace anjuan::test {

/// Every beginning of `whole`, the empty one too and the whole not.
template <typename Bytes, typename Use>
void each_beginning(const Bytes& whole, Use use) {
  for (std::size_t size = 0; size < whole.size(); ++size) {
    use(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
  }
}

/// `whole` with each of its bits turned over; `use` also hears which.
template <typename Bytes, typename Use>
void each_flip(const Bytes& whole, Use use) {
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    Bytes bent = whole;
    auto& byte = bent[bit / 8];
    byte = static_cast<typename Bytes::value_type>(byte ^ 1 << bit % 8);
    use(bent, bit);
  }
}

/// `whole` with one to eight bytes of chance in it, so many times.
template <typename Bytes, typename Use>
void each_chance(const Bytes& whole, unsigned turns, Use use) {
  if (whole.empty()) return;
  std::mt19937 random(20251126);
  for (unsigned turn = 0; turn < turns; ++turn) {
    Bytes bent = whole;
    for (auto edits = 1 + random() % 8; edits > 0; --edits) {
      bent[random() % bent.size()] = static_cast<typename Bytes::value_type>(random());
    }
    use(bent);
  }
}

/// Any bytes, most of them zeros and ones as coded streams have them; so many times.
template <typename Bytes, typename Use>
void each_noise(std::size_t size_max, unsigned turns, Use use) {
  std::mt19937 random(20251127);
  for (unsigned turn = 0; turn < turns; ++turn) {
    Bytes noise(random() % size_max, typename Bytes::value_type{});
    for (auto& byte : noise) {
      const auto value = random() % 3 == 0 ? random() : random() % 2;
      byte = static_cast<typename Bytes::value_type>(value);
    }
    use(noise);
  }
}

/// All four.
template <typename Bytes, typename Use>
void each_damage(const Bytes& whole, Use use) {
  each_beginning(whole, use);
  each_flip(whole, [&](const Bytes& bent, std::size_t) { use(bent); });
  each_chance(whole, 500, use);
  each_noise<Bytes>(2 * whole.size() + 1, 500, use);
}

}  // namespace anjuan::test
