// archival_code() of core/case/description.h.

#include "core/case/description.h"

namespace anjuan {

std::optional<std::string> archival_code(const CaseFile& file, std::string_view fonds_code,
                                         std::uint32_t item_no) {
  const auto fonds = file.fonds().empty() ? std::string(fonds_code) : file.fonds();
  const auto year = file.year() ? std::to_string(*file.year()) : "";
  const auto& retention = file.retention().code;
  const bool complete = !fonds.empty() && !file.category().empty() && !year.empty() &&
                        !retention.empty() && !file.file_no().empty();
  if (!complete) return std::nullopt;
  auto code =
      fmt::format("{}-{}·{}·{}-{}", fonds, file.category(), year, retention, file.file_no());
  if (item_no > 0) code += fmt::format("-{:03}", item_no);
  return code;
}

}  // namespace anjuan
