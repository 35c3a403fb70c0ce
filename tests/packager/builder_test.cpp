#include <random>
#include <set>

#include <gtest/gtest.h>

#include "core/text.h"
#include "packager/mets_reader.h"
#include "packager/ocfl_inventory.h"
#include "packager/package_builder.h"
#include "packager/package_layout.h"
#include "tests/support/errors.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::case_draft;
using test::edit_draft;
using test::empty_draft;
using test::read_text;
using test::TemporaryFolder;
using test::thrown_by;
using test::tree;

/// The logical state of an object's head: path inside the package -> content.
std::map<std::string, std::string> state_of(const fs::path& object) {
  const auto inventory =
      OcflInventory::parse(read_text(object / "inventory.json"), "inventory.json");
  std::map<std::string, std::string> files;
  for (const auto& [path, digest] : inventory.current().state) {
    files[path.substr(path.find('/') + 1)] = read_text(object / inventory.content_path(digest));
  }
  return files;
}

TEST(FirstVersion, LaysOutTheObject) {
  TemporaryFolder folder;
  const auto draft = case_draft(folder / "in");
  const auto package = build_first_version(draft, folder / "out");
  const auto root = "v1/content/" + draft.id.objid() + "/";
  const auto files = tree(folder / "out");
  for (const auto* path :
       {"METS.xml", "metadata/descriptive/case.xml", "metadata/descriptive/description.xml",
        "metadata/other/report.xml", "metadata/preservation/premis-0001.xml",
        "documentation/README.txt", "schemas/anjuan-mets.xsd", "representations/original/METS.xml",
        "representations/original/metadata/preservation/premis-0001.xml",
        "representations/original/data/文书/01立案审批表.pdf",
        "representations/original/data/音像/现场检查.mp4"}) {
    EXPECT_TRUE(files.contains(root + path)) << path;
  }
  EXPECT_EQ(files.at("0=ocfl_object_1.1"), "ocfl_object_1.1\n");
  EXPECT_EQ(files.at(root + "representations/original/data/文书/02询问笔录.pdf"), "two");
  EXPECT_EQ(tree(folder / "in").size(), 3U) << "staged files stay until the ingest is done";
  EXPECT_EQ(package.version, 1);
  EXPECT_EQ(package.staging, folder / "out");
  EXPECT_EQ(digest_hex(DigestAlgorithm::kSha512, files.at("inventory.json")),
            package.inventory_digest);
  EXPECT_EQ(digest_hex(DigestAlgorithm::kSha512, files.at(root + "METS.xml")), package.mets_digest);
}

TEST(FirstVersion, CountsItsFilesAndBytes) {
  TemporaryFolder folder;
  const auto package = build_first_version(case_draft(folder / "in"), folder / "out");
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
  for (const auto& [path, content] : state_of(folder / "out")) {
    ++files;
    bytes += content.size();
  }
  EXPECT_EQ(package.files, files);
  EXPECT_EQ(package.bytes, bytes);
}

TEST(FirstVersion, KeepsEveryHostileNameByteForByte) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in", test::hostile_content()), folder / "out");
  const auto state = state_of(folder / "out");
  for (const auto& [name, bytes] : test::hostile_content()) {
    const auto found = state.find("representations/original/data/" + name);
    ASSERT_NE(found, state.end()) << name;
    EXPECT_EQ(found->second, bytes) << name;
  }
}

TEST(FirstVersion, DoesNotDependOnTheOrderOfItsFiles) {
  TemporaryFolder folder;
  auto one = case_draft(folder / "in1", test::hostile_content());
  auto two = case_draft(folder / "in2", test::hostile_content());
  std::reverse(two.representations[0].files.begin(), two.representations[0].files.end());
  build_first_version(one, folder / "out1");
  build_first_version(two, folder / "out2");
  const auto path = "v1/content/" + one.id.objid() + "/representations/original/METS.xml";
  const auto mets1 = read_mets(folder / "out1" / path, path);
  const auto mets2 = read_mets(folder / "out2" / path, path);
  EXPECT_EQ(mets1.groups, mets2.groups);
}

