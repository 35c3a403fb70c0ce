#pragma once
// A DerivationResult as JSON, as a pass keeps it (docs/formats/recording-pass.md).

#include "core/json.h"
#include "preservation/formats/transcode.h"

namespace anjuan::formats {

/// Without `facts` and `message`; files by name, for the folder may be moved.
Json to_json(const DerivationResult& result);

/// `folder` has the files. Throws Error(kInvalid) for what is no result.
DerivationResult derivation_from(const Json& json, const std::filesystem::path& folder);

Json to_json(const SandboxReport& report);
SandboxReport sandbox_report_from(const Json& json);

}  // namespace anjuan::formats
