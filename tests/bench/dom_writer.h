#pragma once
// The peer of the METS writer: the same document through Xerces' DOM and serializer, the way most
// METS producers do it. For benches only.

#include <cstdint>
#include <filesystem>
#include <functional>

#include "packager/mets.h"

namespace anjuan::bench {

void write_mets_with_dom(std::uint64_t files, const std::filesystem::path& target,
                         const std::function<packager::MetsFile(std::uint64_t)>& file_of);

}  // namespace anjuan::bench
