#pragma once
// How the parent orders derivatives from its sandboxed child, and what the child's lines mean.
//
// A line {"to":N} says whose the lines after it are: those of target N, or, with N = the number of
// targets, those of the observation. {"at":BYTES} is progress, of whoever. A target's lines are the
// text of its proof and at last one object: its outcome, or its fault.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "preservation/formats/continuity/observer.h"
#include "preservation/formats/derivation.h"

namespace anjuan::formats {

inline constexpr std::string_view kTranscodeWorker = "transcode";

/// Files that one child can be handed: a lossless copy and an access copy.
inline constexpr std::size_t kTargetsMax = 2;

/// Encoders of one child, however many processors there are: each holds pictures in memory.
inline constexpr unsigned kEncodersMax = 8;

/// What one derivative of an order is made by.
struct OrderedTarget {
  DerivationPlan plan;
  MuxNotes notes;
};

/// The order as arguments of the worker. With `observer`, a recording short enough to be watched
/// whole is observed from the same decode.
std::vector<std::string> worker_arguments(const std::vector<OrderedTarget>& targets,
                                          const std::optional<ObserverOptions>& observer);

}  // namespace anjuan::formats
