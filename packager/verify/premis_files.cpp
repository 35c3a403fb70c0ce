#include "packager/verify/premis_files.h"

#include <charconv>

#include "core/messages.h"
#include "core/text.h"
#include "packager/verify/digest_names.h"
#include "packager/verify/digest_pass.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager {

namespace {

/// Names of algorithms that documents may invent; more are not told apart.
constexpr std::size_t kUnknownMax = 100;
constexpr unsigned kThreads = 2;

/// "SHA-512", "sha512" and the term's address "http://.../sha512" are one algorithm.
std::optional<DigestAlgorithm> algorithm_of(std::string_view text) {
  auto name = lower(text.find("://") == text.npos ? text : file_name(text));
  std::erase_if(name, [](char c) { return c == '-' || c == '_' || c == '/' || c == ' '; });
  return digest_by_plain_name(name);
}

/// "" if it was not computed when the tree was made.
const std::string& computed_digest(const AipFile& file, DigestAlgorithm algorithm) {
  static const std::string none;
  if (algorithm == DigestAlgorithm::kSha512) return file.sha512;
  return algorithm == DigestAlgorithm::kSm3 ? file.sm3 : none;
}

bool is_size(std::string_view text, std::uint64_t bytes) {
  std::uint64_t size = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), size);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && size == bytes;
}

/// "representations/x" of a path below it, else "".
std::string representation_of(std::string_view path) {
  constexpr std::string_view kFolder = "representations/";
  if (!path.starts_with(kFolder)) return {};
  const auto slash = path.find('/', kFolder.size());
  return slash == path.npos ? "" : std::string(path.substr(0, slash));
}

bool is_content(std::string_view path) {
  const auto folder = representation_of(path);
  return !folder.empty() && path.substr(folder.size()).starts_with("/data/");
}

/// Has a step upwards, written plainly or with escaped dots.
bool climbs(std::string_view location) {
  std::string framed = "/" + lower(location) + "/";
  constexpr std::string_view kDot = "%2e";
  for (auto place = framed.find(kDot); place != framed.npos; place = framed.find(kDot)) {
    framed.replace(place, kDot.size(), ".");
  }
  return framed.find("/../") != framed.npos;
}

}  // namespace

void PremisFiles::describe(const PremisEntity& object, const std::string& document) {
  if (object.category != "file") return;
  const auto where = at(tree_.where(document), object.place);
  const AipFile* file = nullptr;
  for (const auto& location : object.locations) {
    if (!file) file = find(location, document);
  }
  if (!file) {
    report_path(object, where);
    return;
  }
  const auto index = static_cast<std::size_t>(file - tree_.files().data());
  described_[index] = true;
  Description description{where, object.characteristics.size, {}};
  for (const auto& fixity : object.characteristics.fixities) {
    if (algorithm_of(fixity.algorithm)) {
      description.fixities.push_back(fixity);
      continue;
    }
    const bool full = unknown_.size() >= kUnknownMax && !unknown_.contains(fixity.algorithm);
    auto& unknown = unknown_[full ? "" : fixity.algorithm];
    if (unknown.files++ == 0) unknown.where = where;
    if (object.characteristics.fixities.size() == 1) ++unknown.alone;
  }
  if (agrees(description, *file)) {
    doubts_.erase(index);
  } else {
    doubts_[index] = std::move(description);
  }
}

/// Our documents name a file by its place in the package. Others start from the document, from its
/// representation or outside the package's folder, and escape or do not escape what they write.
const AipFile* PremisFiles::find(const std::string& location, const std::string& document) const {
  const auto present = [&](const std::string& path) -> const AipFile* {
    const auto* file = path.empty() ? nullptr : tree_.find(path);
    return file && file->present ? file : nullptr;
  };
  if (const auto* file = present(AipTree::resolve("", location))) return file;
  if (profile_ == PremisProfile::kAnjuan) return nullptr;
  std::string_view path = location;
  constexpr std::string_view kScheme = "file:";
  if (path.starts_with(kScheme)) path.remove_prefix(kScheme.size());
  const auto folder = representation_of(document);
  for (const auto& base : {std::string(), folder + "/", document}) {
    for (const auto& href : {std::string(path), to_href(path)}) {
      const auto resolved = AipTree::resolve(base, href);
      if (const auto* file = present(resolved)) return file;
      const auto outer = tree_.name() + "/";
      if (!resolved.starts_with(outer)) continue;
      if (const auto* file = present(resolved.substr(outer.size()))) return file;
    }
  }
  return nullptr;
}

/// Documents of others may tell of files that lie elsewhere; a climbing path may not.
void PremisFiles::report_path(const PremisEntity& object, const std::string& where) {
  const auto& places = object.locations;
  const auto climbing = std::find_if(places.begin(), places.end(), climbs);
  if (profile_ == PremisProfile::kAnjuan) {
    findings_.error("PREMIS-PATH", where,
                    say("verify.premis_path", {{"file", places.empty() ? "" : places[0]}}));
  } else if (climbing != places.end()) {
    findings_.error("PREMIS-PATH", where, say("premis.path_climbs", {{"file", *climbing}}));
  } else if (!places.empty()) {
    findings_.warn("PREMIS-PATH", where, say("premis.path_elsewhere", {{"file", places[0]}}));
  }
}

