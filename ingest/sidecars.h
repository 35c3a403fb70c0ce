#pragma once
// The sidecars of a case's recordings as a package keeps them: metadata/other/recording-NNNN.xml,
// one for each logical recording, whether its files are in the package or elsewhere.

#include "ingest/derivatives.h"
#include "ingest/identified_files.h"
#include "preservation/formats/av_muxer.h"
#include "preservation/rules/law_book.h"

namespace anjuan::ingest {

struct Sidecars {
  std::vector<packager::DraftMetadata> documents;
  std::vector<MediaAct> acts;  ///< recordings without one, because a fact of Art. 31 is missing
};

Sidecars sidecars_of(const CaseFile& declared, const IdentifiedFiles& identified,
                     const MeasuredMedia& media, const Derivatives& derivatives,
                     const rules::LawBook& law);

/// The declared facts as tags and chapters for the derivative of one segment (from 0).
formats::MuxNotes notes_for(const CaseFile& declared, std::string_view recording,
                            std::size_t segment, const rules::LawBook& law);

}  // namespace anjuan::ingest
