#pragma once
// Progress as a line on stderr that is rewritten in place; nothing where stderr is no terminal.

#include <memory>

#include "core/progress.h"

namespace anjuan::cli {

std::unique_ptr<Progress> make_terminal_progress();

}  // namespace anjuan::cli
