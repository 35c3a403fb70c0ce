#pragma once
// inventory.json of an OCFL 1.1 object: value type, writer, and reader of what we wrote.
// (The verifier has its own reader: packager/verify.)

#include <map>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/json.h"

namespace anjuan::packager {

struct OcflVersion {
  std::string created;  ///< RFC 3339
  std::string message;
  std::string user_name;
  std::string user_address;                  ///< a URI, e.g. "urn:anjuan:os:liyang"
  std::map<std::string, std::string> state;  ///< logical path -> sha512
};

struct OcflInventory {
  std::string id;
  std::vector<OcflVersion> versions;            ///< [0] = v1
  std::map<std::string, std::string> manifest;  ///< content path -> sha512

  int head() const { return static_cast<int>(versions.size()); }

  const OcflVersion& current() const { return versions.back(); }

  /// Content path of a digest (the first in byte order), or "".
  std::string content_path(const std::string& sha512) const;

  std::string to_json() const;
  /// Throws Error(kCorrupt) naming what is wrong.
  static OcflInventory parse(std::string_view json, const std::string& subject);
};

}  // namespace anjuan::packager
