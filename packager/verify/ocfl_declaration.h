#pragma once
// The declaration of an OCFL object or storage root: a NAMASTE file "0=ocfl_object_1.1".

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

/// What is declared, and the codes for each way to do it wrong.
struct DeclarationKind {
  std::string_view start;    ///< of the text, before the edition: "ocfl_object_"
  std::string_view missing;  ///< no declaration
  std::string_view several;  ///< more than one
  std::string_view pattern;  ///< a name that is no T=dvalue
  std::string_view tag;      ///< T is not 0
  std::string_view value;    ///< dvalue is another
  std::string_view content;  ///< the file does not hold dvalue and a line end
};

inline constexpr DeclarationKind kObjectDeclaration = {"ocfl_object_", "E003", "E003", "E004",
                                                       "E005",         "E006", "E007"};
inline constexpr DeclarationKind kRootDeclaration = {"ocfl_", "E069", "E076", "E077",
                                                     "E078",  "E079", "E080"};

/// The file name claims to be a declaration of this kind, well written or not.
bool is_declaration(std::string_view name, const DeclarationKind& kind);

/// The edition ("1.0", "1.1") that a well written name declares, "" for any other name.
std::string_view declared_edition(std::string_view name, const DeclarationKind& kind);

/// Checks the declaration among `names`, the files in the folder `root`. Returns the edition, "" if
/// it cannot be told.
std::string check_declaration(const std::filesystem::path& root,
                              const std::vector<std::string>& names, const DeclarationKind& kind,
                              FindingSink& findings);

}  // namespace anjuan::packager
