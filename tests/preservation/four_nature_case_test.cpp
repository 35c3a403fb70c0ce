#include "preservation/four_nature_case.h"

#include <gtest/gtest.h>

#include "core/case/description.h"
#include "core/digest.h"
#include "tests/support/clamd.h"
#include "tests/support/files.h"
#include "tests/support/small_case.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

using rules::ItemState;
using rules::Phase;

const std::string kVersion("ClamAV 1.4.3/27123/Thu Nov 26 08:00:00 2026\0", 44);
const std::string kClean("stream: OK\0", 11);

/// A small case as ingest has it: declared, described, gathered.
class FourNatureCase : public testing::Test {
 protected:
  FourNatureCase() {
    from.subject = small.case_no;
    from.declared =
        std::make_shared<const CaseFile>(CaseFile::from_json(small.declaration(), "case.json"));
    from.declaration_name = "case.json";
    add("case.json", small.declaration());
    for (const auto& [path, bytes] : small.files) add(path, bytes);
    DescriptionFacts about;
    about.record_id = "urn:uuid:01234567-89ab-8def-8123-456789abcdef";
    about.created = now;
    from.description = describe(*from.declared, measured, about);
  }

  void add(const std::string& path, const std::string& bytes) {
    const auto local = folder / std::to_string(from.files.size());
    test::write_text(local, bytes);
    const Digests digests = digest_bytes(bytes);
    from.files.push_back({path, local, digests.bytes, digests.sha512, digests.sm3, "", ""});
    if (path != "case.json") {
      measured.push_back({path, digests.bytes, digests.sha512, digests.sm3, "", "", ""});
    }
  }

  std::string state(const VirusScanner& scanner, std::string_view code) {
    const auto facts = facts_of_case(from, scanner, now, progress);
    for (const auto& item : four_nature(Phase::kArchiving, facts).items) {
      if (item.code == fmt::format("GD-{}", code)) {
        said = item.evidence + item.reason;
        return std::string(state_word(item.state));
      }
    }
    return "";
  }

  std::string state(std::string_view code) { return state(VirusScanner::open(""), code); }

  test::TemporaryFolder folder;
  test::SmallCase small;
  CaseForChecks from;
  std::vector<MeasuredFile> measured;
  Instant now = parse_instant("2026-11-27T08:00:00+08:00");
  SilentProgress progress;
  std::string said;
};

TEST_F(FourNatureCase, ComparesFilesWithTheirDescription) {
  EXPECT_EQ(state("ZS-3-1"), "passed") << said;
  EXPECT_EQ(state("ZS-4-1"), "passed") << said;
  EXPECT_EQ(state("WZ-3-1"), "passed") << said;
  EXPECT_EQ(state("KY-1-1"), "passed") << said;
  from.files.back().sha512[0] ^= 1;
  EXPECT_EQ(state("ZS-3-1"), "failed") << said;
}

TEST_F(FourNatureCase, FindsFilesThatAreMissingOrUnnamed) {
  add("Thumbs.db", "litter");
  EXPECT_EQ(state("ZS-4-1"), "failed");
  EXPECT_NE(said.find("Thumbs.db"), std::string::npos) << said;
  from.files.pop_back();
  const std::string gone = from.files.back().path;
  from.files.pop_back();
  EXPECT_EQ(state("ZS-4-1"), "failed");
  EXPECT_NE(said.find(gone), std::string::npos) << said;
}

TEST_F(FourNatureCase, DoesNotTrustWhatCannotBeReadAnyMore) {
  std::filesystem::remove(from.files.back().local);
  EXPECT_EQ(state("WZ-3-1"), "not_run") << said;
  EXPECT_EQ(state("ZS-3-1"), "not_run") << said;
}

TEST_F(FourNatureCase, SaysThatADescriptionCannotBeRead) {
  from.description = "<description";
  EXPECT_EQ(state("KY-1-1"), "failed");
  EXPECT_EQ(state("ZS-2-1"), "not_run");
  from.description = "";
  EXPECT_EQ(state("KY-1-1"), "passed");
  EXPECT_EQ(state("WZ-2-2"), "not_run");
}

TEST_F(FourNatureCase, SaysThatADeclarationCannotBeRead) {
  from.declared = nullptr;
  from.declared_problem = "第 1 行不是 XML";
  EXPECT_EQ(state("KY-1-1"), "failed");
  EXPECT_EQ(state("ZS-2-4"), "not_run");
}

TEST_F(FourNatureCase, CountsACleanReplyForTheseVeryBytesOnly) {
  const test::FakeClamd clamd(test::honest(kVersion, kClean));
  const auto scanner = VirusScanner::open(clamd.socket());
  EXPECT_EQ(state(scanner, "AQ-1-2"), "passed") << said;
  EXPECT_EQ(state(scanner, "AQ-1-1"), "passed");
  EXPECT_NE(said.find("1 天前更新"), std::string::npos) << said;
  test::write_text(from.files.back().local, "other bytes");
  EXPECT_EQ(state(scanner, "AQ-1-2"), "not_run") << said;
}

TEST_F(FourNatureCase, DoesNotPassAScanOfWhichOneFileWasTooLarge) {
  const test::FakeClamd clamd(test::honest(kVersion, kClean));
  const auto scanner = VirusScanner::open(clamd.socket(), 30);
  EXPECT_EQ(state(scanner, "AQ-1-2"), "not_run");
  EXPECT_NE(said.find("大小限制"), std::string::npos) << said;
}

TEST_F(FourNatureCase, SaysWhyThereWasNoScan) {
  EXPECT_EQ(state("AQ-1-2"), "not_run");
  EXPECT_NE(said.find("没有指定杀毒引擎"), std::string::npos) << said;
  EXPECT_EQ(state(VirusScanner::open(folder / "nobody"), "AQ-1-1"), "not_run");
  EXPECT_NE(said.find("没有运行杀毒引擎"), std::string::npos) << said;
}

TEST_F(FourNatureCase, WarnsOfAnOldDatabase) {
  const test::FakeClamd clamd(test::honest(kVersion, kClean));
  const auto scanner = VirusScanner::open(clamd.socket());
  now = parse_instant("2026-12-03T09:00:00+08:00");
  EXPECT_EQ(state(scanner, "AQ-1-1"), "passed");
  EXPECT_EQ(said.find("提醒"), std::string::npos) << said;
  now = parse_instant("2026-12-04T09:00:00+08:00");
  EXPECT_EQ(state(scanner, "AQ-1-1"), "passed");
  EXPECT_NE(said.find("提醒"), std::string::npos) << said;
}

}  // namespace
}  // namespace anjuan::preservation
