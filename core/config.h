#pragma once
// Configuration of an archive home (anjuan.toml). Unknown keys are refused with line and column.

#include <cstdint>
#include <filesystem>
#include <string>

namespace anjuan {

struct Config {
  struct Archive {
    std::string name;        ///< 立档单位, e.g. "澄溪县水利局"
    std::string fonds_code;  ///< default 全宗号 where a case names none
  } archive;

  struct Storage {
    std::filesystem::path primary = "storage";  ///< relative to the home
    std::filesystem::path replica = "replica";
  } storage;

  struct Packages {
    /// METS PROFILE of an AIP; the literal reading of AIPM2 by default (docs/formats/package.md).
    std::string aip_profile = "https://earkdip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml";
  } packages;

  struct Intake {
    std::uint64_t files_max = 100'000;
    std::uint64_t bytes_max = 4ULL * 1024 * 1024 * 1024 * 1024;  ///< of one submission
    std::uint64_t ratio_max = 200;                               ///< unpacked : packed
    std::uint32_t depth_max = 32;                                ///< folders
    /// The least sandbox level that foreign bytes may be opened at: "full", "least" or "none".
    std::string sandbox_least = "least";
  } intake;

  struct Virus {
    std::filesystem::path socket = "/run/clamav/clamd.ctl";  ///< clamd's; "" = no virus check
    /// Larger files are not sent: clamd says OK, without a look, beyond its MaxFileSize.
    std::uint64_t bytes_max = 25ULL * 1024 * 1024;
  } virus;

  struct Retention {
    std::string start = "next-year";  ///< or "closing-day"
  } retention;

  struct Catalog {
    std::string listen = "127.0.0.1:8080";
  } catalog;

  /// Reads and validates. Throws Error(kInvalid) naming file, line, key and what is allowed.
  static Config load(const std::filesystem::path& file);
  /// The file `init` writes: every key with its default and a comment.
  static std::string commented_defaults();
  /// The effective values as TOML (`anjuan config show`).
  std::string show() const;
};

}  // namespace anjuan
