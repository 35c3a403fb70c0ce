#include "core/fault_point.h"

#include <gtest/gtest.h>

#include "tests/support/crash.h"

namespace anjuan {
namespace {

#ifdef ANJUAN_FAULT_POINTS

void pass_three() {
  for (const char* name : {"first", "second: with words", "third"}) fault_point(name);
}

TEST(FaultPoint, CountsAndNamesThePointsPassed) {
  const auto points = test::crash_points_of(pass_three);
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[1].name, "second: with words");
  EXPECT_EQ(points[2].number, points[0].number + 2);
}

TEST(FaultPoint, KillsAtTheOrderedPointOnly) {
  for (const auto& point : test::crash_points_of(pass_three)) {
    EXPECT_TRUE(test::killed_at(point, pass_three)) << point.name;
  }
  EXPECT_FALSE(test::killed_at({1'000'000'000, "never"}, pass_three));
}

#else

TEST(FaultPoint, IsNothingInThisBuild) { GTEST_SKIP() << "built without fault points"; }

#endif

}  // namespace
}  // namespace anjuan
