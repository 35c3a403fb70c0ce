#include "preservation/store/stored_record.h"

#include "core/json.h"
#include "core/messages.h"

namespace anjuan::preservation {

namespace {

constexpr std::string_view kType = "urn:anjuan:stored:1";

std::string record_key(const packager::PackageId& id, int version) {
  return id.object_path() + fmt::format("/logs/stored-v{}.json", version);
}

const Json& member(const Json& json, std::string_view name, const std::string& subject) {
  if (const Json* found = json.find(name)) return *found;
  throw Error(ErrorCode::kCorrupt, subject,
              say("store.bad_record", {{"path", subject}, {"field", std::string(name)}}));
}

StoredRecord from_json(const Json& json, const std::string& subject) {
  if (json.text_or("type", "") != kType) member(Json::object(), "type", subject);
  StoredRecord record;
  record.package = member(json, "package", subject).as_string();
  record.version = static_cast<int>(member(json, "version", subject).as_integer());
  record.inventory_digest = member(json, "inventory_sha512", subject).as_string();
  record.files = static_cast<std::uint64_t>(member(json, "files", subject).as_integer());
  record.bytes = static_cast<std::uint64_t>(member(json, "bytes", subject).as_integer());
  record.read_back_at = parse_instant(member(json, "read_back_at", subject).as_string());
  return record;
}

}  // namespace

std::string StoredRecord::to_json() const {
  return Json::object({{"type", Json::string(std::string(kType))},
                       {"package", Json::string(package)},
                       {"version", Json::integer(version)},
                       {"inventory_sha512", Json::string(inventory_digest)},
                       {"files", Json::integer(static_cast<std::int64_t>(files))},
                       {"bytes", Json::integer(static_cast<std::int64_t>(bytes))},
                       {"read_back_at", Json::string(to_text_ms(read_back_at))}})
             .dump_pretty() +
         "\n";
}

StoredRecord StoredRecord::parse(std::string_view json, const std::string& subject) {
  try {
    return from_json(Json::parse(json, subject), subject);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInvalid) throw;
    throw Error(ErrorCode::kCorrupt, subject, error.what());
  }
}

bool has_record(const Repository& copy, const packager::PackageId& id, int version) {
  return copy.blobs().exists(record_key(id, version));
}

std::optional<StoredRecord> find_record(const Repository& copy, const packager::PackageId& id,
                                        int version) {
  const std::string key = record_key(id, version);
  if (!copy.blobs().exists(key)) return std::nullopt;
  return StoredRecord::parse(get_all(copy.blobs(), key), copy.blobs().name() + "/" + key);
}

void put_record(const Repository& copy, const packager::PackageId& id, const StoredRecord& record) {
  copy.blobs().put_bytes(record_key(id, record.version), record.to_json());
}

}  // namespace anjuan::preservation
