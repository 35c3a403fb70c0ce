#pragma once
// recording.xml (schemas/xml/recording.xsd, docs/formats/recording.md): writer and reader.

#include <string>
#include <string_view>

#include "preservation/sidecar/sidecar.h"

namespace anjuan::preservation {

inline constexpr std::string_view kSidecarNamespace = "urn:anjuan:recording:1";

/// Characters that XML 1.0 cannot carry become U+FFFD; all else comes back as it was. Throws
/// Error(kInvalid), naming the recording, where a fact of 细则 Art. 31 is missing: half a sidecar
/// is never written. Throws Error(kInternal) for what the schema does not allow, e.g. a file
/// without digest.
std::string write_sidecar(const RecordingSidecar& sidecar);

/// Validated against the schema. Throws Error(kInvalid | kRefused) naming `subject`.
RecordingSidecar read_sidecar(std::string_view xml, const std::string& subject);

}  // namespace anjuan::preservation
