// The pieces of the verifier, each by itself.
#include <sstream>

#include <gtest/gtest.h>

#include "core/error.h"
#include "core/messages.h"
#include "packager/verify/aip_tree.h"
#include "packager/verify/digest_pass.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/inventory_reader.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/report.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;
using test::write_text;

TEST(AipTree, ResolvesLinksInsideThePackageOnly) {
  const std::string base = "representations/original/METS.xml";
  EXPECT_EQ(AipTree::resolve(base, "data/a%20b.pdf"), "representations/original/data/a b.pdf");
  EXPECT_EQ(AipTree::resolve(base, "../../schemas/./x.xsd"), "schemas/x.xsd");
  EXPECT_EQ(AipTree::resolve("METS.xml", "%E6%A1%88.pdf"), "案.pdf");
  EXPECT_EQ(AipTree::resolve("METS.xml", "a//b"), "a/b");
  for (const auto* outside :
       {"", "/etc/passwd", "../x", "%2E%2E/x", "a/../../x", "file:///etc/passwd", "http://x/y",
        "//host/x", "a%00b", "a%", "a%2", "a%zz", "a?b", "a#b", "a\\b"}) {
    EXPECT_EQ(AipTree::resolve("METS.xml", outside), "") << outside;
  }
}

TEST(FolderTree, ListsEverythingOnceInByteOrder) {
  TemporaryFolder folder;
  fs::create_directories(folder / "a/b");
  write_text(folder / "a/b/c", "xyz");
  write_text(folder / "a-", "");
  FindingSink findings;
  const auto tree = FolderTree::walk(folder.path(), findings);
  std::vector<std::string> paths;
  for (const auto& entry : tree.entries()) paths.push_back(entry.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"a", "a-", "a/b", "a/b/c"}));
  EXPECT_EQ(tree.find("a/b/c")->bytes, 3u);
  EXPECT_EQ(tree.find("a/b")->children, 1u);
  EXPECT_EQ(tree.below("a").size(), 2u);
  EXPECT_EQ(tree.children("a").size(), 1u);
  EXPECT_EQ(tree.find("a/b/"), nullptr);
  EXPECT_TRUE(findings.take().empty());
}

TEST(FolderTree, StopsAtADepthAndSaysSo) {
  TemporaryFolder folder;
  std::string deep = "d";
  for (std::size_t i = 0; i < kTreeDepthMax + 3; ++i) deep += "/d";
  fs::create_directories(folder / deep);
  FindingSink findings;
  const auto tree = FolderTree::walk(folder.path(), findings);
  const auto found = findings.take();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "PKG-LIMIT");
  EXPECT_EQ(found[0].result, CheckResult::kNotChecked);
  EXPECT_LE(tree.entries().size(), kTreeDepthMax + 1);
}

TEST(FolderTree, SaysWhatItCannotRead) {
  TemporaryFolder folder;
  FindingSink findings;
  FolderTree::walk(folder / "gone", findings);
  const auto found = findings.take();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "PKG-READ");
  EXPECT_EQ(verdict_of(found), Verdict::kUnchecked);
}

/// Counts bytes; stops the work after `limit` of them.
class Meter final : public Progress {
 public:
  explicit Meter(std::uint64_t limit = ~0ULL) : limit_(limit) {}

  void begin(std::string_view, std::uint64_t) override {}

  void advance(std::uint64_t bytes) override {
    bytes_ += bytes;
    if (bytes_ > limit_) throw Error(ErrorCode::kInterrupted, "", "stop");
  }

  void end() override {}

  std::uint64_t bytes() const { return bytes_; }

 private:
  std::uint64_t limit_;
  std::uint64_t bytes_ = 0;
};

std::vector<DigestJob> jobs_in(const TemporaryFolder& folder) {
  std::vector<DigestJob> jobs;
  for (std::size_t i = 0; i < 40; ++i) {
    const auto bytes = test::random_bytes(i * i * 997, i);
    const auto name = fmt::format("{:02}", i);
    write_text(folder / name, bytes);
    jobs.push_back({name, bytes.size(), {DigestAlgorithm::kSha512, DigestAlgorithm::kSm3}});
  }
  return jobs;
}

