#pragma once
// The step that gives a case the archive's own description, and where its documents lie.

#include <optional>
#include <string_view>

#include "ingest/accession.h"
#include "ingest/stages.h"
#include "ingest/stored_case.h"

namespace anjuan::ingest {

inline constexpr std::string_view kCasePath = "metadata/descriptive/case.xml";
inline constexpr std::string_view kDescriptionPath = "metadata/descriptive/description.xml";
inline constexpr std::string_view kEadPath = "metadata/descriptive/ead.xml";

/// Media type of each file, case.xml, description.xml and the EAD3 finding aid. Of a supplement
/// the edits that people made to the stored description are carried over.
DescribedCase describe(CheckedCase checked, const std::optional<StoredCase>& stored,
                       Instant started, const Desk& desk);

/// A gathered file as an original of a package, with its media type.
packager::DraftFile original_of(const GatheredFile& file);

/// description.xml as a document of a package.
packager::DraftMetadata description_document(std::string xml);

}  // namespace anjuan::ingest
