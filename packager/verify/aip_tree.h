#pragma once
// The files of one AIP as its METS names them, wherever the bytes lie on the disk: in a bare
// folder, or spread over the version folders of an OCFL object.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::packager {

struct AipFile {
  std::string path;         ///< inside the AIP folder, e.g. "representations/original/METS.xml"
  std::string disk_path;    ///< where it lies if elsewhere: "v1/content/aip-.../METS.xml"
  std::uint64_t bytes = 0;  ///< on the disk
  std::string sha512;       ///< of the bytes on the disk; "" = not read
  std::string sm3;          ///< the same, of a deep verification
  bool present = false;     ///< it is on the disk
  bool listed = false;      ///< a METS of the package names it

  /// Relative to the folder that was given to the verifier.
  const std::string& disk() const { return disk_path.empty() ? path : disk_path; }
};

class AipTree {
 public:
  /// `name` is the AIP's folder; `files` in any order. `folders`: those on the disk, where a folder
  /// without any file is to be seen as well.
  AipTree(std::string name, std::vector<AipFile> files, std::vector<std::string> folders = {});

  const std::string& name() const { return name_; }

  std::vector<AipFile>& files() { return files_; }

  const std::vector<AipFile>& files() const { return files_; }

  /// Paths of all folders, in byte order.
  const std::vector<std::string>& folders() const { return folders_; }

  bool is_folder(std::string_view path) const;

  /// The file of this path, or nullptr.
  AipFile* find(std::string_view path);
  const AipFile* find(std::string_view path) const;

  /// Where the file is or should be, for findings.
  std::string where(std::string_view path) const;

  /// Path inside the AIP that `href` (percent-encoded, relative to the folder of `base`) leads to;
  /// "" if it is no relative path, or leaves the AIP.
  static std::string resolve(std::string_view base, std::string_view href);

 private:
  std::string name_;
  std::vector<AipFile> files_;  ///< by path
  std::vector<std::string> folders_;
};

}  // namespace anjuan::packager
