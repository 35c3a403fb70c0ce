#pragma once
// A small OCFL object of two versions, written by hand, with faults wherever a test wants them.

#include <filesystem>
#include <functional>
#include <string>

#include "core/digest.h"
#include "core/json.h"
#include "tests/support/files.h"

namespace anjuan::test {

class OcflSketch {
 public:
  using Edit = std::function<void(Json&)>;

  std::string edition = "1.1";
  std::string algorithm = "sha512";     ///< of the newest inventory
  std::string algorithm_v1 = "sha512";  ///< of the inventory in v1
  std::string v1 = "v1";                ///< names of the versions
  std::string v2 = "v2";
  std::string content = "content";
  Edit edit;       ///< of both copies of the newest inventory
  Edit edit_root;  ///< of the one in the root alone, afterwards
  Edit edit_v1;    ///< of the inventory of the first version

  /// Writes the object; sidecars fit the edited inventories.
  void write(const std::filesystem::path& object) const {
    namespace fs = std::filesystem;
    fs::create_directories(object / v1 / content);
    fs::create_directories(object / v2 / content);
    write_text(object / ("0=ocfl_object_" + edition), "ocfl_object_" + edition + "\n");
    write_text(object / file_a(), "alpha");
    write_text(object / file_b(), "beta");
    write_inventory(object / v1, inventory_v1(), algorithm_v1);
    auto newest = inventory_v2();
    write_inventory(object / v2, newest, algorithm);
    if (edit_root) edit_root(newest);
    write_inventory(object, newest, algorithm);
  }

  std::string file_a() const { return v1 + "/" + content + "/a.txt"; }

  std::string file_b() const { return v2 + "/" + content + "/b.txt"; }

  static std::string digest(const std::string& algorithm, std::string_view bytes) {
    const bool short_one = algorithm == "sha256";
    return digest_hex(short_one ? DigestAlgorithm::kSha256 : DigestAlgorithm::kSha512, bytes);
  }

  std::string digest_a() const { return digest(algorithm, "alpha"); }

  std::string digest_b() const { return digest(algorithm, "beta"); }

  static Json list(const std::string& path) { return Json::array({Json::string(path)}); }

 private:
  static void write_inventory(const std::filesystem::path& folder, const Json& inventory,
                              const std::string& algorithm) {
    const auto text = inventory.dump_pretty();
    write_text(folder / "inventory.json", text);
    write_text(folder / ("inventory.json." + algorithm),
               digest(algorithm, text) + " inventory.json\n");
  }

  Json heading(const std::string& head, const std::string& used) const {
    auto root =
        Json::object({{"id", Json::string("urn:example:sketch")},
                      {"type", Json::string("https://ocfl.io/" + edition + "/spec/#inventory")},
                      {"digestAlgorithm", Json::string(used)},
                      {"head", Json::string(head)}});
    if (content != "content") root.set("contentDirectory", Json::string(content));
    return root;
  }

  static Json version(Json state) {
    return Json::object(
        {{"created", Json::string("2026-01-02T03:04:05Z")},
         {"message", Json::string("change")},
         {"user", Json::object({{"name", Json::string("Li")},
                                {"address", Json::string("mailto:li@example.org")}})},
         {"state", std::move(state)}});
  }

  Json inventory_v1() const {
    const auto a = digest(algorithm_v1, "alpha");
    auto root = heading(v1, algorithm_v1);
    root.set("manifest", Json::object({{a, list(file_a())}}));
    root.set("versions", Json::object({{v1, version(Json::object({{a, list("a.txt")}}))}}));
    if (edit_v1) edit_v1(root);
    return root;
  }

  Json inventory_v2() const {
    const auto a = digest_a();
    const auto b = digest_b();
    auto root = heading(v2, algorithm);
    root.set("manifest", Json::object({{a, list(file_a())}, {b, list(file_b())}}));
    root.set("versions",
             Json::object({{v1, version(Json::object({{a, list("a.txt")}}))},
                           {v2, version(Json::object({{a, list("a.txt")}, {b, list("b.txt")}}))}}));
    if (edit) edit(root);
    return root;
  }
};

}  // namespace anjuan::test
