#include "packager/ocfl_root.h"

#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kLayout = "0004-hashed-n-tuple-storage-layout";
constexpr std::size_t kTupleSize = 3;
constexpr std::size_t kTuples = 3;

std::string layout_json() {
  return fmt::format(
      "{{\n  \"extension\": \"{}\",\n  \"description\": \"One object per case. SHA-256 of the "
      "object id, three tuples of three characters, then the full digest.\"\n}}\n",
      kLayout);
}

std::string config_json() {
  return fmt::format(
      "{{\n  \"extensionName\": \"{}\",\n  \"digestAlgorithm\": \"sha256\",\n  \"tupleSize\": {},\n"
      "  \"numberOfTuples\": {},\n  \"shortObjectRoot\": false\n}}\n",
      kLayout, kTupleSize, kTuples);
}

void create_or_compare(const std::filesystem::path& path, const std::string& bytes) {
  if (!std::filesystem::exists(path)) {
    create_durably(path, bytes);
    return;
  }
  if (read_file(path) == bytes) return;
  throw Error(ErrorCode::kConflict, path.string(),
              say("packager.other_storage_root", {{"path", path.string()}}));
}

}  // namespace

std::string ocfl_object_path(std::string_view object_id) {
  const auto digest = digest_hex(DigestAlgorithm::kSha256, object_id);
  std::string path;
  for (std::size_t tuple = 0; tuple < kTuples; ++tuple) {
    path += digest.substr(tuple * kTupleSize, kTupleSize) + "/";
  }
  return path + digest;
}

void write_storage_root(const std::filesystem::path& root) {
  const auto extension = root / "extensions" / kLayout;
  create_folders_durably(extension);
  create_or_compare(extension / "config.json", config_json());
  create_or_compare(root / "ocfl_layout.json", layout_json());
  // Last: a folder that bears this name is complete.
  create_or_compare(root / "0=ocfl_1.1", "ocfl_1.1\n");
}

}  // namespace anjuan::packager
