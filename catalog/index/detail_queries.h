#pragma once
// SELECT statements for the parts of one package.

#include <string>
#include <vector>

#include "catalog/index/rows.h"
#include "core/database.h"

namespace anjuan::catalog {

std::vector<PartyRow> select_parties(Database& database, const std::string& package);
std::vector<StepRow> select_steps(Database& database, const std::string& package);
std::vector<DocumentRow> select_documents(Database& database, const std::string& package);
std::vector<RecordingRow> select_recordings(Database& database, const std::string& package);
std::vector<IndexItemRow> select_index_items(Database& database, const std::string& package);
std::vector<EventRow> select_events(Database& database, const std::string& package);

}  // namespace anjuan::catalog
