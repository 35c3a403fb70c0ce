#pragma once
// The requirements of CSIP, SIP, AIP and DIP 2.2.0 over one METS document, section by section.
//
// A rule says every fault that it sees under the id of its requirement. Faults that make others
// appear are said once: without a header nobody misses its attributes.

#include <string>
#include <vector>

#include "packager/verify/eark/rule_context.h"

namespace anjuan::packager::eark {

/// From PROFILE and OAISPACKAGETYPE of the package's METS.
PackageRules rules_of(const MetsModel& mets);

/// Editions of the specifications, as PROFILE tells them.
enum class Edition {
  k22,        ///< 2.2.0
  kUnstated,  ///< an address that more than one edition uses
  kOlder,
  kUnknown,  ///< no address of E-ARK's
};

Edition edition_of(std::string_view profile);

void check_root(RuleContext& context, const MetsModel& mets);
void check_header(RuleContext& context, const MetsModel& mets);

/// Returns the file that the section refers to, or nullptr.
AipFile* check_section(RuleContext& context, const Section& section);
/// Which sections there are (CSIP17, 31, 32); after the whole document was read.
void check_sections(RuleContext& context, const MetsModel& mets);

/// Returns the file that the element refers to, or nullptr.
AipFile* check_file(RuleContext& context, const MetsModel& mets, const FileElement& file);
void check_file_section(RuleContext& context, const MetsModel& mets);

/// Returns the METS documents of representations that the map points to, as paths in the package.
std::vector<std::string> check_map(RuleContext& context, const MetsModel& mets);

/// What the SIP, AIP and DIP specifications add for the METS of the package.
void check_package_rules(RuleContext& context, const MetsModel& mets);

}  // namespace anjuan::packager::eark
