#pragma once
// Where a registered storage layout puts an object: the extensions 0002, 0003 and 0004.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/digest.h"
#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

class StorageLayout {
 public:
  /// The layout of the extension `name` with its config.json below `root`. Nothing, and an info,
  /// for a layout or a configuration that cannot be computed: then no object's place is judged.
  static std::optional<StorageLayout> read(const std::filesystem::path& root,
                                           const std::string& name, FindingSink& findings);

  /// Path of the object from the storage root.
  std::string place(std::string_view id) const;

 private:
  enum class Form { kFlat, kHashAndId, kHashed };

  /// Takes the parameters of config.json, where there is one; false if they make no layout.
  bool configure(const std::filesystem::path& root, const std::string& name, FindingSink& findings);

  Form form_ = Form::kFlat;
  DigestAlgorithm algorithm_ = DigestAlgorithm::kSha256;
  std::size_t tuple_size_ = 3;
  std::size_t tuples_ = 3;
  bool short_root_ = false;
};

}  // namespace anjuan::packager
