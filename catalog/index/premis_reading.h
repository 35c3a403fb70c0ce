#pragma once
// Reads events and agents of a PREMIS 3.0 document, in one pass and constant memory.

#include <filesystem>
#include <functional>
#include <string>

#include "catalog/index/rows.h"

namespace anjuan::catalog {

struct PremisSink {
  std::function<void(const EventRow&)> event;  ///< its agents carry id and role only
  std::function<void(const AgentRow&)> agent;
};

/// Throws Error(kInvalid) for XML that cannot be read.
void read_premis(const std::filesystem::path& file, const std::string& subject,
                 const PremisSink& sink);

}  // namespace anjuan::catalog
