#pragma once
// The finding aid of one case as EAD3, so that an archives' catalogue can take it over.
//
// A projection of the declaration: case file and its documents, no personal data beyond the title.
// Source: Encoded Archival Description, EAD3 1.1 (namespace http://ead3.archivists.org/schema/).

#include <string>

#include "core/case/case_file.h"
#include "core/clock.h"

namespace anjuan::ingest {

struct EadFacts {
  std::string record_id;      ///< of the package, e.g. "urn:uuid:..."
  std::string archival_code;  ///< 档号
  std::string agency_name;    ///< the archives that maintains the record
  Instant created;
};

std::string write_ead(const CaseFile& declared, const EadFacts& facts);

}  // namespace anjuan::ingest
