// Database::migrate: numbered scripts of schemas/sql, compiled in, counted by PRAGMA user_version.

#include "core/database.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

/// The scripts in order; the n-th bears the number n (from 1).
std::vector<std::string_view> scripts_of(std::string_view folder) {
  const std::string prefix = fmt::format("sql/{}/", folder);
  auto paths = embedded_paths(prefix);
  std::sort(paths.begin(), paths.end());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (!paths[i].substr(prefix.size()).starts_with(fmt::format("{:04}_", i + 1))) {
      throw Error(ErrorCode::kInternal, std::string(paths[i]), "SQL scripts are not numbered 1..n");
    }
  }
  if (paths.empty()) throw Error(ErrorCode::kInternal, prefix, "no SQL scripts");
  return paths;
}

std::int64_t version_of(Database& database) {
  return std::get<std::int64_t>(*database.scalar("PRAGMA user_version"));
}

/// Another process may have done it between our look and our lock.
void apply(Database& database, std::string_view path, std::int64_t number) {
  Transaction transaction(database);
  if (version_of(database) >= number) return;
  database.script(embedded(path));
  database.script(fmt::format("PRAGMA user_version = {}", number));
  transaction.commit();
}

}  // namespace

void Database::migrate(std::string_view folder) {
  const auto scripts = scripts_of(folder);
  const std::int64_t version = version_of(*this);
  if (version > std::ssize(scripts)) {
    throw Error(ErrorCode::kInvalid, std::string(folder),
                say("kernel.database_newer", {{"name", std::string(folder)},
                                              {"found", std::to_string(version)},
                                              {"known", std::to_string(scripts.size())}}));
  }
  for (std::int64_t number = version + 1; number <= std::ssize(scripts); ++number) {
    apply(*this, scripts[static_cast<std::size_t>(number - 1)], number);
  }
}

}  // namespace anjuan
