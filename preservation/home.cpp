#include "preservation/home.h"

#include <cstdlib>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::preservation {

namespace fs = std::filesystem;

namespace {

constexpr const char* kConfigName = "anjuan.toml";
constexpr const char* kFolders[] = {"workspace", "quarantine", "data", "evidence", "keys"};

}  // namespace

Home::Home(fs::path path, Config config) : path_(std::move(path)), config_(std::move(config)) {}

Home Home::create(const fs::path& path) {
  if (fs::exists(path / kConfigName)) {
    throw Error(ErrorCode::kConflict, path.string(), say("home.exists", {{"path", path.string()}}));
  }
  create_folders_durably(path);
  for (const char* folder : kFolders) create_folders_durably(path / folder);
  fs::permissions(path / "keys", fs::perms::owner_all);
  create_durably(path / kConfigName, Config::commented_defaults());
  return open(path);
}

Home Home::open(const fs::path& path) {
  if (!fs::is_regular_file(path / kConfigName)) {
    throw Error(ErrorCode::kHomeMissing, path.string(),
                say("home.missing", {{"path", path.string()}}));
  }
  return Home(fs::canonical(path), Config::load(path / kConfigName));
}

fs::path Home::locate(const std::optional<fs::path>& option) {
  if (option) return *option;
  if (const char* variable = std::getenv("ANJUAN_HOME"); variable != nullptr && *variable != 0) {
    return variable;
  }
  const char* user_home = std::getenv("HOME");
  return fs::path(user_home != nullptr ? user_home : ".") / "anjuan";
}

}  // namespace anjuan::preservation
