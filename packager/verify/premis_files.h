#pragma once
// What the PREMIS documents of a package say about its files, against the bytes on the disk.
//
// METS and the OCFL inventory are compared with the same bytes elsewhere: what agrees with the
// bytes agrees with each other.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/digest.h"
#include "packager/verify/aip_tree.h"
#include "packager/verify/finding_sink.h"
#include "packager/verify/premis_history.h"
#include "packager/verify/premis_reader.h"

namespace anjuan::packager {

class PremisFiles {
 public:
  PremisFiles(const std::filesystem::path& root, const AipTree& tree, PremisProfile profile,
              FindingSink& findings)
      : root_(root),
        tree_(tree),
        profile_(profile),
        findings_(findings),
        described_(tree.files().size()) {}

  /// `document` is the path of the document in the package. PREMIS-PATH if no location of a file
  /// leads to a file of the package.
  void describe(const PremisEntity& object, const std::string& document);

  /// PREMIS-SIZE, PREMIS-FIXITY and PREMIS-DIGEST: of a file that was described again the last
  /// description counts. Digests that nobody has computed yet are computed here.
  void report_fixities();
  /// PREMIS-OBJECT: files of representations that no document describes.
  void report_undescribed();

 private:
  /// What the last description of a file says that is wrong, or not compared yet.
  struct Description {
    std::string where;
    std::string size;
    std::vector<PremisFixity> fixities;
  };

  /// An algorithm that we cannot compute.
  struct Unknown {
    std::string where;  ///< of the first file
    std::size_t files = 0;
    std::size_t alone = 0;  ///< files that have no other digest
  };

  const AipFile* find(const std::string& location, const std::string& document) const;
  void report_path(const PremisEntity& object, const std::string& where);
  bool agrees(const Description& description, const AipFile& file) const;
  void compute_digests();
  void report_size(const Description& description, const AipFile& file);
  void report_digests(const Description& description, std::size_t index);
  void report_unknown();

  const std::filesystem::path& root_;
  const AipTree& tree_;
  PremisProfile profile_;
  FindingSink& findings_;
  std::vector<bool> described_;                          ///< by place in the tree
  std::unordered_map<std::size_t, Description> doubts_;  ///< by place in the tree
  std::map<std::pair<std::size_t, DigestAlgorithm>, std::string> computed_;
  std::map<std::string, Unknown> unknown_;
};

}  // namespace anjuan::packager
