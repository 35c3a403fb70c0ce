#include "preservation/rules/format_policy.h"

#include <algorithm>

#include "core/durable.h"
#include "core/embedded.h"
#include "preservation/rules/data_reader.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kSchema = "urn:anjuan:format-policy:1";
constexpr std::string_view kFile = "policy/formats_allowed.json";

/// null where the media type alone does not tell.
std::optional<bool> maybe(const DataReader& reader, const Json& row, std::string_view key) {
  const Json* value = row.find(key);
  if (value != nullptr && value->is_null()) return std::nullopt;
  return reader.need(row, key, Json::Type::kBoolean).as_boolean();
}

std::vector<std::string> texts_of(const DataReader& reader, const Json& row, std::string_view key) {
  const Json& list = reader.need(row, key, Json::Type::kArray);
  return list.items().empty() ? std::vector<std::string>() : reader.texts(list, key);
}

FormatRow row_of(const DataReader& reader, const Json& row) {
  reader.check_keys(row, {"name", "category", "mime", "puid", "extensions", "archival", "longTerm",
                          "basis", "source", "note"});
  FormatRow format;
  format.name = reader.text(row, "name");
  format.category = reader.text(row, "category");
  format.mime = texts_of(reader, row, "mime");
  format.puid = texts_of(reader, row, "puid");
  format.extensions = texts_of(reader, row, "extensions");
  format.archival = maybe(reader, row, "archival");
  format.long_term = maybe(reader, row, "longTerm");
  format.basis = reader.text(row, "basis");
  format.source = reader.word(row, "source", {"V", "R"});
  format.note = reader.text_or_none(row, "note");
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
  return parse(read_file(file, kDataBytesMax), fmt::format("data/{}", kFile));
}

FormatPolicy FormatPolicy::parse(std::string_view json, const std::string& subject) {
  const DataReader reader(subject);
  const Json table = reader.parse(json);
  reader.check_keys(table, {"schema", "standard", "note", "formats"});
  reader.word(table, "schema", {kSchema});
  FormatPolicy policy;
  const Json& formats = reader.need(table, "formats", Json::Type::kArray);
  for (const Json& row : reader.items(formats, "formats")) {
    policy.rows_.push_back(row_of(reader, row));
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
