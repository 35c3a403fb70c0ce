#include "packager/verify/ocfl_extensions.h"

#include "core/messages.h"
#include "packager/verify/ocfl_vocabulary.h"

namespace anjuan::packager {

void check_extension(const std::string& path, TreeEntry::Type type, const ExtensionCodes& codes,
                     FindingSink& findings) {
  const auto name = file_name(path);
  if (type != TreeEntry::Type::kFolder) {
    findings.error(codes.file, path, say("verify.not_allowed_in_extensions", {{"path", path}}));
  } else if (!is_registered_extension(name)) {
    findings.warn(codes.name, path, say("verify.unregistered_extension", {{"path", path}}));
  } else if (name == "0005-mutable-head") {
    findings.info("PKG-OPEN", path, say("ocfl.open_version", {{"path", path}}));
  }
}

}  // namespace anjuan::packager
