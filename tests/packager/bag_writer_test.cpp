#include "packager/bag_writer.h"

#include <gtest/gtest.h>

#include "packager/verify/verify.h"
#include "tests/support/bags.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/memory_sink.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

using test::MemorySink;
using test::TemporaryFolder;

/// Source files with hard names, in an order that is not the sorted one.
class Writer : public testing::Test {
 protected:
  Writer() {
    add("案卷/立案 审批表.pdf", test::random_bytes(700'000));
    add("a%b.txt", "percent");
    add("line\nfeed.txt", "line feed");
    add("empty", "");
    description_.bagging_time = parse_instant("2026-11-26T08:00:00+08:00");
    description_.external_identifier = "aip-1";
    description_.external_description = "一行\n二行";
    description_.bag_group_identifier = "样J012";
  }

  void add(const std::string& path, const std::string& bytes) {
    const auto source = folder_ / fmt::format("source{}", files_.size());
    test::write_text(source, bytes);
    files_.push_back({path, source, bytes.size(), digest_hex(DigestAlgorithm::kSha512, bytes),
                      parse_instant("2025-06-17T09:05:00+08:00")});
  }

  void write(const std::string& root = "") {
    write_bag(files_, description_, root, sink_, silent_);
  }

  /// On the disk, without names that other tools do not decode.
  void put_for_others() {
    files_.erase(files_.begin() + 1, files_.begin() + 3);
    write();
    test::put_bag(target_.path(), sink_.files());
  }

  TemporaryFolder folder_;
  TemporaryFolder target_;
  std::vector<BagPayloadFile> files_;
  BagDescription description_;
  MemorySink sink_;
  SilentProgress silent_;
};

TEST_F(Writer, WritesABagThatTheVerifierCallsValid) {
  write();
  sink_.finish();
  test::put_bag(target_.path(), sink_.files());
  const auto report = verify_package(target_.path(), {}, silent_);
  EXPECT_EQ(report.kind, PackageKind::kBagit);
  EXPECT_EQ(report.verdict, Verdict::kValid);
  EXPECT_EQ(report.findings, Findings{});
  EXPECT_EQ(report.label, "aip-1");
  EXPECT_EQ(report.files_checked, files_.size() + 3);
}

TEST_F(Writer, WritesManifestsForSha512sum) {
  put_for_others();
  EXPECT_TRUE(test::run_tool("cd " + target_.path().string() +
                             " && sha512sum --quiet --strict -c manifest-sha512.txt"
                             " && sha512sum --quiet --strict -c tagmanifest-sha512.txt"));
}

TEST_F(Writer, WritesABagThatBagitPythonCallsValid) {
  if (!test::has_program("bagit.py")) GTEST_SKIP() << "bagit-python is not here: not asked";
  put_for_others();
  EXPECT_TRUE(test::run_tool("bagit.py --quiet --validate " + target_.path().string()));
}

TEST_F(Writer, WritesWhatTheStandardSays) {
  write();
  const auto& files = sink_.files();
  EXPECT_EQ(files.at("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  const auto& manifest = files.at("manifest-sha512.txt");
  EXPECT_NE(manifest.find("  data/a%25b.txt\n"), std::string::npos);
  EXPECT_NE(manifest.find("  data/line%0Afeed.txt\n"), std::string::npos);
  EXPECT_NE(manifest.find(files_[0].sha512 + "  data/案卷/立案 审批表.pdf\n"), std::string::npos);
  const auto& info = files.at("bag-info.txt");
  EXPECT_NE(info.find("Payload-Oxum: 700016.4\n"), std::string::npos) << info;
  EXPECT_NE(info.find("Bagging-Date: 2026-11-26\n"), std::string::npos) << info;
  EXPECT_NE(info.find("External-Description: 一行\n 二行\n"), std::string::npos) << info;
  EXPECT_EQ(sink_.modified("data/empty"), files_[3].modified);
  EXPECT_EQ(sink_.modified("bagit.txt"), description_.bagging_time);
}

TEST_F(Writer, PutsAllBelowARootFolder) {
  write("bag-1/");
  for (const auto& [path, bytes] : sink_.files()) EXPECT_TRUE(path.starts_with("bag-1/")) << path;
  EXPECT_EQ(sink_.files().at("bag-1/data/a%b.txt"), "percent");
}

TEST_F(Writer, EndsBeforeTheSinkIsFinishedWhenASourceHasChanged) {
  for (const auto* bytes : {"PERCENT", "short", "much longer"}) {
    MemorySink sink;
    test::write_text(files_[1].source, bytes);
    const auto thrown =
        test::thrown_by([&] { write_bag(files_, description_, "", sink, silent_); });
    EXPECT_EQ(thrown.word, "corrupt") << bytes;
    EXPECT_EQ(thrown.subject, "a%b.txt");
  }
}

TEST_F(Writer, RefusesNamesThatCannotStandInABag) {
  for (const auto* path : {"", "/a", "a//b", "../a", "a/./b", "empty", "\xFF"}) {
    auto files = files_;
    files.push_back({path, files_[3].source, 0, files_[3].sha512, {}});
    MemorySink sink;
    const auto thrown = test::thrown_by([&] { write_bag(files, description_, "", sink, silent_); });
    EXPECT_EQ(thrown.word, "invalid") << path;
    EXPECT_TRUE(sink.files().empty());
  }
}

}  // namespace
}  // namespace anjuan::packager