bool PremisFiles::agrees(const Description& description, const AipFile& file) const {
  const bool ours = profile_ == PremisProfile::kAnjuan;
  if (!is_size(description.size, file.bytes) && (ours || !description.size.empty())) return false;
  return std::all_of(description.fixities.begin(), description.fixities.end(),
                     [&](const PremisFixity& fixity) {
                       const auto& real = computed_digest(file, *algorithm_of(fixity.algorithm));
                       // Of our own packages SM3 is compared in a deep verification only.
                       return real.empty() ? ours : real == fixity.digest;
                     });
}

void PremisFiles::report_fixities() {
  compute_digests();
  for (std::size_t index = 0; index < tree_.files().size(); ++index) {
    const auto found = doubts_.find(index);
    if (found == doubts_.end()) continue;
    report_size(found->second, tree_.files()[index]);
    report_digests(found->second, index);
  }
  report_unknown();
}

void PremisFiles::compute_digests() {
  if (profile_ == PremisProfile::kAnjuan) return;
  std::vector<DigestJob> jobs;
  std::vector<std::size_t> places;
  for (const auto& [index, description] : doubts_) {
    const auto& file = tree_.files()[index];
    DigestJob job{tree_.where(file.path), file.bytes, {}};
    for (const auto& fixity : description.fixities) {
      const auto algorithm = *algorithm_of(fixity.algorithm);
      const bool known = !computed_digest(file, algorithm).empty() ||
                         std::count(job.algorithms.begin(), job.algorithms.end(), algorithm) > 0;
      if (!known) job.algorithms.push_back(algorithm);
    }
    if (job.algorithms.empty()) continue;
    jobs.push_back(std::move(job));
    places.push_back(index);
  }
  SilentProgress progress;
  auto results = digest_files(root_, jobs, kThreads, progress);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (!results[i].failure.empty()) {
      findings_.not_checked(
          "PKG-READ", jobs[i].path,
          say("verify.unreadable", {{"path", jobs[i].path}, {"reason", results[i].failure}}));
      continue;
    }
    for (std::size_t j = 0; j < jobs[i].algorithms.size(); ++j) {
      computed_[{places[i], jobs[i].algorithms[j]}] = std::move(results[i].digests[j]);
    }
  }
}

void PremisFiles::report_size(const Description& description, const AipFile& file) {
  const bool stated = profile_ == PremisProfile::kAnjuan || !description.size.empty();
  if (!stated || is_size(description.size, file.bytes)) return;
  findings_.error("PREMIS-SIZE", description.where,
                  say("verify.size", {{"file", file.path},
                                      {"stated", description.size},
                                      {"real", std::to_string(file.bytes)}}));
}

void PremisFiles::report_digests(const Description& description, std::size_t index) {
  const auto& file = tree_.files()[index];
  for (const auto& fixity : description.fixities) {
    const auto algorithm = *algorithm_of(fixity.algorithm);
    auto real = computed_digest(file, algorithm);
    const auto computed = computed_.find({index, algorithm});
    if (computed != computed_.end()) real = computed->second;
    if (real.empty() || real == fixity.digest) continue;
    findings_.error("PREMIS-FIXITY", description.where,
                    say("verify.fixity", {{"file", file.path}, {"algorithm", fixity.algorithm}}));
  }
}

void PremisFiles::report_unknown() {
  for (const auto& [algorithm, unknown] : unknown_) {
    const auto message = say("premis.algorithm_unknown",
                             {{"algorithm", algorithm}, {"count", std::to_string(unknown.files)}});
    // Where another digest of the same file was compared, this one is only one more.
    const auto severity = unknown.alone > 0 ? Severity::kError : Severity::kInfo;
    findings_.add(
        {"PREMIS-DIGEST", severity, {}, unknown.where, message, CheckResult::kNotChecked});
  }
}

void PremisFiles::report_undescribed() {
  std::size_t count = 0;
  const AipFile* first = nullptr;
  for (std::size_t index = 0; index < tree_.files().size(); ++index) {
    const auto& file = tree_.files()[index];
    if (described_[index] || !is_content(file.path)) continue;
    if (profile_ == PremisProfile::kAnjuan) {
      findings_.error("PREMIS-OBJECT", tree_.where(file.path),
                      say("verify.not_described", {{"file", file.path}}));
    }
    if (count++ == 0) first = &file;
  }
  if (profile_ == PremisProfile::kAnjuan || !first) return;
  findings_.info(
      "PREMIS-OBJECT", tree_.where(first->path),
      say("premis.files_not_described", {{"count", std::to_string(count)}, {"file", first->path}}));
}

}  // namespace anjuan::packager
