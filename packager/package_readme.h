#pragma once
// documentation/README.txt: explains a package to somebody who has never heard of this program.
//
// The text is schemas/package/readme.txt; the commands in it are run by a test.

#include <string>

#include "packager/package_id.h"

namespace anjuan::packager {

struct ReadmeFacts {
  PackageId id;
  std::string title;
  std::string case_no;
  std::string creator;
  std::string created;  ///< of the first version
};

inline constexpr std::size_t kReadmeColumns = 80;

/// At most kReadmeColumns columns a line (a Chinese character takes two).
std::string package_readme(const ReadmeFacts& facts);

/// Breaks `value` so that no line is wider than kReadmeColumns; the first line begins after
/// `indent` columns, the others are indented by as many spaces.
std::string wrap_value(std::string_view value, std::size_t indent);

}  // namespace anjuan::packager
