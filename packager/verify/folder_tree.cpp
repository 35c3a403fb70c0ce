#include "packager/verify/folder_tree.h"

#include <cerrno>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>

#include "core/durable.h"
#include "core/interrupt.h"
#include "core/messages.h"

namespace anjuan::packager {

namespace {

bool path_less(const TreeEntry& entry, std::string_view path) { return entry.path < path; }

class Walker {
 public:
  Walker(std::filesystem::path root, FindingSink& findings)
      : root_(std::move(root)), findings_(findings) {}

  std::vector<TreeEntry> walk() {
    std::vector<std::string> folders = {""};
    while (!folders.empty()) {
      const std::string folder = std::move(folders.back());
      folders.pop_back();
      list(folder, folders);
    }
    std::sort(entries_.begin(), entries_.end(),
              [](const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; });
    return std::move(entries_);
  }

 private:
  void list(const std::string& folder, std::vector<std::string>& folders) {
    stop_if_interrupted();
    std::error_code failure;
    std::filesystem::directory_iterator names(root_ / folder, failure);
    // Names are looked up from here: with the whole path each would cost a walk through all above.
    const FileHandle here(::open((root_ / folder).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    std::uint32_t children = 0;
    const std::filesystem::directory_iterator end;
    while (!failure && names != end && room()) {
      const std::string name = names->path().filename().string();
      see(here, name, folder.empty() ? name : folder + "/" + name, folders);
      ++children;
      names.increment(failure);
    }
    if (failure) unreadable(folder, failure.message());
    // The folder's own entry was appended when its parent was listed.
    if (const auto place = folder_places_.find(folder); place != folder_places_.end()) {
      entries_[place->second].children = children;
      folder_places_.erase(place);
    }
  }

  bool room() {
    if (entries_.size() < kTreeEntriesMax) return true;
    if (!full_) {
      findings_.not_checked(
          "PKG-LIMIT", "",
          say("verify.too_many_entries", {{"limit", std::to_string(kTreeEntriesMax)}}));
    }
    full_ = true;
    return false;
  }

  void see(const FileHandle& folder, const std::string& name, const std::string& path,
           std::vector<std::string>& folders) {
    struct stat status {};

    if (::fstatat(folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      unreadable(path, std::strerror(errno));
      return;
    }
    TreeEntry entry{path, type_of(status), static_cast<std::uint64_t>(status.st_size)};
    if (entry.type == TreeEntry::Type::kFolder && !enter(path, folders)) return;
    if (entry.type == TreeEntry::Type::kFile && status.st_nlink > 1) {
      entry.second_name = !seen_.insert({status.st_dev, status.st_ino}).second;
    }
    entries_.push_back(std::move(entry));
  }

  static TreeEntry::Type type_of(const struct stat& status) {
    if (S_ISREG(status.st_mode)) return TreeEntry::Type::kFile;
    if (S_ISDIR(status.st_mode)) return TreeEntry::Type::kFolder;
    if (S_ISLNK(status.st_mode)) return TreeEntry::Type::kLink;
    return TreeEntry::Type::kOther;
  }

  bool enter(const std::string& path, std::vector<std::string>& folders) {
    if (std::count(path.begin(), path.end(), '/') >= std::ptrdiff_t{kTreeDepthMax}) {
      findings_.not_checked("PKG-LIMIT", path,
                            say("verify.too_deep", {{"limit", std::to_string(kTreeDepthMax)}}));
      return false;
    }
    folders.push_back(path);
    folder_places_[path] = entries_.size();
    return true;
  }

  void unreadable(const std::string& path, const std::string& reason) {
    findings_.not_checked("PKG-READ", path,
                          say("verify.unreadable", {{"path", path}, {"reason", reason}}));
  }

  std::filesystem::path root_;
  FindingSink& findings_;
  std::vector<TreeEntry> entries_;
  std::map<std::string, std::size_t> folder_places_;
  std::set<std::pair<dev_t, ino_t>> seen_;
  bool full_ = false;
};

}  // namespace

FolderTree FolderTree::walk(const std::filesystem::path& root, FindingSink& findings) {
  FolderTree tree;
  tree.entries_ = Walker(root, findings).walk();
  return tree;
}

const TreeEntry* FolderTree::find(std::string_view path) const {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), path, path_less);
  return found != entries_.end() && found->path == path ? &*found : nullptr;
}

bool FolderTree::is_file(std::string_view path) const {
  const auto* entry = find(path);
  return entry && entry->type == TreeEntry::Type::kFile;
}

bool FolderTree::is_folder(std::string_view path) const {
  const auto* entry = find(path);
  return entry && entry->type == TreeEntry::Type::kFolder;
}

std::span<const TreeEntry> FolderTree::below(std::string_view folder) const {
  if (folder.empty()) return entries_;
  std::string edge(folder);
  edge += '/';
  const auto first = std::lower_bound(entries_.begin(), entries_.end(), edge, path_less);
  edge.back() = '/' + 1;
  const auto last = std::lower_bound(first, entries_.end(), edge, path_less);
  return {first, last};
}

std::vector<const TreeEntry*> FolderTree::children(std::string_view folder) const {
  std::vector<const TreeEntry*> found;
  const std::size_t prefix = folder.empty() ? 0 : folder.size() + 1;
  for (const auto& entry : below(folder)) {
    if (entry.path.find('/', prefix) == std::string::npos) found.push_back(&entry);
  }
  return found;
}

const TreeEntry* only_folder(const FolderTree& tree) {
  const auto top = tree.children("");
  return top.size() == 1 && top.front()->type == TreeEntry::Type::kFolder ? top.front() : nullptr;
}

std::string_view file_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

}  // namespace anjuan::packager
