#pragma once
// How a case ended, in the words of its documents and steps: for descriptions and for the cover.

#include <string>

#include "core/case/case_file.h"

namespace anjuan {

/// What the decision says (处理结果), where its document says it in words; else "".
std::string result_of(const CaseFile& file);

/// The steps of performance and enforcement that took place (执行情况), by their names; else "".
std::string execution_of(const CaseFile& file);

}  // namespace anjuan
