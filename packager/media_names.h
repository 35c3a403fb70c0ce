#pragma once
// What the ending of a file's name tells of its bytes: only where nothing but speed and size hangs
// on it. (What a file really is, preservation/formats says.)

#include <string>
#include <string_view>

namespace anjuan::packager {

/// Sound or moving pictures.
bool is_recording(std::string_view path);

/// Packed already (pictures, recordings, PDF, Office documents, archives): deflating it again costs
/// time and saves nothing.
bool is_packed(std::string_view path);

/// The ending of the last name in lower case, without the dot; "" if it has none.
std::string extension_of(std::string_view path);

}  // namespace anjuan::packager
