#include "packager/verify/inventory_block.h"

#include "core/messages.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager {

namespace {

class BlockReader {
 public:
  BlockReader(const BlockCodes& codes, InventoryFindings& findings)
      : codes_(codes), findings_(findings) {}

  ReadBlock read(const Json& block) {
    std::set<std::string_view, CaselessLess> digests;
    for (const auto& [digest, paths] : block.members()) {
      if (!digests.insert(digest).second) {
        findings_.error(codes_.twice, paths,
                        findings_.text("verify.inventory_digest_twice", digest));
      }
      if (paths.is_array()) {
        read_paths(paths, digest);
      } else {
        wrong_shape(paths);
      }
    }
    refuse_conflicts(block);
    return std::move(block_);
  }

 private:
  void wrong_shape(const Json& value) {
    findings_.error(codes_.shape, value,
                    findings_.text("verify.inventory_block_shape", codes_.name));
  }

  void read_paths(const Json& paths, const std::string& digest) {
    std::set<std::string_view> here;
    for (const auto& path : paths.items()) {
      if (!path.is_string()) {
        wrong_shape(path);
      } else if (is_usable(path)) {
        const bool again = !here.insert(path.as_string()).second;
        take(path, lower(digest), again);
      } else {
        block_.refused.insert(cleaned(path.as_string()));
      }
    }
  }

  void take(const Json& value, const std::string& digest, bool again) {
    const std::string& path = value.as_string();
    const auto [place, is_new] = block_.paths.emplace(path, digest);
    // The same digest written in two ways, both with this path, is one fault: the digest's.
    if (is_new || (!again && place->second == digest)) return;
    findings_.error(
        codes_.conflict, value,
        say("verify.inventory_path_twice", {{"path", findings_.where()}, {"file", path}}));
  }

  // An unusable path climbs out of the package or names nothing: it is never opened.
  bool is_usable(const Json& value) {
    const std::string& path = value.as_string();
    const bool edge = path.empty() || path.front() == '/' || path.back() == '/';
    const bool element = has_bad_element(path);
    if (!edge && !element) return true;
    const std::string message =
        say("verify.inventory_bad_path", {{"path", findings_.where()}, {"file", path}});
    if (edge) findings_.error(codes_.edge, value, message);
    if (element) findings_.error(codes_.element, value, message);
    return false;
  }

  void refuse_conflicts(const Json& block) {
    for (const auto& [path, digest] : block_.paths) {
      const auto inside = block_.paths.lower_bound(path + "/");
      if (inside == block_.paths.end() || !inside->first.starts_with(path + "/")) continue;
      findings_.error(codes_.conflict, block,
                      say("verify.inventory_path_conflict",
                          {{"path", findings_.where()}, {"file", path}, {"other", inside->first}}));
    }
  }

  const BlockCodes& codes_;
  InventoryFindings& findings_;
  ReadBlock block_;
};

}  // namespace

ReadBlock read_block(const Json& block, const BlockCodes& codes, InventoryFindings& findings) {
  return BlockReader(codes, findings).read(block);
}

}  // namespace anjuan::packager
