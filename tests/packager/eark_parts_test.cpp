// The parts that the rules of E-ARK are made of: values, IDs, digests, requirements.
#include <gtest/gtest.h>

#include "core/embedded.h"
#include "core/messages.h"
#include "packager/verify/eark/mets_grammar.h"
#include "packager/verify/eark/report.h"
#include "packager/verify/eark/rule_context.h"
#include "packager/verify/eark/values.h"

namespace anjuan::packager::eark {
namespace {

TEST(EarkValues, ReadTimesAsSchemasDo) {
  for (const auto* text : {"2024-02-29T23:59:59Z", "2024-01-01T00:00:00", "2024-01-01T24:00:00Z",
                           "2024-01-01T08:00:00.5+08:00", "2024-01-01T00:00:00-14:00"}) {
    EXPECT_TRUE(read_time(text)) << text;
  }
  for (const auto* text :
       {"", "2024", "2024-01-01", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z",
        "2024-01-01 00:00:00", "2024-01-01T00:00Z", "2024-01-01T25:00:00Z", "2024-01-01T24:00:01Z",
        "2024-01-01T00:00:00.", "2024-01-01T00:00:00z", "2024-01-01T00:00:00+8:00",
        "2024-01-01T00:00:00Z ", "+024-01-01T00:00:00Z", "2024-01-01T00:00:60Z"}) {
    EXPECT_FALSE(read_time(text)) << text;
  }
  EXPECT_EQ(read_time("2024-01-01T08:00:00"), read_time("2024-01-01T00:00:00Z"));
  EXPECT_EQ(read_time("2024-01-01T00:00:00-01:30"), read_time("2024-01-01T01:30:00Z"));
}

TEST(EarkValues, KnowTheFormOfMediaTypes) {
  for (const auto* text : {"text/xml", "application/vnd.ofd", "video/matroska", "image/svg+xml",
                           "Text/Plain", "text/plain; charset=utf-8"}) {
    EXPECT_TRUE(is_media_type(text)) << text;
  }
  for (const auto* text : {"", "xml", "binary", "OTHER/SIARD", "text/", "/xml", "text/a b/c",
                           "text/\xE6\xA1\x88", "text xml"}) {
    EXPECT_FALSE(is_media_type(text)) << text;
  }
}

TEST(EarkValues, KnowXmlIdsAndListsOfThem) {
  EXPECT_TRUE(is_xml_id("ID-1.a_b"));
  EXPECT_TRUE(is_xml_id("\xE6\xA1\x88"));
  for (const auto* text : {"", "1a", "-a", "a b", "a:b", "a/b", "\xFF"}) {
    EXPECT_FALSE(is_xml_id(text)) << text;
  }
  using List = std::vector<std::string_view>;
  EXPECT_EQ(id_list(" a\n\tb  c "), (List{"a", "b", "c"}));
  EXPECT_EQ(id_list("  "), List{});
}

TEST(EarkIds, AreAllKeptAndNoOthers) {
  IdSet ids;
  EXPECT_FALSE(ids.contains("a"));
  for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(ids.add("id" + std::to_string(i)));
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_FALSE(ids.add("id" + std::to_string(i)));
    EXPECT_TRUE(ids.contains("id" + std::to_string(i)));
    EXPECT_FALSE(ids.contains("no" + std::to_string(i)));
  }
}

TEST(EarkDigests, ComeBackAsTheyWereGiven) {
  PendingDigests pending;
  const std::pair<DigestAlgorithm, const char*> kinds[] = {{DigestAlgorithm::kMd5, "CSIP71"},
                                                           {DigestAlgorithm::kSha1, "CSIP29"},
                                                           {DigestAlgorithm::kSha512, "CSIP71"}};
  constexpr std::size_t kCount = 30'000;  // more than one chunk
  const auto made = [&](std::size_t i) {
    const auto& [algorithm, id] = kinds[i % 3];
    return PendingDigest{i,
                         algorithm,
                         digest_hex(algorithm, std::to_string(i)),
                         id,
                         i < kCount / 2 ? "METS.xml" : "representations/a/METS.xml",
                         {static_cast<std::uint32_t>(i), 7}};
  };
  for (std::size_t i = 0; i < kCount; ++i) pending.add(made(i));
  ASSERT_EQ(pending.size(), kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto found = pending.at(i);
    const auto given = made(i);
    ASSERT_EQ(found.checksum, given.checksum);
    ASSERT_EQ(found.file, i);
    ASSERT_EQ(found.algorithm, given.algorithm);
    ASSERT_EQ(found.id, given.id);
    ASSERT_EQ(found.where, given.where);
    ASSERT_EQ(found.place.line, i);
  }
}

TEST(EarkGrammar, KnowsWhatMayStandWhere) {
  EXPECT_EQ(element_of("FContent"), Element::kContent);
  EXPECT_EQ(element_of("xmlData"), Element::kXmlData);
  EXPECT_EQ(element_of("METS"), Element::kUnknown);
  EXPECT_LT(place_in(Element::kMets, Element::kHeader), place_in(Element::kMets, Element::kMap));
  EXPECT_EQ(place_in(Element::kMets, Element::kAgent), 0);
}

TEST(EarkRequirements, AllHaveALevelAndWordsInBothLanguages) {
  const auto table =
      Json::parse(embedded("eark/requirements.json"), "schemas/eark/requirements.json");
  for (const auto& [id, row] : table.members()) {
    const auto level = row.text_or("level", "");
    EXPECT_TRUE(level == "MUST" || level == "SHOULD" || level == "MAY") << id;
    EXPECT_FALSE(requirement(id).chinese.empty()) << id;
    EXPECT_FALSE(requirement(id).english.empty()) << id;
  }
  for (int i = 1; i <= 119; ++i) {
    if (i == 87 || i == 115) continue;  // never in an edition 2.x that was published
    EXPECT_NO_THROW(requirement("CSIP" + std::to_string(i))) << i;
  }
  for (int i = 1; i <= 16; ++i) EXPECT_NO_THROW(requirement("CSIPSTR" + std::to_string(i))) << i;
  for (int i = 1; i <= 35; ++i) EXPECT_NO_THROW(requirement("SIP" + std::to_string(i))) << i;
  for (int i = 1; i <= 7; ++i) EXPECT_NO_THROW(requirement("AIPM" + std::to_string(i))) << i;
  for (int i = 1; i <= 4; ++i) EXPECT_NO_THROW(requirement("DIP" + std::to_string(i))) << i;
  EXPECT_EQ(requirement("CSIP1").level, Severity::kError);
  EXPECT_EQ(requirement("CSIP8").level, Severity::kWarn);
  EXPECT_EQ(requirement("CSIP73").level, Severity::kInfo);
}

TEST(EarkReport, CountsWhatItDoesNotList) {
  FindingSink findings;
  Report report(findings);
  for (std::size_t i = 0; i < kSameFaultMax + 5; ++i)
    report.fails("CSIP71", "METS.xml", "Changed.");
  report.fails("CSIP69", "METS.xml", "Longer.");
  report.close();
  const auto found = findings.take();
  ASSERT_EQ(found.size(), kSameFaultMax + 2);
  EXPECT_EQ(found.back().code, "CSIP71");
  EXPECT_NE(found.back().message.find('5'), std::string::npos);
}

}  // namespace
}  // namespace anjuan::packager::eark
