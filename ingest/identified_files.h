#pragma once
// The gathered files with the format of each: what packages, descriptions and checks say of them.

#include <string>
#include <vector>

#include "ingest/gather.h"
#include "packager/package_draft.h"
#include "preservation/formats/identify.h"

namespace anjuan::ingest {

struct IdentifiedFiles {
  std::vector<packager::DraftFile> files;  ///< in the order of the gathered ones
  std::vector<std::string> formats;        ///< "MPEG-4 Media File", with version; "" = not known
  Findings findings;                       ///< disagreements, wrong extensions: warnings
  std::size_t identified = 0;              ///< by signature, container or text
  std::string signatures;                  ///< "PRONOM 122", "anjuan 1"
};

/// What cannot be identified keeps an empty PUID and a media type by its head and name.
/// Throws Error(kCannotCheck) if no child may run here, Error(kInterrupted).
IdentifiedFiles identify_files(const std::vector<GatheredFile>& gathered,
                               const formats::Identifier& identifier);

}  // namespace anjuan::ingest
