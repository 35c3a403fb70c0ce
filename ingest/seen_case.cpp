#include "ingest/seen_case.h"

#include <algorithm>

#include "ingest/gather.h"
#include "ingest/gather_findings.h"
#include "ingest/gather_walk.h"
#include "ingest/submission.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

namespace {

SeenCase see_gathered(const fs::path& submission, const Config::Intake& limits, const Clock& clock,
                      Progress& progress) {
  auto scratch = std::make_shared<const ScratchFolder>("check");
  auto workspace = Workspace::open(scratch->path(), submission, clock);
  auto gathered = gather(submission, workspace, limits, progress);
  SeenCase seen{
      std::move(gathered.declared), std::move(gathered.findings), SeenFiles::kWithFiles, {}, {}};
  for (const auto& [name, number] : gathered.named) {
    seen.named[name] = gathered.files.at(number).staged;
  }
  seen.unpacked = std::move(scratch);
  return seen;
}

SeenCase see_folder(const fs::path& folder, const WalkedFolder& walked, const Layout& layout) {
  std::vector<GatheredName> names;
  fs::path declaration;
  for (const WalkedFile& file : walked.files) {
    const bool is_utf8 = file.origin == packager::NameOrigin::kUtf8;
    names.push_back({file.path, is_utf8 ? "" : file.raw_name, file.mark.bytes});
    if (file.path == layout.declaration) declaration = folder / file.raw_name;
  }
  SeenCase seen{
      read_declaration(declaration, layout.declaration), {}, SeenFiles::kWithFiles, {}, {}};
  const auto named = resolve_named(seen.declared, names);
  for (const auto& [name, number] : named) {
    seen.named[name] = folder / walked.files.at(number).raw_name;
  }
  seen.findings = seen.declared.findings();
  const Findings own =
      judge_gathered(seen.declared, layout.declaration, names, named, walked.empty_folders);
  seen.findings.insert(seen.findings.end(), own.begin(), own.end());
  return seen;
}

SeenCase see_declaration(const fs::path& file) {
  SeenCase seen{
      read_declaration(file, file.filename().string()), {}, SeenFiles::kDeclarationAlone, {}, {}};
  seen.findings = seen.declared.findings();
  return seen;
}

}  // namespace

SeenCase look_at(const fs::path& path, const Config::Intake& limits, const Clock& clock,
                 Progress& progress) {
  const Submission submission = recognise_submission(path);
  if (submission.form == SubmissionForm::kDeclaration) return see_declaration(submission.path);
  if (submission.form == SubmissionForm::kContainer) {
    return see_gathered(path, limits, clock, progress);
  }
  const auto walked = walk_folder(submission.path, limits);
  std::vector<std::string> paths;
  for (const WalkedFile& file : walked.files) paths.push_back(file.path);
  const auto layout = find_layout(paths, submission.form, submission.path.string());
  if (layout.bag || layout.sip) return see_gathered(path, limits, clock, progress);
  return see_folder(submission.path, walked, layout);
}

}  // namespace anjuan::ingest
