#pragma once
// The program that has the media libraries: every worker that needs them runs there, in isolation.
// Built from the files *_worker.cpp of this layer (docs/adr/0050-identification.md, point 8).

#include <string_view>

namespace anjuan::formats {

inline constexpr std::string_view kMediaProgram = "anjuan-media";

}  // namespace anjuan::formats
