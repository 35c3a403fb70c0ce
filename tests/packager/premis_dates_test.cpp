// Dates as PREMIS documents may write them.
#include "packager/verify/premis_dates.h"

#include <gtest/gtest.h>

namespace anjuan::packager {
namespace {

constexpr std::string_view kDates[] = {"2025",
                                       "2025-06",
                                       "2025-06-17",
                                       "20250617",
                                       "2025168",
                                       "2025-168",
                                       "2025-W25-2",
                                       "2025-W25",
                                       "2024-02-29",
                                       "2025-06-17T09:05:00+08:00",
                                       "2025-06-17T09:05:00.123Z",
                                       "2025-06-17T09:05",
                                       "2025-06-17T09",
                                       "20250617T090500Z",
                                       "2025-06-17T23:59:60-0530",
                                       "-0043",
                                       "Y-170000",
                                       "y17000",
                                       "201X",
                                       "19uu",
                                       "2025-XX",
                                       "2025-06-XX",
                                       "2025-21",
                                       "2025-06-17?",
                                       "2025~",
                                       "2025-06%",
                                       "2025/2026",
                                       "2025-06-17/open",
                                       "unknown/2025",
                                       "../2025",
                                       "2025/..",
                                       "2025/",
                                       "/2025",
                                       "open",
                                       "OPEN",
                                       "unknown",
                                       "[2024,2025]",
                                       "{1667,1668, 1670..1672}",
                                       "[..1984]"};

constexpr std::string_view kNoDates[] = {"",
                                         " ",
                                         "/",
                                         "25",
                                         "2025-",
                                         "2025-13",
                                         "2025-00",
                                         "2025-02-30",
                                         "2023-02-29",
                                         "2025-06-32",
                                         "2025-6-17",
                                         "17.06.2025",
                                         "2025/06/17",
                                         "2025-06-17 09:05",
                                         "2025-06-17T",
                                         "2025-06-17T25",
                                         "2025-06-17T09:60",
                                         "2025-06-17T09:05:",
                                         "2025-06-17T09:05:00.Z",
                                         "202506",
                                         "yesterday",
                                         "二〇二五年",
                                         "2025-06-17x",
                                         "[2025",
                                         "[]",
                                         "{..}",
                                         "2025-W54",
                                         "2025-06-17T09:05:00+25"};

TEST(PremisDates, AreIso8601AndEdtf) {
  for (const auto date : kDates) EXPECT_TRUE(is_premis_date(date)) << date;
  for (const auto text : kNoDates) EXPECT_FALSE(is_premis_date(text)) << text;
  EXPECT_FALSE(is_premis_date(std::string(100'000, '2')));
  EXPECT_FALSE(is_premis_date("[" + std::string(1'000'000, ',')));
}

TEST(PremisDates, EndAfterTheyBegin) {
  EXPECT_TRUE(ends_before("2025-06-17", "2025-06-16"));
  EXPECT_TRUE(ends_before("2025-06-17T09:00:00Z", "2024-12-31"));
  EXPECT_FALSE(ends_before("2025-06-17", "2025-06-17"));
  EXPECT_FALSE(ends_before("2025-06-17", "OPEN"));
  EXPECT_FALSE(ends_before("2025", "2024"));
  EXPECT_FALSE(ends_before("", "2024-01-01"));
}

}  // namespace
}  // namespace anjuan::packager
