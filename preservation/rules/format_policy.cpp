#include "preservation/rules/format_policy.h"

#include <algorithm>

#include "core/durable.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/json.h"
#include "preservation/rules/data_reading.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kFile = "policy/formats_allowed.json";
constexpr std::uint64_t kFileBytesMax = 4ULL * 1024 * 1024;

std::optional<bool> maybe(const Json& row, std::string_view key, const std::string& subject) {
  const Json& value = member(row, key, subject);
  if (value.is_null()) return std::nullopt;
  if (!value.is(Json::Type::kBoolean)) refuse_data(subject, value.place(), key);
  return value.as_boolean();
}

FormatRow row_of(const Json& row, const std::string& subject) {
  FormatRow format;
  format.name = text_member(row, "name", subject);
  format.category = text_member(row, "category", subject);
  format.mime = texts_member(row, "mime", subject);
  format.puid = texts_member(row, "puid", subject);
  format.extensions = texts_member(row, "extensions", subject);
  format.archival = maybe(row, "archival", subject);
  format.long_term = maybe(row, "longTerm", subject);
  format.basis = text_member(row, "basis", subject);
  format.source = text_member(row, "source", subject);
  format.note = text_member(row, "note", subject);
  if (format.mime.empty() && format.puid.empty()) refuse_data(subject, row.place(), "mime");
  return format;
}

bool holds(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

const FormatPolicy& FormatPolicy::built_in() {
  static const FormatPolicy policy = parse(embedded(kFile), std::string(kFile));
  return policy;
}

FormatPolicy FormatPolicy::load(const std::filesystem::path& data) {
  const auto file = data / kFile;
  if (!std::filesystem::exists(file)) return built_in();
  return parse(read_file(file, kFileBytesMax), file.string());
}

FormatPolicy FormatPolicy::parse(std::string_view json, const std::string& subject) {
  const Json table = Json::parse(json, subject);
  FormatPolicy policy;
  for (const Json& row : list_member(table, "formats", subject)) {
    policy.rows_.push_back(row_of(row, subject));
  }
  return policy;
}

const FormatRow* FormatPolicy::find(std::string_view puid, std::string_view mime) const {
  for (const FormatRow& row : rows_) {
    const bool same = puid.empty() ? holds(row.mime, mime) : holds(row.puid, puid);
    if (same) return &row;
  }
  return nullptr;
}

}  // namespace anjuan::rules
