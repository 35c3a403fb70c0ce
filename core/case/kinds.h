#pragma once
// The closed lists of steps (EV_*) and documents (D_*) with their names (schemas/case_kinds.json).

#include <string>
#include <string_view>

#include "core/messages.h"

namespace anjuan {

/// "现场检查(勘验)" for "EV_SITE", "立案审批表" for "D_FILE"; a code that is not in the lists is
/// returned as it is.
std::string kind_name(std::string_view code, Language language = Language::kChinese);

/// True if `code` is in the list of steps or of documents.
bool is_event_kind(std::string_view code);
bool is_document_kind(std::string_view code);

}  // namespace anjuan
