#pragma once
// Files of a package with the digests of their bytes on the disk.

#include <string>
#include <string_view>
#include <vector>

#include "packager/verify/aip_tree.h"
#include "packager/verify/digest_pass.h"
#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

/// Reads each file once, with progress. Empty, with a finding, if the user wants no digests.
std::vector<DigestResult> digest_all(Examination& work, const std::vector<DigestJob>& jobs);

class Digested {
 public:
  /// Reads each file once. `jobs` in byte order of their paths. What cannot be read is reported
  /// (PKG-READ, not checked).
  static Digested compute(std::vector<DigestJob> jobs, Examination& work);

  /// Nothing for a file that is not on the disk.
  const DigestResult* find(std::string_view path) const;

  /// "" if the file was not read, or not with this algorithm.
  std::string_view digest(std::string_view path, DigestAlgorithm algorithm) const;

  /// The file of an AIP at `path` in it, whose bytes lie at `disk`.
  AipFile file(std::string path, const std::string& disk) const;

 private:
  std::size_t place(std::string_view path) const;
  void report(Examination& work) const;

  std::vector<DigestJob> jobs_;
  std::vector<DigestResult> results_;
};

}  // namespace anjuan::packager
