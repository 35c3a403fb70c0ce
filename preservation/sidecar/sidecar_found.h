#pragma once
// What the archive found out about a recording, put into its sidecar.

#include "preservation/formats/characterise.h"
#include "preservation/formats/continuity/judge.h"
#include "preservation/formats/transcode.h"
#include "preservation/sidecar/sidecar.h"

namespace anjuan::preservation {

/// Streams, photograph and documents of other standards of file number `segment` (from 1). Of a
/// photograph also its clock, if none is known yet. Throws Error(kInvalid) for XML that is none.
void add_characteristics(RecordingSidecar& sidecar, std::size_t segment,
                         const formats::Characteristics& found);

/// Where continuity.xml is, in the package.
struct ContinuityReport {
  std::string path;
  std::string sha512;
};

/// The verdict, what each segment's clock showed, and the clock against the declared time.
void add_continuity(RecordingSidecar& sidecar, const formats::JudgeInput& input,
                    const formats::ContinuityJudgement& judgement, formats::ContinuityAnswer answer,
                    const ContinuityReport& report);

/// A result of derive() that made nothing. `derived_from` is a path in the package.
NotDerived not_derived_of(RepresentationRole role, const std::string& derived_from,
                          const formats::DerivationResult& result);

}  // namespace anjuan::preservation
