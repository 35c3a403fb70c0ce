#include "ingest/stored_media.h"

#include "ingest/derivatives.h"
#include "preservation/formats/recording_pass.h"
#include "preservation/sidecar/sidecar_xml.h"

namespace anjuan::ingest {

using preservation::RepresentationRole;

StoredMedia StoredMedia::of(const std::optional<StoredCase>& stored) {
  StoredMedia media;
  if (!stored) return media;
  for (const std::string& path : stored->paths("metadata/other/recording-")) {
    media.add(preservation::read_sidecar(stored->read(path), path));
  }
  return media;
}

void StoredMedia::add(const preservation::RecordingSidecar& sidecar) {
  for (const auto& one : sidecar.representations) {
    if (one.role == RepresentationRole::kOriginal)
      originals_[one.file.path] = {one.file.sha512, {}};
  }
  for (const auto& one : sidecar.representations) {
    const auto found = originals_.find(one.derived_from);
    if (found != originals_.end()) found->second.copies.copies.push_back(one);
  }
  for (const auto& one : sidecar.not_derived) {
    const auto found = originals_.find(one.derived_from);
    if (found != originals_.end()) found->second.copies.none.push_back(one);
  }
}

std::optional<StoredCopies> StoredMedia::copies_of(const std::string& path,
                                                   const std::string& sha512) const {
  const auto found = originals_.find(path_in_package("original", path));
  if (found == originals_.end() || found->second.sha512 != sha512) return std::nullopt;
  const StoredCopies& copies = found->second.copies;
  const bool is_derived = !copies.copies.empty() || !copies.none.empty();
  const bool is_to_try_again =
      std::any_of(copies.none.begin(), copies.none.end(),
                  [](const auto& one) { return formats::may_pass(one.reason); });
  return is_derived && !is_to_try_again ? std::optional(copies) : std::nullopt;
}

std::vector<preservation::RecordedRepresentation> StoredMedia::copies_of_replaced(
    const std::string& path, const std::string& sha512) const {
  const auto found = originals_.find(path_in_package("original", path));
  if (found == originals_.end() || found->second.sha512 == sha512) return {};
  return found->second.copies.copies;
}

}  // namespace anjuan::ingest
