#pragma once
// Asks the sandboxed child for the members of a container, and believes none of its words.

#include "core/durable.h"
#include "core/sandbox.h"
#include "preservation/formats/identify/members.h"

namespace anjuan::formats {

struct LookInside {
  Members members;
  std::string damage;  ///< what kept the child from reading on, in English; "" = nothing
  SandboxEnd end = SandboxEnd::kOk;  ///< anything else: the members are not known
};

/// The file must be open for reading only. Throws Error(kCannotCheck) below the level `least`.
LookInside look_inside(const FileHandle& file, ContainerKind kind, const WantedPaths& wanted,
                       SandboxLevel least);

}  // namespace anjuan::formats
