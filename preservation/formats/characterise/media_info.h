#pragma once
// MediaInfo's account of a file in a standard's XML, from the sandboxed child "media-info".

#include "preservation/formats/characterise.h"

namespace anjuan::formats {

inline constexpr std::size_t kExtensionXmlMax = 1024UL * 1024;

/// EBUCore for recordings, MIX (NISO Z39.87) for pictures. Nothing if the child did not end well or
/// wrote no well-formed XML of at most kExtensionXmlMax bytes.
enum class XmlStandard { kEbuCore, kMix };

std::optional<ExtensionXml> media_info(const FileHandle& file, XmlStandard standard,
                                       SandboxLevel least);

}  // namespace anjuan::formats
