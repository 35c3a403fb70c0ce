#include <gtest/gtest.h>

#include "packager/mets_reader.h"
#include "packager/ocfl_inventory.h"
#include "packager/package_builder.h"
#include "tests/support/errors.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

using test::case_draft;
using test::read_text;
using test::TemporaryFolder;
using test::tree;

TEST(FirstVersion, LaysOutTheObject) {
  TemporaryFolder folder;
  const auto draft = case_draft(folder / "in");
  const auto package = build_first_version(draft, folder / "out");
  const auto root = "v1/content/" + draft.id.objid() + "/";
  const auto files = tree(folder / "out");
  for (const auto* path :
       {"METS.xml", "metadata/descriptive/case.xml", "metadata/descriptive/description.xml",
        "metadata/other/report.xml", "metadata/preservation/premis-0001.xml",
        "documentation/README.txt", "representations/original/METS.xml",
        "representations/original/metadata/preservation/premis-0001.xml",
        "representations/original/data/文书/01立案审批表.pdf",
        "representations/original/data/音像/现场检查.mp4"}) {
    EXPECT_TRUE(files.contains(root + path)) << path;
  }
  EXPECT_EQ(files.at("0=ocfl_object_1.1"), "ocfl_object_1.1\n");
  EXPECT_EQ(files.at("inventory.json"), files.at("v1/inventory.json"));
  EXPECT_EQ(files.at("inventory.json.sha512"), package.inventory_digest + "  inventory.json\n");
  EXPECT_EQ(digest_bytes(files.at("inventory.json")).sha512, package.inventory_digest);
  EXPECT_EQ(digest_bytes(files.at(root + "METS.xml")).sha512, package.mets_digest);
  EXPECT_EQ(package.files + 5, files.size());
  EXPECT_EQ(files.at(root + "representations/original/data/文书/02询问笔录.pdf"), "two");
}

TEST(FirstVersion, IsTheSameAfterAnInterruption) {
  TemporaryFolder folder;
  const auto draft = case_draft(folder / "in");
  build_first_version(draft, folder / "out");
  const auto once = tree(folder / "out");
  build_first_version(draft, folder / "out");
  EXPECT_EQ(tree(folder / "out"), once);
}

}  // namespace
}  // namespace anjuan::packager
