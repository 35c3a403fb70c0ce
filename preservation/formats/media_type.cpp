#include "preservation/formats/media_type.h"

#include "preservation/formats/identify/signature_set.h"

namespace anjuan::preservation {

namespace {

using formats::Format;
using formats::SignatureSet;

std::string extension_of(std::string_view file_name) {
  const auto dot = file_name.rfind('.');
  return dot == file_name.npos ? "" : formats::lower_ascii(file_name.substr(dot + 1));
}

/// Of several formats that the head may be, the one that the name fits.
const Format* best(const SignatureSet::Hits& hits, const SignatureSet::Hits& named) {
  for (const Format* hit : hits) {
    if (std::find(named.begin(), named.end(), hit) != named.end()) return hit;
  }
  return hits.empty() ? nullptr : hits.front();
}

}  // namespace

std::string media_type(std::string_view head, std::string_view file_name) {
  const SignatureSet& known = SignatureSet::own();
  const auto found = known.by_bytes(formats::FileWindows::of(head));
  const auto named = known.by_extension(extension_of(file_name));
  const Format* hit = best(found.formats, named);
  for (const Format* format : named) {
    // What is inside a container is not looked at here: the name tells.
    const bool inside = std::find(found.containers.begin(), found.containers.end(),
                                  known.container_of(*format)) != found.containers.end();
    if (inside || (hit == nullptr && !format->has_signature)) return format->mime;
  }
  return hit != nullptr ? hit->mime : "application/octet-stream";
}

}  // namespace anjuan::preservation
