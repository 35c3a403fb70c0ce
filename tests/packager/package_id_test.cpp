#include "packager/package_id.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"

namespace anjuan::packager {
namespace {

using test::thrown_by;

// The identity of every package ever made hangs on these values: they may never change.
TEST(PackageIdentity, IsTheUuidOfFondsAndCaseNumberForEver) {
  const auto id = PackageId::of_case("0123", "澄水罚〔2025〕12号");
  EXPECT_EQ(id.uuid(), "5baa3fd5-690f-8e53-a3a1-035f4d75febe");
  EXPECT_EQ(id.urn(), "urn:uuid:5baa3fd5-690f-8e53-a3a1-035f4d75febe");
  EXPECT_EQ(id.objid(), "aip-5baa3fd5-690f-8e53-a3a1-035f4d75febe");
  EXPECT_EQ(id.object_path(),
            "a59/195/dc7/a59195dc7ad79536863fd7417eeeedfcdcbab0649e97b9e102ebd235ad468705");
}

class OtherWriting : public testing::TestWithParam<std::string> {};

TEST_P(OtherWriting, OfTheSameNumberIsTheSameCase) {
  EXPECT_EQ(PackageId::of_case("0123", GetParam()),
            PackageId::of_case("0123", "澄水罚〔2025〕12号"));
}

INSTANTIATE_TEST_SUITE_P(Numbers, OtherWriting,
                         testing::Values("澄水罚[2025]12号", "澄水罚(2025)12号",
                                         "澄水罚（2025）12号", "澄水罚［2025］12号",
                                         "澄水罚【2025】12号", " 澄水罚 〔2025〕　12号\t",
                                         "澄水罚〔２０２５〕１２号"));

class OtherNumber : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(OtherNumber, IsAnotherCase) {
  EXPECT_NE(PackageId::of_case(GetParam().first, GetParam().second),
            PackageId::of_case("0123", "澄水罚〔2025〕12号"));
}

INSTANTIATE_TEST_SUITE_P(Numbers, OtherNumber,
                         testing::Values(std::pair{"0124", "澄水罚〔2025〕12号"},
                                         std::pair{"0123", "澄水罚〔2025〕13号"},
                                         std::pair{"0123", "澄水罚〔2025〕1-2号"},
                                         std::pair{"", "0123澄水罚〔2025〕12号"}));

TEST(PackageIdentity, DoesNotRunFondsAndNumberTogether) {
  EXPECT_NE(PackageId::of_case("01", "23号"), PackageId::of_case("012", "3号"));
}

TEST(PackageIdentity, NeedsACaseNumber) {
  EXPECT_EQ(thrown_by([] { PackageId::of_case("0123", " 　"); }).word, "invalid");
}

TEST(PackageIdentity, IsReadInEachForm) {
  const std::string uuid = "5baa3fd5-690f-8e53-a3a1-035f4d75febe";
  EXPECT_EQ(PackageId::parse(uuid).uuid(), uuid);
  EXPECT_EQ(PackageId::parse("urn:uuid:" + uuid).uuid(), uuid);
  EXPECT_EQ(PackageId::parse("aip-" + uuid).uuid(), uuid);
}

class NoIdentity : public testing::TestWithParam<std::string> {};

TEST_P(NoIdentity, IsRefused) {
  EXPECT_EQ(thrown_by([] { PackageId::parse(GetParam()); }).word, "usage");
}

INSTANTIATE_TEST_SUITE_P(Texts, NoIdentity,
                         testing::Values("", "aip-", "5baa3fd5", "../../etc",
                                         "AIP-5baa3fd5-690f-8e53-a3a1-035f4d75febe",
                                         "5BAA3FD5-690F-8E53-A3A1-035F4D75FEBE",
                                         "aip-urn:uuid:5baa3fd5-690f-8e53-a3a1-035f4d75febe",
                                         "5baa3fd5-690f-8e53-a3a1-035f4d75febe/x"));

}  // namespace
}  // namespace anjuan::packager
