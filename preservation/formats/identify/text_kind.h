#pragma once
// Whether bytes are text, and in which of the encodings that Chinese offices use.

#include <string>

#include "preservation/formats/identify/signature.h"

namespace anjuan::formats {

/// "US-ASCII", "UTF-8", "UTF-16LE", "UTF-16BE" (by their mark), "GB18030"; "" if they are not text:
/// a control character other than tab, line ends, form feed and escape, or invalid bytes.
std::string charset_of(const FileWindows& windows);

}  // namespace anjuan::formats
