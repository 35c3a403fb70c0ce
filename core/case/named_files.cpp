#include "core/case/named_files.h"

#include <algorithm>

#include "core/text.h"

namespace anjuan {

namespace {

std::string loose_key(std::string_view path) {
  std::string key = collision_key(path);
  std::replace(key.begin(), key.end(), '\\', '/');
  return key;
}

}  // namespace

std::map<std::string, std::size_t, std::less<>> resolve_named_files(
    const CaseFile& declared, const std::vector<std::string>& paths) {
  constexpr std::size_t kSeveral = static_cast<std::size_t>(-1);
  std::map<std::string_view, std::size_t> exact;
  std::map<std::string, std::size_t> loose;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    exact[paths[i]] = i;
    const auto [found, fresh] = loose.try_emplace(loose_key(paths[i]), i);
    if (!fresh) found->second = kSeveral;
  }
  std::map<std::string, std::size_t, std::less<>> named;
  for (const NamedFile& file : declared.named_files()) {
    const auto same = exact.find(file.path);
    if (same != exact.end()) {
      named[file.path] = same->second;
      continue;
    }
    const auto alike = loose.find(loose_key(file.path));
    if (alike != loose.end() && alike->second != kSeveral) named[file.path] = alike->second;
  }
  return named;
}

}  // namespace anjuan
