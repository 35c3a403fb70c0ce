#include "packager/verify/storage_layout.h"

#include "core/error.h"
#include "core/messages.h"
#include "packager/verify/ocfl_vocabulary.h"
#include "packager/verify/read_bounded.h"

namespace anjuan::packager {

namespace {

/// Extension 0003: bytes outside [A-Za-z0-9_-] as %xx; too long a name is cut and told apart by
/// the digest.
std::string encoded(std::string_view id, const std::string& digest) {
  constexpr std::size_t kNameMax = 100;
  std::string name;
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_';
    name += plain ? std::string(1, c) : fmt::format("%{:02x}", static_cast<unsigned char>(c));
  }
  return name.size() <= kNameMax ? name : name.substr(0, kNameMax) + "-" + digest;
}

/// A count in the configuration, or `fallback` if it is not there.
std::size_t count_of(const Json& config, std::string_view key, std::size_t fallback) {
  const Json* value = config.find(key);
  if (!value) return fallback;
  return static_cast<std::size_t>(std::max<std::int64_t>(0, value->as_integer()));
}

/// The path exists, and none of the folders on the way is a link.
bool is_there(std::filesystem::path root, const std::filesystem::path& path) {
  std::error_code failure;
  for (const auto& name : path) {
    const auto status = std::filesystem::symlink_status(root /= name, failure);
    if (!std::filesystem::exists(status) || std::filesystem::is_symlink(status)) return false;
  }
  return true;
}

}  // namespace

std::optional<StorageLayout> StorageLayout::read(const std::filesystem::path& root,
                                                 const std::string& name, FindingSink& findings) {
  StorageLayout layout;
  bool known = name == "0002-flat-direct-storage-layout";
  if (name == "0003-hash-and-id-n-tuple-storage-layout") layout.form_ = Form::kHashAndId;
  if (name == "0004-hashed-n-tuple-storage-layout") layout.form_ = Form::kHashed;
  if (layout.form_ != Form::kFlat) known = layout.configure(root, name, findings);
  if (known) return layout;
  findings.info("PKG-LAYOUT", "ocfl_layout.json", say("ocfl.layout_unknown", {{"name", name}}));
  return std::nullopt;
}

bool StorageLayout::configure(const std::filesystem::path& root, const std::string& name,
                              FindingSink& findings) {
  const std::string path = "extensions/" + name + "/config.json";
  if (!is_there(root, path)) return true;
  const auto text = read_bounded(root, path, kSmallBytesMax, findings);
  if (!text) return false;
  try {
    const auto config = Json::parse(*text, path);
    if (!config.is_object()) return false;
    const auto digest = digest_named(config.text_or("digestAlgorithm", "sha256"));
    tuple_size_ = count_of(config, "tupleSize", tuple_size_);
    tuples_ = count_of(config, "numberOfTuples", tuples_);
    const Json* short_root = config.find("shortObjectRoot");
    short_root_ = short_root && short_root->as_boolean();
    // Divided, so that no product of hostile numbers overflows.
    if (!digest || (tuple_size_ > 0 && tuples_ > digest->hex_digits / tuple_size_)) return false;
    algorithm_ = digest->algorithm;
    return true;
  } catch (const Error&) {
    return false;  // no JSON, or a value of another type: the caller tells
  }
}

std::string StorageLayout::place(std::string_view id) const {
  if (form_ == Form::kFlat) return std::string(id);
  const auto digest = digest_hex(algorithm_, id);
  std::string path;
  std::size_t used = 0;
  for (std::size_t i = 0; i < tuples_ && tuple_size_ > 0; ++i, used += tuple_size_) {
    path += digest.substr(used, tuple_size_) + "/";
  }
  if (form_ == Form::kHashAndId) return path + encoded(id, digest);
  return path + (short_root_ ? digest.substr(used) : digest);
}

}  // namespace anjuan::packager
