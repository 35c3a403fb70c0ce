#include "core/digest.h"

#include <openssl/evp.h>

#include "core/blake2b.h"
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

AlgorithmHandle fetch(const char* name) {
  AlgorithmHandle algorithm(EVP_MD_fetch(nullptr, name, nullptr));
  if (!algorithm) refuse(name);
  return algorithm;
}

/// Fetched once: looking an algorithm up costs more than digesting a small file.
const EVP_MD* algorithm_of(DigestAlgorithm algorithm) {
  static const AlgorithmHandle sha512 = fetch("SHA2-512");
  static const AlgorithmHandle sha256 = fetch("SHA2-256");
  static const AlgorithmHandle sm3 = fetch("SM3");
  static const AlgorithmHandle md5 = fetch("MD5");
  static const AlgorithmHandle sha1 = fetch("SHA1");
  static const AlgorithmHandle sha512_of_256 = fetch("SHA2-512/256");
  switch (algorithm) {
    case DigestAlgorithm::kSha512:
      return sha512.get();
    case DigestAlgorithm::kSha256:
      return sha256.get();
    case DigestAlgorithm::kSm3:
      return sm3.get();
    case DigestAlgorithm::kMd5:
      return md5.get();
    case DigestAlgorithm::kSha1:
      return sha1.get();
    case DigestAlgorithm::kSha512Of256:
      return sha512_of_256.get();
    case DigestAlgorithm::kBlake2b160:
    case DigestAlgorithm::kBlake2b256:
    case DigestAlgorithm::kBlake2b384:
    case DigestAlgorithm::kBlake2b512:
      break;  // OpenSSL 3.0 has no lengths but the longest
  }
  refuse("?");
}

/// Bytes of a BLAKE2b digest; 0 for another algorithm.
std::size_t blake2b_bytes(DigestAlgorithm algorithm) {
  if (algorithm == DigestAlgorithm::kBlake2b160) return 20;
  if (algorithm == DigestAlgorithm::kBlake2b256) return 32;
  if (algorithm == DigestAlgorithm::kBlake2b384) return 48;
  if (algorithm == DigestAlgorithm::kBlake2b512) return 64;
  return 0;
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
  if (state_->blake2b) return hex_of(state_->blake2b->finish());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_DigestFinal_ex(state_->context.get(), digest.data(), &length) != 1) refuse("final");
  return hex_of(std::span(digest).first(length));
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
