// The copies that a stored package has: what is there, what can never be, and what is tried again.
#include "ingest/stored_media.h"

#include <gtest/gtest.h>

namespace anjuan::ingest {
namespace {

using preservation::RepresentationRole;

constexpr const char* kOriginal = "representations/original/data/av/V01.mp4";

/// Of a recording with a preservation copy, and no access copy for this reason.
StoredMedia without_access_copy(const std::string& reason) {
  preservation::RecordingSidecar sidecar;
  preservation::RecordedRepresentation original, copy;
  original.file.path = kOriginal;
  original.file.sha512 = "aa";
  copy.role = RepresentationRole::kPreservation;
  copy.file.path = "representations/preservation/data/av/V01.mp4.mkv";
  copy.derived_from = kOriginal;
  sidecar.representations = {original, copy};
  sidecar.not_derived.push_back(
      {RepresentationRole::kAccess, kOriginal, "refused", reason, "", ""});
  StoredMedia media;
  media.add(sidecar);
  return media;
}

TEST(StoredMediaTest, WhatCannotBeMadeIsNotTriedAgain) {
  for (const char* reason : {"damaged", "unsupported", "original_serves", "stable", "budget"}) {
    const auto copies = without_access_copy(reason).copies_of("av/V01.mp4", "aa");
    ASSERT_TRUE(copies) << reason;
    EXPECT_EQ(copies->copies.size(), 1U);
    EXPECT_EQ(copies->none.front().reason, reason);
  }
}

TEST(StoredMediaTest, WhatAFullDiskOrTooLittleMemoryPreventedIsMadeNow) {
  for (const char* reason : {"write_failed", "too_large", "internal"}) {
    EXPECT_FALSE(without_access_copy(reason).copies_of("av/V01.mp4", "aa")) << reason;
  }
}

TEST(StoredMediaTest, OtherBytesUnderTheNameHaveNoCopyYet) {
  EXPECT_FALSE(without_access_copy("stable").copies_of("av/V01.mp4", "bb"));
  EXPECT_FALSE(without_access_copy("stable").copies_of("av/V02.mp4", "aa"));
}

TEST(StoredMediaTest, TellsTheCopiesOfWhatOtherBytesReplaced) {
  const auto media = without_access_copy("stable");
  EXPECT_EQ(media.copies_of_replaced("av/V01.mp4", "bb").size(), 1U);
  EXPECT_TRUE(media.copies_of_replaced("av/V01.mp4", "aa").empty());
  EXPECT_TRUE(media.copies_of_replaced("av/V02.mp4", "bb").empty());
}

}  // namespace
}  // namespace anjuan::ingest
