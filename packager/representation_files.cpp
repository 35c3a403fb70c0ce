#include "packager/representation_files.h"

#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

std::string data_path(const DraftFile& file) { return "data/" + file.path; }

}  // namespace

RepresentationFiles::RepresentationFiles(const PackageId& package, const DraftRepresentation& draft,
                                         std::vector<MetsFile> listed)
    : package_(package), folder_(representation_folder(draft.name)), listed_(std::move(listed)) {
  added_.reserve(draft.files.size());
  for (const auto& file : draft.files) added_.push_back(&file);
  std::sort(added_.begin(), added_.end(),
            [](const DraftFile* a, const DraftFile* b) { return a->path < b->path; });
}

bool RepresentationFiles::next(MetsFile& file) {
  const bool added = next_added_ < added_.size();
  const bool listed = next_listed_ < listed_.size();
  if (!added && !listed) return false;
  if (!listed) {
    file = described(*added_[next_added_++]);
    return true;
  }
  auto& old = listed_[next_listed_];
  const auto path = added ? data_path(*added_[next_added_]) : "";
  if (!added || old.path < path) {
    file = std::move(old);
    ++next_listed_;
    return true;
  }
  if (old.path == path) ++next_listed_;  // replaced
  file = described(*added_[next_added_++]);
  return true;
}

MetsFile RepresentationFiles::described(const DraftFile& file) const {
  const auto path = data_path(file);
  return {"ID-" + object_uuid(package_, folder_ + path, file.digests.sha512),
          path,
          file.mime,
          to_text(file.modified),
          file.digests.sha512,
          file.digests.bytes};
}

}  // namespace anjuan::packager
