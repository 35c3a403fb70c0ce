#pragma once
// Marks of state secrets in a declaration: such a case is not taken into a networked archive.
//
// Marks, not bare words: a classification (密级) of 秘密 and above, or a mark as GB/T 9704 prints
// it, "机密★10年". Source: 保守国家秘密法 Art. 14 to 20.

#include <string>
#include <vector>

#include "core/case/case_file.h"

namespace anjuan::ingest {

struct SecretMark {
  std::string where;  ///< JSON pointer into the declaration
  std::string text;   ///< the mark, "机密★10年"
};

/// At most kSecretMarksMax of them, in the order of the declaration.
inline constexpr std::size_t kSecretMarksMax = 20;
std::vector<SecretMark> secret_marks(const CaseFile& declared);

}  // namespace anjuan::ingest
