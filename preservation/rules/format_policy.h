#pragma once
// Which formats may be archived, and which are kept for the long term
// (schemas/policy/formats_allowed.json; a home's data/policy/formats_allowed.json replaces it).

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::rules {

struct FormatRow {
  std::string name;
  std::string category;
  std::vector<std::string> mime;
  std::vector<std::string> puid;
  std::vector<std::string> extensions;
  std::optional<bool> archival;   ///< absent: the media type alone does not tell
  std::optional<bool> long_term;  ///< likewise
  std::string basis;
  std::string source;  ///< "V" read, "R" recalled
  std::string note;
};

class FormatPolicy {
 public:
  static const FormatPolicy& built_in();
  /// `data` is a home's data/ folder. Throws Error(kInvalid) with file, line and reason.
  static FormatPolicy load(const std::filesystem::path& data);
  static FormatPolicy parse(std::string_view json, const std::string& subject);

  /// The row of a file: by its PUID if it was identified, else by its media type; nullptr if it is
  /// in no row.
  const FormatRow* find(std::string_view puid, std::string_view mime) const;

  const std::vector<FormatRow>& rows() const { return rows_; }

 private:
  std::vector<FormatRow> rows_;
};

}  // namespace anjuan::rules
