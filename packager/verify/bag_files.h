#pragma once
// The files of a bag, wherever their bytes lie: in its folder, or gathered under other names.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "packager/verify/digest_pass.h"
#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

struct BagFile {
  std::string path;  ///< relative to the bag, '/' between names, bytes as on the disk
  std::uint64_t bytes = 0;
};

class BagFiles {
 public:
  virtual ~BagFiles() = default;

  /// In byte order of their paths.
  virtual const std::vector<BagFile>& files() const = 0;
  /// Whether there is a folder data/, even an empty one.
  virtual bool has_payload_folder() const = 0;
  /// The bytes of one of the files, or nothing with a finding "not checked".
  virtual std::optional<std::string> read(const std::string& path, std::uint64_t limit_bytes,
                                          FindingSink& findings) const = 0;
  /// One result per job, in their order; each file is read at most once.
  virtual std::vector<DigestResult> digest(const std::vector<DigestJob>& jobs) const = 0;
};

}  // namespace anjuan::packager
