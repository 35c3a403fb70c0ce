#include "packager/package_check.h"

#include "core/error.h"
#include "core/messages.h"
#include "packager/mets_reader.h"
#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void unbalanced(const std::string& path, std::string_view where) {
  throw Error(ErrorCode::kInternal, path,
              say("packager.unbalanced", {{"path", path}, {"place", std::string(where)}}));
}

/// Strikes each file that METS lists off the version's state.
class ListedFiles {
 public:
  explicit ListedFiles(const VersionStage& stage) : stage_(stage) {
    for (const auto& [path, digest] : stage.state()) waiting_.insert(path);
  }

  void read_package() {
    strike("METS.xml", stage_.digest("METS.xml"));
    const auto mets = read_mets(stage_.bytes_of("METS.xml"), "METS.xml");
    for (const auto& section : mets.sections) {
      // The rights stand in a PREMIS document that is listed already.
      if (section.kind != MetsSection::Kind::kRights) {
        strike(section.file.path, section.file.sha512);
      }
    }
    for (const auto& group : mets.groups) {
      for (const auto& file : group.files) strike(file.path, file.sha512);
      if (group.use.starts_with("Representations/")) read_part(group.files.front().path);
    }
    if (!waiting_.empty()) unbalanced(std::string(*waiting_.begin()), "METS");
  }

 private:
  void read_part(const std::string& path) {
    const auto folder = path.substr(0, path.rfind('/') + 1);
    const auto mets = read_mets(
        stage_.bytes_of(path), path,
        [&](const MetsGroup&, const MetsFile& file) { strike(folder + file.path, file.sha512); });
    for (const auto& section : mets.sections) {
      strike(folder + section.file.path, section.file.sha512);
    }
  }

  void strike(const std::string& path, const std::string& sha512) {
    const auto found = stage_.state().find(stage_.id().objid() + "/" + path);
    if (found == stage_.state().end() || found->second != sha512) unbalanced(path, "inventory");
    if (waiting_.erase(found->first) != 1) unbalanced(path, "METS");
  }

  const VersionStage& stage_;
  std::unordered_set<std::string_view> waiting_;
};

/// Every file of the staged version is in the manifest, and every file of the manifest is there.
void compare_with_disk(const VersionStage& stage) {
  const auto prefix = fmt::format("v{}/content/", stage.version());
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(stage.content())) {
    if (entry.is_directory() && !entry.is_symlink()) continue;
    const auto path = entry.path().lexically_relative(stage.content()).string();
    if (!stage.inventory().manifest.contains(prefix + path)) unbalanced(path, "inventory");
    if (!fs::is_regular_file(entry.symlink_status())) unbalanced(path, "disk");
    ++found;
  }
  std::size_t expected = 0;
  for (const auto& [path, digest] : stage.inventory().manifest) {
    if (path.starts_with(prefix)) ++expected;
  }
  if (found != expected) unbalanced(stage.id().objid(), "disk");
}

}  // namespace

PackageBalance balance(const VersionStage& stage) {
  ListedFiles(stage).read_package();
  compare_with_disk(stage);
  PackageBalance sum;
  const auto folder = stage.id().objid().size() + 1;
  for (const auto& [path, digest] : stage.state()) {
    ++sum.files;
    sum.bytes += fs::file_size(stage.bytes_of(path.substr(folder)));
  }
  return sum;
}

}  // namespace anjuan::packager
