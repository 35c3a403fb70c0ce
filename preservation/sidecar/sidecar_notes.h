#pragma once
// The facts of a sidecar inside its derivatives: Matroska tags and chapters.

#include "preservation/formats/av_muxer.h"
#include "preservation/sidecar/sidecar.h"

namespace anjuan::preservation {

/// What one tag and one chapter's title may hold, in characters; what is longer ends with "…".
inline constexpr std::size_t kTagCharactersMax = 2'000;
inline constexpr std::size_t kChapterCharactersMax = 100;
/// More marks than this are in recording.xml alone.
inline constexpr std::size_t kChaptersMax = 500;

/// For the derivative of segment `segment` (from 0): its own time and number, the marks that lie in
/// it. Names as in the Matroska tag registry where it has one (RFC 9559 and its companion), values
/// in Chinese as declared. Fits kNotesBytesMax whatever the case holds.
formats::MuxNotes notes_of(const RecordingSidecar& sidecar, std::size_t segment = 0);

/// For a file that belongs to several recordings: values that differ stand side by side. Fits
/// kNotesBytesMax if both do.
void add_notes(formats::MuxNotes& notes, const formats::MuxNotes& more);

}  // namespace anjuan::preservation
