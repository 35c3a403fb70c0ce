// Packages made to crash, to hang or to exhaust what reads them.
#include <gtest/gtest.h>

#include "packager/verify/verify.h"
#include "tests/support/sample_package.h"

namespace anjuan::packager {
namespace {

using test::SamplePackage;

VerifyReport verify(const SamplePackage& sample) {
  SilentProgress progress;
  return verify_package(sample.object(), {}, progress);
}

bool has(const VerifyReport& report, std::string_view code) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const Finding& finding) { return finding.code == code; });
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// Schema patterns run on values of any length that the limits let through.
TEST(Hostile, LongValuesMeetThePatternsOfTheSchema) {
  const auto value = repeated("a", 900'000);
  for (const auto* attribute : {"CREATED=\"", "MIMETYPE=\"", "CHECKSUM=\"", "ID=\"", "SIZE=\""}) {
    SamplePackage sample;
    sample.forge("representations/original/METS.xml", std::string(" ") + attribute,
                 std::string(" ") + attribute + value);
    EXPECT_EQ(verdict_word(verify(sample).verdict), "invalid") << attribute;
  }
}

TEST(Hostile, AValueBeyondTheLimitIsRefused) {
  SamplePackage sample;
  sample.forge("METS.xml", "LABEL=\"", "LABEL=\"" + repeated("a", 2'000'000));
  EXPECT_TRUE(has(verify(sample), "XML-REFUSED"));
}

TEST(Hostile, DeepXmlIsRefused) {
  SamplePackage sample;
  sample.forge("METS.xml", "<metsHdr", repeated("<x>", 100'000) + "<metsHdr");
  EXPECT_TRUE(has(verify(sample), "XML-REFUSED"));
}

TEST(Hostile, DeepJsonIsRefused) {
  SamplePackage sample;
  sample.write("inventory.json", repeated("[", 1'000'000));
  EXPECT_TRUE(has(verify(sample), "E033"));
  sample.write("inventory.json", repeated("{\"a\":", 1'000'000));
  EXPECT_TRUE(has(verify(sample), "E033"));
}

TEST(Hostile, MoreMetsThanThePackageCanNeedIsRefused) {
  SamplePackage sample;
  sample.forge("METS.xml", "<metsHdr",
               repeated("<!-- " + std::string(1000, 'x') + " -->", 70'000) + "<metsHdr");
  EXPECT_TRUE(has(verify(sample), "XML-REFUSED"));
}

TEST(Hostile, EndlessFindingsEnd) {
  SamplePackage sample;
  const auto premis = "metadata/preservation/premis-0001.xml";
  sample.forge(premis, "<agent>",
               repeated("<event><eventType>x</eventType></event>", 40'000) + "<agent>");
  const auto report = verify(sample);
  EXPECT_TRUE(has(report, "AIP16"));
  EXPECT_TRUE(has(report, "PKG-MANY"));
  EXPECT_LT(report.findings.size(), 10'002u);
}

TEST(Hostile, AMetsThatPointsToItselfEnds) {
  SamplePackage sample;
  sample.forge("METS.xml", "xlink:href=\"representations/original/METS.xml\" xlink:title",
               "xlink:href=\"METS.xml\" xlink:title");
  EXPECT_EQ(verdict_word(verify(sample).verdict), "invalid");
}

}  // namespace
}  // namespace anjuan::packager
