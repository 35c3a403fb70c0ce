#pragma once
// Words for the codes that stand in packages. A code that this program does not know is shown as
// it stands: a page never hides what a package says.

#include <array>
#include <string>
#include <string_view>

#include "catalog/http/page.h"

namespace anjuan::catalog {

/// Kind of a step of the case (执法环节), e.g. "EV_FILE" -> 立案.
std::string step_kind_label(const Page& page, std::string_view kind);
/// PREMIS event type, e.g. "fixity check" -> 完整性校验.
std::string event_type_label(const Page& page, std::string_view type);
/// PREMIS event outcome, e.g. "success" -> 成功.
std::string outcome_label(const Page& page, std::string_view outcome);
/// PREMIS agent role in an event, e.g. "executing program" -> 执行程序.
std::string role_label(const Page& page, std::string_view role);
/// The verdicts on the continuity of a recording, best first (docs/formats/continuity.md).
inline constexpr std::array<std::string_view, 6> kContinuityVerdicts = {
    "CONTINUOUS_CONFIRMED", "CONTINUOUS_NOT_CONTRADICTED",
    "CLOCK_ADJUSTED",       "GAP_FOUND",
    "EDIT_TRACE",           "UNDETERMINED"};
/// In words, e.g. "GAP_FOUND" -> 有中断.
std::string continuity_label(const Page& page, std::string_view verdict);
/// Why a recording has no verdict, e.g. "photograph" -> 照片，不适用.
std::string not_measured_label(const Page& page, std::string_view reason);
/// "access" -> 利用副本.
std::string copy_label(const Page& page, std::string_view role);
/// What a file is, in a word: PDF, 图片, 录像, 录音, 文本...
std::string media_label(const Page& page, std::string_view mime);

}  // namespace anjuan::catalog
