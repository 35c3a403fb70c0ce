#pragma once
// The files of a representation in byte order of their paths: those of the version before, with
// added and replaced ones of the draft merged in.

#include <vector>

#include "packager/mets.h"
#include "packager/package_draft.h"

namespace anjuan::packager {

class RepresentationFiles {
 public:
  /// `listed`: the files of the METS before, in byte order (as it was written).
  RepresentationFiles(const PackageId& package, const DraftRepresentation& draft,
                      std::vector<MetsFile> listed);

  /// The next file for METS, or false.
  bool next(MetsFile& file);

 private:
  MetsFile described(const DraftFile& file) const;

  const PackageId& package_;
  std::string folder_;
  std::vector<const DraftFile*> added_;
  std::vector<MetsFile> listed_;
  std::size_t next_added_ = 0;
  std::size_t next_listed_ = 0;
};

}  // namespace anjuan::packager
