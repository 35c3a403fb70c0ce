// Packages inside containers are verified as folders, and the container by its own rules.
#include "packager/verify/package_unpack.h"

#include <sstream>

#include <gtest/gtest.h>

#include "packager/verify/report.h"
#include "tests/support/aip_folder.h"
#include "tests/support/foreign_archives.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::AipFolder;
using test::TarItem;
using test::TemporaryFolder;
using test::ZipItem;

class PackedPackage : public testing::Test {
 protected:
  VerifyReport verify(const std::string& name, const std::string& bytes) {
    test::write_text(folder_ / name, bytes);
    VerifyOptions options;
    options.unpack = unpack_package;
    SilentProgress progress;
    return verify_package(folder_ / name, options, progress);
  }

  /// Every file below `folder` as "prefix/path".
  static std::vector<ZipItem> zip_items(const fs::path& folder, const std::string& prefix) {
    std::vector<ZipItem> items;
    for (const auto& [path, bytes] : test::tree(folder)) {
      items.push_back({prefix + path, bytes, test::kUtf8Name});
    }
    return items;
  }

  static std::vector<TarItem> tar_items(const fs::path& folder, const std::string& prefix) {
    std::vector<TarItem> items;
    for (const auto& [path, bytes] : test::tree(folder)) {
      items.push_back(test::pax_path(prefix + path));
      items.push_back({"x", bytes});
    }
    return items;
  }

  std::string prefix() const { return aip_.path().filename().string() + "/"; }

  /// "level code" of each finding.
  static std::set<std::string> findings(const VerifyReport& report) {
    std::set<std::string> found;
    for (const auto& each : report.findings) {
      found.insert(fmt::format("{} {}", severity_word(each.severity), each.code));
    }
    return found;
  }

  using Findings = std::set<std::string>;

  TemporaryFolder folder_;
  AipFolder aip_;
};

TEST_F(PackedPackage, ATarWithOneFolderIsValid) {
  const auto name = aip_.path().filename().string() + ".tar";
  const auto report = verify(name, test::make_tar(tar_items(aip_.path(), prefix())));
  EXPECT_EQ(findings(report), Findings{});
  EXPECT_EQ(report.verdict, Verdict::kValid);
  EXPECT_EQ(report.kind, PackageKind::kEark);
  EXPECT_GT(report.files_checked, 5u);
}

TEST_F(PackedPackage, AZipWithOneFolderIsValid) {
  const auto name = aip_.path().filename().string() + ".zip";
  const auto report = verify(name, test::make_zip(zip_items(aip_.path(), prefix())));
  EXPECT_EQ(findings(report), Findings{});
  EXPECT_EQ(report.verdict, Verdict::kValid);
}

TEST_F(PackedPackage, ACompressedTarIsAgainstTheAdvice) {
  const auto tar = test::make_tar(tar_items(aip_.path(), prefix()));
  const auto report = verify("other.tar.gz", test::make_gzip(tar));
  EXPECT_EQ(findings(report), (Findings{"warn AIP20", "warn AIP28", "info CSIPSTR3"}));
}

TEST_F(PackedPackage, NeedsOneRootFolder) {
  const auto name = aip_.path().filename().string() + ".zip";
  const auto report = verify(name, test::make_zip(zip_items(aip_.path(), "")));
  EXPECT_EQ(findings(report), (Findings{"error CSIPSTR1", "error AIP27"}));
}

TEST_F(PackedPackage, TwoFoldersAreNoPackage) {
  auto items = zip_items(aip_.path(), "a/");
  const auto more = zip_items(aip_.path(), "b/");
  items.insert(items.end(), more.begin(), more.end());
  VerifyOptions options;
  options.unpack = unpack_package;
  options.as = PackageKind::kEark;
  test::write_text(folder_ / "two.zip", test::make_zip(items));
  SilentProgress progress;
  const auto report = verify_package(folder_ / "two.zip", options, progress);
  EXPECT_TRUE(findings(report).contains("error CSIPSTR1"));
  EXPECT_EQ(report.verdict, Verdict::kInvalid);
}

TEST_F(PackedPackage, FaultsInsideAreFound) {
  aip_.replace("METS.xml", "LABEL=\"CSIP\"", "LABEL=\"CSIP structMap\"");
  const auto name = aip_.path().filename().string() + ".tar";
  const auto report = verify(name, test::make_tar(tar_items(aip_.path(), prefix())));
  EXPECT_TRUE(findings(report).contains("error CSIP82"));
}

TEST_F(PackedPackage, OurObjectIsVerifiedToo) {
  const test::SamplePackage sample;
  const auto report = verify("object.tar", test::make_tar(tar_items(sample.object(), "object/")));
  EXPECT_EQ(findings(report), Findings{});
  EXPECT_EQ(report.kind, PackageKind::kAnjuan);
}

TEST_F(PackedPackage, HostileOrBrokenOnesAreFaultsOfThePackage) {
  EXPECT_EQ(findings(verify("link.tar", test::make_tar({{"a/METS.xml", "", '2', "/etc/passwd"}}))),
            Findings{"error PKG-CONTAINER"});
  EXPECT_EQ(findings(verify("climb.tar", test::make_tar({{"../METS.xml", "x"}}))),
            Findings{"error PKG-CONTAINER"});
  EXPECT_EQ(findings(verify("bomb.zip", test::make_zip_of_zeros("a/x", 1ULL << 30))),
            Findings{"error PKG-CONTAINER"});
  EXPECT_EQ(findings(verify("text.zip", "no container")), Findings{"error PKG-CONTAINER"});
}

TEST_F(PackedPackage, IsNotCheckedByAProgramThatCannotUnpack) {
  test::write_text(folder_ / "x.zip", test::make_zip(zip_items(aip_.path(), prefix())));
  SilentProgress progress;
  const auto report = verify_package(folder_ / "x.zip", {}, progress);
  EXPECT_EQ(report.verdict, Verdict::kUnchecked);
}

TEST_F(PackedPackage, LeavesNothingBehind) {
  ::setenv("TMPDIR", folder_.path().c_str(), 1);
  verify("whole.zip", test::make_zip(zip_items(aip_.path(), prefix())));
  verify("cut.zip", test::make_zip(zip_items(aip_.path(), prefix())).substr(0, 3000));
  ::unsetenv("TMPDIR");
  EXPECT_EQ(test::names_in(folder_.path()), (std::set<std::string>{"cut.zip", "whole.zip"}));
}

}  // namespace
}  // namespace anjuan::packager
