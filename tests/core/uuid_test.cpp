#include "core/uuid.h"

#include <set>

#include <gtest/gtest.h>

#include "core/digest.h"

namespace anjuan {
namespace {

TEST(Uuid, RandomOnesAreVersion4AndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = random_uuid();
    ASSERT_TRUE(is_uuid(uuid)) << uuid;
    EXPECT_EQ(uuid[14], '4');
    EXPECT_NE(std::string_view("89ab").find(uuid[19]), std::string_view::npos) << uuid;
    EXPECT_TRUE(seen.insert(uuid).second);
  }
}

TEST(Uuid, OfANameIsTheStartOfItsDigest) {
  const std::string uuid = name_uuid("case", "澄水罚〔2025〕17号");
  const std::string digest =
      digest_hex(DigestAlgorithm::kSha512, std::string("case") + '\0' + "澄水罚〔2025〕17号");
  EXPECT_EQ(uuid.substr(0, 8), digest.substr(0, 8));
  EXPECT_EQ(uuid.substr(9, 4), digest.substr(8, 4));
  EXPECT_EQ(uuid[14], '8');
  EXPECT_EQ(uuid.substr(15, 3), digest.substr(13, 3));
  EXPECT_EQ(uuid.substr(24), digest.substr(20, 12));
  EXPECT_TRUE(is_uuid(uuid));
}

TEST(Uuid, OfANameIsStableAndKeepsSpaceAndNameApart) {
  EXPECT_EQ(name_uuid("a", "bc"), name_uuid("a", "bc"));
  EXPECT_NE(name_uuid("a", "bc"), name_uuid("ab", "c"));
}

TEST(Uuid, OnlyTheCanonicalFormIsOne) {
  EXPECT_TRUE(is_uuid("0190163d-8694-739b-aea5-966c26f8ad91"));
  EXPECT_FALSE(is_uuid("0190163D-8694-739B-AEA5-966C26F8AD91"));
  EXPECT_FALSE(is_uuid("0190163d8694739baea5966c26f8ad91"));
  EXPECT_FALSE(is_uuid("0190163d-8694-739b-aea5-966c26f8ad9"));
  EXPECT_FALSE(is_uuid("0190163d-8694-739b-aea5-966c26f8ad910"));
  EXPECT_FALSE(is_uuid(""));
}

}  // namespace
}  // namespace anjuan
