#pragma once
// The home of an archive: one folder that holds everything (docs/architecture.md, "Home").

#include <filesystem>
#include <optional>

#include "core/config.h"

namespace anjuan::preservation {

class Home {
 public:
  /// Makes a new home: configuration with every key explained, empty folders, keys/ for the owner
  /// alone. Throws Error(kConflict) if there is one already.
  static Home create(const std::filesystem::path& path);

  /// Throws Error(kHomeMissing) if `path` is none, Error(kInvalid) for a bad anjuan.toml.
  static Home open(const std::filesystem::path& path);

  /// --home, else ANJUAN_HOME, else ~/anjuan.
  static std::filesystem::path locate(const std::optional<std::filesystem::path>& option);

  const std::filesystem::path& path() const { return path_; }

  const Config& config() const { return config_; }

  std::filesystem::path index_file() const { return path_ / "index.db"; }

  std::filesystem::path ledger_file() const { return path_ / "ledger.db"; }

  std::filesystem::path workspace() const { return path_ / "workspace"; }

  /// The bureau's own rules, calendars, retention lines and policy.
  std::filesystem::path data() const { return path_ / "data"; }

  /// Notices of working days that were imported (docs/formats/calendar.md).
  std::filesystem::path calendar() const { return data() / "calendar"; }

 private:
  Home(std::filesystem::path path, Config config);

  std::filesystem::path path_;
  Config config_;
};

}  // namespace anjuan::preservation
