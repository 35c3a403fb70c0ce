// Foreign containers, unpacked without the sandbox, and frames of a child that lies.
// The first byte chooses: 'F' = the rest are frames, anything else = the rest is a container.
#include <cstddef>
#include <cstdint>

#include "core/error.h"
#include "packager/container.h"
#include "packager/container_unpack.h"

namespace {

using namespace anjuan;
using namespace anjuan::packager;

constexpr std::uint64_t kUnpackedMax = 1 << 20;

/// Every promise that a visitor is given.
class Strict final : public ContainerVisitor {
 public:
  void begin(const ContainerEntry& entry) override {
    // With a slash at both ends every part stands between two of them.
    const std::string framed = "/" + entry.path + "/";
    const bool safe = framed.find("//") == framed.npos && framed.find("/../") == framed.npos &&
                      framed.find("/./") == framed.npos && framed.find('\0') == framed.npos;
    if (!safe || open_) __builtin_trap();
    open_ = true;
    is_file_ = entry.type == EntryType::kFile;
  }

  void data(std::span<const std::byte> block) override {
    if (!open_ || !is_file_ || block.empty()) __builtin_trap();
  }

  void end() override {
    if (!open_) __builtin_trap();
    open_ = false;
  }

 private:
  bool open_ = false;
  bool is_file_ = false;
};

void feed_in_pieces(FrameReader& frames, std::span<const std::byte> bytes) {
  for (std::size_t piece = 1; !bytes.empty(); piece = piece * 3 + 1) {
    const auto part = bytes.first(std::min(piece, bytes.size()));
    frames.feed(part);
    bytes = bytes.subspan(part.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
  Strict visitor;
  ContainerGate gate("fuzz", bytes.size(), {1000, kUnpackedMax, 200, 32}, visitor);
  FrameReader frames("fuzz", gate);
  try {
    if (data[0] == 'F') {
      feed_in_pieces(frames, bytes);
      return 0;
    }
    MemorySource source(bytes);
    FrameWriter out([&](std::string_view frame) { frames.feed(std::as_bytes(std::span(frame))); });
    unpack(source, kUnpackedMax, out);
  } catch (const Error&) {
    return 0;  // Refused: what it should do with most of this.
  }
  if (!gate.complete()) __builtin_trap();
  return 0;
}
