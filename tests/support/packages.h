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
       "<description xmlns=\"urn:example:description\"/>\n", "OTHER", "urn:example:description"},
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
      {"os:liyang", "implementer"}, {Actor::program().id, "executing program"}};
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

/// A later edit of the description by case_draft()'s archivist.
inline packager::PackageDraft edit_draft() {
  auto draft = empty_draft();
  draft.created += std::chrono::hours(48);
  draft.message = "修改著录";
  draft.metadata = {{packager::DraftMetadata::Kind::kDescriptive, "description.xml",
                     "<description xmlns=\"urn:example:description\">改</description>\n", "OTHER",
                     "urn:example:description"}};
  draft.events = {{"metadata modification",
                   draft.created,
                   "修改题名",
                   "success",
                   "",
                   {{"os:liyang", "implementer"}},
                   {"metadata/descriptive/description.xml"}}};
  return draft;
}

/// The same with a supplement: one file added, one replaced.
inline packager::PackageDraft change_draft(const std::filesystem::path& folder) {
  auto draft = edit_draft();
  draft.representations = {
      {"original", staged_files(folder, {{"文书/02询问笔录.pdf", "two, mended"},
                                         {"文书/03回证.pdf", "four"}})}};
  return draft;
}

/// Names that break packages elsewhere, each with its own bytes; some bytes occur twice.
inline DraftContent hostile_content() {
  const auto long_name = [] {
    std::string name;
    for (int i = 0; i < 83; ++i) name += "长";
    return name + "ab.pdf";  // 255 bytes
  }();
  DraftContent content;
  for (const auto* name : {"a+b.pdf",
                           "100%.pdf",
                           "%41.pdf",
                           "#1.pdf",
                           "a b.pdf",
                           " leading.pdf",
                           "trailing .pdf",
                           "e\u0301.pdf",
                           "\u00e9.pdf",
                           "A.pdf",
                           "a.pdf",
                           "METS.xml",
                           "metadata/METS.xml",
                           "metadata/x.pdf",
                           "data/x.pdf",
                           "representations/original/METS.xml",
                           "q?&=;,'\"<>.pdf",
                           "back\\slash.pdf",
                           "-rf.pdf",
                           "~x.pdf",
                           ".hidden",
                           "line\nbreak.pdf",
                           "bell\x07.pdf",
                           "tab\t.pdf",
                           "]]>.pdf",
                           "\xF0\x9F\x93\x81.pdf",
                           "\xEF\xBF\xBE.pdf",
                           "inventory.json",
                           "0=ocfl_object_1.1",
                           "𠮷.pdf"}) {
    content.emplace_back(name, std::string("bytes of ") + std::to_string(content.size()));
  }
  content.emplace_back(long_name, "long");
  content.emplace_back("same/1.pdf", "same bytes");
  content.emplace_back("same/2.pdf", "same bytes");
  return content;
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