/// Copies `folder` and cuts a run short in the copy: what a crash may leave behind.
void expect_recovery(const fs::path& folder, const PackageDraft& draft,
                     const std::map<std::string, std::string>& expected,
                     const std::function<void(const fs::path& staging)>& crash) {
  crash(folder / "out");
  build_first_version(draft, folder / "out");
  EXPECT_EQ(tree(folder / "out"), expected);
}

TEST(FirstVersion, IsTheSameAfterAnyInterruption) {
  TemporaryFolder folder;
  const auto draft = case_draft(folder / "in", test::hostile_content());
  build_first_version(draft, folder / "out");
  const auto expected = tree(folder / "out");
  expect_recovery(folder.path(), draft, expected, [](const fs::path&) {});
  // Each file that is not the submission's own may be missing or torn.
  for (const auto& file : expected) {
    const std::string& path = file.first;
    if (path.find("/data/") != path.npos) continue;
    expect_recovery(folder.path(), draft, expected,
                    [&](const fs::path& staging) { fs::remove(staging / path); });
    expect_recovery(folder.path(), draft, expected, [&](const fs::path& staging) {
      fs::resize_file(staging / path, file.second.size() / 2);
    });
  }
  // Some of the submission's files may be linked already, and others not.
  expect_recovery(folder.path(), draft, expected, [&](const fs::path& staging) {
    for (std::size_t i = 0; i < draft.representations[0].files.size(); ++i) {
      const auto& file = draft.representations[0].files[i];
      const auto linked =
          staging / "v1/content" / draft.id.objid() / "representations/original/data" / file.path;
      fs::remove(i % 2 == 0 ? linked : file.staged);
    }
  });
}

TEST(FirstVersion, SaysWhichStagedFileIsMissing) {
  TemporaryFolder folder;
  const auto draft = case_draft(folder / "in");
  fs::remove(draft.representations[0].files[1].staged);
  const auto thrown = thrown_by([&] { build_first_version(draft, folder / "out"); });
  EXPECT_EQ(thrown.word, "not_found");
  EXPECT_EQ(thrown.subject, "文书/02询问笔录.pdf");
}

TEST(FirstVersion, RefusesAStagedFileOfAnotherSize) {
  TemporaryFolder folder;
  const auto draft = case_draft(folder / "in");
  test::write_text(draft.representations[0].files[1].staged, "shortened?");
  const auto thrown = thrown_by([&] { build_first_version(draft, folder / "out"); });
  EXPECT_EQ(thrown.word, "corrupt");
  EXPECT_NE(thrown.message.find("10"), std::string::npos);
}

TEST(FirstVersion, RefusesALinkInTheStagingArea) {
  TemporaryFolder folder;
  const auto draft = case_draft(folder / "in");
  const auto& staged = draft.representations[0].files[0].staged;
  fs::rename(staged, folder / "elsewhere");
  fs::create_symlink(folder / "elsewhere", staged);
  EXPECT_EQ(thrown_by([&] { build_first_version(draft, folder / "out"); }).word, "not_found");
}

TEST(FirstVersion, RefusesRemainsOfAnotherPackage) {
  TemporaryFolder folder;
  const auto draft = case_draft(folder / "in");
  fs::create_directories(folder / "out/v1/content/aip-other");
  test::write_text(folder / "out/v1/content/aip-other/x", "x");
  const auto thrown = thrown_by([&] { build_first_version(draft, folder / "out"); });
  EXPECT_EQ(thrown.word, "internal");
  EXPECT_EQ(thrown.subject, "aip-other/x");
}

struct BadDraft {
  std::string name;
  std::string word;
  std::function<void(PackageDraft&)> spoil;
};

class BadDrafts : public testing::TestWithParam<BadDraft> {};

