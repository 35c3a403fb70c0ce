#pragma once
// What the rules in force ask of one recording: whether its step must be recorded without a break,
// and by when it had to be stored.

#include "preservation/rules/law_book.h"
#include "preservation/sidecar/sidecar.h"

namespace anjuan::preservation {

/// Of recording number `index` (in recordings()). A step must be recorded without a break if a rule
/// asks that of recordings of this method (细则 Art. 15, 23, 28); the deadline is that of the rule
/// that ends with `stored_at` (Art. 30). Never throws for what a case declares.
RecordingLaw recording_law(const CaseFile& file, std::size_t index, const rules::LawBook& law);

}  // namespace anjuan::preservation
