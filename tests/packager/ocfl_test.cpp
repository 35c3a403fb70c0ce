#include <random>
#include <regex>

#include <gtest/gtest.h>

#include "core/json.h"
#include "packager/ocfl_inventory.h"
#include "packager/ocfl_root.h"
#include "packager/package_builder.h"
#include "tests/support/errors.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

using test::TemporaryFolder;
using test::thrown_by;

// The examples of the published extension 0004 (default configuration).
TEST(OcflLayout, FollowsThePublishedExamples) {
  EXPECT_EQ(ocfl_object_path("object-01"),
            "3c0/ff4/240/3c0ff4240c1e116dba14c7627f2319b58aa3d77606d0d90dfc6161608ac987d4");
  EXPECT_EQ(ocfl_object_path("..hor/rib:le-$id"),
            "487/326/d8c/487326d8c2a3c0b885e23da1469b4d6671fd4e76978924b4443e9e3c316cda6d");
}

TEST(OcflRoot, SaysWhatItIsAndHowItIsLaidOut) {
  TemporaryFolder folder;
  write_storage_root(folder / "storage");
  const auto files = test::tree(folder / "storage");
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files.at("0=ocfl_1.1"), "ocfl_1.1\n");
  const auto layout = Json::parse(files.at("ocfl_layout.json"), "layout");
  EXPECT_EQ(layout.members().size(), 2U);
  EXPECT_EQ(layout.text_or("extension", ""), "0004-hashed-n-tuple-storage-layout");
  EXPECT_NE(layout.text_or("description", ""), "");
  const auto config =
      Json::parse(files.at("extensions/0004-hashed-n-tuple-storage-layout/config.json"), "config");
  EXPECT_EQ(config.dump(),
            "{\"extensionName\":\"0004-hashed-n-tuple-storage-layout\",\"digestAlgorithm\":"
            "\"sha256\",\"tupleSize\":3,\"numberOfTuples\":3,\"shortObjectRoot\":false}");
}

TEST(OcflRoot, MayBeWrittenAgain) {
  TemporaryFolder folder;
  write_storage_root(folder.path());
  const auto once = test::tree(folder.path());
  write_storage_root(folder.path());
  EXPECT_EQ(test::tree(folder.path()), once);
}

TEST(OcflRoot, IsNotWrittenOverAnother) {
  TemporaryFolder folder;
  test::write_text(folder / "ocfl_layout.json", "{\"extension\":\"0003-hash-and-id\"}");
  EXPECT_EQ(thrown_by([&] { write_storage_root(folder.path()); }).word, "conflict");
  EXPECT_FALSE(std::filesystem::exists(folder / "0=ocfl_1.1"));
}

std::string digest_of(std::uint64_t number) { return digest_bytes(std::to_string(number)).sha512; }

OcflInventory random_inventory(std::uint64_t seed) {
  std::mt19937_64 source(seed);
  OcflInventory inventory;
  inventory.id = "urn:uuid:x";
  for (std::uint64_t number = 1; number <= 1 + source() % 4; ++number) {
    OcflVersion version;
    version.created = "2026-11-23T10:00:00+08:00";
    version.message = "第" + std::to_string(number) + "版 \"x\"\n";
    version.user_name = "李阳";
    version.user_address = "urn:anjuan:os:liyang";
    for (std::uint64_t file = 0; file < source() % 9; ++file) {
      const auto digest = digest_of(source() % 5);
      const auto path = "aip/文 件+" + std::to_string(source() % 20) + "\\\".pdf";
      inventory.manifest["v" + std::to_string(number) + "/content/" + path] = digest;
      version.state[path] = digest;
    }
    inventory.versions.push_back(version);
  }
  return inventory;
}

