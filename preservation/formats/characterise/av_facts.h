#pragma once
// What libav tells about a file without decoding it, from the sandboxed child "av-facts".

#include "preservation/formats/characterise.h"

namespace anjuan::formats {

/// Nothing if the child did not end well or libav cannot open the file.
std::optional<MediaFacts> av_facts(const FileHandle& file, SandboxLevel least);

}  // namespace anjuan::formats