TEST(DigestPass, GivesTheSameForAnyNumberOfThreads) {
  TemporaryFolder folder;
  const auto jobs = jobs_in(folder);
  for (const unsigned threads : {1U, 2U, 5U}) {
    Meter meter;
    const auto results = digest_files(folder.path(), jobs, threads, meter);
    ASSERT_EQ(results.size(), jobs.size());
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      const auto real = digest_bytes(test::read_text(folder / jobs[i].path));
      EXPECT_EQ(results[i].digests, (std::vector{real.sha512, real.sm3}));
      EXPECT_EQ(results[i].bytes, jobs[i].bytes);
      total += jobs[i].bytes;
    }
    EXPECT_EQ(meter.bytes(), total);
  }
}

TEST(DigestPass, GivesSeveralDigestsOfOneRead) {
  TemporaryFolder folder;
  const auto bytes = test::random_bytes(600'000);
  write_text(folder / "a", bytes);
  write_text(folder / "b", "");
  Meter meter;
  const auto results =
      digest_files(folder.path(),
                   {{"b", 0, {DigestAlgorithm::kMd5}},
                    {"gone", 9, {DigestAlgorithm::kMd5}},
                    {"a", 600'000, {DigestAlgorithm::kSha1, DigestAlgorithm::kSha512}}},
                   2, meter);
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(results[0].digests, std::vector<std::string>{"d41d8cd98f00b204e9800998ecf8427e"});
  EXPECT_EQ(results[1].digests, std::vector<std::string>{});
  EXPECT_NE(results[1].failure, "");
  EXPECT_EQ(results[2].digests,
            (std::vector<std::string>{digest_hex(DigestAlgorithm::kSha1, bytes),
                                      digest_hex(DigestAlgorithm::kSha512, bytes)}));
  EXPECT_EQ(meter.bytes(), bytes.size());
}

TEST(DigestPass, StopsAllThreadsWhenAskedTo) {
  TemporaryFolder folder;
  const auto jobs = jobs_in(folder);
  Meter meter(1'000'000);
  const auto thrown = test::thrown_by([&] { digest_files(folder.path(), jobs, 2, meter); });
  EXPECT_EQ(thrown.word, "interrupted");
}

TEST(DigestPass, TellsWhyAFileWasNotRead) {
  TemporaryFolder folder;
  write_text(folder / "real", "x");
  fs::create_symlink("real", folder / "link");
  Meter meter;
  const std::vector sha512{DigestAlgorithm::kSha512};
  const auto results = digest_files(
      folder.path(), {{"gone", 1, sha512}, {"link", 1, sha512}, {"real", 1, sha512}}, 2, meter);
  EXPECT_TRUE(results[0].digests.empty());
  EXPECT_NE(results[0].failure, "");
  EXPECT_TRUE(results[1].digests.empty()) << "a link was followed";
  EXPECT_NE(results[1].failure, "");
  EXPECT_EQ(results[2].digests, std::vector{digest_bytes("x").sha512});
}

TEST(Inventory, IsRefusedAboveItsLimit) {
  const std::string many(kInventoryValuesMax + 1, ',');
  FindingSink findings;
  EXPECT_FALSE(read_inventory("[" + many + "]", "inventory.json", findings));
  const auto found = findings.take();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "PKG-LIMIT");
}

TEST(InventoryText, KnowsTimesOfRfc3339) {
  for (const auto* time : {"2026-11-23T10:00:00Z", "2026-11-23T10:00:00+08:00",
                           "2026-11-23t10:00:00.123z", "2016-12-31T23:59:60-05:30"}) {
    EXPECT_TRUE(is_rfc3339(time)) << time;
  }
  for (const auto* time : {"", "2026-11-23", "2026-11-23T10:00:00", "2026-13-23T10:00:00Z",
                           "2026-11-23T24:00:00Z", "2026-11-23T10:00Z", "2026-11-23T10:00:00.Z",
                           "2026-11-23T10:00:00+0800", "2026-11-23T10:00:00Zx"}) {
    EXPECT_FALSE(is_rfc3339(time)) << time;
  }
}

TEST(InventoryText, KnowsVersionNames) {
  EXPECT_EQ(version_number("v1"), 1u);
  EXPECT_EQ(version_number("v0012"), 12u);
  for (const auto* name : {"", "v", "v0", "1", "V1", "v1a", "v-1", "v1234567890"}) {
    EXPECT_EQ(version_number(name), 0u) << name;
  }
}

TEST(Findings, AreCountedBeyondTheLimit) {
  FindingSink findings;
  for (std::size_t i = 0; i < kFindingsMax; ++i) findings.warn("W001", "", "x");
  findings.error("E001", "", "x");
  EXPECT_EQ(findings.errors(), 1u);
  const auto all = findings.take();
  ASSERT_EQ(all.size(), kFindingsMax + 1);
  EXPECT_EQ(all.back().code, "PKG-MANY");
  EXPECT_EQ(verdict_of(all), Verdict::kInvalid) << "a dropped error must still count";
}

TEST(Findings, LeaveOutTheMiddleOfEndlessTexts) {
  FindingSink findings;
  std::string name;
  for (int i = 0; i < 1'000'000; ++i) name += "案";
  findings.error("E001", name, "“" + name + "”坏。请恢复。");
  const auto found = findings.take();
  EXPECT_LT(found[0].where.size(), 4100u);
  EXPECT_LT(found[0].message.size(), 4100u);
  EXPECT_TRUE(found[0].message.ends_with("请恢复。"));
  EXPECT_EQ(found[0].message.find('\\'), std::string::npos) << "only whole characters are kept";
}

TEST(Findings, ShowForeignBytesHarmlessly) {
  EXPECT_EQ(printable("案 a\n\x1B[2J"), "案 a\\x0A\\x1B[2J");
  EXPECT_EQ(printable("\xB0\xB8"), "\\xB0\\xB8");
  EXPECT_EQ(printable("\xE2\x80\xAE"
                      "fdp.exe"),
            "\\xE2\\x80\\xAE"
            "fdp.exe");
  EXPECT_EQ(printable("\xC2\x9B"), "\\xC2\\x9B");
}

TEST(Verdict, IsUncheckedRatherThanValid) {
  FindingSink findings;
  EXPECT_EQ(verdict_of({}), Verdict::kValid);
  findings.info("I", "", "x");
  findings.warn("W001", "", "x");
  findings.not_checked("PKG-READ", "", "x");
  auto found = findings.take();
  EXPECT_EQ(verdict_of(found), Verdict::kUnchecked);
  found.push_back({"E001", Severity::kError, "", "", "x", CheckResult::kFailed});
  EXPECT_EQ(verdict_of(found), Verdict::kInvalid);
  EXPECT_EQ(exit_status(Verdict::kValid), 0);
  EXPECT_EQ(exit_status(Verdict::kInvalid), 3);
  EXPECT_EQ(exit_status(Verdict::kUnchecked), 4);
}

VerifyReport report_of_three_levels() {
  VerifyReport report;
  report.path = "/档案/包\n1";
  report.kind = PackageKind::kAnjuan;
  report.verdict = Verdict::kInvalid;
  report.findings = {{"E001", Severity::kError, "", "a\"b", "坏", CheckResult::kFailed},
                     {"W001", Severity::kWarn, "", "", "怪", CheckResult::kFailed},
                     {"I001", Severity::kInfo, "", "", "知", CheckResult::kFailed}};
  return report;
}

std::string printed(ReportFormat format, ReportDetail detail) {
  std::ostringstream out;
  print_report(out, report_of_three_levels(), format, detail);
  return out.str();
}

TEST(Report, HidesInfoUnlessAskedAndNeverCountsIt) {
  const auto normal = printed(ReportFormat::kText, ReportDetail::kNormal);
  EXPECT_EQ(normal.find("I001"), std::string::npos);
  EXPECT_NE(normal.find("错误 1，警告 1"), std::string::npos) << normal;
  EXPECT_EQ(normal.find("包\n1"), std::string::npos) << "a path must not break a line";
  const auto all = printed(ReportFormat::kText, ReportDetail::kAll);
  EXPECT_NE(all.find("提示 I001"), std::string::npos) << all;
}

TEST(Report, IsJsonLineByLine) {
  EXPECT_EQ(printed(ReportFormat::kJson, ReportDetail::kNormal),
            "{\"code\":\"E001\",\"level\":\"error\",\"where\":\"a\\\"b\",\"message\":\"坏\"}\n"
            "{\"code\":\"W001\",\"level\":\"warn\",\"where\":\"\",\"message\":\"怪\"}\n"
            "{\"code\":\"I001\",\"level\":\"info\",\"where\":\"\",\"message\":\"知\"}\n"
            "{\"path\":\"/档案/包\\\\x0A1\",\"kind\":\"anjuan\",\"verdict\":\"invalid\","
            "\"errors\":1,\"warnings\":1}\n");
}

TEST(Kinds, HaveAWordEach) {
  for (const auto kind : {PackageKind::kAnjuan, PackageKind::kOcfl, PackageKind::kEark,
                          PackageKind::kBagit, PackageKind::kUnknown}) {
    EXPECT_EQ(kind_of_word(kind_word(kind)), kind);
  }
  EXPECT_FALSE(kind_of_word("zip"));
}

}  // namespace
}  // namespace anjuan::packager
