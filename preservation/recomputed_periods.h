#pragma once
// Which stored packages a new notice of working days makes certain.

#include <cstddef>

#include "core/working_days.h"
#include "preservation/rules/law_book.h"
#include "preservation/store/store.h"

namespace anjuan::preservation {

/// Packages with an open period that is provisional by `before` and is not by `after`. Packages
/// without a declaration, and those that cannot be read now, are not counted: verify tells of them.
std::size_t recomputed_packages(const Store& store, const rules::LawBook& law,
                                const WorkCalendar& before, const WorkCalendar& after);

}  // namespace anjuan::preservation
