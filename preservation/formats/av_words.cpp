// The words of av_source.h and av_muxer.h that both sides of the sandbox use: no libav here.

#include "preservation/formats/av_muxer.h"
#include "preservation/formats/av_source.h"

namespace anjuan::formats {

std::string_view media_fault_word(MediaFaultKind kind) {
  constexpr std::string_view kWords[] = {"unreadable", "empty",     "unsupported", "damaged",
                                         "not_equal",  "times",     "too_large",   "write_failed",
                                         "internal",   "forbidden", "over_time",   "over_memory"};
  static_assert(std::size(kWords) == static_cast<std::size_t>(MediaFaultKind::kOverMemory) + 1);
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view stream_kind_word(StreamKind kind) {
  constexpr std::string_view kWords[] = {"video",      "audio",   "subtitle", "data",
                                         "attachment", "picture", "other"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view container_word(Container container) {
  return container == Container::kMatroska ? "matroska" : "mp4";
}

}  // namespace anjuan::formats
