#include "tests/support/description_schema.h"

#include <set>

#include <gtest/gtest.h>

#include "core/case/description_fields.h"
#include "core/case/description_types.h"
#include "tests/support/case_schema.h"

namespace anjuan {
namespace {

TEST(DescriptionSchema, IsWhatTheListOfFieldsSays) {
  const auto golden =
      test::golden_schema("description.xsd", test::description_schema_of_the_fields());
  EXPECT_EQ(golden.found, golden.wanted) << "write it anew with ANJUAN_UPDATE=1";
}

TEST(DescriptionFields, AreTheFieldsOfTheStandardsEachWithItsNumber) {
  std::set<std::string> paths;
  std::size_t of_standards = 0;
  for (const auto& field : description_fields()) {
    EXPECT_TRUE(paths.insert(field.path).second) << field.path;
    EXPECT_FALSE(field.chinese.empty()) << field.path;
    EXPECT_FALSE(field.english.empty()) << field.path;
    EXPECT_EQ(field.standard.empty(), field.is_supplement) << field.path;
    if (!field.is_supplement) ++of_standards;
    if (field.type != "group") fits(field, "x");  // throws for a type that is none
  }
  EXPECT_EQ(of_standards, 120U);
}

TEST(DescriptionTypes, AcceptWhatTheyMeanAndNothingElse) {
  const std::string hex64(64, 'a');
  const std::vector<std::tuple<std::string, std::string, std::string>> examples = {
      {"date", "2025-06-17", "2025-6-17"},
      {"date", "2024-02-29", "2025-02-29"},
      {"time", "2025-06-17T09:05+08:00", "17.6.2025"},
      {"year", "2025", "25"},
      {"count", "70", "-1"},
      {"decimal", "80000.50", "8万"},
      {"duration", "PT1230.5S", "1230"},
      {"pages", "4-6", "4-"},
      {"serial", "0012", "12"},
      {"category", "ZY·CF", "zy·cf"},
      {"category", "ZY·C1", "Z1"},
      {"retentionCode", "D30", "30"},
      {"retentionCode", "Y", "YY"},
      {"uscc", "91990101MA00000A19", "91990101MA00000I19"},
      {"urn", "urn:uuid:0b8e3c3e-5f0d-5c8e-9c57-0123456789ab", "urn:uuid:0b8e3c3e"},
      {"sha512", hex64 + hex64, hex64},
      {"sm3", hex64, "A" + hex64.substr(1)}};
  for (const auto& [type, good, bad] : examples) {
    EXPECT_TRUE(fits_type(type, good)) << type << " " << good;
    EXPECT_FALSE(fits_type(type, bad)) << type << " " << bad;
    EXPECT_FALSE(fits_type(type, "")) << type;
  }
}

TEST(DescriptionTypes, CountCharactersAndNotBytes) {
  EXPECT_EQ(count_characters("案卷a\xF0\x9F\x93\x84"), 4U);
}

}  // namespace
}  // namespace anjuan
