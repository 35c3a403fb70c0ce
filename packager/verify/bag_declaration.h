#pragma once
// bagit.txt: which version of BagIt a bag follows, and the encoding of its other tag files.

#include <string>
#include <string_view>

#include "packager/verify/bag_files.h"

namespace anjuan::packager {

/// The drafts 0.93 to 0.97 leave more to the reader than RFC 8493 (1.0).
enum class BagRules { kDraft, kRfc };

struct BagDeclaration {
  std::string version;              ///< "0.97"; "" = not told
  BagRules rules = BagRules::kRfc;  ///< also where the version is not known
  std::string charset = "UTF-8";    ///< one that core/text can read
  bool has_package_info = false;    ///< before 0.95 bag-info.txt was package-info.txt
};

inline constexpr std::string_view kBagDeclaration = "bagit.txt";

/// Reports BAG-DECLARATION, BAG-VERSION and BAG-ENCODING. Where it is missing or wrong, what is
/// told of it holds and the rules of RFC 8493 for the rest.
BagDeclaration read_bag_declaration(const BagFiles& bag, FindingSink& findings);

/// What RFC 8493 demands and the drafts did not: an error under the one, else a warning.
void demand(FindingSink& findings, BagRules rules, std::string_view code, std::string_view where,
            std::string_view message);

}  // namespace anjuan::packager
