#pragma once
// Reads data files of the law strictly: what is off is refused with file, line, column and reason.
//
// Every refusal is Error(kInvalid), names what is allowed and leaves the whole file unused.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace anjuan::rules {

/// Bytes of one data file.
inline constexpr std::size_t kDataBytesMax = 4 * 1024 * 1024;
/// Items of one list, bytes of one text.
inline constexpr std::size_t kDataListMax = 200;
inline constexpr std::size_t kDataTextMax = 8 * 1024;
/// Files of one data folder.
inline constexpr std::size_t kDataFilesMax = 200;

class DataReader {
 public:
  explicit DataReader(std::string file) : file_(std::move(file)) {}

  const std::string& file() const { return file_; }

  /// The root object.
  Json parse(std::string_view text) const;

  [[noreturn]] void refuse(Place place, const std::string& reason) const;

  /// Refuses what is no object, and members other than `allowed`.
  void check_keys(const Json& object, const std::vector<std::string_view>& allowed) const;

  /// The member, of that type.
  const Json& need(const Json& object, std::string_view key, Json::Type type) const;
  /// The same, or nullptr if there is none.
  const Json* maybe(const Json& object, std::string_view key, Json::Type type) const;

  /// Not empty and not blank.
  std::string text(const Json& object, std::string_view key) const;
  /// "" if there is none.
  std::string text_or_none(const Json& object, std::string_view key) const;
  std::int64_t integer(const Json& object, std::string_view key, std::int64_t least,
                       std::int64_t most) const;
  bool boolean_or(const Json& object, std::string_view key, bool fallback) const;
  /// One of `allowed`.
  std::string word(const Json& object, std::string_view key,
                   const std::vector<std::string_view>& allowed) const;
  /// Of a rule or line: "QCL-15-3".
  std::string id(const Json& object, std::string_view key) const;
  /// "2026-02-24".
  std::string date(const Json& object, std::string_view key) const;

  /// The texts of a list that is not empty, none of them twice.
  std::vector<std::string> texts(const Json& list, std::string_view key) const;
  /// The list, at most kDataListMax long.
  const std::vector<Json>& items(const Json& list, std::string_view key) const;

  /// At most kDataBytesMax.
  void check_size(std::string_view text) const;
  /// At most kDataListMax.
  void check_length(Place place, std::string_view key, std::size_t length) const;
  void check_type(const Json& value, std::string_view key, Json::Type type) const;
  void check_text(const Json& value, std::string_view key) const;
  void check_word(const Json& value, std::string_view key,
                  const std::vector<std::string_view>& allowed) const;
  void check_range(const Json& value, std::string_view key, std::int64_t least,
                   std::int64_t most) const;

 private:
  std::string file_;
};

/// A data file: its name for messages, and its text. What it holds is checked by who reads it.
struct DataFile {
  std::string name;
  std::string text;
};

/// Every *.json of `folder` in name order, named "data/rules/NAME"; none if there is no such
/// folder. Throws Error for a link, a file above kDataBytesMax, or too many files.
std::vector<DataFile> data_files(const std::filesystem::path& folder);

/// "a, b, c" for messages.
std::string listed(const std::vector<std::string_view>& words);

}  // namespace anjuan::rules
