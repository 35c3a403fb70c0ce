#include "packager/verify/eark/structure.h"

#include "core/messages.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager::eark {

namespace {

constexpr std::string_view kMets = "METS.xml";
constexpr std::string_view kRepresentations = "representations";

class StructureCheck {
 public:
  StructureCheck(const AipTree& tree, Report& report) : tree_(tree), report_(report) {}

  void run() {
    check_mets();
    if (expect("CSIPSTR5", "", "metadata")) {
      expect_metadata("CSIPSTR6", "preservation");
      expect_metadata("CSIPSTR7", "descriptive");
    }
    if (expect("CSIPSTR9", "", kRepresentations)) check_representations();
    check_schemas();
    if (!is_anywhere("documentation")) expect("CSIPSTR16", "", "documentation", Severity::kInfo);
  }

 private:
  static std::string join(std::string_view folder, std::string_view name) {
    return folder.empty() ? std::string(name) : fmt::format("{}/{}", folder, name);
  }

  /// Names of the folders directly inside `folder`.
  std::vector<std::string_view> folders_in(std::string_view folder) const {
    const auto prefix = folder.empty() ? std::string() : std::string(folder) + "/";
    std::vector<std::string_view> names;
    const auto& all = tree_.folders();
    for (auto each = std::lower_bound(all.begin(), all.end(), prefix);
         each != all.end() && each->starts_with(prefix); ++each) {
      const auto name = std::string_view(*each).substr(prefix.size());
      if (name.find('/') == name.npos) names.push_back(name);
    }
    return names;
  }

  bool is_file(const std::string& path) const {
    const auto* file = tree_.find(path);
    return file && file->present;
  }

  void check_mets() {
    if (is_file(std::string(kMets))) return;
    for (const auto name : folders_in("")) {
      if (is_file(join(name, kMets))) {
        report_.fails("CSIPSTR1", join(name, kMets),
                      say("eark.package_below", {{"folder", std::string(name)}}));
      }
    }
    std::string similar;
    for (const auto& file : tree_.files()) {
      const bool here = file.path.find('/') == file.path.npos;
      if (here && lower(file.path).find("mets") != std::string::npos) similar = file.path;
    }
    missing("CSIPSTR4", std::string(kMets), similar, Severity::kError);
  }

  void missing(std::string_view id, const std::string& path, const std::string& similar,
               Severity level) {
    report_.fails_as(level, id, tree_.where(path),
                     similar.empty()
                         ? say("eark.path_missing", {{"path", path}})
                         : say("eark.path_misnamed", {{"path", path}, {"similar", similar}}));
  }

  /// False, with a finding, if `folder` holds no folder `name`.
  bool expect(std::string_view id, std::string_view folder, std::string_view name) {
    return expect(id, folder, name, requirement(id).level);
  }

  bool expect(std::string_view id, std::string_view folder, std::string_view name, Severity level) {
    const auto path = join(folder, name);
    if (tree_.is_folder(path)) return true;
    std::string similar;
    for (const auto each : folders_in(folder)) {
      if (lower(each).find(name) != std::string::npos) similar = each;
    }
    missing(id, path, similar, similar.empty() ? level : requirement(id).level);
    return false;
  }

  /// Asked for only where there is metadata of this kind: of an empty folder nobody can tell.
  void expect_metadata(std::string_view id, std::string_view name) {
    const auto& files = tree_.files();
    const bool loose = std::any_of(files.begin(), files.end(), [](const AipFile& file) {
      return file.path.starts_with("metadata/") && file.bytes > 0 &&
             std::count(file.path.begin(), file.path.end(), '/') == 1;
    });
    expect(id, "metadata", name, loose ? Severity::kWarn : Severity::kInfo);
  }

  /// In the package or in one of its representations.
  bool is_anywhere(std::string_view name) const {
    if (tree_.is_folder(name) || tree_.is_folder(join(kRepresentations, name))) return true;
    const auto representations = folders_in(kRepresentations);
    return std::any_of(representations.begin(), representations.end(), [&](auto each) {
      return tree_.is_folder(fmt::format("{}/{}/{}", kRepresentations, each, name));
    });
  }

  /// Asked for where there are schemas elsewhere, or metadata that should have some.
  void check_schemas() {
    if (is_anywhere("schemas")) return;
    const auto& files = tree_.files();
    const bool wanted = std::any_of(files.begin(), files.end(), [](const AipFile& file) {
      const auto path = lower(file.path);
      return path.ends_with(".xsd") ||
             (path.find("metadata/") != path.npos && path.ends_with(".xml"));
    });
    if (wanted) expect("CSIPSTR15", "", "schemas");
  }

  void check_representations() {
    const auto representations = folders_in(kRepresentations);
    const auto prefix = std::string(kRepresentations) + "/";
    for (const auto& file : tree_.files()) {
      const bool loose = file.path.starts_with(prefix) &&
                         file.path.find('/', prefix.size()) == file.path.npos && file.bytes > 0;
      if (loose) {
        report_.fails("CSIPSTR10", file.disk(), say("eark.loose_file", {{"file", file.path}}));
      }
    }
    if (representations.empty()) {
      report_.fails("CSIPSTR10", tree_.where(kRepresentations), say("eark.no_representation"));
    }
    for (const auto each : representations) {
      const auto folder = prefix + std::string(each);
      expect("CSIPSTR11", folder, "data");
      if (!is_file(join(folder, kMets))) {
        missing("CSIPSTR12", join(folder, kMets), {}, Severity::kWarn);
      }
      expect("CSIPSTR13", folder, "metadata");
    }
  }

  const AipTree& tree_;
  Report& report_;
};

}  // namespace

void check_structure(const AipTree& tree, Report& report) { StructureCheck(tree, report).run(); }

}  // namespace anjuan::packager::eark
