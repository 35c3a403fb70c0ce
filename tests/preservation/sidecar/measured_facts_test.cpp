// What a stored sidecar lets the rules believe, when the package is judged again.

#include "preservation/sidecar/measured_facts.h"

#include <gtest/gtest.h>

#include "tests/support/sidecars.h"

namespace anjuan::preservation {
namespace {

RecordingSidecar measured() {
  auto sidecar = test::sidecar_of("A", "V01");
  sidecar.continuity.emplace();
  return sidecar;
}

TEST(MeasuredFacts, OfARecordingThatWasNotMeasuredAreNone) {
  auto sidecar = test::sidecar_of("A", "V01");
  sidecar.not_measured = "elsewhere";
  EXPECT_FALSE(measured_facts(sidecar));
}

TEST(MeasuredFacts, OfARecordingThatCouldNotBeReadProveNothing) {
  auto sidecar = test::sidecar_of("A", "V01");
  sidecar.not_measured = "unreadable";
  sidecar.said_continuous = true;
  const auto facts = measured_facts(sidecar);
  ASSERT_TRUE(facts);
  EXPECT_FALSE(facts->was_measured());
  EXPECT_EQ(facts->continuity, rules::Continuity::kNeedsPerson);
  sidecar.said_continuous = false;
  EXPECT_FALSE(measured_facts(sidecar)->continuity);
}

TEST(MeasuredFacts, HaveTheTimeThatTheFileItselfGives) {
  auto sidecar = measured();
  sidecar.clock = {"+08:00", ClockSource::kContainer, "2025-06-17T09:04:31.000+08:00", 1'000};
  EXPECT_EQ(measured_facts(sidecar)->file_time, parse_instant("2025-06-17T09:04:31+08:00"));
  sidecar.clock->source = ClockSource::kPicture;
  EXPECT_FALSE(measured_facts(sidecar)->file_time) << "the picture's clock is no time of the file";
  sidecar.clock.reset();
  EXPECT_FALSE(measured_facts(sidecar)->file_time);
}

TEST(MeasuredFacts, HaveTheTimeOfAPhotographsCamera) {
  auto sidecar = test::sidecar_of("A", "V01");
  sidecar.technical.emplace_back();
  sidecar.photographs.emplace_back();
  sidecar.photographs.front().taken = "2025-06-17T09:30:05";
  EXPECT_EQ(measured_facts(sidecar)->file_time, parse_instant("2025-06-17T09:30:05+08:00"));
  sidecar.photographs.front().taken = "0000:00:00";
  EXPECT_FALSE(measured_facts(sidecar)->file_time);
}

}  // namespace
}  // namespace anjuan::preservation
