#include "preservation/store/open_steps.h"

#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "preservation/store/local_files.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".open";

}  // namespace

OpenSteps OpenSteps::open(const fs::path& folder) {
  create_folders_durably(folder / "open");
  create_folders_durably(folder / "locks");
  return OpenSteps(folder);
}

fs::path OpenSteps::file_of(const packager::PackageId& id) const {
  return folder_ / "open" / (id.objid() + std::string(kSuffix));
}

FileLock OpenSteps::lock(const packager::PackageId& id) const {
  try {
    return FileLock::take(folder_ / "locks" / (id.objid() + ".lock"));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kBusy) throw;
    throw Error(ErrorCode::kBusy, id.objid(), say("store.busy", {{"package", id.objid()}}));
  }
}

void OpenSteps::begin(const packager::PackageId& id) const {
  if (contains(id)) return;
  create_durably(file_of(id), id.urn() + "\n");
  fault_point("store:step-open");
}

void OpenSteps::end(const packager::PackageId& id) const {
  remove_staged(file_of(id));
  fault_point("store:step-closed");
  sync_folder(folder_ / "open");
}

bool OpenSteps::contains(const packager::PackageId& id) const {
  std::error_code none;  // Unreadable: begin() then tells why.
  return fs::exists(file_of(id), none);
}

std::vector<packager::PackageId> OpenSteps::list() const {
  std::vector<packager::PackageId> ids;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder_ / "open", failure)) {
    const std::string name = entry.path().filename();
    // Anything else there is not ours (a temporary name of an interrupted begin()).
    if (name.starts_with("aip-") && name.ends_with(kSuffix)) {
      ids.push_back(packager::PackageId::parse(name.substr(0, name.size() - kSuffix.size())));
    }
  }
  if (failure) throw_errno(failure.value(), folder_.string(), "kernel.read_failed");
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace anjuan::preservation
