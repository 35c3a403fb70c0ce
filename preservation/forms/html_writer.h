#pragma once
// A form as one self-contained HTML page: no script, nothing fetched, A4 when printed.

#include <string>

#include "preservation/forms/form_page.h"

namespace anjuan::forms {

/// `page` has passed clean().
std::string to_html(const FormPage& page);

}  // namespace anjuan::forms
