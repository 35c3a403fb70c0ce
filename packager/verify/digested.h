#pragma once
// Files of a package with the digests of their bytes on the disk.

#include <string>
#include <string_view>
#include <vector>

#include "packager/verify/aip_tree.h"
#include "packager/verify/digest_pass.h"
#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

class Digested {
 public:
  /// Reads each file once; SM3 too for a deep verification. `jobs` in byte order of their paths.
  /// What cannot be read is reported (PKG-READ, not checked), so is that nothing was to be read.
  static Digested compute(std::vector<DigestJob> jobs, DigestAlgorithm algorithm,
                          Examination& work);

  const std::vector<DigestJob>& jobs() const { return jobs_; }

  /// Nothing for a file that is not on the disk.
  const DigestResult* find(std::string_view path) const;

  /// "" if the file was not read, or not with this algorithm.
  std::string_view digest(std::string_view path, DigestAlgorithm algorithm) const;

  /// The file of an AIP at `path` in it, whose bytes lie at `disk`; asks for SHA-512.
  AipFile file(std::string path, const std::string& disk) const;

 private:
  explicit Digested(DigestAlgorithm algorithm) : algorithm_(algorithm) {}

  std::size_t place(std::string_view path) const;
  void report(Examination& work) const;

  DigestAlgorithm algorithm_;
  std::vector<DigestJob> jobs_;
  std::vector<DigestResult> results_;
};

}  // namespace anjuan::packager
