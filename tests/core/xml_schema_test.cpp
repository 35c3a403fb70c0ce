#include "core/xml_schema.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "core/embedded.h"
#include "core/error.h"
#include "core/xml_reader.h"
#include "tests/support/corpora.h"

namespace anjuan {
namespace {

constexpr auto kListSchema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:n="urn:number" targetNamespace="urn:list" elementFormDefault="qualified">
  <xs:import namespace="urn:number" schemaLocation="http://example.org/any/where/number.xsd"/>
  <xs:element name="list"><xs:complexType><xs:sequence>
    <xs:element name="n" type="n:small" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>)";

constexpr auto kNumberSchema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="urn:number">
  <xs:simpleType name="small"><xs:restriction base="xs:integer"><xs:maxInclusive value="9"/>
  </xs:restriction></xs:simpleType>
</xs:schema>)";

const XmlSchemaSet& list_schemas() {
  static const XmlSchemaSet set({{"list.xsd", kListSchema}, {"number.xsd", kNumberSchema}});
  return set;
}

Findings validate(const std::string& xml, const XmlSchemaSet& schemas = list_schemas()) {
  Findings findings;
  read_xml_tree(xml, "a.xml", &schemas, &findings);
  return findings;
}

TEST(XmlSchema, FindsNothingInAValidDocument) {
  EXPECT_EQ(validate("<list xmlns='urn:list'><n>1</n><n>9</n></list>"), Findings{});
}

TEST(XmlSchema, NamesThePlaceAndTheReasonOfAViolation) {
  const auto findings = validate("<list xmlns='urn:list'>\n<n>1</n>\n<n>10</n></list>");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "XSD");
  EXPECT_EQ(findings[0].where.substr(0, 2), "3:");
  EXPECT_EQ(findings[0].severity, Severity::kError);
  EXPECT_EQ(findings[0].result, CheckResult::kFailed);
  EXPECT_THAT(findings[0].message, testing::HasSubstr("a.xml"));
  EXPECT_THAT(findings[0].message, testing::HasSubstr("'10'"));
}

TEST(XmlSchema, ThrowsWhereNobodyCollectsTheFindings) {
  EXPECT_THROW(read_xml_tree("<list xmlns='urn:list'/>", "a.xml", &list_schemas()), Error);
}

TEST(XmlSchema, NeverPassesARootThatItDoesNotKnow) {
  EXPECT_FALSE(validate("<other/>").empty());
  EXPECT_FALSE(validate("<list/>").empty());
}

TEST(XmlSchema, DoesTheSameWhateverIsSetFirst) {
  const XmlSchemaSet other_order({{"number.xsd", kNumberSchema}, {"list.xsd", kListSchema}});
  EXPECT_EQ(validate("<list xmlns='urn:list'><n>1</n></list>", other_order), Findings{});
  EXPECT_EQ(validate("<list xmlns='urn:list'><n>x</n></list>", other_order).size(), 1U);
}

TEST(XmlSchema, IgnoresTheSchemaLocationOfTheDocument) {
  const auto findings = validate(
      "<list xmlns='urn:list' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
      " xsi:schemaLocation='urn:list file:///etc/passwd'><n>1</n></list>");
  EXPECT_EQ(findings, Findings{});
}

TEST(XmlSchema, StopsCountingAtTheMaximumAndSaysSo) {
  std::string xml = "<list xmlns='urn:list'>";
  for (int i = 0; i < 3000; ++i) xml += "<n>x</n>";
  const auto findings = validate(xml + "</list>");
  ASSERT_EQ(findings.size(), kXmlFindingsMax + 1);
  EXPECT_THAT(findings.back().message, testing::HasSubstr("其余未列出"));
  EXPECT_THAT(findings[kXmlFindingsMax - 1].message, testing::HasSubstr("'x'"));
}

TEST(XmlSchema, RefusesABrokenSchemaWithItsPlace) {
  try {
    const std::vector<XmlSchemaSource> sources = {
        {"bad.xsd",
         "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n"
         "<xs:element name='a' type='xs:nothing'/></xs:schema>"}};
    const XmlSchemaSet set(sources);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalid);
    EXPECT_EQ(error.subject(), "bad.xsd");
    EXPECT_THAT(error.what(), testing::HasSubstr("第 2 行"));
  }
}

TEST(XmlSchema, RefusesAnImportThatIsNotInTheSet) {
  try {
    const XmlSchemaSet set(std::vector<XmlSchemaSource>{{"list.xsd", kListSchema}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalid);
    EXPECT_THAT(error.what(), testing::HasSubstr("number.xsd"));
  }
}

TEST(XmlSchema, IsNotSwitchedOffByABareDoctype) {
  EXPECT_THROW(validate("<!DOCTYPE list><list xmlns='urn:list'><n>x</n></list>"), Error);
}

TEST(XmlSchema, IsSharedBetweenThreads) {
  std::vector<std::thread> threads;
  std::array<std::size_t, 4> counts{};
  for (auto& count : counts) {
    threads.emplace_back([&count] {
      for (int i = 0; i < 50; ++i)
        count += validate("<list xmlns='urn:list'><n>x</n></list>").size();
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto count : counts) EXPECT_EQ(count, 50U);
}

TEST(XmlSchema, IsWholeBeforeThreadsShareIt) {
  // What a first use would build twice at a time shows as a leak under AddressSanitizer.
  for (int round = 0; round < 40; ++round) {
    const XmlSchemaSet set({{"list.xsd", kListSchema}, {"number.xsd", kNumberSchema}});
    std::atomic<int> waiting{0};
    std::atomic<std::size_t> found{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (++waiting; waiting < 4;) std::this_thread::yield();
        found += validate("<list xmlns='urn:list'><n>1</n><n>x</n></list>", set).size();
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(found, 4U);
  }
}

TEST(XmlSchema, CompilesTheOfficialSchemasWithOurXlink) {
  const auto folder = test::corpora("schemas");
  if (folder.empty()) GTEST_SKIP() << "no official schemas: set ANJUAN_CORPORA";
  std::vector<XmlSchemaSource> sources = {{"xlink.xsd", std::string(embedded("xml/xlink.xsd"))}};
  for (const auto* name : {"mets-1.12.1.xsd", "premis-v3-0.xsd", "DILCISExtensionMETS.xsd",
                           "DILCISExtensionSIPMETS.xsd"}) {
    sources.push_back({name, test::text_of(folder / name)});
  }
  const XmlSchemaSet set(sources);
  const auto mets = [](std::string_view location) {
    return fmt::format(
        "<mets xmlns='http://www.loc.gov/METS/' xmlns:xlink='http://www.w3.org/1999/xlink'>"
        "<fileSec><fileGrp><file ID='f'><FLocat LOCTYPE='URL' {}/></file></fileGrp></fileSec>"
        "<structMap><div/></structMap></mets>",
        location);
  };
  EXPECT_EQ(validate(mets("xlink:type='simple' xlink:href='a.pdf'"), set), Findings{});
  EXPECT_EQ(validate(mets("xlink:type='wrong' xlink:href='a.pdf'"), set).size(), 1U);
  EXPECT_EQ(validate(mets("xlink:show='nowhere'"), set).size(), 1U);
}

}  // namespace
}  // namespace anjuan
