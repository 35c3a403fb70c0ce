#pragma once
// An E-ARK SIP (CSIP 2.x) around a submission: where in it the case lies, and whether what its METS
// lists is what was gathered (docs/formats/submission.md, 6).

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/finding.h"
#include "ingest/gather_staging.h"
#include "ingest/submission.h"

namespace anjuan::ingest {

/// `root` if the files there are an E-ARK package that declares no case beside its METS.
std::optional<std::string> find_sip(const std::set<std::string_view>& names,
                                    const std::string& root);

/// `sip` + "representations/NAME/data/" of the representation that declares a case.
/// Throws Error(kInvalid) if none of them does, or several do.
std::string case_folder_in_sip(const std::set<std::string_view>& names, const std::string& sip,
                               const std::string& source);

/// Compares every file that the METS documents of the SIP list with the gathered copy:
/// SIP-MISSING, SIP-SIZE, SIP-DIGEST (errors), SIP-UNCHECKED, SIP-UNLISTED (warnings), and
/// SIP-WRAPPER for what is not kept because it is not of the case. Throws
/// Error(kInvalid | kRefused) for a METS that is no XML.
Findings check_sip(const Staging& staging, const Layout& layout);

}  // namespace anjuan::ingest
