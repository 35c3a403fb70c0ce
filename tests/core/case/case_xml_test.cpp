#include "core/case/case_xml.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/support/case_generator.h"
#include "tests/support/corpora.h"

namespace anjuan {
namespace {

std::string fixture(const std::string& name) {
  return test::text_of(std::string(ANJUAN_SOURCE_DIR) + "/tests/fixtures/cases/" + name);
}

std::string xml_of(std::string_view json) { return to_xml(CaseFile::from_json(json, "case.json")); }

Json back(const std::string& xml) { return CaseFile::from_xml(xml, "case.xml").declared(); }

/// Also that the XML is valid: from_xml() refuses what case.xsd does not allow.
void expect_lossless(const CaseFile& file, const std::string& what) {
  const auto xml = to_xml(file);
  SCOPED_TRACE(what + "\n" + file.declared().dump() + "\n" + xml);
  try {
    const auto again = CaseFile::from_xml(xml, "case.xml");
    EXPECT_EQ(again.declared(), file.declared()) << again.declared().dump();
    EXPECT_EQ(to_xml(again), xml);
    EXPECT_EQ(Json::parse(again.declared().dump(), "dump"), file.declared());
  } catch (const Error& error) {
    ADD_FAILURE() << error.what();
  }
}

TEST(CaseXml, IsLosslessForTheAcceptedCases) {
  for (const auto* name : {"A.json", "B.json", "D.json", "E.json"}) {
    const auto text = fixture(name);
    ASSERT_FALSE(text.empty()) << name;
    const auto file = CaseFile::from_json(text, name);
    EXPECT_EQ(file.findings(), Findings{}) << name;
    expect_lossless(file, name);
    // Nothing of an accepted case needs the way out for unknown keys.
    EXPECT_EQ(to_xml(file).find("<extra"), std::string::npos) << name;
  }
}

TEST(CaseXml, IsLosslessForGeneratedCases) {
  for (std::uint32_t seed = 0; seed < 2500 && !HasFailure(); ++seed) {
    const auto file = CaseFile::from_value(test::generated_case(seed), "generated");
    expect_lossless(file, fmt::format("seed {}", seed));
  }
}

TEST(CaseXml, WritesTheNamesOfTheFormat) {
  const auto xml = xml_of(R"({"case_no":"1号","has_close":true,"fine":1.50,"year":null,
    "docs":[{"id":"D01","seq":1,"event":null,"page_from":4,"doc_no":"",
             "signed":{"officer":2,"participants":["甲","乙"],"note":"拒签","leader":null},
             "fields":{"reason":"投诉","amount":200,"rate":1.0,"ok":false,"none":null}},
            {"signed":{},"fields":{}}],
    "av":[{"id":"V01","made_at":"2025-06-17T09:05+08:00","tags":[],"continuous":false}],
    "officers":[{"name":"甲","cert_no":"1"}]})");
  for (const auto* part : {"<case xmlns=\"urn:anjuan:case:1\">",
                           "<caseNo>1号</caseNo>",
                           "<flag name=\"hasClose\">true</flag>",
                           "<fine>1.50</fine>",
                           "<year nil=\"true\"/>",
                           "<document id=\"D01\" seq=\"1\" pageFrom=\"4\" nulls=\"event\">",
                           "<docNo/>",
                           "<signed role=\"officer\" count=\"2\"/>",
                           "<signed role=\"participants\" type=\"list\">",
                           "<name>乙</name>",
                           "<signed role=\"note\" type=\"string\">拒签</signed>",
                           "<signed role=\"leader\" nil=\"true\"/>",
                           "<field name=\"reason\" type=\"string\">投诉</field>",
                           "<field name=\"amount\" type=\"integer\">200</field>",
                           "<field name=\"rate\" type=\"number\">1.0</field>",
                           "<field name=\"ok\" type=\"boolean\">false</field>",
                           "<field name=\"none\" type=\"null\"/>",
                           "<signed count=\"0\"/>",
                           "<fields count=\"0\"/>",
                           "<recording id=\"V01\" madeAt=\"2025-06-17T09:05+08:00\">",
                           "<tags count=\"0\"/>",
                           "<flag name=\"continuous\">false</flag>",
                           "<certNo>1</certNo>"}) {
    EXPECT_THAT(xml, testing::HasSubstr(part));
  }
}

TEST(CaseXml, KeepsWhatItDoesNotKnowAsExtras) {
  const auto xml = xml_of(R"({"weather":{"temp":1.50,"notes":[]},"docs":[{"a/b":"x"}],
                              "title":"bell \u0007","events":[{"kind":"a\u0001"}]})");
  for (const auto* part :
       {"<extra path=\"/weather\" type=\"object\"/>",
        "<extra path=\"/weather/temp\" type=\"number\">1.50</extra>",
        "<extra path=\"/weather/notes\" type=\"array\"/>",
        "<extra path=\"/docs/0/a~1b\" type=\"string\">x</extra>",
        "<extra path=\"/title\" type=\"string\" escaped=\"json\">bell \\u0007</extra>",
        "<extra path=\"/events/0/kind\" type=\"string\" escaped=\"json\">a\\u0001</extra>"}) {
    EXPECT_THAT(xml, testing::HasSubstr(part));
  }
}

