#pragma once
// What the first bytes of a Matroska or WebM file say of its tracks (RFC 9559, 5.1.4), in a few
// steps and without a child: only sizes and one number of each track are read.

#include <optional>
#include <string_view>

namespace anjuan::formats {

/// True if the file has tracks of sound and none of pictures; nothing if not all are listed in
/// `head`.
std::optional<bool> has_sound_alone(std::string_view head);

}  // namespace anjuan::formats
