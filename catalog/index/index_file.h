#pragma once
// Opens index.db with the rights and the tables that it must have.

#include <filesystem>

#include "core/database.h"

namespace anjuan::catalog {

/// Opens or creates, mode 0600, tables of schemas/sql/index.
/// Throws Error(kCorrupt | kInvalid) with the advice to run `anjuan reindex`.
Database open_index_file(const std::filesystem::path& file);

/// Removes the file and what SQLite keeps beside it. A projection may be removed at any time.
void remove_index_file(const std::filesystem::path& file);

}  // namespace anjuan::catalog
