#include <limits>

#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "packager/verify/eark/rule_context.h"

namespace anjuan::packager::eark {

namespace {

/// A digest must not be split, nor a chunk be copied as it grows.
constexpr std::size_t kChunkBytes = 1024 * 1024;

char value_of(char digit) {
  return static_cast<char>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

std::string bytes_of(std::string_view hexadecimal) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2) {
    bytes += static_cast<char>(value_of(hexadecimal[i]) * 16 + value_of(hexadecimal[i + 1]));
  }
  return bytes;
}

}  // namespace

/// There are few: the ids of checksums, the METS documents of a package.
std::uint16_t PendingDigests::place_of(std::vector<std::string>& texts, std::string_view text) {
  if (texts.empty() || texts.back() != text) {
    const auto found = std::find(texts.begin(), texts.end(), text);
    if (found != texts.end()) return static_cast<std::uint16_t>(found - texts.begin());
    if (texts.size() >= std::numeric_limits<std::uint16_t>::max()) {
      throw Error(ErrorCode::kCannotCheck, std::string(text), say("eark.too_many_documents"));
    }
    texts.emplace_back(text);
  }
  return static_cast<std::uint16_t>(texts.size() - 1);
}

void PendingDigests::add(const PendingDigest& digest) {
  const auto bytes = bytes_of(digest.checksum);
  if (chunks_.empty() || chunks_.back().size() + bytes.size() > kChunkBytes) {
    chunks_.emplace_back().reserve(kChunkBytes);
  }
  auto& chunk = chunks_.back();
  rows_.push_back({static_cast<std::uint32_t>(digest.file), digest.place.line, digest.place.column,
                   digest.algorithm, place_of(ids_, digest.id), place_of(documents_, digest.where),
                   static_cast<std::uint32_t>(chunk.size()),
                   static_cast<std::uint32_t>(chunks_.size() - 1)});
  chunk += bytes;
}

PendingDigest PendingDigests::at(std::size_t index) const {
  const auto& row = rows_[index];
  const auto digest =
      std::string_view(chunks_[row.chunk]).substr(row.offset, digest_hex_length(row.algorithm) / 2);
  return {row.file,     row.algorithm,         to_hex(digest),
          ids_[row.id], documents_[row.where], {row.line, row.column}};
}

}  // namespace anjuan::packager::eark
