#pragma once
// The finished parts of one pass, each in a file KEY.PART.json beside what it speaks of
// (docs/formats/recording-pass.md): what is there need not be made again.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace anjuan::formats {

class KeptParts {
 public:
  /// `folder` exists; `key` begins the name of every file of the pass.
  KeptParts(std::filesystem::path folder, std::string key);

  /// The path KEY + `ending`.
  std::filesystem::path path(std::string_view ending) const;

  /// The body that was kept under the same order. Nothing if there is none, or if the file is
  /// damaged, of another form, or answers another order. Throws Error(kIo).
  std::optional<std::string> find(std::string_view part, std::string_view order) const;

  /// Durable on return. All that `body` speaks of must be synced before.
  void keep(std::string_view part, std::string_view order, std::string_view body) const;

 private:
  std::filesystem::path file_of(std::string_view part) const;

  std::filesystem::path folder_;
  std::string key_;
};

}  // namespace anjuan::formats
