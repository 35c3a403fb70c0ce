#pragma once
// A form as a PDF of A4 pages: embedded fonts, text that can be selected, tables that go on over
// pages with their head repeated.

#include <string>

#include "preservation/forms/form_page.h"

namespace anjuan::forms {

/// `page` has passed clean(). Throws Error(kNotFound) if no font is installed that forms are
/// printed in, Error(kIo) if drawing fails.
std::string to_pdf(const FormPage& page);

}  // namespace anjuan::forms
