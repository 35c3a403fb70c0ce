#pragma once
// Reads back the METS documents that mets_writer wrote. Not a validator: that is packager/verify.

#include <filesystem>
#include <functional>
#include <string>

#include "packager/mets.h"

namespace anjuan::packager {

/// Reads a METS.xml of ours in one pass. With `each_file` the files of the groups are handed to it
/// and not kept. Throws Error(kCorrupt) naming what is wrong or missing.
MetsDocument read_mets(const std::filesystem::path& path, const std::string& subject,
                       const std::function<void(const MetsGroup&, MetsFile)>& each_file = {});

}  // namespace anjuan::packager
