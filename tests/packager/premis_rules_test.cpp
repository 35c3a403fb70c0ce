// The rules for PREMIS documents of other programs, one harm each.
#include <gtest/gtest.h>

#include "packager/verify/verify.h"
#include "tests/support/corpora.h"
#include "tests/support/premis_documents.h"

namespace anjuan::packager {
namespace {

using test::premis_findings;
using test::premis_id;
using test::premis_three;
using test::premis_two;
using test::replaced;

std::string lines_of(const Findings& findings) {
  std::string text;
  for (const auto& each : findings) {
    text += fmt::format("{} {} {} {}\n", each.code, severity_word(each.severity), each.where,
                        each.message);
  }
  return text;
}

TEST(PremisRules, FindNothingInAValidDocument) {
  EXPECT_EQ(lines_of(premis_findings(premis_three())), "");
  EXPECT_EQ(lines_of(premis_findings(premis_two())), "");
}

struct Rule {
  std::string name;
  std::string document;
  std::string code;
  Severity severity = Severity::kError;
  CheckResult result = CheckResult::kFailed;
  PremisProfile profile = PremisProfile::kAip;
};

void PrintTo(const Rule& rule, std::ostream* out) { *out << rule.name; }

Rule three(const std::string& name, std::string_view from, std::string_view to,
           const std::string& code, Severity severity = Severity::kError,
           CheckResult result = CheckResult::kFailed) {
  return {name, replaced(premis_three(), from, to), code, severity, result, PremisProfile::kAip};
}

Rule two(const std::string& name, std::string_view from, std::string_view to,
         const std::string& code) {
  return {name, replaced(premis_two(), from, to), code};
}

constexpr auto kWarn = Severity::kWarn;

std::vector<Rule> unit_rules() {
  return {
      three("NoEventType", "<eventType>ingestion</eventType>\n", "", "PREMIS-UNIT"),
      three("EmptyEventType", "<eventType>ingestion", "<eventType> ", "PREMIS-UNIT"),
      three("NoEventDate", "<eventDateTime>2025-06-17T09:05:00+08:00</eventDateTime>\n", "",
            "PREMIS-UNIT"),
      three("NoEventIdentifier", "<event>\n" + premis_id("eventIdentifier", "event-1"),
            "<event>" + premis_id("eventIdentifier", "event-1") + "</event><event>\n",
            "PREMIS-UNIT"),
      three("NoFormat",
            "<format><formatDesignation><formatName>PDF</formatName></formatDesignation></format>",
            "", "PREMIS-UNIT"),
      three("EmptyFormat", "<formatDesignation><formatName>PDF</formatName></formatDesignation>",
            "", "PREMIS-UNIT"),
      three("NoCharacteristics", "<object xsi:type=\"p:intellectualEntity\">",
            "<object xsi:type=\"file\">", "PREMIS-UNIT"),
      three("NoCategory", " xsi:type=\"representation\"", "", "PREMIS-UNIT"),
      three("OtherCategory", "xsi:type=\"representation\"", "xsi:type=\"record\"", "PREMIS-UNIT"),
      three("IdentifierWithoutType", "<agentIdentifierType>local</agentIdentifierType>", "",
            "PREMIS-UNIT"),
      three("TwoAlgorithmsInOneFixity", "<messageDigestAlgorithm>SHA-512",
            "<messageDigestAlgorithm>SHA-512</messageDigestAlgorithm>"
            "<messageDigestAlgorithm>SHA-512",
            "PREMIS-UNIT"),
      three("NoBasis", "<rightsBasis>statute</rightsBasis>\n", "", "PREMIS-UNIT"),
      three("NoAct", "<act>disseminate</act>", "", "PREMIS-UNIT"),
      three("UnknownUnit", "<eventType>", "<eventKind/><eventType>", "PREMIS-UNIT"),
      three("ForeignUnit", "<eventType>", "<x xmlns=\"urn:x\"/><eventType>", "PREMIS-UNIT"),
      three("UnitInsideAText", "<eventType>", "<eventType><b/>", "PREMIS-UNIT"),
      three("WrongOrder", "<agentName>李阳</agentName><agentType>person</agentType>",
            "<agentType>person</agentType><agentName>李阳</agentName>", "PREMIS-UNIT"),
      three("RightsBeforeObjects", "<object xsi:type=\"p:intellectualEntity\">",
            "<rights><rightsStatement>" + premis_id("rightsStatementIdentifier", "r2") +
                "<rightsBasis>statute</rightsBasis><statuteInformation><statuteJurisdiction>CN"
                "</statuteJurisdiction><statuteCitation>x</statuteCitation></statuteInformation>"
                "</rightsStatement></rights><object xsi:type=\"p:intellectualEntity\">",
            "PREMIS-UNIT"),
      three("NoVersion", " version=\"3.0\"", "", "PREMIS-UNIT"),
      two("NoCompositionLevel", "<compositionLevel>0</compositionLevel>", "", "PREMIS-UNIT"),
      two("UnitOfTheOtherEdition", "<eventDetail>by hand</eventDetail>",
          "<eventDetailInformation><eventDetail>x</eventDetail></eventDetailInformation>",
          "PREMIS-UNIT"),
  };
}

std::vector<Rule> history_rules() {
  const auto agent = premis_id("linkingAgentIdentifier", "agent-1");
  auto no_agent = three("EventWithoutAgent", agent, "", "AIP16");
  auto no_agent_sip = no_agent;
  no_agent_sip.name = "EventWithoutAgentInASip";
  no_agent_sip.profile = PremisProfile::kOther;
  no_agent_sip.severity = kWarn;
  auto unknown_agent =
      three("AgentNotDescribed", agent, premis_id("linkingAgentIdentifier", "agent-9"), "AIP18");
  auto unknown_agent_sip = unknown_agent;
  unknown_agent_sip.name = "AgentNotDescribedInASip";
  unknown_agent_sip.profile = PremisProfile::kOther;
  unknown_agent_sip.severity = kWarn;
  return {
      no_agent,
      no_agent_sip,
      unknown_agent,
      unknown_agent_sip,
      three("RelatedObject", premis_id("relatedObjectIdentifier", "rep-1"),
            premis_id("relatedObjectIdentifier", "rep-9"), "PREMIS-REF", kWarn),
      three("LinkedObject", premis_id("linkingObjectIdentifier", "file-1"),
            premis_id("linkingObjectIdentifier", "file-9"), "PREMIS-REF", kWarn),
      three("LinkedEnvironment", premis_id("linkingEnvironmentIdentifier", "case-1"),
            premis_id("linkingEnvironmentIdentifier", "case-9"), "PREMIS-REF", kWarn),
      three("LinkedEvent", premis_id("linkingEventIdentifier", "event-1"),
            premis_id("linkingEventIdentifier", "event-9"), "PREMIS-REF", kWarn),
      three("RelatedEvent", premis_id("relatedEventIdentifier", "event-1"),
            premis_id("relatedEventIdentifier", "event-9"), "PREMIS-REF", kWarn),
      three("LinkedRights", premis_id("linkingRightsStatementIdentifier", "rights-1"),
            premis_id("linkingRightsStatementIdentifier", "rights-9"), "PREMIS-REF", kWarn),
      three("OtherIdentifierType", premis_id("linkingObjectIdentifier", "file-1"),
            premis_id("linkingObjectIdentifier", "file-1", "uuid"), "PREMIS-REF", kWarn),
      three("ObjectTwice", premis_id("objectIdentifier", "rep-1"),
            premis_id("objectIdentifier", "rep-1") + premis_id("objectIdentifier", "case-1"),
            "PREMIS-ID"),
  };
}

std::vector<Rule> file_rules() {
  const auto digest = digest_hex(DigestAlgorithm::kSha512, test::kPremisBytes);
  const auto second = digest_hex(DigestAlgorithm::kSha256, test::kPremisBytes);
  const std::string place = std::string(test::kPremisFile) + "</contentLocationValue>";
  return {
      three("Size", "<size>7", "<size>8", "PREMIS-SIZE"),
      three("SizeThatIsNoNumber", "<size>7", "<size>7 bytes", "PREMIS-SIZE"),
      three("Sha512", digest, std::string(128, '0'), "PREMIS-FIXITY"),
      three("Sha256", second, std::string(64, '0'), "PREMIS-FIXITY"),
      two("Sha256OfEdition2", second, std::string(64, '0'), "PREMIS-FIXITY"),
      three("PlaceOutside", place, "../../etc/passwd</contentLocationValue>", "PREMIS-PATH"),
      three("EscapedPlaceOutside", place, "a/%2E%2E/%2E%2E/x</contentLocationValue>",
            "PREMIS-PATH"),
      three("PlaceElsewhere", place, "/mnt/store/x.pdf</contentLocationValue>", "PREMIS-PATH",
            kWarn),
      three("UnknownAlgorithm", "SHA-512<", "HAVAL<", "PREMIS-DIGEST", Severity::kInfo,
            CheckResult::kNotChecked),
      {"OnlyAnUnknownAlgorithm", replaced(premis_two(), "SHA-256<", "HAVAL<"), "PREMIS-DIGEST",
       Severity::kError, CheckResult::kNotChecked},
  };
}

std::vector<Rule> value_rules() {
  return {
      three("Date", "2025-06-17T09:05", "17.6.2025 9:05", "PREMIS-DATE", kWarn),
      three("DateOfApplication", ">2025-06-17<", ">2025-02-30<", "PREMIS-DATE", kWarn),
      three("PeriodBackwards", "OPEN", "2024-12-31", "PREMIS-DATE", kWarn),
      three("EventTerm", "ingestion", "入库", "PREMIS-TERM", Severity::kInfo),
      three("AgentTerm", "person", "clerk", "PREMIS-TERM", Severity::kInfo),
      three("RelationshipTerm", ">structural<", ">has part<", "PREMIS-TERM", Severity::kInfo),
      three("BasisWithoutItsInformation", "<rightsBasis>statute", "<rightsBasis>license",
            "PREMIS-RIGHTS", kWarn),
      three("PremisOne", "http://www.loc.gov/premis/v3\" xmlns=",
            "http://www.loc.gov/standards/premis/v1\" xmlns=", "PREMIS-VERSION", Severity::kError,
            CheckResult::kNotChecked),
      three("PremisFour", "version=\"3.0\"", "version=\"4.0\"", "PREMIS-VERSION", Severity::kError,
            CheckResult::kNotChecked),
      {"NoPremis", "<mets xmlns=\"http://www.loc.gov/METS/\"/>", "PREMIS-VERSION", Severity::kError,
       CheckResult::kNotChecked},
      {"OtherRoot", "<format xmlns=\"http://www.loc.gov/premis/v3\"/>", "PREMIS-UNIT"},
      {"Malformed", premis_three() + "<", "XML"},
      {"Doctype", replaced(premis_three(), "<p:premis", "<!DOCTYPE premis><p:premis"),
       "XML-REFUSED"},
  };
}

std::vector<Rule> all_rules() {
  std::vector<Rule> all;
  for (auto& part : {unit_rules(), history_rules(), file_rules(), value_rules()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

class PremisRule : public testing::TestWithParam<Rule> {};

/// Each harm has its own code; what is only worth knowing may stand beside it.
TEST_P(PremisRule, IsFound) {
  const auto& rule = GetParam();
  const auto findings = premis_findings(rule.document, rule.profile);
  bool found = false;
  for (const auto& each : findings) {
    found |= each.code == rule.code && each.severity == rule.severity &&
             each.result == rule.result && each.where.find(test::kPremisDocument) == 0;
    const bool follows = each.code == rule.code || each.severity == Severity::kInfo ||
                         each.code == "PREMIS-REF" || each.code == "AIP16";
    EXPECT_TRUE(follows) << lines_of(findings);
  }
  EXPECT_TRUE(found) << lines_of(findings);
}

INSTANTIATE_TEST_SUITE_P(Premis, PremisRule, testing::ValuesIn(all_rules()),
                         [](const auto& each) { return each.param.name; });

TEST(PremisRules, KnowAFileByEveryWayOfNamingIt) {
  const std::string place = std::string(test::kPremisFile);
  const std::string escaped = "representations/rep1/data/%E6%8A%A5%E5%91%8A.pdf";
  for (const auto& name : {escaped, "file:" + place, "file:./" + escaped, "package/" + place,
                           "../../" + place, "./" + place}) {
    const auto document = replaced(premis_three(), place + "<", name + "<");
    EXPECT_EQ(lines_of(premis_findings(document)), "") << name;
  }
  const auto inside = replaced(premis_three(), place + "<", "data/报告.pdf<");
  EXPECT_EQ(lines_of(premis_findings({{"representations/rep1/metadata/preservation/p.xml", inside}},
                                     PremisProfile::kAip)),
            "");
}

TEST(PremisRules, TakeTheOutermostCompositionLevelForTheFile) {
  const std::string inner =
      "<objectCharacteristics><compositionLevel>0</compositionLevel><size>99</size><format>"
      "<formatDesignation><formatName>x</formatName></formatDesignation></format>"
      "</objectCharacteristics>";
  const auto levels = replaced(premis_three(), "<compositionLevel>0", "<compositionLevel>1");
  EXPECT_EQ(lines_of(premis_findings(
                replaced(levels, "<objectCharacteristics>", inner + "<objectCharacteristics>"))),
            "");
}

TEST(PremisRules, JudgeNothingInAnotherVersion) {
  const auto document = replaced(premis_three(), "<eventType>", "<eventKind/><eventType>");
  const auto findings = premis_findings(replaced(document, "\"3.0\"", "\"3.1\""));
  ASSERT_EQ(findings.size(), 1u) << lines_of(findings);
  EXPECT_EQ(findings[0].code, "PREMIS-VERSION");
  EXPECT_EQ(verdict_of(findings), Verdict::kUnchecked);
}

TEST(PremisRules, ComputeEveryDigestThatADocumentNames) {
  const std::pair<std::string, DigestAlgorithm> algorithms[] = {
      {"MD5", DigestAlgorithm::kMd5},
      {"SHA-1", DigestAlgorithm::kSha1},
      {"SHA-384", DigestAlgorithm::kSha384},
      {"SHA512/256", DigestAlgorithm::kSha512_256},
      {"SHA3-256", DigestAlgorithm::kSha3_256},
      {"SM3", DigestAlgorithm::kSm3},
      {"http://id.loc.gov/vocabulary/preservation/cryptographicHashFunctions/sha224",
       DigestAlgorithm::kSha224}};
  const auto sha256 = digest_hex(DigestAlgorithm::kSha256, test::kPremisBytes);
  for (const auto& [name, algorithm] : algorithms) {
    const auto named = replaced(premis_two(), ">SHA-256<", ">" + name + "<");
    const auto right = replaced(named, sha256, digest_hex(algorithm, test::kPremisBytes));
    EXPECT_EQ(lines_of(premis_findings(right)), "") << name;
    const auto wrong = premis_findings(named);
    ASSERT_EQ(wrong.size(), 1u) << name << "\n" << lines_of(wrong);
    EXPECT_EQ(wrong[0].code, "PREMIS-FIXITY") << name;
  }
}

TEST(PremisRules, ReadAllDocumentsAsOneHistory) {
  auto first = premis_three();
  const auto event = first.find("<event>");
  const auto rest = first.substr(event, first.find("</p:premis>") - event);
  first.erase(event, rest.size());
  const std::string second =
      "<p:premis xmlns:p=\"http://www.loc.gov/premis/v3\" xmlns=\"http://www.loc.gov/premis/v3\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"3.0\">"
      "<object xsi:type=\"intellectualEntity\">" +
      premis_id("objectIdentifier", "case-1") + "</object>" + rest + "</p:premis>";
  EXPECT_EQ(lines_of(premis_findings({{"a.xml", first}, {"b.xml", second}}, PremisProfile::kAip)),
            "");
  const auto missing = premis_findings(first);
  EXPECT_EQ(missing.size(), 3u) << lines_of(missing);
  for (const auto& each : missing) EXPECT_EQ(each.code, "PREMIS-REF");
  // The other document is broken: what it would have described is not missing.
  const auto broken = premis_findings({{"a.xml", first}, {"b.xml", "<"}}, PremisProfile::kAip);
  ASSERT_EQ(broken.size(), 1u) << lines_of(broken);
  EXPECT_EQ(broken[0].code, "XML");
}

TEST(PremisRules, KeepIdentifiersUniqueInThePackage) {
  const auto again =
      premis_findings({{"a.xml", premis_three()}, {"b.xml", premis_three()}}, PremisProfile::kAip);
  EXPECT_EQ(lines_of(again), "") << "the same may be told again in another document";
  const std::pair<std::string_view, std::string_view> others[] = {
      {"ingestion", "validation"},
      {"2025-06-17T09:05", "2025-06-18T09:05"},
      {"xsi:type=\"representation\"", "xsi:type=\"intellectualEntity\""},
      {"<rightsBasis>statute", "<rightsBasis>copyright"}};
  for (const auto& [from, to] : others) {
    const auto other =
        premis_findings({{"a.xml", premis_three()}, {"b.xml", replaced(premis_three(), from, to)}},
                        PremisProfile::kAip);
    const auto found = std::any_of(other.begin(), other.end(), [](const Finding& each) {
      return each.code == "PREMIS-ID" && each.where.starts_with("b.xml:");
    });
    EXPECT_TRUE(found) << from << "\n" << lines_of(other);
  }
}

TEST(PremisRules, AllowASingleEntityAsTheRoot) {
  const auto agent = "<agent xmlns=\"http://www.loc.gov/premis/v3\">" +
                     premis_id("agentIdentifier", "a") + "</agent>";
  const auto findings = premis_findings(agent);
  ASSERT_EQ(findings.size(), 1u) << lines_of(findings);
  EXPECT_EQ(findings[0].code, "PREMIS-OBJECT");
  EXPECT_EQ(findings[0].severity, Severity::kInfo);
}

TEST(PremisRules, SayOnceThatFilesAreNotDescribed) {
  const auto bare =
      "<premis xmlns=\"http://www.loc.gov/premis/v3\" version=\"3.0\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
      "<object xsi:type=\"intellectualEntity\">" +
      premis_id("objectIdentifier", "a") + "</object></premis>";
  const auto findings = premis_findings(bare);
  ASSERT_EQ(findings.size(), 1u) << lines_of(findings);
  EXPECT_EQ(findings[0].code, "PREMIS-OBJECT");
  EXPECT_EQ(verdict_of(findings), Verdict::kValid);
}

/// Somebody else's documents: placeholders in the corpus, but valid against their schemas.
TEST(PremisRules, FindNoErrorInThePublicDocuments) {
  const auto corpus = test::corpora("eark");
  if (corpus.empty()) GTEST_SKIP() << "the E-ARK corpus is not here (ANJUAN_CORPORA)";
  for (const auto* place :
       {"CSIP/CSIP56/valid/valid_IP_with_SHOULD_MAY_1_rep/metadata/preservation/"
        "package_preservation_meta_premis_v3.xml",
        "CSIP/CSIP56/valid/valid_IP_with_SHOULD_MAY_1_rep/representations/rep1/metadata/"
        "preservation/rep1_preservation_meta_premis_v2-1.xml",
        "template-ip/Valid_IP_example/metadata/preservation/PREMIS3.xml"}) {
    const auto text = test::text_of(corpus / place);
    ASSERT_FALSE(text.empty()) << place;
    const auto findings = premis_findings(text);
    EXPECT_NE(verdict_of(findings), Verdict::kInvalid) << place << "\n" << lines_of(findings);
  }
}

}  // namespace
}  // namespace anjuan::packager
