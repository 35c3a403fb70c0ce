#pragma once
// What the index takes from case.xml (the bureau's declaration) and description.xml (the
// archive's).
//
// Of people only names and their part in the case: identity numbers, addresses and telephones stay
// in the package.

#include <string>
#include <string_view>
#include <vector>

#include "catalog/index/rows.h"

namespace anjuan::catalog {

struct CaseRows {
  PackageRow package;  ///< only what the case says
  std::vector<PartyRow> parties;
  std::vector<StepRow> steps;
  std::vector<DocumentRow> documents;
  std::vector<RecordingRow> recordings;
  std::vector<IndexItemRow> index_items;
};

/// Throws Error(kInvalid) for what is not a case.
CaseRows read_case(std::string_view xml, const std::string& subject);

/// Puts in what the archive decided, which an edit may have changed since: 档号, title, retention.
/// Throws Error(kInvalid).
void take_description(std::string_view xml, const std::string& subject, PackageRow& package);

}  // namespace anjuan::catalog
