#include "packager/verify/bag_names.h"

#include "core/messages.h"
#include "core/text.h"
#include "packager/verify/bag_declaration.h"
#include "packager/verify/bag_path.h"
#include "packager/verify/folder_tree.h"

namespace anjuan::packager {

namespace {

struct Keyed {
  std::string key;
  std::string_view path;

  bool operator<(const Keyed& other) const {
    return key != other.key ? key < other.key : path < other.path;
  }
};

bool differ_in_form_only(std::string_view a, std::string_view b) {
  return is_valid_utf8(a) && is_valid_utf8(b) && to_nfc(a) == to_nfc(b);
}

void check_alike(const std::vector<BagFile>& files, const std::vector<std::string>& unmatched,
                 FindingSink& findings) {
  std::vector<Keyed> names;
  names.reserve(files.size() + unmatched.size());
  for (const auto& file : files) names.push_back({alike_key(file.path), file.path});
  for (const auto& path : unmatched) names.push_back({alike_key(path), path});
  std::sort(names.begin(), names.end());
  for (std::size_t i = 1; i < names.size(); ++i) {
    const auto& first = names[i - 1];
    const auto& second = names[i];
    if (first.key != second.key || first.path == second.path) continue;
    const bool form = differ_in_form_only(first.path, second.path);
    findings.warn(form ? "BAG-NFC" : "BAG-CASE", second.path,
                  say(form ? "bagit.names_differ_in_form" : "bagit.names_differ_in_case",
                      {{"path", std::string(second.path)}, {"other", std::string(first.path)}}));
  }
}

void check_name(const std::string& path, FindingSink& findings) {
  if (is_system_file(path)) {
    findings.warn("BAG-SYSTEM", path, say("bagit.system_file", {{"path", path}}));
  }
  if (!is_portable(path)) {
    findings.warn("BAG-NAME", path, say("bagit.not_portable", {{"path", path}}));
  }
  if (path.starts_with(kPayloadPrefix) && file_name(path) == kBagDeclaration) {
    findings.info("BAG-NESTED", path, say("bagit.nested", {{"path", path}}));
  }
}

}  // namespace

void check_bag_names(const std::vector<BagFile>& files, const std::vector<std::string>& unmatched,
                     FindingSink& findings) {
  check_alike(files, unmatched, findings);
  for (const auto& file : files) check_name(file.path, findings);
}

}  // namespace anjuan::packager
