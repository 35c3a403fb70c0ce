#pragma once
// A request and an answer as values, so that routing and pages are tested without sockets.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "catalog/http/range.h"
#include "core/durable.h"

namespace anjuan::catalog {

struct HttpRequest {
  std::string method = "GET";
  std::vector<std::string> path;             ///< segments, decoded; "/" = none
  std::map<std::string, std::string> query;  ///< decoded; of a repeated key the first
  std::string host;
  std::string accept_language;
  std::string range;
  std::string if_range;
  bool has_body = false;
  bool well_formed = true;  ///< false: the target could not be decoded
};

/// Decodes path and query of a request target ("/packages/..?lang=en") into `request`.
void decode_target(std::string_view target, HttpRequest& request);

/// Bytes of a stored file, open already, to be sent straight from the disk.
struct FileBody {
  std::shared_ptr<const FileHandle> file;
  ByteSpan span;
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::variant<std::string, FileBody> body;
};

/// The reason phrase of every status that the catalog answers with.
std::string_view reason_of(int status);

}  // namespace anjuan::catalog
