#include "catalog/index/index_file.h"

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::catalog {

Database open_index_file(const std::filesystem::path& file) {
  // Made before SQLite sees it, so that personal data never lie in a file that others may read;
  // SQLite gives the log beside it the same rights.
  if (!std::filesystem::exists(file)) FileHandle::create(file);
  using std::filesystem::perms;
  std::filesystem::permissions(file, perms::owner_read | perms::owner_write);
  try {
    auto database = Database::open(file);
    database.migrate("index");
    return database;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kCorrupt && error.code() != ErrorCode::kInvalid) throw;
    throw Error(error.code(), file.string(),
                say("catalog.index_unusable", {{"file", file.string()}, {"reason", error.what()}}));
  }
}

void remove_index_file(const std::filesystem::path& file) {
  for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::filesystem::remove(file.string() + suffix);
  }
}

}  // namespace anjuan::catalog
