#include "preservation/holds.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

using rules::Hold;
using rules::HoldKind;
using test::thrown_by;

const Actor kPlacer{ActorKind::kPerson, "os:liyang", "李阳"};
const Actor kLifter{ActorKind::kPerson, "os:wang", "王样甲"};

class HoldsTest : public testing::Test {
 protected:
  Hold place(const std::string& package = "p1", const std::string& reason = "一审") {
    return holds.place({package, HoldKind::kSuit, reason, "(2026)样行初1号"}, kPlacer);
  }

  test::TemporaryFolder folder{test::fast_folder()};
  FixedClock clock{parse_instant("2026-11-26T10:00:00+08:00")};
  Holds holds = Holds::open(folder / "ledger.db", clock);
};

TEST_F(HoldsTest, RememberWhoPlacedWhatAndWhy) {
  place();
  auto again = Holds::open(folder / "ledger.db", clock);
  const auto found = again.list(Holds::Which::kActive, "p1");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, HoldKind::kSuit);
  EXPECT_EQ(found[0].reason, "一审");
  EXPECT_EQ(found[0].document, "(2026)样行初1号");
  EXPECT_EQ(found[0].placed_by, "李阳(os:liyang)");
  EXPECT_EQ(to_text(found[0].placed_at), "2026-11-26T10:00:00+08:00");
  EXPECT_TRUE(found[0].is_active());
}

TEST_F(HoldsTest, AreLiftedOnceByAnotherRecord) {
  const Hold first = place();
  clock.advance(std::chrono::hours(1));
  const Hold lifted = holds.lift(first.id, "判决生效", kLifter);
  ASSERT_TRUE(lifted.lifted);
  EXPECT_EQ(lifted.lifted->by, "王样甲(os:wang)");
  EXPECT_EQ(lifted.lifted->reason, "判决生效");
  EXPECT_EQ(to_text(lifted.lifted->at), "2026-11-26T11:00:00+08:00");
  EXPECT_EQ(lifted.reason, "一审");
  EXPECT_EQ(thrown_by([&] { holds.lift(first.id, "再次", kLifter); }).word, "conflict");
  EXPECT_EQ(holds.list(Holds::Which::kAll)[0].lifted->reason, "判决生效");
  EXPECT_TRUE(holds.list(Holds::Which::kActive).empty());
}

TEST_F(HoldsTest, AreListedByPackageInTheirOrder) {
  const auto a = place("p1");
  const auto b = place("p2");
  const auto c = place("p1");
  holds.lift(a.id, "撤诉", kLifter);
  const auto active = holds.list(Holds::Which::kActive, "p1");
  ASSERT_EQ(active.size(), 1U);
  EXPECT_EQ(active[0].id, c.id);
  EXPECT_EQ(holds.list(Holds::Which::kAll, "p1").size(), 2U);
  const auto everything = holds.list(Holds::Which::kAll);
  ASSERT_EQ(everything.size(), 3U);
  EXPECT_EQ(everything[1].id, b.id);
}

TEST_F(HoldsTest, NeedAReasonAndAHoldToLift) {
  EXPECT_EQ(thrown_by([&] { place("p1", " \n"); }).word, "usage");
  EXPECT_EQ(thrown_by([&] { holds.lift(99, "x", kLifter); }).word, "not_found");
  const Hold first = place();
  EXPECT_EQ(thrown_by([&] { holds.lift(first.id, "", kLifter); }).word, "usage");
  EXPECT_EQ(holds.list(Holds::Which::kActive).size(), 1U);
}

TEST_F(HoldsTest, CannotBeChangedOrDeletedEvenByHand) {
  const Hold first = place();
  holds.lift(first.id, "撤诉", kLifter);
  const Hold second = place();
  Database ledger = Database::open(folder / "ledger.db");
  for (const char* sql : {"UPDATE holds SET reason = 'x'", "DELETE FROM holds WHERE id = 2",
                          "UPDATE hold_lifts SET reason = 'x'", "DELETE FROM hold_lifts",
                          "INSERT INTO hold_lifts VALUES (99, 'x', 'x', 'x', 1)"}) {
    EXPECT_NE(thrown_by([&] { ledger.run(sql); }).word, "nothing") << sql;
  }
  ASSERT_EQ(second.id, 2);
  EXPECT_EQ(holds.list(Holds::Which::kAll)[0].reason, "一审");
  EXPECT_EQ(holds.list(Holds::Which::kActive).size(), 1U);
}

TEST_F(HoldsTest, AreReadableByTheOwnerAlone) {
  const auto mode = std::filesystem::status(folder / "ledger.db").permissions();
  EXPECT_EQ(mode & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace anjuan::preservation
