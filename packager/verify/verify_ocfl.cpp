#include "packager/verify/verify_ocfl.h"

#include "packager/verify/content_check.h"
#include "packager/verify/ocfl_check.h"
#include "packager/verify/ocfl_vocabulary.h"

namespace anjuan::packager {

void verify_ocfl(Examination& work) {
  const auto object = check_ocfl_structure(work.root, work.tree, work.findings);
  if (!object) return;
  work.report.label = object->inventory.id;
  const auto named = digest_named(object->inventory.algorithm);
  check_content(*object, named ? named->algorithm : DigestAlgorithm::kSha512, work);
}

}  // namespace anjuan::packager