TEST_P(BadDrafts, AreRefused) {
  TemporaryFolder folder;
  auto draft = case_draft(folder / "in");
  GetParam().spoil(draft);
  EXPECT_EQ(thrown_by([&] { build_first_version(draft, folder / "out"); }).word, GetParam().word);
}

DraftFile& first_file(PackageDraft& draft) { return draft.representations[0].files[0]; }

INSTANTIATE_TEST_SUITE_P(
    Drafts, BadDrafts,
    testing::Values(
        BadDraft{"Climbing", "invalid", [](auto& d) { first_file(d).path = "../x"; }},
        BadDraft{"Absolute", "invalid", [](auto& d) { first_file(d).path = "/etc/passwd"; }},
        BadDraft{"NotUtf8", "invalid", [](auto& d) { first_file(d).path = "\xD6\xD0"; }},
        BadDraft{"Twice", "invalid", [](auto& d) { first_file(d).path = "文书/02询问笔录.pdf"; }},
        BadDraft{"FileAndFolder", "invalid", [](auto& d) { first_file(d).path = "音像"; }},
        BadDraft{"MetadataTwice", "invalid",
                 [](auto& d) { d.metadata[0].name = "description.xml"; }},
        BadDraft{"MetadataPath", "invalid", [](auto& d) { d.metadata[0].name = "a/b.xml"; }},
        BadDraft{"OtherRepresentation", "internal",
                 [](auto& d) { d.representations[0].name = "../x"; }},
        BadDraft{"UnknownVerdict", "internal", [](auto& d) { d.verdict = "passed"; }},
        BadDraft{"EventOfNobody", "internal", [](auto& d) { d.events[0].agents.clear(); }},
        BadDraft{"UnknownAgent", "internal", [](auto& d) { d.events[0].agents[0].first = "os:x"; }},
        BadDraft{"UnknownObject", "internal", [](auto& d) { d.events[0].objects = {"data/x"}; }}),
    [](const auto& each) { return each.param.name; });

TEST(NextVersion, OfAnEditTouchesNoMedia) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  const auto before = tree(folder / "object");
  const auto package = build_next_version(edit_draft(), folder / "object", folder / "next");
  EXPECT_EQ(tree(folder / "object"), before) << "the stored object is only read";
  const auto aip = "v2/content/" + package.id.objid() + "/";
  std::set<std::string> written;
  for (const auto& [path, bytes] : tree(folder / "next")) written.insert(path);
  EXPECT_EQ(written,
            (std::set<std::string>{"inventory.json", "inventory.json.sha512", "v2/inventory.json",
                                   "v2/inventory.json.sha512", aip + "METS.xml",
                                   aip + "metadata/descriptive/description.xml",
                                   aip + "metadata/preservation/premis-0002.xml"}));
}

TEST(NextVersion, KeepsIdentityAndFirstDate) {
  TemporaryFolder folder;
  const auto first = build_first_version(case_draft(folder / "in"), folder / "object");
  const auto second = build_next_version(edit_draft(), folder / "object", folder / "next");
  test::install(second, folder / "object");
  const auto mets =
      read_mets(folder / "object/v2/content" / second.id.objid() / "METS.xml", "METS.xml");
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(mets.objid, first.id.objid());
  EXPECT_EQ(mets.created, "2026-11-23T10:00:00+08:00");
  EXPECT_EQ(mets.modified, "2026-11-25T10:00:00+08:00");
}

TEST(NextVersion, SetsTheOldDescriptionAsideAndKeepsItReadable) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  test::install(build_next_version(edit_draft(), folder / "object", folder / "next"),
                folder / "object");
  const auto state = state_of(folder / "object");
  EXPECT_NE(state.at("metadata/descriptive/description.xml").find("改"), std::string::npos);
  EXPECT_EQ(state.at("metadata/descriptive/superseded/v1/description.xml"),
            empty_draft().metadata[1].bytes);
  const auto mets =
      read_mets(folder / "object/v2/content" / empty_draft().id.objid() / "METS.xml", "METS.xml");
  std::map<std::string, bool> current;
  for (const auto& section : mets.sections) current[section.file.path] = section.current;
  EXPECT_TRUE(current.at("metadata/descriptive/description.xml"));
  EXPECT_FALSE(current.at("metadata/descriptive/superseded/v1/description.xml"));
  EXPECT_TRUE(current.at("metadata/descriptive/case.xml"));
  EXPECT_TRUE(current.at("metadata/preservation/premis-0001.xml"));
  EXPECT_TRUE(current.at("metadata/preservation/premis-0002.xml"));
}

