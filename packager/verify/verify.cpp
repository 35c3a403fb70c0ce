#include "packager/verify/verify.h"

#include "core/error.h"
#include "core/messages.h"
#include "packager/eep_reader.h"
#include "packager/verify/finding_sink.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/package_kind.h"
#include "packager/verify/storage_root.h"
#include "packager/verify/verify_anjuan.h"
#include "packager/verify/verify_bag.h"
#include "packager/verify/verify_eark.h"
#include "packager/verify/verify_ocfl.h"

namespace anjuan::packager {

namespace {

void unknown(Examination& examination) {
  examination.findings.not_checked("PKG-KIND", "", say("verify.not_recognised"));
}

/// One function per kind of package.
struct Verifier {
  PackageKind kind;
  void (*verify)(Examination&);
};

constexpr Verifier kVerifiers[] = {
    {PackageKind::kAnjuan, verify_anjuan}, {PackageKind::kEark, verify_eark},
    {PackageKind::kOcfl, verify_ocfl},     {PackageKind::kBagit, verify_bag},
    {PackageKind::kUnknown, unknown},
};

/// Goes on in the folder that the container was unpacked to; false, with a finding, if it cannot.
bool open_container(Examination& examination) {
  if (is_eep(examination.root)) {
    examination.findings.not_checked("PKG-EEP", "",
                                     say("eep.adopt", {{"path", examination.report.path}}));
    return false;
  }
  if (!examination.options.unpack) {
    examination.findings.not_checked(
        "PKG-READ", "", say("verify.not_a_folder", {{"path", examination.report.path}}));
    return false;
  }
  try {
    examination.container = examination.options.unpack(examination.root);
  } catch (const Error& error) {
    // What is wrong with the container itself is a fault of the package.
    const bool fault = error.code() == ErrorCode::kInvalid || error.code() == ErrorCode::kRefused;
    if (!fault) throw;
    examination.findings.error("PKG-CONTAINER", "", error.what());
    return false;
  }
  examination.root = examination.container->folder / examination.container->root;
  return true;
}

/// A package may lie alone in the folder that was given: an export does, since its own folder must
/// keep its name.
void enter_only_folder(Examination& examination) {
  const auto* below = only_folder(examination.tree);
  if (!below || kind_of(examination.tree) != PackageKind::kUnknown) return;
  const std::string name = below->path;
  FindingSink findings;
  auto tree = FolderTree::walk(examination.root / name, findings);
  const auto kind = kind_of(tree);
  const bool wanted = kind == examination.options.as.value_or(kind);
  if (kind == PackageKind::kUnknown || !wanted) return;
  examination.root /= name;
  examination.tree = std::move(tree);
  examination.findings = std::move(findings);
  examination.findings.info("PKG-ROOT", "", say("verify.root_below", {{"folder", name}}));
}

/// Neither is ever read. That a file has two names is a fault for OCFL alone.
void report_links(Examination& examination) {
  const auto kind = examination.report.kind;
  const bool ocfl = kind == PackageKind::kAnjuan || kind == PackageKind::kOcfl;
  const auto report = [&](std::string_view message_id, const std::string& path) {
    examination.findings.error(ocfl ? "E090" : "PKG-LINK", path, say(message_id, {{"path", path}}));
  };
  for (const auto& entry : examination.tree.entries()) {
    if (entry.type == TreeEntry::Type::kLink) report("verify.link", entry.path);
    if (entry.type == TreeEntry::Type::kOther) report("verify.special_file", entry.path);
    if (entry.second_name && ocfl) report("verify.hard_link", entry.path);
  }
}

void examine(Examination& examination) {
  std::error_code failure;
  const auto status = std::filesystem::status(examination.root, failure);
  if (!std::filesystem::exists(status)) {
    examination.findings.not_checked(
        "PKG-READ", "", say("verify.no_such_path", {{"path", examination.report.path}}));
    return;
  }
  if (!std::filesystem::is_directory(status) && !open_container(examination)) return;
  examination.tree = FolderTree::walk(examination.root, examination.findings);
  enter_only_folder(examination);
  examination.report.kind = examination.options.as.value_or(kind_of(examination.tree));
  report_links(examination);
  for (const auto& verifier : kVerifiers) {
    if (verifier.kind == examination.report.kind) verifier.verify(examination);
  }
}

VerifyReport guarded(const std::filesystem::path& path, const VerifyOptions& options,
                     Progress& progress, void (*work)(Examination&)) {
  Examination examination{path, options, progress, {}, {}, {}, {}};
  examination.report.path = path.string();
  try {
    work(examination);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInterrupted) throw;
    examination.findings.not_checked("PKG-READ", "", error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    examination.findings.not_checked(
        "PKG-READ", "",
        say("verify.unreadable",
            {{"path", error.path1().string()}, {"reason", error.code().message()}}));
  }
  examination.report.findings = examination.findings.take();
  examination.report.verdict = verdict_of(examination.report.findings);
  return std::move(examination.report);
}

/// OCFL is asked for objects and for whole storage roots in the same words.
bool may_be_root(const VerifyOptions& options) {
  return !options.as || options.as == PackageKind::kOcfl;
}

}  // namespace

VerifyReport verify_package(const std::filesystem::path& path, const VerifyOptions& options,
                            Progress& progress) {
  const bool root = may_be_root(options) && is_storage_root(path);
  return guarded(path, options, progress, root ? verify_storage_root : examine);
}

void verify_all(const std::filesystem::path& path, const VerifyOptions& options, Progress& progress,
                const std::function<void(const VerifyReport&)>& done) {
  done(verify_package(path, options, progress));
  if (!may_be_root(options) || !is_storage_root(path)) return;
  for (const auto& object : objects_of(path)) done(verify_package(object, options, progress));
}

Verdict verdict_of(const Findings& findings) {
  if (any_error(findings)) return Verdict::kInvalid;
  const bool gap = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.result == CheckResult::kNotChecked && finding.severity != Severity::kInfo;
  });
  return gap ? Verdict::kUnchecked : Verdict::kValid;
}

int exit_status(Verdict verdict) {
  constexpr int kStatus[] = {0, 3, 4};
  return kStatus[static_cast<std::size_t>(verdict)];
}

std::string_view verdict_word(Verdict verdict) {
  constexpr std::string_view kWords[] = {"valid", "invalid", "unchecked"};
  return kWords[static_cast<std::size_t>(verdict)];
}

}  // namespace anjuan::packager
