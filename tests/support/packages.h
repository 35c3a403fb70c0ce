#pragma once
// Package drafts for tests, and what a built package looks like on disk.

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/digest.h"
#include "packager/package_builder.h"
#include "tests/support/files.h"

namespace anjuan::test {

/// Path inside a representation -> content.
using DraftContent = std::vector<std::pair<std::string, std::string>>;

/// Writes the bytes under `folder` and returns the files as gathering would hand them over.
inline std::vector<packager::DraftFile> staged_files(const std::filesystem::path& folder,
                                                     const DraftContent& content) {
  std::filesystem::create_directories(folder);
  std::vector<packager::DraftFile> files;
  for (const auto& [path, bytes] : content) {
    packager::DraftFile file;
    file.path = path;
    file.staged = folder / std::to_string(files.size());
    write_text(file.staged, bytes);
    file.digests = digest_bytes(bytes);
    file.mime = path.ends_with(".mp4") ? "video/mp4" : "application/pdf";
    file.puid = path.ends_with(".mp4") ? "" : "fmt/276";
    file.modified = parse_instant("2025-06-17T09:05:00+08:00");
    files.push_back(std::move(file));
  }
  return files;
}

inline packager::PackageDraft empty_draft() {
  packager::PackageDraft draft{packager::PackageId::of_case("0123", "澄水罚〔2025〕12号")};
  draft.case_no = "澄水罚〔2025〕12号";
  draft.title = "某建材公司未经批准擅自取水案";
  draft.creator = "澄溪县水利局";
  draft.created = parse_instant("2026-11-23T10:00:00+08:00");
  draft.actor = {ActorKind::kPerson, "os:liyang", "李阳"};
  draft.message = "首次入库";
  draft.metadata = {
      {packager::DraftMetadata::Kind::kDescriptive, "case.xml",
       "<case xmlns=\"urn:anjuan:case:1\"/>\n", "OTHER", "urn:anjuan:case:1"},
      {packager::DraftMetadata::Kind::kDescriptive, "description.xml",
       "<description xmlns=\"urn:anjuan:description:1\"/>\n", "OTHER", "urn:anjuan:description:1"},
      {packager::DraftMetadata::Kind::kOther, "report.xml", "<report/>\n", "OTHER",
       "urn:anjuan:report:1"}};
  return draft;
}

/// A case with documents and a recording, and an event on one of its files.
inline packager::PackageDraft case_draft(const std::filesystem::path& folder,
                                         const DraftContent& content = {
                                             {"文书/01立案审批表.pdf", "one"},
                                             {"文书/02询问笔录.pdf", "two"},
                                             {"音像/现场检查.mp4", "three"}}) {
  auto draft = empty_draft();
  draft.representations = {{"original", staged_files(folder, content)}};
  const std::vector<std::pair<std::string, std::string>> by = {
      {"os:liyang", "implementer"}, {"software:anjuan-" ANJUAN_VERSION, "executing program"}};
  draft.events = {
      {"ingestion", draft.created, "收到并登记", "success", "", by, {}},
      {"format identification",
       draft.created,
       "按文件签名识别",
       "warning",
       "一个文件未识别",
       by,
       {"representations/original/data/" + content.front().first, "representations/original"}}};
  return draft;
}

/// Every file below `folder`: relative path -> content.
inline std::map<std::string, std::string> tree(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[entry.path().lexically_relative(folder).string()] = read_text(entry.path());
  }
  return files;
}

/// Puts a staged next version into the object at `object`, as the store does.
inline void install(const packager::Package& package, const std::filesystem::path& object) {
  namespace fs = std::filesystem;
  const auto version = "v" + std::to_string(package.version);
  fs::rename(package.staging / version, object / version);
  for (const auto* name : {"inventory.json", "inventory.json.sha512"}) {
    fs::rename(package.staging / name, object / name);
  }
}

}  // namespace anjuan::test
