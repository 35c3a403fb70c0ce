#include "packager/package_builder.h"

#include <set>
#include <unordered_set>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "packager/mets_reader.h"
#include "packager/package_layout.h"
#include "packager/version_builder.h"
#include "packager/version_stage.h"

namespace anjuan::packager {

namespace {

void check_name(const std::string& name) {
  check_package_path(name);
  if (name.find('/') == name.npos) return;
  throw Error(ErrorCode::kInvalid, name, say("packager.bad_path", {{"path", name}}));
}

void check_representation(const DraftRepresentation& representation) {
  constexpr std::array kNames = {"original", "preservation", "access"};
  if (std::find(kNames.begin(), kNames.end(), representation.name) == kNames.end()) {
    throw Error(ErrorCode::kInternal, representation.name,
                fmt::format("no representation \"{}\"", representation.name));
  }
}

[[noreturn]] void twice(const std::string& path) {
  throw Error(ErrorCode::kInvalid, path, say("packager.path_twice", {{"path", path}}));
}

void check_metadata(const std::vector<DraftMetadata>& metadata) {
  std::set<std::pair<DraftMetadata::Kind, std::string_view>> names;
  for (const auto& each : metadata) {
    check_name(each.name);
    if (!names.emplace(each.kind, each.name).second) twice(each.name);
  }
}

/// A path and a folder on the way to another file may not be the same (OCFL E095).
void check_no_conflict(const std::unordered_set<std::string>& paths) {
  for (const auto& path : paths) {
    for (auto slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
      if (!paths.contains(path.substr(0, slash))) continue;
      throw Error(
          ErrorCode::kInvalid, path,
          say("packager.file_and_folder", {{"path", path}, {"folder", path.substr(0, slash)}}));
    }
  }
}

/// A document that verification would refuse for its length is not written.
void check_characteristics(const DraftFile& file) {
  std::size_t bytes = 0;
  for (const auto& each : file.characteristics) bytes += each.size();
  if (bytes <= kCharacteristicsBytesMax) return;
  throw Error(ErrorCode::kInvalid, file.path,
              say("packager.characteristics_too_long",
                  {{"path", file.path},
                   {"bytes", std::to_string(bytes)},
                   {"limit", std::to_string(kCharacteristicsBytesMax)}}));
}

/// `state`: of the version before, logical paths.
void check_draft(const PackageDraft& draft, const std::map<std::string, std::string>& state) {
  std::unordered_set<std::string> paths;
  const auto folder = draft.id.objid() + "/";
  for (const auto& [path, digest] : state) paths.insert(path);
  for (const auto& representation : draft.representations) {
    check_representation(representation);
    std::unordered_set<std::string_view> own;
    for (const auto& file : representation.files) {
      check_package_path(file.path);
      check_characteristics(file);
      if (!own.insert(file.path).second) twice(file.path);
      paths.insert(folder + representation_folder(representation.name) + "data/" + file.path);
    }
  }
  check_metadata(draft.metadata);
  check_no_conflict(paths);
  verdict_text(draft.verdict);
}

Package finished(Package package, const std::filesystem::path& staging) {
  package.staging = staging;
  return package;
}

}  // namespace

Package build_first_version(const PackageDraft& draft, const std::filesystem::path& staging,
                            const BuildOptions& options) {
  check_draft(draft, {});
  VersionStage stage(draft.id, staging);
  return finished(VersionBuilder(draft, options, stage, {}).build(), staging);
}

Package build_next_version(const PackageDraft& draft, const std::filesystem::path& object,
                           const std::filesystem::path& staging, const BuildOptions& options) {
  const auto path = object / "inventory.json";
  auto inventory = OcflInventory::parse(read_file(path), path.string());
  if (inventory.id != draft.id.urn()) {
    throw Error(ErrorCode::kConflict, object.string(),
                say("packager.other_package",
                    {{"path", object.string()}, {"found", inventory.id}, {"id", draft.id.urn()}}));
  }
  check_draft(draft, inventory.current().state);
  VersionStage stage(draft.id, staging, std::move(inventory), object);
  auto mets = read_mets(stage.bytes_of("METS.xml"), "METS.xml");
  return finished(VersionBuilder(draft, options, stage, std::move(mets)).build(), staging);
}

}  // namespace anjuan::packager
