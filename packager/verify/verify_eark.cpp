#include "packager/verify/verify_eark.h"

#include "core/messages.h"
#include "packager/verify/aip_check.h"

namespace anjuan::packager {

namespace {

/// "", or "name/" where the package lies in the only folder below the one that was given.
std::string package_root(Examination& work) {
  const auto* below = only_folder(work.tree);
  if (!below || !work.tree.is_file(below->path + "/METS.xml")) return {};
  work.findings.info("PKG-ROOT", below->path, say("eark.root_below", {{"folder", below->path}}));
  return below->path + "/";
}

/// A package without a root folder of its own in its container has no name but the container's.
std::string name_of(const Examination& work, const std::string& prefix) {
  if (!prefix.empty()) return prefix.substr(0, prefix.size() - 1);
  if (work.container && work.container->root.empty()) {
    return std::filesystem::path(work.report.path).stem().string();
  }
  return std::filesystem::canonical(work.root).filename().string();
}

}  // namespace

void verify_eark(Examination& work) {
  const auto prefix = package_root(work);
  std::vector<AipFile> files;
  std::vector<std::string> folders;
  for (const auto& entry : work.tree.entries()) {
    if (!entry.path.starts_with(prefix)) continue;
    auto path = entry.path.substr(prefix.size());
    if (entry.type == TreeEntry::Type::kFolder) folders.push_back(std::move(path));
    if (entry.type != TreeEntry::Type::kFile) continue;
    files.push_back({std::move(path),
                     prefix.empty() ? std::string() : entry.path,
                     entry.bytes,
                     {},
                     {},
                     true,
                     false});
  }
  work.report.files_expected = files.size();
  AipTree tree(name_of(work, prefix), std::move(files), std::move(folders));
  work.report.label = check_aip(work, tree, AipDigests::Want::kAll);
}

}  // namespace anjuan::packager
