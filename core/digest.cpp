#include "core/digest.h"

#include <openssl/evp.h>
#include <sodium.h>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

struct FreeAlgorithm {
  void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
};

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

using AlgorithmHandle = std::unique_ptr<EVP_MD, FreeAlgorithm>;

[[noreturn]] void refuse(std::string_view name) {
  throw Error(ErrorCode::kInternal, std::string(name),
              say("kernel.digest_failed", {{"name", std::string(name)}}));
}

/// OpenSSL's names, in the order of DigestAlgorithm, as far as it has them: of BLAKE2b it knows the
/// longest digest alone, so that these come from libsodium.
constexpr std::array kNames = {"SHA2-512", "SHA2-256", "SM3",          "MD5",      "SHA1",
                               "SHA2-224", "SHA2-384", "SHA2-512/256", "SHA3-224", "SHA3-256",
                               "SHA3-384", "SHA3-512", "BLAKE2S-256"};

/// Fetched once: looking an algorithm up costs more than digesting a small file.
const EVP_MD* algorithm_of(DigestAlgorithm algorithm) {
  static const auto fetched = [] {
    std::array<AlgorithmHandle, kNames.size()> all;
    for (std::size_t i = 0; i < all.size(); ++i) {
      all.at(i).reset(EVP_MD_fetch(nullptr, kNames.at(i), nullptr));
    }
    return all;
  }();
  const auto index = static_cast<std::size_t>(algorithm);
  const EVP_MD* found = fetched.at(index).get();
  if (found == nullptr) refuse(kNames.at(index));
  return found;
}

std::string hex_of(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 0x0F];
  }
  return text;
}

/// Bytes of a BLAKE2b digest; 0 for another algorithm.
std::size_t blake2b_bytes(DigestAlgorithm algorithm) {
  if (algorithm == DigestAlgorithm::kBlake2b_160) return 20;
  if (algorithm == DigestAlgorithm::kBlake2b_256) return 32;
  if (algorithm == DigestAlgorithm::kBlake2b_384) return 48;
  if (algorithm == DigestAlgorithm::kBlake2b_512) return 64;
  return 0;
}

/// Without a key, as digests of files are.
class Blake2b {
 public:
  explicit Blake2b(std::size_t bytes) : bytes_(bytes) {
    static const bool ready = ::sodium_init() >= 0;  // picks the code for this processor
    if (!ready || ::crypto_generichash_blake2b_init(&state_, nullptr, 0, bytes_) != 0) {
      refuse("blake2b");
    }
  }

  void update(std::span<const std::byte> bytes) {
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    if (::crypto_generichash_blake2b_update(&state_, data, bytes.size()) != 0) refuse("update");
  }

  std::string finish() {
    std::array<unsigned char, crypto_generichash_blake2b_BYTES_MAX> digest{};
    if (::crypto_generichash_blake2b_final(&state_, digest.data(), bytes_) != 0) refuse("final");
    return hex_of(std::span(digest).first(bytes_));
  }

 private:
  crypto_generichash_blake2b_state state_{};
  std::size_t bytes_;
};

}  // namespace

struct Hasher::State {
  std::unique_ptr<EVP_MD_CTX, FreeContext> context;
  std::optional<Blake2b> blake2b;  ///< instead of the context
};

Hasher::Hasher(DigestAlgorithm algorithm) : state_(std::make_unique<State>()) {
  if (const auto bytes = blake2b_bytes(algorithm)) {
    state_->blake2b.emplace(bytes);
    return;
  }
  state_->context.reset(EVP_MD_CTX_new());
  if (!state_->context ||
      EVP_DigestInit_ex2(state_->context.get(), algorithm_of(algorithm), nullptr) != 1) {
    refuse("init");
  }
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::span<const std::byte> bytes) {
  if (state_->blake2b) {
    state_->blake2b->update(bytes);
    return;
  }
  if (EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) != 1) refuse("update");
}

void Hasher::update(std::string_view text) { update(std::as_bytes(std::span(text))); }

std::string Hasher::finish() {
  if (state_->blake2b) return state_->blake2b->finish();
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_DigestFinal_ex(state_->context.get(), digest.data(), &length) != 1) refuse("final");
  return hex_of(std::span(digest).first(length));
}

std::size_t digest_hex_length(DigestAlgorithm algorithm) {
  if (const auto bytes = blake2b_bytes(algorithm)) return 2 * bytes;
  return 2 * static_cast<std::size_t>(EVP_MD_get_size(algorithm_of(algorithm)));
}

std::string digest_hex(DigestAlgorithm algorithm, std::string_view bytes) {
  Hasher hasher(algorithm);
  hasher.update(bytes);
  return hasher.finish();
}

Digests digest_bytes(std::string_view bytes) {
  PairHasher hasher;
  hasher.update(std::as_bytes(std::span(bytes)));
  return hasher.finish();
}

}  // namespace anjuan
