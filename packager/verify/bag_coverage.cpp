#include "packager/verify/bag_coverage.h"

#include "core/messages.h"
#include "packager/verify/bag_path.h"
#include "packager/verify/bag_text.h"

namespace anjuan::packager {

BagCoverage::BagCoverage(const BagFiles& bag, const std::vector<BagManifest>& manifests,
                         const std::vector<FetchEntry>& fetch, BagRules rules)
    : files_(bag.files()),
      manifests_(manifests),
      fetch_(fetch),
      rules_(rules),
      expectations_(files_.size()) {
  for (const auto& manifest : manifests_) {
    for (const auto& entry : manifest.entries) {
      const auto file = find(entry.path);
      if (file == kNone) {
        missing_.try_emplace(entry.path, Expectation{&manifest, &entry});
      } else {
        expectations_[file].push_back({&manifest, &entry});
      }
    }
  }
}

void BagCoverage::report(FindingSink& findings) const {
  report_missing(findings);
  report_payload(findings);
  report_tag_files(findings);
  report_fetch(findings);
}

std::size_t BagCoverage::unfetched() const {
  return static_cast<std::size_t>(
      std::count_if(fetch_.begin(), fetch_.end(),
                    [this](const FetchEntry& entry) { return find_exactly(entry.path) == kNone; }));
}

/// By its very name; in a draft also with its escapes decoded; else by the one name that is the
/// same on Windows or macOS, for there the bag may have been made.
std::size_t BagCoverage::find(const std::string& path) {
  auto file = find_exactly(path);
  if (file == kNone && rules_ == BagRules::kDraft && path.find('%') != path.npos) {
    file = find_exactly(percent_decoded(path));
  }
  if (file != kNone) return file;
  unmatched_.push_back(path);
  return find_alike(path);
}

std::size_t BagCoverage::find_exactly(std::string_view path) const {
  const auto found =
      std::lower_bound(files_.begin(), files_.end(), path,
                       [](const BagFile& file, std::string_view key) { return file.path < key; });
  if (found == files_.end() || found->path != path) return kNone;
  return static_cast<std::size_t>(found - files_.begin());
}

std::size_t BagCoverage::find_alike(std::string_view path) {
  if (alike_.empty()) {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const auto [place, is_new] = alike_.try_emplace(alike_key(files_[i].path), i);
      if (!is_new) place->second = kNone;
    }
  }
  const auto found = alike_.find(alike_key(path));
  return found == alike_.end() ? kNone : found->second;
}

bool BagCoverage::listed_by(std::size_t file, const BagManifest& manifest) const {
  return std::any_of(expectations_[file].begin(), expectations_[file].end(),
                     [&](const Expectation& said) { return said.manifest == &manifest; });
}

const FetchEntry* BagCoverage::fetched(std::string_view path) const {
  const auto found = std::lower_bound(
      fetch_.begin(), fetch_.end(), path,
      [](const FetchEntry& entry, std::string_view key) { return entry.path < key; });
  return found != fetch_.end() && found->path == path ? &*found : nullptr;
}

void BagCoverage::report_missing(FindingSink& findings) const {
  for (const auto& [path, said] : missing_) {
    const auto& file = said.manifest->file;
    if (path.find('\\') != path.npos) {
      findings.error("BAG-PATH", at_line(file, said.entry->line),
                     say("bagit.backslash", {{"manifest", file}, {"path", path}}));
    } else if (fetched(path)) {
      findings.error("BAG-UNFETCHED", path, say("bagit.not_fetched", {{"path", path}}));
    } else {
      findings.error("BAG-MISSING", path,
                     say("bagit.missing", {{"manifest", file}, {"path", path}}));
    }
  }
}

/// RFC 8493: in every payload manifest; the drafts: in one of them.
void BagCoverage::report_payload(FindingSink& findings) const {
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const auto& path = files_[i].path;
    if (!path.starts_with(kPayloadPrefix)) continue;
    bool listed = false;
    for (const auto& manifest : manifests_) {
      if (manifest.kind != ManifestKind::kPayload) continue;
      const bool here = listed_by(i, manifest);
      listed = listed || here;
      if (here || rules_ == BagRules::kDraft) continue;
      findings.error("BAG-UNLISTED", path,
                     say("bagit.unlisted_in", {{"path", path}, {"manifest", manifest.file}}));
    }
    if (listed || rules_ == BagRules::kRfc) continue;
    findings.error("BAG-UNLISTED", path, say("bagit.unlisted", {{"path", path}}));
  }
}

/// RFC 8493: a tag manifest lists every payload manifest, and should list all other tag files.
void BagCoverage::report_tag_files(FindingSink& findings) const {
  const auto is_tag = [](const BagManifest& m) { return m.kind == ManifestKind::kTag; };
  const bool none = std::none_of(manifests_.begin(), manifests_.end(), is_tag);
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const auto& path = files_[i].path;
    const auto name = manifest_name(path);
    if (none || path.starts_with(kPayloadPrefix)) continue;
    if (name && name->kind == ManifestKind::kTag) continue;
    for (const auto& manifest : manifests_) {
      const bool owed = name && is_tag(manifest) && rules_ == BagRules::kRfc;
      if (!owed || listed_by(i, manifest)) continue;
      findings.error("BAG-TAG", path,
                     say("bagit.manifest_unlisted", {{"path", path}, {"manifest", manifest.file}}));
    }
    if (name || !expectations_[i].empty()) continue;
    const auto message = say("bagit.tag_file_unlisted", {{"path", path}});
    if (rules_ == BagRules::kRfc) {
      findings.warn("BAG-TAG", path, message);
    } else {
      findings.info("BAG-TAG", path, message);
    }
  }
}

void BagCoverage::report_fetch(FindingSink& findings) const {
  for (const auto& entry : fetch_) {
    std::size_t payload = 0;
    std::size_t listed = 0;
    for (const auto& manifest : manifests_) {
      if (manifest.kind != ManifestKind::kPayload) continue;
      ++payload;
      listed += manifest.find(entry.path) ? 1U : 0U;
    }
    const auto where = at_line(kFetchFile, entry.line);
    if (listed < (rules_ == BagRules::kRfc ? payload : 1)) {
      findings.error("BAG-FETCH", where, say("bagit.fetch_unlisted", {{"path", entry.path}}));
    }
    const auto file = find_exactly(entry.path);
    if (file == kNone || !entry.bytes || *entry.bytes == files_[file].bytes) continue;
    findings.warn("BAG-FETCH", where,
                  say("bagit.fetch_size", {{"path", entry.path},
                                           {"stated", std::to_string(*entry.bytes)},
                                           {"real", std::to_string(files_[file].bytes)}}));
  }
}

}  // namespace anjuan::packager
