// Any bytes as an MP4 or QuickTime file: the walk over its boxes ends, and tells only what can be.
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "preservation/formats/continuity/box_walker.h"
#include "tests/support/anonymous_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anjuan;
  const test::AnonymousFile file({reinterpret_cast<const char*>(data), size});
  const auto facts = formats::walk_boxes(file.get(), file.size());
  const bool sane = facts.fingerprint.size() <= 4000 && facts.edits <= 10'000 &&
                    facts.brand.size() <= 4 && std::isfinite(facts.skipped_s) &&
                    std::isfinite(facts.empty_s) && std::isfinite(facts.declared_s) &&
                    facts.created_s.value_or(0) >= 0 && (facts.is_box_file || !facts.has_index);
  if (!sane) __builtin_trap();
  return 0;
}
