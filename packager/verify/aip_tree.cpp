#include "packager/verify/aip_tree.h"

#include "core/error.h"
#include "core/text.h"

namespace anjuan::packager {

namespace {

std::string decoded(std::string_view href) {
  try {
    return from_href(href);
  } catch (const Error& error) {
    // A broken escape names no file; the caller reports the link as leading nowhere.
    if (error.code() != ErrorCode::kInvalid) throw;
    return {};
  }
}

/// "" for a name without a folder.
std::string_view parent(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? std::string_view() : path.substr(0, slash);
}

}  // namespace

AipTree::AipTree(std::string name, std::vector<AipFile> files, std::vector<std::string> folders)
    : name_(std::move(name)), files_(std::move(files)), folders_(std::move(folders)) {
  std::sort(files_.begin(), files_.end(),
            [](const AipFile& a, const AipFile& b) { return a.path < b.path; });
  std::string_view last;
  for (const auto& file : files_) {
    const auto folder = parent(file.path);
    if (folder == last) continue;
    last = folder;
    for (auto each = folder; !each.empty(); each = parent(each)) folders_.emplace_back(each);
  }
  std::sort(folders_.begin(), folders_.end());
  folders_.erase(std::unique(folders_.begin(), folders_.end()), folders_.end());
}

bool AipTree::is_folder(std::string_view path) const {
  return std::binary_search(folders_.begin(), folders_.end(), path);
}

const AipFile* AipTree::find(std::string_view path) const {
  const auto found =
      std::lower_bound(files_.begin(), files_.end(), path,
                       [](const AipFile& file, std::string_view key) { return file.path < key; });
  return found != files_.end() && found->path == path ? &*found : nullptr;
}

AipFile* AipTree::find(std::string_view path) {
  return const_cast<AipFile*>(std::as_const(*this).find(path));
}

std::string AipTree::where(std::string_view path) const {
  const auto* file = find(path);
  return file ? file->disk() : name_ + "/" + std::string(path);
}

std::string AipTree::resolve(std::string_view base, std::string_view href) {
  // A scheme, an authority, a query or a fragment: not a file of this package.
  if (href.empty() || href.front() == '/' || href.find_first_of(":?#\\") != href.npos) return {};
  const std::string relative = decoded(href);
  const auto slash = base.rfind('/');
  std::vector<std::string_view> parts;
  const auto add = [&parts](std::string_view path) {
    while (!path.empty()) {
      const auto end = std::min(path.find('/'), path.size());
      const auto part = path.substr(0, end);
      path.remove_prefix(std::min(end + 1, path.size()));
      if (part == "..") {
        if (parts.empty()) return false;
        parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.push_back(part);
      }
    }
    return true;
  };
  if (slash != base.npos) add(base.substr(0, slash));
  if (relative.empty() || relative.find('\0') != relative.npos || !add(relative)) return {};
  std::string path;
  for (const auto part : parts) path += (path.empty() ? "" : "/") + std::string(part);
  return path;
}

}  // namespace anjuan::packager
