#include "preservation/formats/media_type.h"

#include "preservation/formats/identify/signature_set.h"
#include "preservation/formats/matroska_head.h"

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

/// Matroska and WebM have a name of their own for sound alone (RFC 9559, 27.3). Where the tracks
/// stand too far behind to be seen, the name of the file tells.
std::string of_tracks(const std::string& mime, std::string_view head, std::string_view extension) {
  constexpr std::string_view kVideo = "video/";
  const bool has_tracks = mime == "video/matroska" || mime == "video/webm";
  if (!has_tracks || !formats::has_sound_alone(head).value_or(extension == "mka")) return mime;
  return "audio/" + mime.substr(kVideo.size());
}

}  // namespace

std::string media_type(std::string_view head, std::string_view file_name) {
  const SignatureSet& known = SignatureSet::own();
  const auto found = known.by_bytes(formats::FileWindows::of(head));
  const std::string extension = extension_of(file_name);
  const auto named = known.by_extension(extension);
  const Format* hit = best(found.formats, named);
  for (const Format* format : named) {
    // What is inside a container is not looked at here: the name tells.
    const bool inside = std::find(found.containers.begin(), found.containers.end(),
                                  known.container_of(*format)) != found.containers.end();
    if (inside || (hit == nullptr && !format->has_signature)) return format->mime;
  }
  return hit != nullptr ? of_tracks(hit->mime, head, extension) : "application/octet-stream";
}

}  // namespace anjuan::preservation
