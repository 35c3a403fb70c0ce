#include "ingest/gather.h"

#include <set>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "ingest/gather_findings.h"
#include "ingest/gather_source.h"
#include "ingest/submission.h"
#include "ingest/submission_bag.h"
#include "ingest/submission_sip.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

namespace {

/// What stands around the submission and is not of the case.
bool is_wrapping(const std::string& path, const Layout& layout) {
  return (layout.bag || layout.sip) && !path.starts_with(layout.root);
}

/// The name below the submission's root. What a Mac puts beside the root keeps its own.
std::string below_root(const std::string& path, const std::string& root) {
  return path.starts_with(root) ? path.substr(root.size()) : path;
}

std::vector<std::string> paths_of(const Staging& staging) {
  std::vector<std::string> paths;
  for (const auto& [path, file] : staging.files()) paths.push_back(path);
  return paths;
}

std::string content_digest(const GatheredCase& gathered) {
  std::set<std::size_t> named;
  for (const auto& [path, index] : gathered.named) named.insert(index);
  std::map<std::string, std::string> content;
  for (std::size_t i = 0; i < gathered.files.size(); ++i) {
    const GatheredFile& file = gathered.files[i];
    if (is_litter(file.path) && !named.contains(i)) continue;
    content[file.path] = file.digests.sha512;
  }
  return file_set_digest(content);
}

struct Names {
  std::vector<GatheredName> names;
  std::vector<GatheredFile> files;
};

Names names_of(const Staging& staging, const Layout& layout) {
  Names out;
  for (const auto& [path, staged] : staging.files()) {
    if (is_wrapping(path, layout)) continue;
    const std::string name = below_root(path, layout.root);
    out.names.push_back({name, staged.raw_name, staged.digests.bytes});
    out.files.push_back({name, staging.copy_of(staged), staged.digests, staged.modified});
  }
  const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
  std::sort(out.names.begin(), out.names.end(), by_path);
  std::sort(out.files.begin(), out.files.end(), by_path);
  return out;
}

void refuse_same_names(const std::vector<GatheredFile>& files, const std::string& source) {
  const auto same = std::adjacent_find(
      files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path == b.path; });
  if (same == files.end()) return;
  throw Error(ErrorCode::kRefused, source,
              say("gather.duplicate", {{"source", source}, {"name", same->path}}));
}

GatheredCase assemble(const Submission& submission, const Staging& staging, Progress& progress) {
  const std::string source = submission.path.string();
  const Layout layout = find_layout(paths_of(staging), submission.form, source);
  CheckedBag bag;
  if (layout.bag) bag = check_bag_of(staging, *layout.bag, source, progress);
  const StagedFile& declaration = staging.files().at(layout.root + layout.declaration);
  CaseFile declared = read_declaration(staging.copy_of(declaration), layout.declaration);
  Names all = names_of(staging, layout);
  refuse_same_names(all.files, source);
  NamedIndex named = resolve_named(declared, all.names);
  std::vector<std::string> empty;
  for (const std::string& folder : staging.end()->empty_folders) {
    if (!is_wrapping(folder, layout)) empty.push_back(below_root(folder, layout.root));
  }
  Findings findings = declared.findings();
  const Findings own = judge_gathered(declared, layout.declaration, all.names, named, empty);
  findings.insert(findings.end(), own.begin(), own.end());
  findings.insert(findings.end(), bag.warnings.begin(), bag.warnings.end());
  if (layout.sip) {
    const Findings sip = check_sip(staging, layout);
    findings.insert(findings.end(), sip.begin(), sip.end());
  }
  GatheredCase gathered{std::move(declared),
                        layout.declaration,
                        std::move(all.files),
                        std::move(findings),
                        "",
                        source,
                        staging.end()->kind,
                        staging.end()->sandbox,
                        std::move(bag.manifests),
                        std::move(named)};
  gathered.file_set_digest = content_digest(gathered);
  return gathered;
}

GatheredCase gather_into(const Submission& submission, Workspace& workspace,
                         const Config::Intake& limits, Progress& progress) {
  Staging staging(workspace);
  switch (submission.form) {
    case SubmissionForm::kFolder:
      gather_folder(submission, staging, limits, progress);
      break;
    case SubmissionForm::kContainer:
      gather_container(submission, staging, limits, progress);
      break;
    case SubmissionForm::kDeclaration:
      throw Error(ErrorCode::kInvalid, submission.path.string(),
                  say("gather.bare_declaration", {{"source", submission.path.string()}}));
  }
  return assemble(submission, staging, progress);
}

}  // namespace

const GatheredFile* GatheredCase::file(std::string_view declared_path) const {
  const auto found = named.find(declared_path);
  return found == named.end() ? nullptr : &files.at(found->second);
}

const GatheredFile* GatheredCase::file_at(std::string_view path) const {
  const auto found = std::lower_bound(
      files.begin(), files.end(), path,
      [](const GatheredFile& one, std::string_view name) { return one.path < name; });
  return found == files.end() || found->path != path ? nullptr : &*found;
}

GatheredCase gather(const fs::path& path, Workspace& workspace, const Config::Intake& limits,
                    Progress& progress) {
  const Submission submission = recognise_submission(path);
  try {
    return gather_into(submission, workspace, limits, progress);
  } catch (const Error& error) {
    const bool refused = error.code() == ErrorCode::kRefused || error.code() == ErrorCode::kInvalid;
    if (refused) workspace.finish();
    throw;
  }
}

std::string file_set_digest(const std::map<std::string, std::string>& sha512_by_path) {
  std::set<std::string> lines;
  for (const auto& [path, sha512] : sha512_by_path) {
    lines.insert(to_nfc(path) + '\0' + sha512 + '\n');
  }
  Hasher hasher(DigestAlgorithm::kSha512);
  for (const std::string& line : lines) hasher.update(std::string_view(line));
  return hasher.finish();
}

}  // namespace anjuan::ingest