TEST(NextVersion, OfTheSameDescriptionLeavesItCurrent) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  auto draft = edit_draft();
  draft.metadata[0] = empty_draft().metadata[1];
  test::install(build_next_version(draft, folder / "object", folder / "next"), folder / "object");
  EXPECT_FALSE(
      state_of(folder / "object").contains("metadata/descriptive/superseded/v1/description.xml"));
}

TEST(NextVersion, AddsAndReplacesFiles) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  auto draft = test::change_draft(folder / "more");
  draft.representations[0].files.push_back(
      test::staged_files(folder / "same", {{"文书/副本.pdf", "one"}}).front());
  const auto second = build_next_version(draft, folder / "object", folder / "next");
  EXPECT_FALSE(fs::exists(folder / "next/v2/content" / second.id.objid() /
                          "representations/original/data/文书/副本.pdf"))
      << "bytes of an earlier version are referred to";
  test::install(second, folder / "object");
  const auto state = state_of(folder / "object");
  const std::string data = "representations/original/data/";
  EXPECT_EQ(state.at(data + "文书/01立案审批表.pdf"), "one");
  EXPECT_EQ(state.at(data + "文书/02询问笔录.pdf"), "two, mended");
  EXPECT_EQ(state.at(data + "文书/03回证.pdf"), "four");
  EXPECT_EQ(state.at(data + "文书/副本.pdf"), "one");
  EXPECT_EQ(state.at(data + "音像/现场检查.mp4"), "three");
  const auto part = read_mets(
      folder / "object/v2/content" / second.id.objid() / "representations/original/METS.xml", "x");
  std::vector<std::string> paths;
  for (const auto& file : part.groups[0].files) paths.push_back(file.path);
  EXPECT_EQ(paths.size(), 5U);
  EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end()));
  EXPECT_EQ(part.sections.size(), 2U);
  EXPECT_EQ(part.modified, "2026-11-25T10:00:00+08:00");
}

TEST(NextVersion, AddsARepresentation) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  auto draft = edit_draft();
  draft.representations = {
      {"preservation", test::staged_files(folder / "in2", {{"ID-1.mkv", "lossless"}})}};
  const auto second = build_next_version(draft, folder / "object", folder / "next");
  test::install(second, folder / "object");
  const auto mets =
      read_mets(folder / "object/v2/content" / second.id.objid() / "METS.xml", "METS.xml");
  std::set<std::string> uses;
  for (const auto& group : mets.groups) uses.insert(group.use);
  EXPECT_EQ(uses, (std::set<std::string>{"Documentation", "Schemas", "Representations/original",
                                         "Representations/preservation"}));
}

TEST(NextVersion, ChangesTheVerdictAndTheRights) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  auto draft = edit_draft();
  draft.verdict = "defective";
  draft.rights = DraftRights{"非涉密", "依申请公开"};
  const auto second = build_next_version(draft, folder / "object", folder / "next");
  test::install(second, folder / "object");
  const auto mets =
      read_mets(folder / "object/v2/content" / second.id.objid() / "METS.xml", "METS.xml");
  EXPECT_EQ(mets.status, "defective 缺陷卷");
  std::vector<std::pair<std::string, bool>> rights;
  for (const auto& section : mets.sections) {
    if (section.kind == MetsSection::Kind::kRights) {
      rights.emplace_back(section.file.path, section.current);
    }
  }
  EXPECT_EQ(rights, (std::vector<std::pair<std::string, bool>>{
                        {"metadata/preservation/premis-0001.xml", false},
                        {"metadata/preservation/premis-0002.xml", true}}));
}

