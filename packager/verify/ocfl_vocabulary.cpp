#include "packager/verify/ocfl_vocabulary.h"

#include <algorithm>

namespace anjuan::packager {

namespace {

struct OlderCode {
  std::string_view code;
  std::string_view in_1_0;
};

constexpr OlderCode kOlderCodes[] = {
    {"E104", "E046"},  // a version name without its v: names no version directory
    {"E105", "E046"},  // the same without a number
    {"E106", "E041"},  // a manifest block must be present
    {"E107", "E050"},  // digests of state and manifest correspond
    {"E108", "E017"},  // contentDirectory is no path
    {"E111", "E056"},  // the fixity block has keys
    {"E112", "E086"},  // extensions of the storage root
    {"W016", "W013"},  // E086 of 1.0: as those of objects
};

constexpr NamedDigest kDigests[] = {
    {"sha512", DigestAlgorithm::kSha512, 128, "E031"},
    {"sha256", DigestAlgorithm::kSha256, 64, "E030"},
    {"sha1", DigestAlgorithm::kSha1, 40, "E029"},
    {"md5", DigestAlgorithm::kMd5, 32, ""},
    {"blake2b-512", DigestAlgorithm::kBlake2b_512, 128, "E032"},
    {"blake2b-384", DigestAlgorithm::kBlake2b_384, 96, ""},
    {"blake2b-256", DigestAlgorithm::kBlake2b_256, 64, ""},
    {"blake2b-160", DigestAlgorithm::kBlake2b_160, 40, ""},
    {"sha512/256", DigestAlgorithm::kSha512_256, 64, ""},
    {"sm3", DigestAlgorithm::kSm3, 64, ""},
};

constexpr std::string_view kExtensions[] = {
    "0001-digest-algorithms",
    "0002-flat-direct-storage-layout",
    "0003-hash-and-id-n-tuple-storage-layout",
    "0004-hashed-n-tuple-storage-layout",
    "0005-mutable-head",
    "0006-flat-omit-prefix-storage-layout",
    "0007-n-tuple-omit-prefix-storage-layout",
    "0008-schema-registry",
    "0009-digest-algorithms",
    "initial",
};
constexpr std::string_view kNextNumber = "0010";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string_view code_in(std::string_view spec, std::string_view code) {
  if (spec != "1.0") return code;
  for (const auto& older : kOlderCodes) {
    if (older.code == code) return older.in_1_0;
  }
  return code;
}

std::optional<NamedDigest> digest_named(std::string_view name) {
  for (const auto& digest : kDigests) {
    if (digest.name == name) return digest;
  }
  return std::nullopt;
}

bool is_registered_extension(std::string_view name) {
  if (std::find(std::begin(kExtensions), std::end(kExtensions), name) != std::end(kExtensions)) {
    return true;
  }
  constexpr std::size_t kNumberDigits = 4;
  if (name.size() < kNumberDigits + 2 || name[kNumberDigits] != '-') return false;
  const auto number = name.substr(0, kNumberDigits);
  return std::all_of(number.begin(), number.end(), is_digit) && number >= kNextNumber;
}

}  // namespace anjuan::packager
