// OCFL objects made to exhaust, to mislead or to lead out of themselves.
#include <gtest/gtest.h>

#include "packager/verify/inventory_reader.h"
#include "packager/verify/verify.h"
#include "tests/support/ocfl_edits.h"
#include "tests/support/ocfl_sketch.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::OcflSketch;

class HostileObject : public testing::Test {
 protected:
  VerifyReport verify() const {
    SilentProgress progress;
    return verify_package(object(), {}, progress);
  }

  VerifyReport written() const {
    sketch_.write(object());
    return verify();
  }

  fs::path object() const { return folder_ / "object"; }

  static std::size_t count(const VerifyReport& report, std::string_view code) {
    return static_cast<std::size_t>(
        std::count_if(report.findings.begin(), report.findings.end(),
                      [&](const Finding& finding) { return finding.code == code; }));
  }

  OcflSketch sketch_;

 private:
  test::TemporaryFolder folder_;
};

// Sparse: it takes no room on the disk, and is never read to its end.
TEST_F(HostileObject, WithAnEndlessInventoryIsNotChecked) {
  sketch_.write(object());
  fs::resize_file(object() / "inventory.json", kInventoryBytesMax + 1);
  const auto report = verify();
  EXPECT_EQ(count(report, "PKG-LIMIT"), 1u);
  EXPECT_EQ(report.verdict, Verdict::kUnchecked);
}

TEST_F(HostileObject, LeadsNowhereByItsPaths) {
  sketch_.edit = [](Json& root) {
    auto& paths = *test::block(root, "manifest").find(OcflSketch::digest("sha512", "alpha"));
    auto fixity = Json::array();
    for (const auto* path : {"../../../../../../etc/passwd", "/etc/passwd",
                             "v1/content/../../../../../../etc/passwd"}) {
      paths.append(Json::string(path));
      fixity.append(Json::string(path));
    }
    root.set("fixity", Json::object({{"md5", Json::object({{std::string(32, '0'), fixity}})}}));
  };
  const auto report = written();
  EXPECT_EQ(report.bytes_checked, 9u) << "something outside was read";
  EXPECT_EQ(count(report, "E093"), 0u);
  EXPECT_EQ(count(report, "E099"), 4u);
  EXPECT_EQ(count(report, "E100"), 2u);
}

TEST_F(HostileObject, LeadsNowhereByItsAlgorithm) {
  test::everywhere("digestAlgorithm", Json::string("sha512/../../../../etc/passwd"))(sketch_);
  const auto report = written();
  EXPECT_GE(count(report, "E025"), 1u);
  EXPECT_EQ(count(report, "PKG-READ"), 0u);
  EXPECT_EQ(report.verdict, Verdict::kInvalid);
}

TEST_F(HostileObject, LeadsNowhereByLinks) {
  sketch_.write(object());
  fs::rename(object() / "v1", object().parent_path() / "outside");
  fs::create_directory_symlink(object().parent_path() / "outside", object() / "v1");
  const auto report = verify();
  EXPECT_EQ(count(report, "E090"), 1u);
  EXPECT_EQ(count(report, "E092"), 1u);
  EXPECT_EQ(report.bytes_checked, 4u) << "a link was followed";
}

// Each of them is looked up: a scan for each would take minutes.
TEST_F(HostileObject, OfManyVersionsEnds) {
  sketch_.edit = [](Json& root) {
    std::vector<Json::Member> versions;
    for (int i = 1; i <= 100'000; ++i) {
      versions.emplace_back("v" + std::to_string(i), Json::object());
    }
    root.set("versions", Json::object(std::move(versions)));
  };
  EXPECT_EQ(written().verdict, Verdict::kInvalid);
}

TEST_F(HostileObject, OfManyDigestsEnds) {
  sketch_.edit = [](Json& root) {
    std::vector<Json::Member> state;
    for (int i = 0; i < 100'000; ++i) {
      state.emplace_back(std::to_string(i), OcflSketch::list("f" + std::to_string(i)));
    }
    test::version(root, "v2").set("state", Json::object(std::move(state)));
  };
  const auto report = written();
  EXPECT_EQ(count(report, "PKG-MANY"), 1u);
  EXPECT_LT(report.findings.size(), 10'002u);
}

}  // namespace
}  // namespace anjuan::packager
