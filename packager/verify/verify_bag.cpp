#include "packager/verify/verify_bag.h"

#include "packager/verify/bag_check.h"
#include "packager/verify/derivative_check.h"
#include "packager/verify/digested.h"
#include "packager/verify/read_bounded.h"

namespace anjuan::packager {

namespace {

class BagFolder final : public BagFiles {
 public:
  explicit BagFolder(Examination& examination) : examination_(examination) {
    for (const auto& entry : examination.tree.entries()) {
      if (entry.type == TreeEntry::Type::kFile) files_.push_back({entry.path, entry.bytes});
    }
  }

  const std::vector<BagFile>& files() const override { return files_; }

  bool has_payload_folder() const override { return examination_.tree.is_folder("data"); }

  std::optional<std::string> read(const std::string& path, std::uint64_t limit_bytes,
                                  FindingSink& findings) const override {
    return read_bounded(examination_.root, path, limit_bytes, findings);
  }

  std::vector<DigestResult> digest(const std::vector<DigestJob>& jobs) const override {
    return digest_all(examination_, jobs);
  }

 private:
  Examination& examination_;
  std::vector<BagFile> files_;
};

/// A bag of ours carries a package without its history: data/aip-.../representations/...
void check_payload_derivatives(Examination& examination) {
  std::vector<AipFile> files;
  for (const auto& entry : examination.tree.entries()) {
    if (entry.type != TreeEntry::Type::kFile) continue;
    files.push_back({entry.path, {}, entry.bytes, {}, {}, true, false});
  }
  check_derivatives_of(AipTree("", std::move(files)), PackageMaker::kOther, examination);
}

}  // namespace

void verify_bag(Examination& examination) {
  const auto summary = check_bag(BagFolder(examination), examination.findings);
  auto& report = examination.report;
  report.label = summary.label;
  report.files_expected = summary.files_expected;
  report.files_checked = summary.files_checked;
  report.bytes_checked = summary.bytes_checked;
  check_payload_derivatives(examination);
}

}  // namespace anjuan::packager
