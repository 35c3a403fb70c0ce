#pragma once
// Containers (zip, tar and their like) of packages, unpacked to be verified as folders.
//
// Reads through packager/container.h: a sandboxed child, every name and size checked. Programs that
// cannot start such a child leave VerifyOptions::unpack empty.

#include "packager/verify/verify.h"

namespace anjuan::packager {

/// What must stay free on the disk while a container is unpacked.
inline constexpr std::uint64_t kUnpackSpareBytes = 64ULL * 1024 * 1024;

/// Unpacks into a new folder below TMPDIR, which goes when the last guard does.
/// Throws Error(kInvalid) for what is no container or is damaged, Error(kRefused) for a hostile
/// one, Error(kNoSpace) if it would fill the disk, and what read_container() throws besides.
UnpackedContainer unpack_package(const std::filesystem::path& container);

}  // namespace anjuan::packager