TEST(OcflInventory, ComesBackAsItWasWritten) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto inventory = random_inventory(seed);
    const auto back = OcflInventory::parse(inventory.to_json(), "inventory.json");
    ASSERT_EQ(back.id, inventory.id);
    ASSERT_EQ(back.manifest, inventory.manifest) << seed;
    ASSERT_EQ(back.head(), inventory.head());
    ASSERT_EQ(back.current().state, inventory.current().state);
    ASSERT_EQ(back.current().message, inventory.current().message);
    ASSERT_EQ(back.to_json(), inventory.to_json());
  }
}

TEST(OcflInventory, FindsContentByDigest) {
  OcflInventory inventory;
  inventory.manifest = {{"v2/content/b", "x"}, {"v1/content/a", "x"}, {"v1/content/c", "y"}};
  EXPECT_EQ(inventory.content_path("x"), "v1/content/a");
  EXPECT_EQ(inventory.content_path("y"), "v1/content/c");
  EXPECT_EQ(inventory.content_path("z"), "");
}

class DamagedInventory : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(DamagedInventory, IsReportedAsCorrupt) {
  OcflInventory inventory;
  inventory.id = "urn:uuid:x";
  inventory.manifest = {{"v1/content/a", digest_of(1)}};
  inventory.versions = {{"2026-11-23T10:00:00+08:00", "m", "n", "urn:a", {{"a", digest_of(1)}}}};
  auto json = inventory.to_json();
  ASSERT_NO_THROW(OcflInventory::parse(json, "inventory.json"));
  const auto place = json.find(GetParam().first);
  ASSERT_NE(place, json.npos);
  json.replace(place, GetParam().first.size(), GetParam().second);
  const auto thrown = thrown_by([&] { OcflInventory::parse(json, "here/inventory.json"); });
  EXPECT_EQ(thrown.word, "corrupt");
  EXPECT_EQ(thrown.subject, "here/inventory.json");
}

using Damage = std::pair<std::string, std::string>;
INSTANTIATE_TEST_SUITE_P(
    Damages, DamagedInventory,
    testing::Values(Damage{"{", ""}, Damage{"spec/#inventory", "spec/#other"},
                    Damage{"\"sha512\"", "\"md5\""}, Damage{"\"head\": \"v1\"", "\"head\": \"v2\""},
                    Damage{"\"manifest\"", "\"manifests\""}, Damage{"\"v1\": {", "\"v01\": {"},
                    Damage{digest_of(1), digest_of(2)}, Damage{digest_of(1), "abc"},
                    Damage{"\"created\"", "\"made\""}, Damage{"\"state\"", "\"files\""},
                    Damage{"\"content\"", "\"inhalt\""}, Damage{"\"v1/content/a\"", "17"},
                    Damage{"\"urn:uuid:x\"", "\"\""}, Damage{"\"urn:uuid:x\"", "null"}));

/// What the published JSON schema of the inventory demands, by hand.
void expect_inventory_shape(const std::string& text) {
  const auto json = Json::parse(text, "inventory.json");
  const std::set<std::string> allowed = {"id",   "type",     "digestAlgorithm", "contentDirectory",
                                         "head", "manifest", "versions"};
  for (const auto& [key, value] : json.members()) EXPECT_TRUE(allowed.contains(key)) << key;
  EXPECT_EQ(json.members().size(), allowed.size());
  EXPECT_EQ(json.text_or("type", ""), "https://ocfl.io/1.1/spec/#inventory");
  EXPECT_TRUE(std::regex_match(json.text_or("head", ""), std::regex("v[1-9][0-9]*")));
  const auto expect_digests = [](const Json& block) {
    for (const auto& [digest, paths] : block.members()) {
      EXPECT_TRUE(std::regex_match(digest, std::regex("[0-9a-f]{128}"))) << digest;
      EXPECT_FALSE(paths.items().empty());
      for (const auto& path : paths.items()) EXPECT_NE(path.as_string(), "");
    }
  };
  expect_digests(*json.find("manifest"));
  for (const auto& [name, version] : json.find("versions")->members()) {
    EXPECT_EQ(version.members().size(), 4U) << name;
    EXPECT_NO_THROW(parse_instant(version.text_or("created", "")));
    EXPECT_NE(version.text_or("message", ""), "");                                         // W007
    EXPECT_NE(version.find("user")->text_or("name", ""), "");                              // W007
    EXPECT_TRUE(version.find("user")->text_or("address", "").starts_with("urn:anjuan:"));  // W009
    expect_digests(*version.find("state"));
  }
}

