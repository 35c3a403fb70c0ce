#pragma once
// Small line drawings beside words. Always decoration: the word next to it says the same.

#include "catalog/http/html.h"

namespace anjuan::catalog {

enum class Icon { kUnchecked, kSound, kWarning, kBlocked, kDocument, kFilm };

void write_icon(HtmlWriter& html, Icon icon);

}  // namespace anjuan::catalog
