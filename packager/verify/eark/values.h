#pragma once
// The words, times and names that E-ARK's attributes may hold (vocabularies of CSIP 2.2.0, METS
// 1.12.1).

#include <optional>
#include <string_view>

#include "core/clock.h"
#include "core/digest.h"

namespace anjuan::packager::eark {

/// mets/@TYPE without OTHER; dashes of any length count as one.
bool is_content_category(std::string_view word);
/// "OTHER" as the specification writes it, or "Other" as its vocabulary does.
bool is_other_category(std::string_view word);
/// csip:CONTENTINFORMATIONTYPE, MIXED and OTHER included.
bool is_content_information_type(std::string_view word);
bool is_package_type(std::string_view word);
bool is_section_status(std::string_view word);
bool is_record_status(std::string_view word);
bool is_metadata_type(std::string_view word);
bool is_checksum_type(std::string_view word);

/// The algorithm of a METS CHECKSUMTYPE, or nothing if this program does not compute it.
std::optional<DigestAlgorithm> algorithm_of(std::string_view checksum_type);

/// "type/subtype" with a type that IANA registers; nobody's list of subtypes is complete.
bool is_media_type(std::string_view text);

/// An xs:dateTime; without an offset it is taken as UTC+8.
std::optional<Instant> read_time(std::string_view text);

/// May be the value of an attribute of the type xs:ID.
bool is_xml_id(std::string_view text);

}  // namespace anjuan::packager::eark
