#pragma once
// How the parent orders a derivative from its sandboxed child.

#include <string>
#include <string_view>
#include <vector>

#include "preservation/formats/derivation.h"

namespace anjuan::formats {

inline constexpr std::string_view kTranscodeWorker = "transcode";

/// Encoders of one child, however many processors there are: each holds pictures in memory.
inline constexpr unsigned kEncodersMax = 8;

/// The order as arguments of the worker.
std::vector<std::string> worker_arguments(const DerivationPlan& plan, const MuxNotes& notes);

}  // namespace anjuan::formats