/// The rules of an object that can be seen from outside (OCFL 1.1 clause 3).
void expect_object(const std::filesystem::path& object) {
  const auto files = test::tree(object);
  EXPECT_EQ(files.at("0=ocfl_object_1.1"), "ocfl_object_1.1\n");  // E003, E007
  const auto inventory = OcflInventory::parse(files.at("inventory.json"), "inventory.json");
  expect_inventory_shape(files.at("inventory.json"));
  EXPECT_EQ(files.at("inventory.json"),
            files.at("v" + std::to_string(inventory.head()) + "/inventory.json"));  // E064
  std::size_t others = 3;
  for (int number = 1; number <= inventory.head(); ++number) {
    const auto folder = "v" + std::to_string(number) + "/";
    const auto& text = files.at(folder + "inventory.json");
    EXPECT_EQ(files.at(folder + "inventory.json.sha512"),
              digest_bytes(text).sha512 + "  inventory.json\n");  // E058, E060, E061
    const auto older = OcflInventory::parse(text, folder);
    for (int past = 0; past < number; ++past) {  // E066
      const auto at = static_cast<std::size_t>(past);
      EXPECT_EQ(older.versions[at].state, inventory.versions[at].state);
    }
    others += 2;
  }
  for (const auto& [path, digest] : inventory.manifest) {
    EXPECT_EQ(digest_bytes(files.at(path)).sha512, digest) << path;  // E092
  }
  EXPECT_EQ(files.size(), inventory.manifest.size() + others);  // E023, E015
  for (const auto& entry : std::filesystem::recursive_directory_iterator(object)) {
    EXPECT_FALSE(entry.is_symlink()) << entry.path();  // E090
    if (entry.is_directory()) {
      EXPECT_FALSE(std::filesystem::is_empty(entry.path())) << entry.path();  // E024
    }
  }
}

TEST(OcflObject, OfAFirstVersionHoldsAllRules) {
  TemporaryFolder folder;
  build_first_version(test::case_draft(folder / "in", test::hostile_content()), folder / "object");
  expect_object(folder / "object");
}

TEST(OcflObject, OfLaterVersionsHoldsAllRules) {
  TemporaryFolder folder;
  build_first_version(test::case_draft(folder / "in"), folder / "object");
  for (int number = 2; number <= 11; ++number) {
    auto draft = number % 2 == 0 ? test::edit_draft() : test::change_draft(folder / "more");
    draft.metadata[0].bytes = "<description>" + std::to_string(number) + "</description>";
    const auto package = build_next_version(draft, folder / "object", folder / "next");
    EXPECT_EQ(package.version, number);
    test::install(package, folder / "object");
    std::filesystem::remove_all(folder / "next");
    expect_object(folder / "object");
  }
}

TEST(OcflObject, HoldsEveryPathOfAFirstVersionEvenIfBytesAreEqual) {
  TemporaryFolder folder;
  const auto draft = test::case_draft(folder / "in", {{"a/1.pdf", "same"}, {"b/1.pdf", "same"}});
  build_first_version(draft, folder / "object");
  const auto data =
      folder / "object" / "v1/content" / draft.id.objid() / "representations/original/data";
  EXPECT_EQ(test::read_text(data / "a/1.pdf"), "same");
  EXPECT_EQ(test::read_text(data / "b/1.pdf"), "same");
}

TEST(OcflObject, NamesAnActorWithoutIdAfterTheProgram) {
  TemporaryFolder folder;
  auto draft = test::case_draft(folder / "in");
  draft.actor = {};
  draft.message.clear();
  draft.events.clear();
  build_first_version(draft, folder / "object");
  expect_object(folder / "object");
}

}  // namespace
}  // namespace anjuan::packager
