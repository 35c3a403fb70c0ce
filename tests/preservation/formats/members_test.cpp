// Members of hostile and damaged containers: bounded, and told.
#include <gtest/gtest.h>

#include "core/sandbox.h"
#include "preservation/formats/identify/look_inside.h"
#include "tests/support/compound_file.h"
#include "tests/support/files.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

using namespace std::string_literals;
using test::make_compound_file;
using test::make_zip;
using test::ole_entry_at;
using test::put_u32;

MembersFound zip_members(const std::string& bytes, const WantedPaths& wanted) {
  MemoryInput input(bytes);
  return read_zip_members(input, wanted);
}

MembersFound ole_members(const std::string& bytes, const WantedPaths& wanted) {
  MemoryInput input(bytes);
  return read_ole2_members(input, wanted);
}

TEST(ZipMembers, AreReadStoredAndDeflated) {
  const auto found = zip_members(
      make_zip({{"a", "stored"}, {"b/c", "packed", 0, 0100644, test::Packing::kDeflated}}),
      {"a", "b/c", "d"});
  EXPECT_EQ(found.damage, "");
  ASSERT_EQ(found.members.size(), 2U);
  EXPECT_EQ(found.members.at("a").head, "stored");
  EXPECT_EQ(found.members.at("b/c").head, "packed");
  EXPECT_TRUE(found.members.at("b/c").head_is_all());
}

TEST(ZipMembers, OfABombAreReadOnlyAtTheirBeginning) {
  const auto found = zip_members(test::make_zip_of_zeros("bomb", 1ULL << 30), {"bomb"});
  EXPECT_EQ(found.damage, "");
  ASSERT_EQ(found.members.size(), 1U);
  EXPECT_EQ(found.members.at("bomb").head.size(), kMemberHeadBytes);
  EXPECT_EQ(found.members.at("bomb").bytes, 1ULL << 30);
}

TEST(ZipMembers, AreComparedByNameAndNeverFollowedAsPaths) {
  const auto found =
      zip_members(make_zip({{"../../etc/passwd", "x"}, {"/etc/shadow", "y"}, {"ok", "z"}}), {"ok"});
  EXPECT_EQ(found.members.size(), 1U);
}

TEST(ZipMembers, WithTheSameNameTwiceCountOnce) {
  const auto found = zip_members(make_zip({{"a", "first"}, {"a", "second"}}), {"a"});
  EXPECT_EQ(found.members.at("a").head, "first");
}

TEST(ZipMembers, ThatAreEncryptedHaveNoContent) {
  const auto found = zip_members(make_zip({{"a", "secret", 0x0001}}), {"a"});
  ASSERT_EQ(found.members.size(), 1U);
  EXPECT_EQ(found.members.at("a").head, "");
}

TEST(ZipMembers, OfATruncatedZipAreMissedWithAReason) {
  const std::string whole = make_zip({{"a", std::string(5000, 'x')}, {"b", "y"}});
  for (std::size_t length = 0; length < whole.size(); length += 37) {
    const auto found = zip_members(whole.substr(0, length), {"a", "b"});
    EXPECT_NE(found.damage, "") << length;
  }
}

TEST(ZipMembers, SurviveEveryFlippedBit) {
  const std::string whole =
      make_zip({{"a", "x", 0, 0100644, test::Packing::kDeflated}, {"b", "y"}});
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::string damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    const auto found = zip_members(damaged, {"a", "b"});
    EXPECT_LE(found.members.size(), 2U);
  }
}

TEST(Ole2Members, AreReadSmallLargeAndInStorages) {
  const auto found = ole_members(make_compound_file({{"\x05Summary", "small"},
                                                     {"Large", std::string(9000, 'x')},
                                                     {"Storage/Stream", "within"}}),
                                 {"Summary", "Large", "Storage/Stream", "Storage", "Absent"});
  EXPECT_EQ(found.damage, "");
  ASSERT_EQ(found.members.size(), 4U);
  EXPECT_EQ(found.members.at("Summary").head, "small");
  EXPECT_EQ(found.members.at("Large").head, std::string(9000, 'x'));
  EXPECT_EQ(found.members.at("Storage/Stream").head, "within");
}

TEST(Ole2Members, WithACircleOfSectorsEnd) {
  std::string file = make_compound_file({{"Large", std::string(20'000, 'x')}});
  // The table is sector 0; let every chain lead back to its own first sector.
  for (std::size_t row = 2; row < 60; ++row) put_u32(file, 512 + 4 * row, 2);
  put_u32(file, ole_entry_at(1) + 120, 0x7FFFFFFF);
  const auto found = ole_members(file, {"Large"});
  EXPECT_LE(found.members.size(), 1U);
}

TEST(Ole2Members, WithADirectoryThatIsACircleEnd) {
  std::string file = make_compound_file({{"A", "x"}});
  put_u32(file, 512 + 4, 1);  // The directory's sector follows itself.
  EXPECT_NE(ole_members(file, {"A"}).damage, "");
}

TEST(Ole2Members, WithSiblingsInACircleAreVisitedOnce) {
  std::string file = make_compound_file({{"A", "x"}, {"B", "y"}, {"C", "z"}});
  put_u32(file, ole_entry_at(3) + 72, 1);  // C's right sibling is A again.
  const auto found = ole_members(file, {"A", "B", "C"});
  EXPECT_EQ(found.members.size(), 3U);
  EXPECT_EQ(found.damage, "a circle of entries");
}

TEST(Ole2Members, WithContinuedTablesInACircleEnd) {
  std::string file = make_compound_file({{"A", "x"}});
  put_u32(file, 68, 1);          // The continuation of the table's list is the directory, ...
  put_u32(file, 1024 + 508, 1);  // ... which goes on with itself.
  EXPECT_NE(ole_members(file, {"A"}).damage, "");
}

TEST(Ole2Members, SurviveTruncationAndFlippedBits) {
  const std::string whole =
      make_compound_file({{"A", "x"}, {"S/B", "y"}, {"Large", std::string(5000, 'z')}});
  for (std::size_t length = 0; length < whole.size(); length += 101) {
    ole_members(whole.substr(0, length), {"A", "S/B", "Large"});
  }
  for (std::size_t bit = 0; bit < whole.size() * 8; bit += 3) {
    std::string damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_LE(ole_members(damaged, {"A", "S/B", "Large"}).members.size(), 3U);
  }
}

TEST(LookInside, BringsMembersFromTheChild) {
  const test::TemporaryFolder folder;
  const std::string large(kMemberHeadBytes + 10, 'x');
  test::write_text(folder / "a.zip", make_zip({{"a", "one\ntwo"}, {"e", ""}, {"l", large}}));
  const auto file = FileHandle::open_read(folder / "a.zip");
  const auto found =
      look_inside(file, ContainerKind::kZip, {"a", "e", "l", "absent"}, SandboxLevel::kLeast);
  EXPECT_EQ(found.end, SandboxEnd::kOk);
  EXPECT_EQ(found.damage, "");
  ASSERT_EQ(found.members.size(), 3U);
  EXPECT_EQ(found.members.at("a").head, "one\ntwo");
  EXPECT_EQ(found.members.at("e").head, "");
  EXPECT_EQ(found.members.at("l").head.size(), kMemberHeadBytes);
  EXPECT_EQ(found.members.at("l").bytes, large.size());
}

}  // namespace
}  // namespace anjuan::formats
