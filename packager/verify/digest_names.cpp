#include "packager/verify/digest_names.h"

namespace anjuan::packager {

namespace {

struct NamedAlgorithm {
  std::string_view name;
  DigestAlgorithm algorithm;
};

constexpr NamedAlgorithm kAlgorithms[] = {
    {"md5", DigestAlgorithm::kMd5},
    {"sha1", DigestAlgorithm::kSha1},
    {"sha224", DigestAlgorithm::kSha224},
    {"sha256", DigestAlgorithm::kSha256},
    {"sha384", DigestAlgorithm::kSha384},
    {"sha512", DigestAlgorithm::kSha512},
    {"sha512256", DigestAlgorithm::kSha512_256},
    {"sha3224", DigestAlgorithm::kSha3_224},
    {"sha3256", DigestAlgorithm::kSha3_256},
    {"sha3384", DigestAlgorithm::kSha3_384},
    {"sha3512", DigestAlgorithm::kSha3_512},
    {"blake2b", DigestAlgorithm::kBlake2b_512},
    {"blake2b512", DigestAlgorithm::kBlake2b_512},
    {"blake2b160", DigestAlgorithm::kBlake2b_160},
    {"blake2b256", DigestAlgorithm::kBlake2b_256},
    {"blake2b384", DigestAlgorithm::kBlake2b_384},
    {"blake2s", DigestAlgorithm::kBlake2s_256},
    {"blake2s256", DigestAlgorithm::kBlake2s_256},
    {"sm3", DigestAlgorithm::kSm3},
};

}  // namespace

std::optional<DigestAlgorithm> digest_by_plain_name(std::string_view plain_name) {
  for (const auto& known : kAlgorithms) {
    if (known.name == plain_name) return known.algorithm;
  }
  return std::nullopt;
}

}  // namespace anjuan::packager
