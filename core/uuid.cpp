#include "core/uuid.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

using Bytes = std::array<unsigned char, 16>;

std::string canonical(Bytes bytes, unsigned version) {
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | (version << 4U));
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", bytes[i]);
  }
  return text;
}

[[noreturn]] void fail() { throw Error(ErrorCode::kInternal, "uuid", say("kernel.no_randomness")); }

}  // namespace

std::string random_uuid() {
  Bytes bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) fail();
  return canonical(bytes, 4);
}

std::string name_uuid(std::string_view space, std::string_view name) {
  std::string text(space);
  text += '\0';
  text += name;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha512(), nullptr) != 1) {
    fail();
  }
  Bytes bytes{};
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  return canonical(bytes, 8);
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  constexpr std::string_view kDigits = "0123456789abcdef";
  return std::equal(
      text.begin(), text.end(), kShape.begin(), kShape.end(), [&](char character, char shape) {
        return shape == '-' ? character == '-' : kDigits.find(character) != kDigits.npos;
      });
}

}  // namespace anjuan
