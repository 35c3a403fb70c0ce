#pragma once
// A reference from METS to a file of the package: the link, and what it says of the bytes.

#include <functional>

#include "packager/verify/eark/rule_context.h"

namespace anjuan::packager::eark {

/// The requirement ids that one kind of reference has.
struct ReferenceIds {
  std::string_view locator;
  std::string_view type;
  std::string_view href;
  std::string_view mime;
  std::string_view size;
  std::string_view created;
  std::string_view checksum;
  std::string_view checksum_type;
};

/// LOCTYPE, xlink:type and xlink:href of `link`. `element` is its path, e.g. "dmdSec/mdRef".
/// Returns the file that it leads to, or nullptr.
AipFile* check_link(RuleContext& context, const ReferenceIds& ids, const Link& link,
                    std::string_view element);

/// MIMETYPE, SIZE, CREATED, CHECKSUM and CHECKSUMTYPE, also against the bytes on the disk if there
/// is a `file`: a digest that is not known yet goes to context.pending.
void check_facts(RuleContext& context, const ReferenceIds& ids, const FileFacts& facts,
                 const AipFile* file, std::string_view element, Place place);

/// Holds the pending digests against those of the files; `digest_of` gives "" for a file that could
/// not be read, which has a finding of its own.
void check_digests(const PendingDigests& pending, const AipTree& tree,
                   const std::function<std::string(std::size_t file, DigestAlgorithm)>& digest_of,
                   Report& report);

}  // namespace anjuan::packager::eark
