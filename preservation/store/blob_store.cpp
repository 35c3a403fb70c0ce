#include "preservation/store/blob_store.h"

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::preservation {

std::string get_all(const BlobStore& blobs, const std::string& key, std::uint64_t limit_bytes) {
  constexpr std::uint64_t kBlock = 4ULL * 1024 * 1024;
  std::string bytes;
  while (true) {
    std::string block = blobs.get(key, bytes.size(), kBlock);
    bytes += block;
    if (bytes.size() > limit_bytes) {
      throw Error(ErrorCode::kRefused, key,
                  say("store.too_large", {{"path", blobs.name() + "/" + key},
                                          {"limit", std::to_string(limit_bytes)}}));
    }
    if (block.size() < kBlock) return bytes;
  }
}

}  // namespace anjuan::preservation
