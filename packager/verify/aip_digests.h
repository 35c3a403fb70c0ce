#pragma once
// The digests of an AIP's files that its METS documents ask for, in one read of each file.

#include <vector>

#include "packager/verify/aip_tree.h"
#include "packager/verify/digest_pass.h"
#include "packager/verify/eark/rule_context.h"
#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

class AipDigests {
 public:
  /// kAll: SHA-512 of every file (deep: SM3 too), kept in `tree`, and what `pending` asks for;
  /// kPending: only the latter, since the files were digested before.
  enum class Want { kAll, kPending };

  static AipDigests compute(Examination& work, AipTree& tree, const eark::PendingDigests& pending,
                            Want want);

  /// "" if the file could not be read.
  std::string of(std::size_t file, DigestAlgorithm algorithm) const;

 private:
  void add_jobs(const AipTree& tree, const eark::PendingDigests& pending, Want want, bool deep);
  void take(Examination& work, AipTree& tree, Want want) const;

  std::vector<DigestJob> jobs_;
  std::vector<DigestResult> results_;
  std::vector<std::size_t> files_;     ///< of each job
  std::vector<std::uint32_t> places_;  ///< of each file: its job + 1, or 0
};

}  // namespace anjuan::packager
