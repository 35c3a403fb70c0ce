#pragma once
// Writes METS.xml of a package and of a representation: E-ARK CSIP and AIP 2.2.0, METS 1.12.1.
//
// Memory does not grow with the number of files: the writer streams, and the structural map refers
// to file groups, not to files. Rules for the caller: IDs are NCNames that start with "ID" and are
// unique in the package; file paths come in byte order.

#include <filesystem>
#include <functional>

#include "core/digest.h"
#include "packager/mets.h"

namespace anjuan::packager {

/// Fills in the next file and returns true, or returns false at the end.
using MetsFileSource = std::function<bool(MetsFile& file)>;

/// Writes the new file `target`: METS.xml of the package. The groups name documentation, schemas
/// and, for each representation X, "Representations/X" holding its one METS.xml.
Digests write_package_mets(const std::filesystem::path& target, const MetsDocument& document);

/// Writes the new file `target`: METS.xml of the representation `document.objid`. Its one group
/// has the files of `files`; `document.groups` is not used.
Digests write_representation_mets(const std::filesystem::path& target, const MetsDocument& document,
                                  const MetsFileSource& files);

/// The same to any sink.
void write_representation_mets(const std::function<void(std::string_view)>& sink,
                               const MetsDocument& document, const MetsFileSource& files);

}  // namespace anjuan::packager
