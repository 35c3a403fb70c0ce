// Single rules of CSIP, SIP, AIP and DIP over a small package that is valid but for one change.
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "packager/verify/report.h"
#include "packager/verify/verify.h"
#include "tests/support/eark_package.h"

namespace anjuan::packager {
namespace {

using test::EarkPackage;
using Codes = std::set<std::string>;

constexpr const char* kCsip = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-2-0.xml";
constexpr const char* kSip = "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml";
constexpr const char* kAip = "https://earkdip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml";
constexpr const char* kDip = "https://earkdip.dilcis.eu/profile/E-ARK-DIP.xml";

VerifyReport verify(const EarkPackage& package) {
  VerifyOptions options;
  options.now = parse_instant("2026-01-01T00:00:00Z");
  SilentProgress progress;
  return verify_package(package.path(), options, progress);
}

/// Codes of all findings, info rows with a '?' before.
Codes codes(const EarkPackage& package) {
  Codes found;
  for (const auto& each : verify(package).findings) {
    found.insert((each.severity == Severity::kInfo ? "?" : "") + each.code);
  }
  return found;
}

struct Case {
  std::string name;
  std::function<void(EarkPackage&)> change;
  Codes expected;
  std::string type = "AIC";
  std::string profile = kCsip;
};

void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

Case swap(std::string name, std::string from, std::string to, Codes expected) {
  return {std::move(name), [=](EarkPackage& p) { p.replace(from, to); }, std::move(expected)};
}

Case with(Case each, std::string type, std::string profile) {
  each.type = std::move(type);
  each.profile = std::move(profile);
  return each;
}

std::vector<Case> root_cases() {
  return {
      swap("MappedName", "OBJID=\"package\"", "OBJID=\"pack:age\"", {"CSIP1", "CSIPSTR2"}),
      swap("OtherCategory", "TYPE=\"Mixed\"", "TYPE=\"OTHER\" csip:OTHERTYPE=\"Case files\"", {}),
      swap("OtherAsInTheVocabulary", "TYPE=\"Mixed\"",
           "TYPE=\"Other\" csip:OTHERTYPE=\"Case files\"", {}),
      swap("OtherCategoryNotNamed", "TYPE=\"Mixed\"", "TYPE=\"OTHER\" csip:OTHERTYPE=\"\"",
           {"CSIP2", "CSIP3"}),
      swap("OtherCategoryOfTheVocabulary", "TYPE=\"Mixed\"",
           "TYPE=\"OTHER\" csip:OTHERTYPE=\"Datasets\"", {"CSIP3"}),
      swap("OtherTypeWithoutOther", "TYPE=\"Mixed\"", "TYPE=\"Mixed\" csip:OTHERTYPE=\"x\"",
           {"CSIP3"}),
      swap("CategoryWithDashes", "TYPE=\"Mixed\"", "TYPE=\"Photographs \xE2\x80\x93 Digital\"", {}),
      swap("NoContentType", " csip:CONTENTINFORMATIONTYPE=\"MIXED\"", "", {"CSIP4"}),
      swap("OtherContentType", "csip:CONTENTINFORMATIONTYPE=\"MIXED\"",
           "csip:CONTENTINFORMATIONTYPE=\"OTHER\" csip:OTHERCONTENTINFORMATIONTYPE=\"case\"", {}),
      swap("OtherContentTypeOfTheVocabulary", "csip:CONTENTINFORMATIONTYPE=\"MIXED\"",
           "csip:CONTENTINFORMATIONTYPE=\"OTHER\" csip:OTHERCONTENTINFORMATIONTYPE=\"ERMS\"",
           {"CSIP5"}),
      swap("OtherContentTypeWithoutOther", "csip:CONTENTINFORMATIONTYPE=\"MIXED\"",
           "csip:CONTENTINFORMATIONTYPE=\"MIXED\" csip:OTHERCONTENTINFORMATIONTYPE=\"x\"",
           {"CSIP5"}),
      swap("ProfileIsNoAddress", kCsip, "E-ARK CSIP", {"CSIP6"}),
      swap("ProfileOfSomebodyElse", kCsip, "https://example.org/p.xml", {"?CSIP6"}),
      swap("ProfileOfAnOlderEdition", kCsip,
           "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-1-0.xml", {"PKG-PROFILE"}),
      swap("ProfileWithoutEdition", kCsip, "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml",
           {"?PKG-PROFILE"}),
      swap("ProfileOfTheProject", kCsip, "http://www.eark-project.com/METS/IP.xml",
           {"PKG-PROFILE"}),
      {"LabelOfTheMainDivisionBefore22",
       [](EarkPackage& p) {
         p.replace(kCsip, "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-0-4.xml");
         p.replace("ID=\"main\" LABEL=\"package\"", "ID=\"main\" LABEL=\"other\"");
       },
       {"PKG-PROFILE", "CSIP86"}},
      swap("LabelOfTheMainDivision", "ID=\"main\" LABEL=\"package\"", "ID=\"main\"", {}),
      swap("Mets2", "http://www.loc.gov/METS/\"", "http://www.loc.gov/METS/v2\"", {"PKG-PROFILE"}),
      swap("NoMets", "http://www.loc.gov/METS/\"", "urn:x\"", {"XSD"}),
      swap("OlderExtension", "https://DILCIS.eu/XML/METS/CSIPExtensionMETS", "urn:old",
           {"CSIP4", "CSIP9", "CSIP16", "CSIP62"}),
  };
}

std::vector<Case> header_cases() {
  return {
      swap("CreatedInTheFuture", "CREATEDATE=\"2024", "CREATEDATE=\"2030", {"CSIP7"}),
      swap("CreatedWithoutSeconds", "02T00:00:00Z", "02T00:00Z", {"CSIP7"}),
      swap("CreatedOnNoDay", "2024-01-02T", "2024-02-30T", {"CSIP7"}),
      swap("CreatedWithFraction", "02T00:00:00Z", "02T00:00:00.123+08:00", {}),
      swap("Modified", "RECORDSTATUS", "LASTMODDATE=\"2024-01-03T00:00:00\" RECORDSTATUS", {}),
      swap("ModifiedInTheFuture", "RECORDSTATUS",
           "LASTMODDATE=\"2038-01-18T12:00:00\" RECORDSTATUS", {"CSIP8"}),
      swap("ModifiedBeforeItWasCreated", "RECORDSTATUS",
           "LASTMODDATE=\"2023-01-18T12:00:00Z\" RECORDSTATUS", {"CSIP8"}),
      swap("ModifiedAtNoTime", "RECORDSTATUS", "LASTMODDATE=\"yesterday\" RECORDSTATUS", {"CSIP8"}),
      swap("YoungerSectionWithoutModification", "CREATED=\"2024-01-01", "CREATED=\"2024-03-01",
           {"CSIP8"}),
      swap("LowerCasePackageType", "TYPE=\"AIC\"", "TYPE=\"aic\"", {"CSIP9"}),
      swap("AgentsBesidesTheSoftware", "<agent ROLE=\"CREATOR\"",
           "<agent ROLE=\"CREATOR\" TYPE=\"ORGANIZATION\"><name>x</name></agent>"
           "<agent ROLE=\"CREATOR\"",
           {}),
      swap("NoSoftwareAtAll",
           "ROLE=\"CREATOR\" TYPE=\"OTHER\" OTHERTYPE=\"SOFTWARE\"><name>Maker"
           "</name><note csip:NOTETYPE=\"SOFTWARE VERSION\">1</note>",
           "ROLE=\"EDITOR\" TYPE=\"INDIVIDUAL\"><name>x</name>", {"CSIP10"}),
      swap("NameOfBlanks", "<name>Maker<", "<name> \n<", {"CSIP14"}),
      swap("NoteTypeWithoutNamespace", "csip:NOTETYPE", "NOTETYPE", {"CSIP16"}),
      swap("TwoHeaders", "</metsHdr>", "</metsHdr><metsHdr CREATEDATE=\"2024-01-02T00:00:00Z\"/>",
           {"CSIP117"}),
  };
}

std::vector<Case> section_cases() {
  return {
      swap("StatusInLowerCase", "STATUS=\"CURRENT\"", "STATUS=\"current\"", {"CSIP20"}),
      swap("NoStatus", " STATUS=\"CURRENT\"", "", {"CSIP20"}),
      swap("IdWithColon", "dmdSec ID=\"dmd\"", "dmdSec ID=\"d:md\"", {"CSIP18", "CSIP92"}),
      swap("IdTwice", "digiprovMD ID=\"prov\"", "digiprovMD ID=\"dmd\"", {"CSIP33", "CSIP91"}),
      swap("UnknownMetadataType", "MDTYPE=\"EAD\"", "MDTYPE=\"ead\"", {"CSIP25"}),
      swap("MediaTypeIsNoType", "MIMETYPE=\"text/xml\"", "MIMETYPE=\"XML\"", {"CSIP26"}),
      swap("SizeIsNoNumber", "SIZE=\"6\"", "SIZE=\"six\"", {"CSIP27"}),
      swap("DigestOfAnotherAlgorithm", "CHECKSUMTYPE=\"SHA-256\"", "CHECKSUMTYPE=\"SHA-1\"",
           {"CSIP29"}),
      swap("UnknownAlgorithm", "CHECKSUMTYPE=\"SHA-256\"", "CHECKSUMTYPE=\"SHA256\"", {"CSIP30"}),
      swap("AlgorithmThatIsNotComputed", "CHECKSUMTYPE=\"SHA-256\"", "CHECKSUMTYPE=\"TIGER\"",
           {"PKG-DIGEST"}),
      swap("HrefInAnotherCase", "descriptive/ead.xml", "descriptive/EAD.xml", {"CSIP24"}),
      swap("HrefOfTheWeb", "metadata/descriptive/ead.xml", "https://example.org/ead.xml",
           {"CSIP24", "CSIP17"}),
      swap("HrefWithTheSchemeFile", "metadata/descriptive/ead.xml",
           "file:metadata/descriptive/ead.xml", {}),
      swap("TwoAmdSecs", "</amdSec>", "</amdSec><amdSec/>", {"CSIP31"}),
      {"UnlistedDescription",
       [](EarkPackage& p) { p.put("metadata/descriptive/more.xml", "<x/>"); },
       {"CSIP17"}},
      {"UnlistedHistory",
       [](EarkPackage& p) { p.put("metadata/preservation/more.xml", "<x/>"); },
       {"CSIP32"}},
      {"UnlistedOther",
       [](EarkPackage& p) { p.put("metadata/other/more.xml", "<x/>"); },
       {"CSIP31"}},
      {"MarkOfAnEmptyFolder", [](EarkPackage& p) { p.put("metadata/other/.gitkeep", ""); }, {}},
      swap("ProvenanceOfNothing", "</digiprovMD>",
           "</digiprovMD><digiprovMD ID=\"p2\" STATUS=\"SUPERSEDED\"/>",
           {"CSIP32", "CSIP35", "CSIP8"}),
      swap("RightsWithoutAnything", "<digiprovMD", "<rightsMD/><digiprovMD",
           {"CSIP46", "CSIP47", "CSIP48"}),
      swap("WrappedRights", "<digiprovMD",
           "<rightsMD ID=\"w\" STATUS=\"SUPERSEDED\"><mdWrap MDTYPE=\"OTHER\"><xmlData><mets "
           "xmlns=\"http://www.loc.gov/METS/\"><agent/></mets></xmlData></mdWrap></rightsMD>"
           "<digiprovMD",
           {"CSIP48", "CSIP8"}),
      swap("SectionOutOfOrder", "<fileSec",
           "<dmdSec ID=\"d2\" CREATED=\"2024-01-01T00:00:00Z\" STATUS=\"SUPERSEDED\"/><fileSec",
           {"CSIP21", "CSIP8", "XSD"}),
      swap("UnknownElement", "<fileSec", "<fileSection/><fileSec", {"XSD"}),
  };
}

std::vector<Case> file_cases() {
  return {
      swap("TwoFileSections", "</fileSec>", "</fileSec><fileSec ID=\"files2\"/>", {"CSIP58"}),
      swap("UseInLowerCase", "USE=\"Documentation\"", "USE=\"documentation\"",
           {"CSIP60", "CSIP64", "CSIP96", "CSIP116"}),
      {"GroupsInsideGroups",
       [](EarkPackage& p) {
         p.replace("USE=\"Schemas\">", "USE=\"Schemas\"><fileGrp USE=\"of one's own\">");
         p.replace("</fileGrp>\n<fileGrp ID=\"g-rep\"",
                   "</fileGrp></fileGrp>\n<fileGrp ID=\"g-rep\"");
       },
       {}},
      swap("GroupRefersToNothing", "USE=\"Schemas\"", "USE=\"Schemas\" ADMID=\"none\"", {"CSIP61"}),
      swap("NoContentTypeOfARepresentation", " csip:CONTENTINFORMATIONTYPE=\"ERMS\"", "",
           {"CSIP62"}),
      swap("UnknownContentType", "CONTENTINFORMATIONTYPE=\"ERMS\"", "CONTENTINFORMATIONTYPE=\"X\"",
           {"CSIP62"}),
      swap("OtherContentTypeNotNamed", "CONTENTINFORMATIONTYPE=\"ERMS\"",
           "CONTENTINFORMATIONTYPE=\"OTHER\"", {"CSIP62", "CSIP63"}),
      swap("OtherContentTypeOfTheVocabulary", "CONTENTINFORMATIONTYPE=\"ERMS\"",
           "CONTENTINFORMATIONTYPE=\"OTHER\" csip:OTHERCONTENTINFORMATIONTYPE=\"SIARD2\"",
           {"CSIP63"}),
      swap("FileRefersToNothing", "<file ID=\"f-doc\"",
           "<file ID=\"f-doc\" ADMID=\"no\" "
           "DMDID=\"nor\"",
           {"CSIP74", "CSIP75"}),
      swap("FileRefersToSections", "<file ID=\"f-doc\"",
           "<file ID=\"f-doc\" ADMID=\"prov\" DMDID=\"dmd\" OWNERID=\"7\"", {}),
      swap("EmptyOwnerId", "<file ID=\"f-doc\"", "<file ID=\"f-doc\" OWNERID=\"\"", {"?CSIP73"}),
      swap("TwoLocations", "</file>",
           "<FLocat LOCTYPE=\"URL\" xlink:type=\"simple\" "
           "xlink:href=\"schemas/ead.xsd\"/></file>",
           {"CSIP76"}),
      swap("BlankAsPlus", "read%20me", "read+me", {}),
      swap("BlankAsItIs", "read%20me", "read me", {}),
      {"ChangedFile",
       [](EarkPackage& p) { p.put("documentation/read me.txt", "REAd"); },
       {"CSIP71"}},
      {"LongerFile",
       [](EarkPackage& p) { p.put("schemas/ead.xsd", "<schema></schema>"); },
       {"CSIP69", "CSIP71"}},
      {"MissingFile",
       [](EarkPackage& p) { p.remove("representations/rep1/data/1.txt"); },
       {"CSIP79"}},
      {"StrayFile",
       [](EarkPackage& p) { p.put("representations/rep1/data/Thumbs.db", "x"); },
       {"CSIP66"}},
      {"ChangedRepresentation",
       [](EarkPackage& p) { p.put("representations/rep1/METS.xml", "<mets/>"); },
       {"CSIP69", "CSIP71", "XSD"}},
      {"GroupWithoutFolder",
       [](EarkPackage& p) { p.remove("documentation"); },
       {"CSIP64", "CSIP79", "?CSIPSTR16"}},
  };
}

std::vector<Case> map_cases() {
  return {
      swap("AnotherMapBeside", "</structMap>",
           "</structMap><structMap LABEL=\"ours\"><div><div><fptr FILEID=\"f-doc\"/></div></div>"
           "</structMap>",
           {}),
      swap("LabelInAnotherCase", "LABEL=\"CSIP\"", "LABEL=\"CSIP StructMap\"", {"CSIP82"}),
      swap("TypeInLowerCase", "TYPE=\"PHYSICAL\"", "TYPE=\"physical\"", {"CSIP81"}),
      swap("SectionNotListed", "ADMID=\"prov\"", "", {"CSIP91"}),
      swap("UnknownSectionListed", "ADMID=\"prov\"", "ADMID=\"prov more\"", {"CSIP91"}),
      swap("DescriptionNotListed", "DMDID=\"dmd\"", "", {"CSIP92"}),
      swap("SupersededNeedNotBeListed", "STATUS=\"CURRENT\"", "STATUS=\"SUPERSEDED\"", {"CSIP8"}),
      swap("NoDocumentationDivision",
           "<div ID=\"d-doc\" LABEL=\"Documentation\"><fptr "
           "FILEID=\"g-doc\"/></div>",
           "", {"CSIP93", "CSIP96"}),
      swap("DocumentationWithoutLabel", " LABEL=\"Documentation\"", "", {"CSIP95"}),
      swap("DocumentationPointsAtSchemas", "FILEID=\"g-doc\"", "FILEID=\"g-sch\"",
           {"CSIP96", "CSIP116"}),
      swap("PointerWithoutGroup", " FILEID=\"g-sch\"", "", {"CSIP100", "CSIP118"}),
      swap("PointerAtAFile", "FILEID=\"g-sch\"", "FILEID=\"f-sch\"", {"CSIP100", "CSIP118"}),
      swap("NoRepresentationDivision", "LABEL=\"Representations/rep1\"><mptr",
           "LABEL=\"Elsewhere\"><par",
           {"CSIP101", "CSIP103", "CSIP104", "CSIP105", "CSIP108", "CSIP109", "XSD"}),
      swap("LowerCaseRepresentation", "LABEL=\"Representations/rep1\"",
           "LABEL=\"representations/rep1\"", {"CSIP107", "CSIP108"}),
      swap("ContentDescribedAtOnce", "LABEL=\"Representations/rep1\"", "LABEL=\"Representations\"",
           {}),
      swap("TwoPointers", "xlink:title=\"g-rep\"/>",
           "xlink:title=\"g-rep\"/><mptr LOCTYPE=\"URL\" xlink:type=\"simple\" "
           "xlink:href=\"representations/rep1/METS.xml\" xlink:title=\"g-rep\"/>",
           {"CSIP109"}),
      swap("DivisionsOfOnesOwn", "<div ID=\"d-doc\"", "<div LABEL=\"Mine\"/><div ID=\"d-doc\"", {}),
      swap("IdTwice", "<div ID=\"d-sch\"", "<div ID=\"d-doc\"", {"CSIP98"}),
  };
}

std::vector<Case> structure_cases() {
  const auto rename = [](std::string name, std::string from, std::string to, Codes expected) {
    return Case{std::move(name),
                [=](EarkPackage& p) { std::filesystem::rename(p.path() / from, p.path() / to); },
                std::move(expected)};
  };
  return {
      rename("MetsInLowerCase", "METS.xml", "mets.xml", {"CSIPSTR4"}),
      rename("MetadataMisnamed", "metadata/preservation", "metadata/Preservation",
             {"CSIPSTR6", "CSIP38"}),
      rename("DescriptiveMisnamed", "metadata/descriptive", "metadata/descriptive1",
             {"CSIPSTR7", "CSIP24", "CSIP31"}),
      {"RepresentationWithoutMets",
       [](EarkPackage& p) { p.remove("representations/rep1/METS.xml"); },
       {"CSIPSTR12", "CSIP79", "CSIP110", "CSIP66", "CSIP31"}},
      {"LooseFile",
       [](EarkPackage& p) { p.put("representations/note.txt", "x"); },
       {"CSIPSTR10", "CSIP66"}},
      {"FolderBelow",
       [](EarkPackage& p) {
         p.put("inner/METS.xml", p.mets());
         p.remove("METS.xml");
       },
       {"CSIPSTR1", "CSIPSTR4"}},
  };
}

std::vector<Case> sip_cases() {
  const auto in = [](Case each) { return with(std::move(each), "SIP", kSip); };
  return {
      in({"Valid", [](EarkPackage&) {}, {}}),
      with({"OfCsipOnly", [](EarkPackage&) {}, {"SIP2"}}, "SIP", kCsip),
      in(swap("OlderProfile", kSip, "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml",
              {"PKG-PROFILE"})),
      in(swap("ProfileOfCsip", kSip, kCsip, {"SIP2"})),
      in(swap("ProfileLikeThatOfSip", kSip, "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2.xml",
              {"SIP2", "?CSIP6"})),
      in(swap("CreatorOfNoType", "ROLE=\"ARCHIVIST\" TYPE=\"ORGANIZATION\"",
              "ROLE=\"CREATOR\" TYPE=\"BUREAU\"", {"SIP11"})),
      in(swap("CreatorOfAnotherRole", "ROLE=\"ARCHIVIST\"", "ROLE=\"EDITOR\"", {"SIP10", "?SIP9"})),
      in(swap("OtherProfile", kSip, "https://example.org/SIP", {"SIP2", "?CSIP6"})),
      in(swap("OtherType", "TYPE=\"SIP\"", "TYPE=\"AIP\"", {"SIP4"})),
      in(swap("NoLabel", " LABEL=\"test\"", "", {"?SIP1"})),
      in(swap("NoStatus", " RECORDSTATUS=\"NEW\"", "", {"?SIP3"})),
      in(swap("UnknownStatus", "RECORDSTATUS=\"NEW\"", "RECORDSTATUS=\"new\"", {"SIP3"})),
      in(swap("NoAgreement", "\"SUBMISSIONAGREEMENT\"", "\"x\"", {"?SIP5"})),
      in(swap("EmptyEarlierAgreement", ">b<", "><", {"SIP6"})),
      in(swap("TwoReferenceCodes", "PREVIOUSREFERENCECODE", "REFERENCECODE", {"SIP7", "?SIP8"})),
      in(swap("CreatorWithoutName", "<name>Bureau</name>", "<name/>", {"SIP12"})),
      in(swap("CreatorIsSoftware", "ROLE=\"ARCHIVIST\" TYPE=\"ORGANIZATION\"",
              "ROLE=\"ARCHIVIST\" TYPE=\"OTHER\"", {"SIP11"})),
      in(swap("SenderWithoutCode", "<name>Sender</name><note csip:NOTETYPE=\"IDENTIFICATIONCODE\"",
              "<name>Sender</name><note", {"SIP20"})),
      in(swap("PreserverIsAPerson", "ROLE=\"PRESERVATION\" TYPE=\"ORGANIZATION\"",
              "ROLE=\"PRESERVATION\" TYPE=\"INDIVIDUAL\"", {"SIP28"})),
      in(swap("ContactWithoutName", "<name>Contact</name>", "<name></name>", {"SIP24"})),
      in(swap("EmptyFormatName", "<file ID=\"f-doc\"", "<file ID=\"f-doc\" sip:FILEFORMATNAME=\"\"",
              {"?SIP32"})),
      with(swap("NobodySubmits", "</metsHdr>", "</metsHdr>",
                {"SIP15", "?SIP5", "?SIP6", "?SIP7", "?SIP8", "?SIP9", "?SIP21", "?SIP26", "SIP4"}),
           "AIP", kSip),
  };
}

std::vector<Case> aip_and_dip_cases() {
  return {
      with({"ValidButForPremis", [](EarkPackage&) {}, {"AIPM6", "AIP3"}}, "AIP", kAip),
      with(swap("PremisOfVersion2", "MDTYPE=\"LOM\"", "MDTYPE=\"PREMIS\" MDTYPEVERSION=\"2.2\"",
                {"AIPM7", "AIP3", "PREMIS-VERSION"}),
           "AIP", kAip),
      with(swap("NothingCurrent", "STATUS=\"CURRENT\"", "STATUS=\"SUPERSEDED\"",
                {"AIPM4", "AIPM6", "AIP3", "CSIP8"}),
           "AIP", kAip),
      with({"ValidDip", [](EarkPackage&) {}, {"?PKG-PROFILE"}}, "DIP", kDip),
      with(swap("DipProfile", kDip, "https://example.org/dip", {"DIP2", "?CSIP6"}), "DIP", kDip),
      with(swap("DipType", "TYPE=\"DIP\"", "TYPE=\"SIP\"", {"DIP3", "?PKG-PROFILE"}), "DIP", kDip),
      with(swap("DipWithoutName", "OBJID=\"package\"", "", {"DIP1", "CSIP1", "?PKG-PROFILE"}),
           "DIP", kDip),
      with(swap("DipOfOldDescription", "STATUS=\"CURRENT\"", "STATUS=\"SUPERSEDED\"",
                {"DIP4", "CSIP8", "?PKG-PROFILE"}),
           "DIP", kDip),
  };
}

class EarkRule : public testing::TestWithParam<Case> {};

TEST_P(EarkRule, SaysThisAndNothingElse) {
  const auto& each = GetParam();
  EarkPackage package(each.type, each.profile);
  each.change(package);
  std::ostringstream text;
  print_report(text, verify(package), ReportFormat::kText, ReportDetail::kAll);
  EXPECT_EQ(codes(package), each.expected) << text.str();
}

const auto kName = [](const auto& each) { return each.param.name; };
INSTANTIATE_TEST_SUITE_P(Root, EarkRule, testing::ValuesIn(root_cases()), kName);
INSTANTIATE_TEST_SUITE_P(Header, EarkRule, testing::ValuesIn(header_cases()), kName);
INSTANTIATE_TEST_SUITE_P(Sections, EarkRule, testing::ValuesIn(section_cases()), kName);
INSTANTIATE_TEST_SUITE_P(Files, EarkRule, testing::ValuesIn(file_cases()), kName);
INSTANTIATE_TEST_SUITE_P(Map, EarkRule, testing::ValuesIn(map_cases()), kName);
INSTANTIATE_TEST_SUITE_P(Structure, EarkRule, testing::ValuesIn(structure_cases()), kName);
INSTANTIATE_TEST_SUITE_P(Sip, EarkRule, testing::ValuesIn(sip_cases()), kName);
INSTANTIATE_TEST_SUITE_P(AipAndDip, EarkRule, testing::ValuesIn(aip_and_dip_cases()), kName);

TEST(EarkRules, FindNothingInAValidPackage) {
  const EarkPackage package;
  EXPECT_EQ(codes(package), Codes{});
  EXPECT_EQ(verify(package).verdict, Verdict::kValid);
}

}  // namespace
}  // namespace anjuan::packager
