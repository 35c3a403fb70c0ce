#pragma once
// Where everything lies in a package and how it is named (docs/formats/package.md).

#include <string>
#include <string_view>

#include "packager/mets.h"
#include "packager/package_draft.h"

namespace anjuan::packager {

inline constexpr std::string_view kMetsNamespace = "http://www.loc.gov/METS/";
inline constexpr std::string_view kCsipNamespace = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS";
inline constexpr std::string_view kXlinkNamespace = "http://www.w3.org/1999/xlink";
inline constexpr std::string_view kPremisNamespace = "http://www.loc.gov/premis/v3";

/// "representations/original/"
std::string representation_folder(std::string_view name);

/// "premis-0001.xml" of version 1, and so on: one a version, never rewritten.
std::string premis_name(int version);

/// A UUID for something of the package that is named by `path` and, for a file, its digest: the
/// same in every run, so that METS file IDs and PREMIS identifiers agree.
std::string object_uuid(const PackageId& package, std::string_view path,
                        std::string_view sha512 = {});

/// The group of a METS of a representation that holds its data files.
MetsGroup representation_data_group(std::string_view representation);

/// "unchecked 未检查": the verdict's word and its Chinese, as it stands in METS.
std::string verdict_text(std::string_view verdict);

/// The word of verdict_text().
std::string verdict_word(std::string_view text);

/// draft.actor, or the program where a draft names nobody.
Actor responsible_actor(const PackageDraft& draft);

/// Throws Error(kInvalid) unless `path` can be a file's name in a package: relative, valid UTF-8,
/// no empty, "." or ".." part, no NUL, no part over 255 bytes.
void check_package_path(std::string_view path);

/// `text` with what XML 1.0 cannot carry replaced by U+FFFD.
std::string xml_text(std::string_view text);

/// A file name for XML: characters that XML 1.0 cannot carry, and '%', percent-encoded if there is
/// any such character; else the name itself.
std::string xml_name(std::string_view name);

}  // namespace anjuan::packager
