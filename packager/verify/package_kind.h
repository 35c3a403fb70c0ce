#pragma once
// Which kind of package a folder is, from any of its marks: a damaged package keeps its kind.

#include "packager/verify/folder_tree.h"
#include "packager/verify/verify.h"

namespace anjuan::packager {

/// bagit.txt or manifest-*.txt: BagIt; 0=ocfl_* or inventory.json: OCFL, and ours if all METS.xml
/// in version folders lie in one aip-* folder; METS.xml or a name like it, METS.xml in one of
/// several folders, or two of E-ARK's four folders: E-ARK.
PackageKind kind_of(const FolderTree& tree);

}  // namespace anjuan::packager