TEST(CaseXml, TellsTextsFromObjectsAmongWitnesses) {
  const auto* json = R"({"events":[{"witnesses":["甲","",{},{"name":"乙"},{"phone":"1"}]}]})";
  EXPECT_EQ(back(xml_of(json)), Json::parse(json, "j"));
}

TEST(CaseXml, ReadsWhatAPersonWrites) {
  const auto declared = back(
      "<?xml version=\"1.0\"?>\n<c:case xmlns:c=\"urn:anjuan:case:1\">\n  "
      "<c:caseNo>1号</c:caseNo>\n"
      "  <c:year>2025</c:year>\n  <c:documents>\n"
      "    <c:document id=\"D01\" seq=\"1\">\n      <c:title>立案审批表</c:title>\n"
      "    </c:document>\n  </c:documents>\n</c:case>");
  EXPECT_EQ(declared, Json::parse(R"({"case_no":"1号","year":2025,
                            "docs":[{"id":"D01","seq":1,"title":"立案审批表"}]})",
                                  "j"));
}

std::string refusal(const std::string& body) {
  try {
    back("<case xmlns='urn:anjuan:case:1'>\n" + body + "</case>");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalid) << body;
    EXPECT_EQ(error.subject(), "case.xml");
    return error.what();
  }
  return "";
}

TEST(CaseXml, RefusesWhatTheSchemaDoesNotAllow) {
  for (const auto* body : {"<nothing/>", "<year>two</year>", "<year>01</year>", "<fine>.5</fine>",
                           "<flag name='unknown'>true</flag>", "<flag name='hasClose'>yes</flag>",
                           "<events><event seq='1'/></events>", "text", "<title nil='false'/>",
                           "<title>a</title><title>b</title>", "<extra type='string'>x</extra>"}) {
    EXPECT_THAT(refusal(body), testing::HasSubstr("case.xml")) << body;
  }
  EXPECT_THAT(refusal("<year>two</year>"), testing::HasSubstr("第 2 行"));
}

TEST(CaseXml, RefusesWhatItWouldOtherwiseDrop) {
  for (const auto* body :
       {"<title nil='true'>lost</title>",
        "<year/>",
        "<fine></fine>",
        "<flag name='hasClose'/>",
        "<events count='0'><event/></events>",
        "<flag name='hasClose'>true</flag><flag name='hasClose'>false</flag>",
        "<documents><document nulls='title'/></documents>",
        "<documents><document nulls='date' date='x'/></documents>",
        "<documents><document><fields><field name='a' type='null'>x</field></fields></document>"
        "</documents>",
        "<documents><document><fields><field name='a' type='integer'>1.5</field></fields>"
        "</document></documents>",
        "<documents><document><fields><field name='a' type='string'/><field name='a' "
        "type='string'/></fields></document></documents>",
        "<documents><document><signed>x</signed></document></documents>",
        "<documents><document><signed role='a' count='1'>x</signed></document></documents>",
        "<documents><document><signed role='a' type='list'>x</signed></document></documents>",
        "<documents><document><signed nil='true'/><signed role='a' count='1'/></document>"
        "</documents>",
        "<events><event><witnesses><witness>x<name>y</name></witness></witnesses></event></events>",
        "<extra path='/title/x' type='string'>x</extra>",
        "<extra path='title' type='string'/>",
        "<extra path='' type='string'/>",
        "<extra path='/docs/0/x' type='string'/>",
        "<title>a</title><extra path='/title' type='string'>b</extra>",
        "<extra path='/a' type='object'>x</extra>",
        "<extra path='/a' type='integer'>1e400</extra>",
        "<extra path='/a' type='number'>1e400</extra>",
        "<extra path='/a' type='string' escaped='json'>\\x</extra>",
        "<extra path='/a' type='array'/><extra path='/a/1' type='null'/>"}) {
    EXPECT_NE(refusal(body), "") << body;
  }
}

TEST(CaseXml, ChecksExtrasLikeAnyOtherValue) {
  EXPECT_THAT(refusal("<extra path='/year' type='string'>2025</extra>"),
              testing::HasSubstr("年度"));
  EXPECT_THAT(refusal("<extra path='/docs' type='array'/><extra path='/docs/0' type='null'/>"),
              testing::HasSubstr("文书"));
}

TEST(CaseXml, RefusesADoctype) {
  try {
    back("<!DOCTYPE case [<!ENTITY e 'x'>]><case xmlns='urn:anjuan:case:1'/>");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kRefused);
  }
}

}  // namespace
}  // namespace anjuan
