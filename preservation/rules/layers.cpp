#include "preservation/rules/layers.h"

namespace anjuan::rules {

std::vector<ReadRecord> read_weakened(const DataReader& reader, const Json& root) {
  std::vector<ReadRecord> read;
  const Json* records = reader.maybe(root, "weakened", Json::Type::kArray);
  if (records == nullptr) return read;
  for (const auto& json : reader.items(*records, "weakened")) {
    reader.check_keys(json, {"rule", "change", "reason", "by", "at", "document"});
    WeakeningRecord record{reader.id(json, "rule"),     reader.text(json, "change"),
                           reader.text(json, "reason"), reader.text(json, "by"),
                           reader.date(json, "at"),     reader.text(json, "document")};
    read.push_back({std::move(record), json.place()});
  }
  return read;
}

}  // namespace anjuan::rules
