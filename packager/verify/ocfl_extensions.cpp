#include "packager/verify/ocfl_extensions.h"

#include "core/messages.h"
#include "packager/verify/ocfl_vocabulary.h"

namespace anjuan::packager {

namespace {

/// Ours, where a store keeps work in flight (docs/formats/store.md); its README.txt describes it,
/// as section 4.5 has it for local extensions.
constexpr std::string_view kOwnExtension = "anjuan-staging";

}  // namespace

void check_extension(const std::string& path, TreeEntry::Type type, const ExtensionCodes& codes,
                     FindingSink& findings) {
  const auto name = file_name(path);
  if (type != TreeEntry::Type::kFolder) {
    findings.error(codes.file, path, say("verify.not_allowed_in_extensions", {{"path", path}}));
  } else if (name == kOwnExtension) {
    findings.info(codes.name, path, say("ocfl.own_extension", {{"path", path}}));
  } else if (!is_registered_extension(name)) {
    findings.warn(codes.name, path, say("verify.unregistered_extension", {{"path", path}}));
  } else if (name == "0005-mutable-head") {
    findings.info("PKG-OPEN", path, say("ocfl.open_version", {{"path", path}}));
  }
}

}  // namespace anjuan::packager
