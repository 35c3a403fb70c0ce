#include "packager/verify/verify_eark.h"

#include "packager/verify/aip_check.h"
#include "packager/verify/derivative_check.h"

namespace anjuan::packager {

namespace {

/// A package without a root folder of its own in its container has no name but the container's.
std::string name_of(const Examination& work) {
  if (work.container && work.container->root.empty()) {
    return std::filesystem::path(work.report.path).stem().string();
  }
  return std::filesystem::canonical(work.root).filename().string();
}

}  // namespace

void verify_eark(Examination& work) {
  std::vector<AipFile> files;
  std::vector<std::string> folders;
  for (const auto& entry : work.tree.entries()) {
    if (entry.type == TreeEntry::Type::kFolder) folders.push_back(entry.path);
    if (entry.type != TreeEntry::Type::kFile) continue;
    files.push_back({entry.path, {}, entry.bytes, {}, {}, true, false});
  }
  work.report.files_expected = files.size();
  AipTree tree(name_of(work), std::move(files), std::move(folders));
  const CheckedAip aip = check_aip(work, tree, AipDigests::Want::kAll);
  work.report.label = aip.label;
  check_derivatives_of(tree, aip.ours ? PackageMaker::kThisProgram : PackageMaker::kOther, work);
}

}  // namespace anjuan::packager