TEST(NextVersion, IsTheSameAfterAnInterruption) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  const auto draft = test::change_draft(folder / "more");
  build_next_version(draft, folder / "object", folder / "next");
  const auto once = tree(folder / "next");
  for (const auto& [path, bytes] : once) {
    if (path.find("/data/") == path.npos) fs::resize_file(folder / "next" / path, 1);
  }
  build_next_version(draft, folder / "object", folder / "next");
  EXPECT_EQ(tree(folder / "next"), once);
}

TEST(NextVersion, IsNotBuiltOnAnotherPackage) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  auto draft = edit_draft();
  draft.id = PackageId::of_case("0123", "another");
  EXPECT_EQ(thrown_by([&] { build_next_version(draft, folder / "object", folder / "next"); }).word,
            "conflict");
}

TEST(NextVersion, RefusesAFileInPlaceOfAFolder) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  auto draft = edit_draft();
  draft.representations = {{"original", test::staged_files(folder / "more", {{"文书", "x"}})}};
  EXPECT_EQ(thrown_by([&] { build_next_version(draft, folder / "object", folder / "next"); }).word,
            "invalid");
}

TEST(NextVersion, NoticesADamagedInventoryOrMets) {
  TemporaryFolder folder;
  build_first_version(case_draft(folder / "in"), folder / "object");
  const auto mets = folder / "object/v1/content" / empty_draft().id.objid() / "METS.xml";
  const auto text = read_text(mets);
  test::write_text(mets, text.substr(0, text.size() / 2));
  EXPECT_EQ(
      thrown_by([&] { build_next_version(edit_draft(), folder / "object", folder / "n"); }).word,
      "corrupt");
  test::write_text(folder / "object/inventory.json", "{}");
  EXPECT_EQ(
      thrown_by([&] { build_next_version(edit_draft(), folder / "object", folder / "n"); }).word,
      "corrupt");
}

/// Random content: paths that share folders, equal bytes, some hostile characters.
test::DraftContent random_content(std::mt19937_64& source) {
  static const std::vector<std::string> parts = {"a", "b+", "文书", "100%", "e\u0301", "#", " x"};
  std::map<std::string, std::string> content;
  for (std::uint64_t i = 0; i < 1 + source() % 12; ++i) {
    std::string path;
    for (std::uint64_t depth = source() % 3; depth > 0; --depth) {
      path += parts[source() % parts.size()] + "/";
    }
    content[path + "f" + std::to_string(source() % 6)] = std::to_string(source() % 4);
  }
  return {content.begin(), content.end()};
}

TEST(Versions, ReadBackWhatWasPutIn) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::mt19937_64 source(seed);
    TemporaryFolder folder;
    std::map<std::string, std::string> expected;
    for (int version = 1; version <= 4; ++version) {
      const auto content = random_content(source);
      for (const auto& [path, bytes] : content) expected[path] = bytes;
      const auto in = folder / ("in" + std::to_string(version));
      auto draft = version == 1 ? case_draft(in, content) : edit_draft();
      if (version == 1) {
        build_first_version(draft, folder / "object");
      } else {
        draft.representations = {{"original", test::staged_files(in, content)}};
        draft.metadata[0].bytes = std::to_string(source() % 3);
        const auto next = folder / ("next" + std::to_string(version));
        test::install(build_next_version(draft, folder / "object", next), folder / "object");
      }
      std::map<std::string, std::string> found;
      const std::string data = "representations/original/data/";
      for (const auto& [path, bytes] : state_of(folder / "object")) {
        if (path.starts_with(data)) found[path.substr(data.size())] = bytes;
      }
      ASSERT_EQ(found, expected) << "seed " << seed << " version " << version;
    }
  }
}

}  // namespace
}  // namespace anjuan::packager
